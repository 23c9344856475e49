// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace sql_dates {

struct Visit {
    std::int64_t id = 0;
    std::string text;
    double julian = 0;
    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::sys_seconds at;
    std::optional<std::chrono::sys_seconds> left;
};

namespace {

using mica::col;
using mica::test::Execution;
using mica::test::gives;
using sql_dates::Visit;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr auto text = col<&Visit::text>;
constexpr auto at = col<&Visit::at>;
constexpr auto left = col<&Visit::left>;

struct SqlDates : mica::test::SelectedExpression<Visit> {};

TEST_F(SqlDates, are_of_now_without_arguments) {
    EXPECT_EQ(selected(mica::date()), (Execution{"date()", {}}));
    EXPECT_EQ(selected(mica::time()), (Execution{"time()", {}}));
    EXPECT_EQ(selected(mica::datetime()), (Execution{"datetime()", {}}));
    EXPECT_EQ(selected(mica::julianday()), (Execution{"julianday()", {}}));
    EXPECT_EQ(selected(mica::unixepoch()), (Execution{"unixepoch()", {}}));
    static_assert(gives<std::string>(mica::date()));
    static_assert(gives<double>(mica::julianday()));
    static_assert(gives<std::int64_t>(mica::unixepoch()));
}

TEST_F(SqlDates, take_points_in_time_and_modifiers) {
    EXPECT_EQ(selected(date(at)), (Execution{R"(date("at"))", {}}));
    EXPECT_EQ(selected(time(text)), (Execution{R"(time("text"))", {}}));
    EXPECT_EQ(selected(datetime(col<&Visit::julian>)), (Execution{R"(datetime("julian"))", {}}));
    EXPECT_EQ(selected(mica::datetime(1092941466, "unixepoch")),
              (Execution{"datetime(?1, ?2)", {1092941466, "unixepoch"}}));
    EXPECT_EQ(selected(date(at, "start of month", "+1 month", text)),
              (Execution{R"(date("at", ?1, ?2, "text"))", {"start of month", "+1 month"}}));
    EXPECT_EQ(selected(unixepoch(col<&Visit::date>)), (Execution{R"(unixepoch("date"))", {}}));
    EXPECT_EQ(selected(mica::date(sys_days{std::chrono::days{1}})), (Execution{"date(?1)", {"1970-01-02"}}));
}

TEST_F(SqlDates, are_null_where_the_text_is_no_date) {
    static_assert(gives<std::string>(date(at)));
    static_assert(gives<std::string>(time(col<&Visit::day>)));
    static_assert(gives<double>(julianday(col<&Visit::date>)));
    static_assert(gives<std::optional<std::string>>(date(left)));
    static_assert(gives<std::optional<std::string>>(date(text)));
    static_assert(gives<std::optional<std::string>>(date(at, "+1 day")));
    static_assert(gives<std::optional<std::int64_t>>(unixepoch(text)));
    static_assert(gives<std::optional<std::string>>(mica::datetime("now")));
}

TEST_F(SqlDates, come_as_a_type_of_chrono_where_wanted) {
    static_assert(gives<sys_days>(mica::date<sys_days>(at)));
    static_assert(gives<std::optional<sys_seconds>>(mica::datetime<sys_seconds>(text)));
    EXPECT_EQ(selected(col<&Visit::day> == mica::date<sys_days>("now")), (Execution{R"("day" = date(?1))", {"now"}}));
    EXPECT_EQ(selected(at < mica::datetime<sys_seconds>("now", "-1 hour")),
              (Execution{R"("at" < datetime(?1, ?2))", {"now", "-1 hour"}}));
}

TEST_F(SqlDates, are_formatted) {
    EXPECT_EQ(selected(strftime("%Y-%m", at)), (Execution{R"(strftime(?1, "at"))", {"%Y-%m"}}));
    EXPECT_EQ(selected(strftime("%s", text, "-1 day")), (Execution{R"(strftime(?1, "text", ?2))", {"%s", "-1 day"}}));
    EXPECT_EQ(selected(mica::strftime("%H")), (Execution{"strftime(?1)", {"%H"}}));
    static_assert(gives<std::optional<std::string>>(strftime("%Y", at)));
    static_assert(gives<std::optional<sys_days>>(mica::strftime<sys_days>("%Y-01-01", at)));
}

}  // namespace
}  // namespace sql_dates
