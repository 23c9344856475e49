// SPDX-License-Identifier: BSL-1.0
// `using namespace mica` where the C library's headers are included: abs, round, time, strftime and select are told
// apart by what they are given; index and random need their namespace, or a using-declaration in the user's own.
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/select.h>
#include <time.h>

#include <concepts>
#include <cstdint>
#include <string>

namespace sql_beside_libc {

using namespace mica;
using mica::index;
using mica::test::Execution;

struct Visit {
    std::int64_t id = 0;
    double weight = 0;
    std::string at;

    static constexpr auto mapping() { return table(index<&Visit::weight>); }
};

constexpr auto weight = col<&Visit::weight>;
constexpr auto at = col<&Visit::at>;

struct SqlBesideLibc : mica::test::SelectedExpression<Visit> {};

TEST_F(SqlBesideLibc, functions_of_columns_are_those_of_sql) {
    EXPECT_EQ(selected(abs(weight)), (Execution{R"(abs("weight"))", {}}));
    EXPECT_EQ(selected(round(weight)), (Execution{R"(round("weight"))", {}}));
    EXPECT_EQ(selected(round(weight, 2)), (Execution{R"(round("weight", ?1))", {2}}));
    EXPECT_EQ(selected(time(at)), (Execution{R"(time("at"))", {}}));
    EXPECT_EQ(selected(time()), (Execution{"time()", {}}));
    EXPECT_EQ(selected(strftime("%Y", at)), (Execution{R"(strftime(?1, "at"))", {"%Y"}}));
    EXPECT_EQ(select(weight).sql(), R"(SELECT "Visit"."weight" FROM "Visit")");
}

TEST_F(SqlBesideLibc, functions_of_plain_values_are_those_of_c) {
    static_assert(std::same_as<decltype(abs(-5)), int>);
    static_assert(std::same_as<decltype(round(2.5)), double>);
    static_assert(std::same_as<decltype(time(nullptr)), time_t>);
    EXPECT_EQ(selected(mica::abs(-5)), (Execution{"abs(?1)", {-5}}));
}

TEST_F(SqlBesideLibc, what_takes_no_argument_is_told_by_its_namespace) {
    using mica::random;
    EXPECT_EQ(selected(random()), (Execution{"random()", {}}));
    EXPECT_EQ(selected(mica::random()), (Execution{"random()", {}}));
}

TEST_F(SqlBesideLibc, an_index_is_an_option_where_a_using_declaration_says_so) {
    EXPECT_NE(ddl<Visit>.find(R"(CREATE INDEX "ix_Visit_weight" ON "Visit" ("weight"))"), std::string::npos)
        << ddl<Visit>;
}

}  // namespace sql_beside_libc
