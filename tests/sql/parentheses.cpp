// SPDX-License-Identifier: BSL-1.0
// Every pair of neighbouring precedences: parentheses stand where SQL would read the text in another way, nowhere else.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace sql_parentheses {

struct T {
    std::int64_t id = 0;
    int a = 0;
    int b = 0;
    int c = 0;
    bool p = false;
    bool q = false;
    bool r = false;
    std::string s;
    std::string t;
};

namespace {

using mica::col;
using sql_parentheses::T;

constexpr auto a = col<&T::a>;
constexpr auto b = col<&T::b>;
constexpr auto c = col<&T::c>;
constexpr auto p = col<&T::p>;
constexpr auto q = col<&T::q>;
constexpr auto r = col<&T::r>;
constexpr auto s = col<&T::s>;
constexpr auto t = col<&T::t>;

/// The expression's text without quotes and table names.
template <class Expression>
std::string text(const Expression& expression) {
    std::string bare;
    const std::string sql{mica::select(expression).sql()};
    for (std::size_t i = 7; i < sql.rfind(" FROM "); ++i) {
        if (sql[i] != '"') bare += sql[i];
    }
    for (std::size_t at = bare.find("T."); at != bare.npos; at = bare.find("T.")) bare.erase(at, 2);
    return bare;
}

TEST(Parentheses, stand_around_or_inside_and) {
    EXPECT_EQ(text((p || q) && r), "(p OR q) AND r");
    EXPECT_EQ(text(p && (q || r)), "p AND (q OR r)");
    EXPECT_EQ(text((p && q) || r), "p AND q OR r");
    EXPECT_EQ(text(p || (q && r)), "p OR q AND r");
}

TEST(Parentheses, are_left_out_where_the_same_logic_nests) {
    EXPECT_EQ(text((p && q) && r), "p AND q AND r");
    EXPECT_EQ(text(p && (q && r)), "p AND q AND r");
    EXPECT_EQ(text((p || q) || r), "p OR q OR r");
    EXPECT_EQ(text(p || (q || r)), "p OR q OR r");
}

TEST(Parentheses, stand_around_and_and_or_inside_not) {
    EXPECT_EQ(text(!(p && q)), "NOT (p AND q)");
    EXPECT_EQ(text(!(p || q)), "NOT (p OR q)");
    EXPECT_EQ(text(!p && q), "NOT p AND q");
    EXPECT_EQ(text(!(a == b)), "NOT a = b");
    EXPECT_EQ(text(!!p), "NOT NOT p");
    EXPECT_EQ(text(!s.like("x")), "NOT s LIKE ?1");
    EXPECT_EQ(text(!a.between(1, 2)), "NOT a BETWEEN ?1 AND ?2");
    EXPECT_EQ(text(!a.in({1})), "NOT a IN (SELECT v0.value FROM mica_values(?1) AS v0)");
}

TEST(Parentheses, stand_around_a_comparison_inside_a_comparison) {
    EXPECT_EQ(text((a == b) == p), "(a = b) = p");
    EXPECT_EQ(text(p == (a == b)), "p = (a = b)");
    EXPECT_EQ(text((a < b) == (b < c)), "(a < b) = (b < c)");
    EXPECT_EQ(text((a == b) != (b != c)), "(a = b) <> (b <> c)");
    EXPECT_EQ(text((a < b) < p), "(a < b) < p");
    EXPECT_EQ(text(p >= (a <= b)), "p >= (a <= b)");
    EXPECT_EQ(text((!p) == q), "(NOT p) = q");
    EXPECT_EQ(text(p == !q), "p = (NOT q)");
    EXPECT_EQ(text((p && q) == r), "(p AND q) = r");
    EXPECT_EQ(text(p.is_distinct_from(a > b)), "p IS NOT (a > b)");
}

TEST(Parentheses, stand_around_what_is_no_simple_test_beside_a_test) {
    EXPECT_EQ(text(s.like("x") == p), "(s LIKE ?1) = p");
    EXPECT_EQ(text(a.between(1, 2) == p), "(a BETWEEN ?1 AND ?2) = p");
    EXPECT_EQ(text(p == a.in({1})), "p = (a IN (SELECT v0.value FROM mica_values(?1) AS v0))");
    EXPECT_EQ(text((a == b).in({true})), "(a = b) IN (SELECT v0.value FROM mica_values(?1) AS v0)");
    EXPECT_EQ(text((a == b).between(false, p)), "(a = b) BETWEEN ?1 AND p");
    EXPECT_EQ(text(p.between(q && r, !q)), "p BETWEEN (q AND r) AND (NOT q)");
    EXPECT_EQ(text(p.between(a < b, a == b)), "p BETWEEN (a < b) AND (a = b)");
    EXPECT_EQ(text(a.between(1, 2) && p), "a BETWEEN ?1 AND ?2 AND p");
}

TEST(Parentheses, are_left_out_around_arithmetic_in_a_comparison) {
    EXPECT_EQ(text(a + b == c * 2), "a + b = c * ?1");
    EXPECT_EQ(text(-a < b - c), "-a < b - c");
    EXPECT_EQ(text((a + b).between(a - b, a * b)), "a + b BETWEEN a - b AND a * b");
    EXPECT_EQ(text((a + b).in({1})), "a + b IN (SELECT v0.value FROM mica_values(?1) AS v0)");
}

TEST(Parentheses, stand_around_sums_in_products) {
    EXPECT_EQ(text((a + b) * c), "(a + b) * c");
    EXPECT_EQ(text(a * (b - c)), "a * (b - c)");
    EXPECT_EQ(text(a * b + c), "a * b + c");
    EXPECT_EQ(text(a + b * c), "a + b * c");
    EXPECT_EQ(text((a - b) % c), "(a - b) % c");
}

TEST(Parentheses, keep_the_order_of_operators_that_are_not_associative) {
    EXPECT_EQ(text((a - b) - c), "a - b - c");
    EXPECT_EQ(text(a - (b - c)), "a - (b - c)");
    EXPECT_EQ(text(a - (b + c)), "a - (b + c)");
    EXPECT_EQ(text(a + (b - c)), "a + (b - c)");
    EXPECT_EQ(text((a / b) / c), "a / b / c");
    EXPECT_EQ(text(a / (b / c)), "a / (b / c)");
    EXPECT_EQ(text(a / (b * c)), "a / (b * c)");
    EXPECT_EQ(text(a * (b / c)), "a * (b / c)");
    EXPECT_EQ(text(a * b / c), "a * b / c");
    EXPECT_EQ(text(a % (b % c)), "a % (b % c)");
}

TEST(Parentheses, stand_around_everything_but_a_column_behind_a_minus) {
    EXPECT_EQ(text(-a), "-a");
    EXPECT_EQ(text(-(a + b)), "-(a + b)");
    EXPECT_EQ(text(-(a * b)), "-(a * b)");
    EXPECT_EQ(text(-a * b), "-a * b");
    EXPECT_EQ(text(a - -b), "a - -b");
}

TEST(Parentheses, never_let_two_minus_signs_begin_a_comment) {
    EXPECT_EQ(text(-(-a)), "-(-a)");
    EXPECT_EQ(text(a - -(-b)), "a - -(-b)");
    EXPECT_EQ(text(a - (-b - c)), "a - (-b - c)");
}

TEST(Parentheses, stand_around_arithmetic_in_a_concatenation) {
    EXPECT_EQ(text((s || t) || "x"), "s || t || ?1");
    EXPECT_EQ(text(s || (t || "x")), "s || (t || ?1)");
    EXPECT_EQ(text((s || t) == s), "s || t = s");
    EXPECT_EQ(text((s || t).like("x")), "s || t LIKE ?1");
    EXPECT_EQ(text(s.like(t || "%")), "s LIKE t || ?1");
}

}  // namespace
}  // namespace sql_parentheses
