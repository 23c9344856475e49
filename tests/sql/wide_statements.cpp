// SPDX-License-Identifier: BSL-1.0
// What is known of a statement while it compiles is known of every part of it, however many there are.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace sql_wide {

struct Whole {
    std::int64_t id = 0;
};

template <int number>
struct Part {
    std::int64_t id = 0;
    std::int64_t whole = 0;
};

struct Wide {
    std::int64_t id = 0;
    int c01 = 0, c02 = 0, c03 = 0, c04 = 0, c05 = 0, c06 = 0, c07 = 0, c08 = 0, c09 = 0, c10 = 0, c11 = 0;
    int c12 = 0, c13 = 0, c14 = 0, c15 = 0, c16 = 0, c17 = 0, c18 = 0, c19 = 0, c20 = 0, c21 = 0, c22 = 0;
    int c23 = 0, c24 = 0, c25 = 0, c26 = 0, c27 = 0, c28 = 0, c29 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0;
};

namespace {

using mica::col;
using mica::select;
using sql_wide::Part;
using sql_wide::Whole;
using sql_wide::Wide;

using SqlWide = mica::test::RecordedSql;

template <int next, int end, class Query>
constexpr auto left_join_parts(const Query& query) {
    if constexpr (next == end) {
        return query;
    } else {
        return left_join_parts<next + 1, end>(
            query.template left_join<Part<next>>(col<&Part<next>::whole> == col<&Whole::id>));
    }
}

TEST_F(SqlWide, a_seventeenth_outer_join_makes_its_columns_optional_too) {
    using Joined = decltype(left_join_parts<0, 17>(select(col<&Whole::id>, col<&Part<0>::id>, col<&Part<16>::id>)));
    static_assert(std::is_same_v<Joined::Row,
                                 std::tuple<std::int64_t, std::optional<std::int64_t>, std::optional<std::int64_t>>>);
}

TEST_F(SqlWide, a_full_join_behind_sixteen_others_makes_the_first_optional) {
    const auto joined = left_join_parts<0, 16>(select(col<&Whole::id>, col<&Part<16>::id>))
                            .full_join<Part<16>>(col<&Part<16>::whole> == col<&Whole::id>);
    static_assert(
        std::is_same_v<decltype(joined)::Row, std::tuple<std::optional<std::int64_t>, std::optional<std::int64_t>>>);
}

TEST_F(SqlWide, a_key_that_is_the_thirty_third_term_of_group_by_determines_its_row) {
    using W = Wide;
    const auto grouped =
        select(col<&W::c33>, mica::count())
            .group_by(col<&W::c01>, col<&W::c02>, col<&W::c03>, col<&W::c04>, col<&W::c05>, col<&W::c06>, col<&W::c07>,
                      col<&W::c08>, col<&W::c09>, col<&W::c10>, col<&W::c11>, col<&W::c12>, col<&W::c13>, col<&W::c14>,
                      col<&W::c15>, col<&W::c16>, col<&W::c17>, col<&W::c18>, col<&W::c19>, col<&W::c20>, col<&W::c21>,
                      col<&W::c22>, col<&W::c23>, col<&W::c24>, col<&W::c25>, col<&W::c26>, col<&W::c27>, col<&W::c28>,
                      col<&W::c29>, col<&W::c30>, col<&W::c31>, col<&W::c32>, col<&W::id>);
    EXPECT_TRUE(run(grouped).sql.ends_with(R"("Wide"."c32", "Wide"."id")"));
}

}  // namespace
}  // namespace sql_wide
