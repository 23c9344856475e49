// SPDX-License-Identifier: BSL-1.0
// What means the same makes no difference, however it is spelled; what does not makes one.
#include <mica/core/list_view.hpp>
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace schema_spelling {

/// What verify tells of a database that one script has made and another one asks for.
std::string difference(std::string_view actual, const std::string& expected) {
    const mica::Engine engine{"sqlite://"};
    const auto connection = engine.connect();
    connection.open().run_script(actual);
    const mica::detail::TableText table{{}, "t", expected};
    return mica::detail::verify_tables<std::string>(connection.open(), {&table, 1}).to_string();
}

std::string with_check(std::string_view condition) {
    return "CREATE TABLE t (a INTEGER, b INTEGER, c TEXT, CHECK (" + std::string{condition} + ")) STRICT";
}

std::string with_default(std::string_view type, std::string_view value) {
    return "CREATE TABLE t (a " + std::string{type} + " DEFAULT " + std::string{value} + ")";
}

TEST(SchemaSpelling, of_a_condition_that_means_the_same_makes_no_difference) {
    using Spellings = std::pair<std::string_view, std::string_view>;
    for (const auto& [one, other] :
         {Spellings{"a != 1", "\"a\" <> 1"},
          {"a == 1", "a = 1"},
          {"(a > 1) AND (b > 2)", "a > 1 AND b > 2"},
          {"((a + b) * 2) > 1", "(a + b) * 2 > 1"},
          {"a ISNULL OR b NOTNULL OR c NOT NULL", "a IS NULL OR b IS NOT NULL OR c IS NOT NULL"},
          {"c NOT LIKE 'x%' AND a NOT IN (1, 2)", "NOT c LIKE 'x%' AND NOT (a IN (1, 2))"},
          {"a NOT BETWEEN 1 AND 2 AND b", "(NOT (a BETWEEN 1 AND 2)) AND b"},
          {"a > 1e3 AND a < 2.50", "a > 1000.0 AND a < 2.5"},
          {"a = 007", "a = 7"},
          {"a > -(3)", "a > -3"},
          {"a /* the first */ > 1 -- more", "A > 1"},
          {"a IS NOT DISTINCT FROM b", "a IS b"},
          {"length(c) > 1 AND coalesce(a, (b)) > 0", "LENGTH(c)>1 AND coalesce(a,b)>0"},
          {"NOT (a > 1)", "NOT a > 1"},
          {"CASE WHEN a > 1 THEN b END", "case when A > 1 then b end"}}) {
        EXPECT_EQ(difference(with_check(std::string{one} + "\n"), with_check(other)), "") << one;
        EXPECT_EQ(difference(with_check(other), with_check(std::string{one} + "\n")), "") << one;
    }
}

TEST(SchemaSpelling, of_a_condition_that_means_something_else_makes_one) {
    using Spellings = std::pair<std::string_view, std::string_view>;
    for (const auto& [one, other] : {Spellings{"(a + b) * 2 > 1", "a + b * 2 > 1"},
                                     {"a - (b - 1) > 1", "a - b - 1 > 1"},
                                     {"(a > 1 OR b > 1) AND b < 9", "a > 1 OR b > 1 AND b < 9"},
                                     {"NOT a > 1 AND b", "NOT (a > 1 AND b)"},
                                     {"c = 'X'", "c = 'x'"},
                                     {"a / 2 > 1", "a / 2.0 > 1"},
                                     {"c LIKE 'x'", "c GLOB 'x'"},
                                     {"a IS b", "a = b"},
                                     {"a IS NOT b", "a IS b"},
                                     {"c = x'00'", "c = '00'"},
                                     {"a IN (1, 2)", "a IN (2, 1)"},
                                     {"c COLLATE NOCASE = 'x'", "c = 'x'"},
                                     {"a < 9007199254740993", "a < 9007199254740993.0"},
                                     {"a BETWEEN 1 AND 2", "a NOT BETWEEN 1 AND 2"}}) {
        EXPECT_NE(difference(with_check(one), with_check(other)), "") << one;
    }
}

TEST(SchemaSpelling, of_a_default_that_gives_the_same_makes_no_difference) {
    using Spellings = std::pair<std::string_view, std::string_view>;
    for (const auto& [one, other] : {Spellings{"0", "0.0"},
                                     {"1e3", "1000.00"},
                                     {"+5", "5"},
                                     {"(-(5))", "-5"},
                                     {".5", "0.50"},
                                     {"TRUE", "1"},
                                     {"false", "0"},
                                     {"NULL", "(null)"},
                                     {"007", "7"}}) {
        EXPECT_EQ(difference(with_default("REAL", one), with_default("REAL", other)), "") << one;
        EXPECT_EQ(difference(with_default("INTEGER", one), with_default("INTEGER", other)), "") << one;
    }
    EXPECT_EQ(difference(with_default("TEXT", "NULL"), "CREATE TABLE t (a TEXT)"), "");
    for (const std::string_view name : {"It", "\"It\"", "[It]"})
        EXPECT_EQ(difference(with_default("TEXT", name), with_default("TEXT", "'It'")), "") << name;
}

TEST(SchemaSpelling, of_a_default_that_gives_something_else_makes_one) {
    using Spellings = std::pair<std::string_view, std::string_view>;
    for (const auto& [one, other] : {Spellings{"0", "'0'"},
                                     {"5", "-5"},
                                     {"1e3", "1e4"},
                                     {"1", "(1 + 0)"},
                                     {"'true'", "TRUE"},
                                     {"9007199254740993", "9007199254740993.0"}})
        EXPECT_NE(difference(with_default("INTEGER", one), with_default("INTEGER", other)), "") << one;
    EXPECT_NE(difference(with_default("TEXT", "1"), with_default("TEXT", "1.0")), "");
    EXPECT_NE(difference(with_default("TEXT", "'null'"), "CREATE TABLE t (a TEXT)"), "");
    EXPECT_NE(difference(with_default("TEXT", "\"It\""), with_default("TEXT", "\"it\"")), "");
    EXPECT_NE(difference("CREATE TABLE t (a ANY DEFAULT 1) STRICT", "CREATE TABLE t (a ANY DEFAULT 1.0) STRICT"), "");
}

TEST(SchemaSpelling, of_an_index_that_does_the_same_makes_no_difference) {
    const std::string table = "CREATE TABLE t (a INTEGER, b INTEGER) STRICT;";
    EXPECT_EQ(difference(table + "CREATE INDEX mine ON t ((a), b ASC) WHERE (a != 1)",
                         table + "CREATE INDEX i ON t (a, b) WHERE a <> 1"),
              "");
    EXPECT_NE(difference(table + "CREATE INDEX mine ON t (a, b DESC)", table + "CREATE INDEX i ON t (a, b)"), "");
}

}  // namespace schema_spelling
