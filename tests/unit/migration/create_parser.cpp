// SPDX-License-Identifier: BSL-1.0
#include <mica/migration/create_parser.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace unit_migration_create_parser {
namespace {

using mica::ForeignKeyInfo;
using mica::TableInfo;
using mica::TableKind;

using Names = std::vector<std::string>;

std::vector<TableInfo> read(std::string_view sql) {
    std::vector<TableInfo> tables;
    mica::detail::read_create(sql, "main", tables);
    return tables;
}

TableInfo read_one(std::string_view sql) {
    const std::vector<TableInfo> tables = read(sql);
    EXPECT_EQ(tables.size(), 1U) << sql;
    return tables.empty() ? TableInfo{} : tables.front();
}

std::string default_of(std::string_view text) {
    return read_one("CREATE TABLE t (a DEFAULT " + std::string{text} + " NOT NULL, b)")
        .columns.at(0)
        .default_value.value_or("none");
}

TEST(CreateParser, a_name_without_a_constraint_is_passed_over) {
    const std::vector<TableInfo> tables = read(
        "CREATE TABLE t (a INT CONSTRAINT x, b INT CONSTRAINT y CONSTRAINT z UNIQUE, CONSTRAINT u CONSTRAINT v CHECK "
        "(a))");
    ASSERT_EQ(tables.size(), 1U);
    ASSERT_EQ(tables[0].columns.size(), 2U);
    EXPECT_EQ(tables[0].uniques.at(0).name, "z");
    EXPECT_EQ(tables[0].checks.at(0).name, "v");
}

TEST(CreateParser, names_are_read_without_their_quotes_and_schema) {
    const TableInfo table = read_one(R"(CREATE TABLE IF NOT EXISTS "aux" . [my table] (`a b` INT, "c""d" TEXT))");
    EXPECT_EQ(table.name, "my table");
    ASSERT_EQ(table.columns.size(), 2U);
    EXPECT_EQ(table.columns[0].name, "a b");
    EXPECT_EQ(table.columns[1].name, "c\"d");
}

TEST(CreateParser, a_type_is_all_words_before_the_first_constraint) {
    const TableInfo table = read_one("CREATE TABLE t (a unsigned big int NOT NULL, b DECIMAL(10, 2) NULL, c, d)");
    ASSERT_EQ(table.columns.size(), 4U);
    EXPECT_EQ(table.columns[0].type, "unsigned big int");
    EXPECT_FALSE(table.columns[0].is_nullable);
    EXPECT_EQ(table.columns[1].type, "DECIMAL(10, 2)");
    EXPECT_TRUE(table.columns[1].is_nullable);
    EXPECT_EQ(table.columns[2].type, "");
}

TEST(CreateParser, a_default_is_a_literal_or_what_stands_in_parentheses) {
    EXPECT_EQ(default_of("1"), "1");
    EXPECT_EQ(default_of("-1.5e-3"), "-1.5e-3");
    EXPECT_EQ(default_of("1."), "1.");
    EXPECT_EQ(default_of("'it''s'"), "'it''s'");
    EXPECT_EQ(default_of("x'00ff'"), "x'00ff'");
    EXPECT_EQ(default_of("CURRENT_TIMESTAMP"), "CURRENT_TIMESTAMP");
    EXPECT_EQ(default_of("(1 + (2))"), "1 + (2)");
}

TEST(CreateParser, what_follows_a_default_belongs_to_the_column) {
    const TableInfo table = read_one("CREATE TABLE t (a INT DEFAULT -1 NOT NULL UNIQUE, b)");
    EXPECT_FALSE(table.columns.at(0).is_nullable);
    EXPECT_EQ(table.uniques.at(0).columns, Names{"a"});
    EXPECT_EQ(table.columns.size(), 2U);
}

TEST(CreateParser, a_key_of_one_column_is_read_where_it_stands) {
    const TableInfo table = read_one("CREATE TABLE t (id INTEGER PRIMARY KEY DESC ON CONFLICT REPLACE AUTOINCREMENT)");
    EXPECT_EQ(table.primary_key.columns, Names{"id"});
    EXPECT_EQ(table.primary_key.on_conflict, "REPLACE");
    EXPECT_TRUE(table.primary_key.is_descending);
    EXPECT_TRUE(table.is_autoincrement);
}

TEST(CreateParser, a_key_of_several_columns_keeps_their_order) {
    const TableInfo table =
        read_one("CREATE TABLE t (a, b, CONSTRAINT \"the key\" PRIMARY KEY (b COLLATE NOCASE, a DESC)) WITHOUT ROWID");
    EXPECT_EQ(table.primary_key.name, "the key");
    EXPECT_EQ(table.primary_key.columns, (Names{"b", "a"}));
    EXPECT_TRUE(table.is_without_rowid);
    EXPECT_FALSE(table.is_strict);
}

TEST(CreateParser, table_options_come_in_any_order) {
    const TableInfo table = read_one("CREATE TABLE t (a TEXT PRIMARY KEY) strict, without rowid");
    EXPECT_TRUE(table.is_strict);
    EXPECT_TRUE(table.is_without_rowid);
}

TEST(CreateParser, constraints_keep_their_names_and_need_no_comma) {
    const TableInfo table = read_one(
        "CREATE TABLE t (a CONSTRAINT positive CHECK (a > 0), b, CONSTRAINT u UNIQUE (a, b) CHECK (b <> ')') -- "
        "end\n)");
    ASSERT_EQ(table.checks.size(), 2U);
    EXPECT_EQ(table.checks[0].name, "positive");
    EXPECT_EQ(table.checks[0].condition, "a > 0");
    EXPECT_EQ(table.checks[1].name, "");
    EXPECT_EQ(table.checks[1].condition, "b <> ')'");
    EXPECT_EQ(table.uniques.at(0).name, "u");
    EXPECT_EQ(table.uniques.at(0).columns, (Names{"a", "b"}));
}

TEST(CreateParser, a_reference_is_read_with_its_actions) {
    const TableInfo table = read_one(
        "CREATE TABLE t (a REFERENCES p ON DELETE SET NULL MATCH FULL ON UPDATE no action NOT DEFERRABLE NOT NULL, b, "
        "CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES q (x, \"y z\") ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED)");
    ASSERT_EQ(table.foreign_keys.size(), 2U);
    const ForeignKeyInfo& first = table.foreign_keys[0];
    EXPECT_EQ(first.columns, Names{"a"});
    EXPECT_EQ(first.target, "p");
    EXPECT_TRUE(first.target_columns.empty());
    EXPECT_EQ(first.on_delete, "SET NULL");
    EXPECT_EQ(first.on_update, "");
    EXPECT_FALSE(first.is_deferred);
    EXPECT_FALSE(table.columns.at(0).is_nullable);
    const ForeignKeyInfo& second = table.foreign_keys[1];
    EXPECT_EQ(second.name, "fk");
    EXPECT_EQ(second.target_columns, (Names{"x", "y z"}));
    EXPECT_EQ(second.on_update, "CASCADE");
    EXPECT_TRUE(second.is_deferred);
}

TEST(CreateParser, generated_columns_say_whether_they_are_stored) {
    const TableInfo table = read_one(
        "CREATE TABLE t (a, b INT GENERATED ALWAYS AS (a + 1) STORED, c AS (upper(a)) VIRTUAL COLLATE NOCASE)");
    EXPECT_EQ(table.columns.at(1).generated, "a + 1");
    EXPECT_TRUE(table.columns.at(1).is_stored);
    EXPECT_EQ(table.columns.at(2).generated, "upper(a)");
    EXPECT_FALSE(table.columns.at(2).is_stored);
    EXPECT_EQ(table.columns.at(2).collation, "NOCASE");
}

TEST(CreateParser, an_index_and_a_trigger_belong_to_their_table) {
    const std::vector<TableInfo> tables = read(
        "CREATE TABLE a (x, y); CREATE TABLE b (x);"
        "CREATE UNIQUE INDEX i ON B (lower(x, ',') DESC, y COLLATE NOCASE) WHERE x IS NOT NULL;"
        "CREATE TRIGGER g AFTER UPDATE OF x ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; DELETE FROM b; END;"
        "CREATE INDEX j ON a (y)");
    ASSERT_EQ(tables.size(), 2U);
    ASSERT_EQ(tables[1].indexes.size(), 1U);
    EXPECT_EQ(tables[1].indexes[0].terms, (Names{"lower(x, ',') DESC", "y COLLATE NOCASE"}));
    EXPECT_EQ(tables[1].indexes[0].condition, "x IS NOT NULL");
    EXPECT_TRUE(tables[1].indexes[0].is_unique);
    ASSERT_EQ(tables[0].triggers.size(), 1U);
    EXPECT_TRUE(tables[0].triggers[0].sql.ends_with("END"));
    EXPECT_EQ(tables[0].indexes.size(), 1U);
}

TEST(CreateParser, views_and_tables_of_modules_are_told_apart) {
    const std::vector<TableInfo> tables =
        read("CREATE VIEW v AS SELECT 1; CREATE VIRTUAL TABLE f USING fts5(a, b); CREATE TEMP TABLE t (a)");
    ASSERT_EQ(tables.size(), 3U);
    EXPECT_EQ(tables[0].kind, TableKind::view);
    EXPECT_EQ(tables[1].kind, TableKind::virtual_table);
    EXPECT_EQ(tables[2].schema, "temp");
}

TEST(CreateParser, a_text_that_stops_short_gives_what_it_says_until_there) {
    constexpr std::string_view sql =
        "CREATE TABLE t (a INT DEFAULT (1) CHECK (a > 0), FOREIGN KEY (a) REFERENCES p (x) ON DELETE CASCADE) STRICT";
    for (std::size_t size = 0; size < sql.size(); ++size) {
        for (const TableInfo& table : read(sql.substr(0, size))) EXPECT_LE(table.columns.size(), 2U) << size;
    }
    EXPECT_TRUE(read("SELECT 1; DROP TABLE x; CREATE").empty());
}

}  // namespace
}  // namespace unit_migration_create_parser
