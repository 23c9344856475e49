// SPDX-License-Identifier: BSL-1.0
#include <mica/migration/create_parser.hpp>
#include <mica/migration/difference.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace unit_migration_difference {
namespace {

using mica::Difference;
using mica::DifferenceKind;
using mica::TableInfo;

Difference compare(std::string_view expected, std::string_view actual) {
    std::vector<TableInfo> expected_tables;
    std::vector<TableInfo> actual_tables;
    mica::detail::read_create(expected, "main", expected_tables);
    mica::detail::read_create(actual, "main", actual_tables);
    return mica::detail::compare_tables(expected_tables, actual_tables);
}

std::string text_of(std::string_view expected, std::string_view actual) {
    return compare(expected, actual).to_string();
}

TEST(Difference, a_table_that_is_not_there_is_one_line) {
    const Difference difference = compare("CREATE TABLE t (a)", "CREATE TABLE u (a)");
    ASSERT_EQ(difference.size(), 1U);
    EXPECT_EQ(difference[0].kind, DifferenceKind::table);
    EXPECT_EQ(difference.to_string(), "t: there is no such table\n");
}

TEST(Difference, spelling_makes_none) {
    EXPECT_EQ(text_of("CREATE TABLE \"T\" (\"Id\" INTEGER PRIMARY KEY, \"n\" INTEGER NOT NULL DEFAULT (1), "
                      "CONSTRAINT \"ck\" CHECK (\"n\" > 0), CONSTRAINT \"uq\" UNIQUE (\"n\"))",
                      "create table t(N int CHECK ( ( n>0 ) ) default 1 not null, id integer, primary key (id));"
                      "create unique index by_hand on t (n)"),
              "");
}

TEST(Difference, columns_are_missing_or_in_no_struct) {
    EXPECT_EQ(text_of("CREATE TABLE t (a, b)", "CREATE TABLE t (a, c)"),
              "t.b: there is no such column\nt.c: no struct has this column\n");
}

TEST(Difference, a_type_is_what_the_database_makes_of_it) {
    EXPECT_EQ(text_of("CREATE TABLE t (a TEXT, b REAL, c BLOB)", "CREATE TABLE t (a VARCHAR(20), b DOUBLE, c)"), "");
    EXPECT_EQ(text_of("CREATE TABLE t (a TEXT)", "CREATE TABLE t (a INT)"), "t.a: type INT instead of TEXT\n");
}

TEST(Difference, an_int_that_is_no_rowid_is_another_type_than_an_integer_key) {
    EXPECT_EQ(text_of("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT", "CREATE TABLE t (a INT PRIMARY KEY) STRICT"),
              "t.a: type INT instead of INTEGER\n");
}

TEST(Difference, a_descending_key_that_is_no_rowid_is_another_key) {
    EXPECT_EQ(text_of("CREATE TABLE t (a INTEGER PRIMARY KEY)", "CREATE TABLE t (a INTEGER PRIMARY KEY DESC)"),
              "t.a: NOT NULL is missing\nt: PRIMARY KEY (a) DESC instead of (a)\n");
    EXPECT_EQ(text_of("CREATE TABLE t (a INTEGER PRIMARY KEY)",
                      "CREATE TABLE t (a INTEGER PRIMARY KEY DESC NOT NULL) STRICT"),
              "t: PRIMARY KEY (a) DESC instead of (a)\nt: STRICT is in no struct\n");
}

TEST(Difference, a_descending_key_that_is_the_rowid_or_never_could_be_is_the_same) {
    EXPECT_EQ(text_of("CREATE TABLE t (a INTEGER PRIMARY KEY)", "CREATE TABLE t (a INTEGER, PRIMARY KEY (a DESC))"),
              "");
    EXPECT_EQ(text_of("CREATE TABLE t (a TEXT PRIMARY KEY)", "CREATE TABLE t (a TEXT PRIMARY KEY DESC)"), "");
    EXPECT_EQ(text_of("CREATE TABLE t (a INTEGER PRIMARY KEY) WITHOUT ROWID",
                      "CREATE TABLE t (a INTEGER PRIMARY KEY DESC) WITHOUT ROWID"),
              "");
}

TEST(Difference, a_key_column_is_not_null_where_the_database_says_so) {
    EXPECT_EQ(text_of("CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID",
                      "CREATE TABLE t (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"),
              "");
    EXPECT_EQ(text_of("CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY)", "CREATE TABLE t (a TEXT PRIMARY KEY)"),
              "t.a: NOT NULL is missing\n");
}

TEST(Difference, defaults_collations_and_generated_expressions_are_compared) {
    EXPECT_EQ(
        text_of("CREATE TABLE t (a DEFAULT (1), b COLLATE NOCASE, c AS (a + 1) STORED)",
                "CREATE TABLE t (a DEFAULT 2, b, c AS (a + 1))"),
        "t.a: DEFAULT 2 instead of 1\nt.b: COLLATE NOCASE is missing\nt.c: generated VIRTUAL instead of STORED\n");
}

TEST(Difference, keys_and_table_options_are_compared) {
    EXPECT_EQ(text_of("CREATE TABLE t (a, b, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID",
                      "CREATE TABLE t (a, b, PRIMARY KEY (b, a))"),
              "t.a: NOT NULL is missing\nt.b: NOT NULL is missing\nt: PRIMARY KEY (b, a) instead of (a, b)\n"
              "t: STRICT is missing\nt: WITHOUT ROWID is missing\n");
}

TEST(Difference, constraints_and_indexes_are_found_by_what_they_say) {
    EXPECT_EQ(text_of("CREATE TABLE t (a, b, UNIQUE (a, b), CHECK (a > 0)); CREATE INDEX i ON t (a DESC) WHERE b > 0",
                      "CREATE TABLE t (a, b, UNIQUE (b, a), CHECK (a > 1)); CREATE INDEX j ON t (a)"),
              "t: CHECK (a > 0) is missing\nt: CHECK (a > 1) is in no struct\n"
              "t: index (a DESC) WHERE b > 0 is missing\nt: index (a) is in no struct\n");
}

TEST(Difference, a_reference_without_columns_means_the_key) {
    constexpr std::string_view parent = "CREATE TABLE p (id INTEGER PRIMARY KEY);";
    const std::string expected = std::string{parent} + "CREATE TABLE t (a, FOREIGN KEY (a) REFERENCES p (id))";
    EXPECT_EQ(text_of(expected, std::string{parent} + "CREATE TABLE t (a REFERENCES P)"), "");
    EXPECT_EQ(text_of(expected, std::string{parent} + "CREATE TABLE t (a REFERENCES p ON DELETE CASCADE)"),
              "t: FOREIGN KEY (a) REFERENCES p (id) is missing\n"
              "t: FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE is in no struct\n");
}

TEST(Difference, a_view_in_the_place_of_a_table_is_one) {
    EXPECT_EQ(text_of("CREATE TABLE t (a)", "CREATE VIEW t AS SELECT 1"),
              "t: virtual table a view instead of a table\n");
}

}  // namespace
}  // namespace unit_migration_difference
