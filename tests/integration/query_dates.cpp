// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_dates {

using Micros = std::chrono::sys_time<std::chrono::microseconds>;

struct Event {
    std::int64_t id = 0;
    std::chrono::year_month_day date{};
    std::chrono::sys_days day{};
    Micros at{};
    std::optional<std::chrono::sys_seconds> until;
    std::chrono::microseconds length{};
};

namespace {

using mica::col;
using mica::select;
using query_dates::Event;
using query_dates::Micros;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using namespace std::chrono_literals;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Event::id>;
constexpr auto date = col<&Event::date>;
constexpr auto at = col<&Event::at>;
constexpr auto until = col<&Event::until>;

constexpr year_month_day modern{2012y / 10 / 15};
constexpr year_month_day historic{1727y / 4 / 1};
constexpr Micros noon{sys_days{modern} + 12h + 57min + 18s};
constexpr Micros old{sys_days{1850y / 11 / 10} + 11h + 52min + 35s};

struct QueryDates : mica::test::MemoryDatabase<Event> {
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

TEST_F(QueryDates, come_back_as_they_went_and_are_found) {
    for (const year_month_day each : {modern, historic, year_month_day{0y / 1 / 1}, year_month_day{9999y / 12 / 31}}) {
        connection.execute(mica::delete_from<Event>().all_rows());
        insert<Event>({{1, each, each, {}, {}, {}}});
        const Event read = connection.one(select<Event>().where(date == each && col<&Event::day> == sys_days{each}));
        EXPECT_EQ(read.date, each);
        EXPECT_EQ(read.day, sys_days{each});
        EXPECT_EQ(where(date.in({each})), Ids{1});
        EXPECT_EQ(where(date < each || date > each), Ids{});
    }
}

TEST_F(QueryDates, with_times_come_back_as_they_went_and_are_found) {
    for (const Micros each : {noon, noon + 39642us, noon + 396us, old, Micros{}, Micros{-1us}}) {
        connection.execute(mica::delete_from<Event>().all_rows());
        insert<Event>({{1, modern, {}, each, {}, each.time_since_epoch()}});
        const Event read = connection.one(select<Event>().where(at == each));
        EXPECT_EQ(read.at, each);
        EXPECT_EQ(read.length, each.time_since_epoch());
        EXPECT_EQ(where(at.between(each, each)), Ids{1});
        EXPECT_EQ(where(at.in({each})), Ids{1});
    }
}

TEST_F(QueryDates, are_texts_that_sqlite_understands) {
    insert<Event>({{1, modern, sys_days{historic}, noon + 396us, std::chrono::sys_seconds{60s}, 1ms}});
    using Row = std::tuple<std::string, std::string, std::string, std::string, std::int64_t>;
    EXPECT_EQ(connection.execute<Row>("SELECT date, day, at, until, length FROM Event").one(),
              (Row{"2012-10-15", "1727-04-01", "2012-10-15 12:57:18.000396", "1970-01-01 00:01:00", 1000}));
    EXPECT_EQ(connection.execute<std::string>("SELECT date(at, '+1 day') FROM Event").one(), "2012-10-16");
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT strftime('%s', until) + 0 FROM Event").one(), 60);
}

TEST_F(QueryDates, compare_and_sort_by_time) {
    insert<Event>({{1, modern, {}, noon, {}, {}},
                   {2, historic, {}, old, std::chrono::sys_seconds{1s}, {}},
                   {3, modern, {}, noon + 1us, std::chrono::sys_seconds{-1s}, {}}});
    EXPECT_EQ(where(date > historic), (Ids{1, 3}));
    EXPECT_EQ(where(at > noon), Ids{3});
    EXPECT_EQ(where(until < std::chrono::sys_seconds{}), Ids{3});
    EXPECT_EQ(where(until == std::nullopt), Ids{1});
    EXPECT_EQ(connection.all(select(id).order_by(at.desc())), (Ids{3, 1, 2}));
}

TEST_F(QueryDates, compare_with_points_in_time_of_a_coarser_tick) {
    insert<Event>({{1, modern, {}, noon, {}, {}}});
    EXPECT_EQ(where(at == std::chrono::sys_seconds{sys_days{modern} + 12h + 57min + 18s}), Ids{1});
    EXPECT_EQ(where(at > sys_days{modern}), Ids{1});
    EXPECT_EQ(where(date == sys_days{modern}), Ids{1});
}

TEST_F(QueryDates, are_set) {
    insert<Event>({{1, modern, {}, noon, {}, {}}});
    connection.execute(
        mica::update<Event>().set(date = historic, at = old, until = std::chrono::sys_seconds{5s}).all_rows());
    const Event read = connection.one(select<Event>());
    EXPECT_EQ(std::tuple(read.date, read.at, read.until), std::tuple(historic, old, std::chrono::sys_seconds{5s}));
}

TEST_F(QueryDates, outside_of_what_the_text_can_show_are_refused) {
    EXPECT_THROW((insert<Event>({{1, year_month_day{10000y / 1 / 1}, {}, {}, {}, {}}})), mica::DataError);
    EXPECT_THROW((insert<Event>({{1, year_month_day{2012y / 2 / 30}, {}, {}, {}, {}}})), mica::DataError);
    EXPECT_THROW(static_cast<void>(where(date == year_month_day{-1y / 1 / 1})), mica::DataError);
    EXPECT_EQ(where(id > 0), Ids{});
}

TEST_F(QueryDates, that_are_none_are_refused_on_reading) {
    insert<Event>({{7, modern, {}, noon, {}, {}}});
    connection.execute("UPDATE Event SET at = 'yesterday'");
    try {
        static_cast<void>(connection.all(select<Event>()));
        FAIL();
    } catch (const mica::DataError& error) {
        const std::string text = error.what();
        EXPECT_NE(text.find(R"("Event"."at" of rowid 7)"), text.npos) << text;
        EXPECT_EQ(text.find("yesterday"), text.npos) << text;
    }
}

}  // namespace
}  // namespace query_dates
