// SPDX-License-Identifier: BSL-1.0
#include <mica/migration/create_parser.hpp>
#include <mica/migration/diagram.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace unit_migration_diagram {
namespace {

std::string drawn(std::string_view sql, std::string_view schema = "main") {
    std::vector<mica::TableInfo> tables;
    mica::detail::read_create(sql, schema, tables);
    return mica::diagram(tables);
}

/// The line between the two tables, without the names of both.
std::string line_of(std::string_view child) {
    const std::string text = drawn(std::string{"CREATE TABLE p (id INTEGER PRIMARY KEY);"} + std::string{child} + ";");
    const std::size_t begin = text.rfind("\"p\"") + 4;
    return text.substr(begin, text.rfind("\"c\"") - begin - 1);
}

TEST(Diagram, a_column_has_its_type_and_the_marks_of_its_keys) {
    EXPECT_EQ(drawn("CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT UNIQUE, b INTEGER UNIQUE REFERENCES b, rest)"),
              "erDiagram\n"
              "    \"a\" {\n"
              "        INTEGER id PK\n"
              "        TEXT name UK\n"
              "        INTEGER b FK, UK\n"
              "        ANY rest\n"
              "    }\n"
              "    \"b\" |o..o| \"a\" : \"b\"\n");
}

TEST(Diagram, an_index_makes_a_column_unique_where_it_holds_for_all_rows_and_for_it_alone) {
    const std::string table = "CREATE TABLE a (x INTEGER, y INTEGER);";
    const auto is_marked = [&](std::string_view index) {
        return drawn(table + std::string{index}).find("INTEGER x UK") != std::string::npos;
    };
    EXPECT_TRUE(is_marked("CREATE UNIQUE INDEX i ON a (\"X\" COLLATE NOCASE DESC)"));
    EXPECT_FALSE(is_marked("CREATE INDEX i ON a (x)"));
    EXPECT_FALSE(is_marked("CREATE UNIQUE INDEX i ON a (x) WHERE y > 0"));
    EXPECT_FALSE(is_marked("CREATE UNIQUE INDEX i ON a (x, y)"));
    EXPECT_FALSE(is_marked("CREATE UNIQUE INDEX i ON a (abs(x))"));
    EXPECT_FALSE(is_marked("CREATE UNIQUE INDEX i ON a (x + y)"));
}

TEST(Diagram, the_ends_of_a_line_say_how_many_rows_there_may_be) {
    EXPECT_EQ(line_of("CREATE TABLE c (id INTEGER PRIMARY KEY, x INTEGER NOT NULL REFERENCES p)"), "||..o{");
    EXPECT_EQ(line_of("CREATE TABLE c (id INTEGER PRIMARY KEY, x INTEGER REFERENCES p)"), "|o..o{");
    EXPECT_EQ(line_of("CREATE TABLE c (id INTEGER PRIMARY KEY, x INTEGER NOT NULL UNIQUE REFERENCES p)"), "||..o|");
}

TEST(Diagram, a_line_is_solid_where_the_foreign_key_is_part_of_the_primary_key) {
    EXPECT_EQ(line_of("CREATE TABLE c (x INTEGER, n INTEGER, PRIMARY KEY (x, n), FOREIGN KEY (x) REFERENCES p)"),
              "||--o{");
    EXPECT_EQ(line_of("CREATE TABLE c (id INTEGER PRIMARY KEY REFERENCES p)"), "||--o|");
}

TEST(Diagram, a_key_of_several_columns_names_them_all) {
    const std::string text =
        drawn("CREATE TABLE c (a INTEGER NOT NULL, b INTEGER, FOREIGN KEY (a, b) REFERENCES p (x, y), UNIQUE (b, a))");
    EXPECT_NE(text.find("    \"p\" |o..o| \"c\" : \"a, b\"\n"), std::string::npos) << text;
}

TEST(Diagram, a_line_ends_at_the_table_however_its_name_is_spelled) {
    const std::string text = drawn(
        "CREATE TABLE Parent (id INTEGER PRIMARY KEY);"
        "CREATE TABLE c (p INTEGER NOT NULL REFERENCES parent)");
    EXPECT_NE(text.find("    \"Parent\" ||..o{ \"c\""), std::string::npos) << text;
}

TEST(Diagram, what_mermaid_does_not_take_is_an_underscore) {
    EXPECT_EQ(drawn("CREATE TABLE \"one \"\"%\\\" (\"a b\" DECIMAL(10,2), \"1\" \"double precision\", pk TEXT, "
                    "größe INT)"),
              "erDiagram\n"
              "    \"one ___\" {\n"
              "        DECIMAL(10_2) a_b\n"
              "        double_precision _1\n"
              "        TEXT _pk\n"
              "        INT größe\n"
              "    }\n");
}

TEST(Diagram, views_and_virtual_tables_are_names) {
    EXPECT_EQ(drawn("CREATE VIEW v AS SELECT 1;"), "erDiagram\n    \"v\"\n");
    EXPECT_EQ(drawn("CREATE VIRTUAL TABLE s USING fts5(body);"), "erDiagram\n    \"s\"\n");
}

TEST(Diagram, a_table_of_another_schema_has_it_in_front_and_so_has_the_target_of_its_keys) {
    EXPECT_EQ(drawn("CREATE TABLE c (p INTEGER NOT NULL REFERENCES p)", "archive"),
              "erDiagram\n"
              "    \"archive.c\" {\n"
              "        INTEGER p FK\n"
              "    }\n"
              "    \"archive.p\" ||..o{ \"archive.c\" : \"p\"\n");
}

TEST(Diagram, no_table_gives_an_empty_picture) { EXPECT_EQ(drawn(""), "erDiagram\n"); }

}  // namespace
}  // namespace unit_migration_diagram
