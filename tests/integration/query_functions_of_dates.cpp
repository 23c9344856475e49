// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_date_functions {

struct Visit {
    std::int64_t id = 0;
    std::chrono::sys_seconds at;
    std::chrono::sys_days day;
    std::optional<std::chrono::year_month_day> until;
    std::string text;
};

namespace {

using mica::col;
using mica::select;
using query_date_functions::Visit;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;
using namespace std::chrono_literals;
using Ids = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;
using OptionalTexts = std::vector<std::optional<std::string>>;

constexpr auto id = col<&Visit::id>;
constexpr auto at = col<&Visit::at>;
constexpr auto day = col<&Visit::day>;
constexpr auto until = col<&Visit::until>;
constexpr auto text = col<&Visit::text>;

struct QueryDateFunctions : mica::test::MemoryDatabase<Visit> {
    QueryDateFunctions() {
        insert<Visit>({{1, sys_days{2012y / 10 / 15} + 12h + 57min + 18s, sys_days{2012y / 10 / 15}, 2012y / 10 / 31,
                        "2012-10-15 12:57:18"},
                       {2, sys_days{1850y / 11 / 10} + 11h + 52min + 35s, sys_days{1850y / 11 / 10}, std::nullopt,
                        "not a date"}});
    }
    template <class Expression>
    auto all(const Expression& expression) {
        return connection.all(select(expression).template from<Visit>().order_by(id));
    }
};

TEST_F(QueryDateFunctions, read_what_chrono_columns_hold) {
    EXPECT_EQ(all(date(at)), (Texts{"2012-10-15", "1850-11-10"}));
    EXPECT_EQ(all(time(at)), (Texts{"12:57:18", "11:52:35"}));
    EXPECT_EQ(all(datetime(day)), (Texts{"2012-10-15 00:00:00", "1850-11-10 00:00:00"}));
    EXPECT_EQ(all(date(until)), (OptionalTexts{"2012-10-31", std::nullopt}));
    EXPECT_EQ(all(julianday(day)), (std::vector<double>{2456215.5, 2397071.5}));
    EXPECT_EQ(all(unixepoch(at)), (std::vector<std::int64_t>{1350305838, -3759739645}));
}

TEST_F(QueryDateFunctions, are_null_for_text_that_is_no_date) {
    EXPECT_EQ(all(date(text)), (OptionalTexts{"2012-10-15", std::nullopt}));
    EXPECT_EQ(all(strftime("%Y", text)), (OptionalTexts{"2012", std::nullopt}));
    EXPECT_EQ(all(date(at, "no modifier")), (OptionalTexts{std::nullopt, std::nullopt}));
}

TEST_F(QueryDateFunctions, apply_modifiers) {
    EXPECT_EQ(all(date(at, "start of month", "+1 month", "-1 day")), (OptionalTexts{"2012-10-31", "1850-11-30"}));
    EXPECT_EQ(connection.scalar(select(mica::datetime(1092941466, "unixepoch"))), "2004-08-19 18:51:06");
    EXPECT_EQ(connection.scalar(select(mica::date(2456215.5))), "2012-10-15");
}

TEST_F(QueryDateFunctions, come_back_as_types_of_chrono) {
    EXPECT_EQ(all(mica::date<sys_days>(at)),
              (std::vector<sys_days>{sys_days{2012y / 10 / 15}, sys_days{1850y / 11 / 10}}));
    EXPECT_EQ(all(mica::date<year_month_day>(at)), (std::vector<year_month_day>{2012y / 10 / 15, 1850y / 11 / 10}));
    EXPECT_EQ(all(mica::datetime<sys_seconds>(at, "+1 day")).front(), sys_days{2012y / 10 / 16} + 12h + 57min + 18s);
}

TEST_F(QueryDateFunctions, compare_with_columns_of_their_type) {
    EXPECT_EQ(connection.all(select(id).where(day == mica::date<sys_days>(at)).order_by(id)), (Ids{1, 2}));
    EXPECT_EQ(connection.all(select(id).where(at < mica::datetime<sys_seconds>("now"))).size(), 2U);
    EXPECT_EQ(connection.all(select(id).where(day > mica::date<sys_days>("now", "-1 year"))), Ids{});
    EXPECT_EQ(connection.all(select(id).where(strftime("%m", at) == "10")), Ids{1});
}

TEST_F(QueryDateFunctions, group_rows) {
    const auto year = strftime("%Y", at);
    EXPECT_EQ(connection.all(
                  select(year.as<"year">(), mica::count()).group_by(year.as<"year">()).order_by(year.as<"year">())),
              (std::vector<std::tuple<std::optional<std::string>, std::int64_t>>{{"1850", 1}, {"2012", 1}}));
}

TEST_F(QueryDateFunctions, know_the_time) {
    const std::string now = connection.scalar(select(mica::datetime()));
    EXPECT_EQ(now.size(), 19U);
    EXPECT_GT(connection.scalar(select(mica::unixepoch())), 1'700'000'000);
    EXPECT_GT(connection.scalar(select(mica::julianday())), 2460000);
    EXPECT_EQ(connection.scalar(select(mica::date())).size(), 10U);
    EXPECT_EQ(connection.scalar(select(mica::time())).size(), 8U);
}

TEST_F(QueryDateFunctions, take_null_bound_as_a_date_in_case) {
    const auto matches = [&](std::optional<sys_days> wanted) {
        using mica::case_;
        using mica::when;
        const auto bound = mica::coalesce(wanted, std::nullopt);
        return connection.all(
            select(id).where(case_(when(bound.is_not_null(), bound)).otherwise(day) == day).order_by(id));
    };
    EXPECT_EQ(matches(std::nullopt), (Ids{1, 2}));
    EXPECT_EQ(matches(sys_days{2012y / 10 / 15}), Ids{1});
    EXPECT_EQ(matches(sys_days{2012y / 10 / 16}), Ids{});
}

}  // namespace
}  // namespace query_date_functions
