// SPDX-License-Identifier: BSL-1.0
// What is a point in time by its C++ type has exactly that type's text, whatever has made it: equal times are equal.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace query_points_in_time {

using namespace std::chrono;

struct Visit {
    std::int64_t id = 0;
    sys_time<milliseconds> at{};
    sys_seconds second{};
    sys_time<microseconds> fine{};
    sys_time<minutes> minute{};
    sys_days day{};
    std::optional<year_month_day> date{};
    sys_days of_at{};
    sys_time<milliseconds> midnight{};

    static constexpr auto mapping() {
        using mica::col;
        using mica::current_date;
        using mica::current_timestamp;
        using mica::default_expr;
        return mica::table(
            default_expr<&Visit::at>(current_timestamp), default_expr<&Visit::second>(current_timestamp),
            default_expr<&Visit::fine>(current_timestamp), default_expr<&Visit::minute>(current_timestamp),
            default_expr<&Visit::day>(current_timestamp), default_expr<&Visit::date>(current_date),
            mica::generated<&Visit::of_at>(mica::date<sys_days>(col<&Visit::at>)),
            mica::generated<&Visit::midnight>(mica::date<sys_time<milliseconds>>(col<&Visit::at>)).stored());
    }
};

namespace {

using mica::col;
using mica::select;
using query_points_in_time::Visit;
using namespace std::chrono;
using Ids = std::vector<std::int64_t>;
using Milliseconds = sys_time<milliseconds>;

constexpr auto id = col<&Visit::id>;
constexpr auto at = col<&Visit::at>;

constexpr Milliseconds noon = sys_days{2024y / May / 17} + 12h + 1ms;

struct QueryPointsInTime : mica::test::MemoryDatabase<Visit> {
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
    void visit(std::int64_t key, Milliseconds when) {
        connection.execute(mica::insert_into<Visit>().values(id = key, at = when));
    }
};

TEST_F(QueryPointsInTime, are_defaults_of_every_precision) {
    const auto before = floor<milliseconds>(system_clock::now());
    connection.execute("INSERT INTO Visit(id) VALUES (1)");
    const auto after = system_clock::now();
    const Visit visit = connection.one(select<Visit>());
    EXPECT_TRUE(before <= visit.at && visit.at <= after);
    EXPECT_TRUE(floor<seconds>(before) <= visit.second && visit.second <= after);
    EXPECT_TRUE(before <= visit.fine && visit.fine <= after);
    EXPECT_TRUE(floor<minutes>(before) <= visit.minute && visit.minute <= after);
    EXPECT_TRUE(floor<days>(before) <= visit.day && visit.day <= after);
    EXPECT_TRUE(floor<days>(before) <= sys_days{visit.date.value()} && sys_days{visit.date.value()} <= after);
    EXPECT_EQ(visit.of_at, floor<days>(visit.at));
    EXPECT_EQ(visit.midnight, floor<days>(visit.at));
    EXPECT_EQ(where(at == visit.at && col<&Visit::second> == visit.second && col<&Visit::fine> == visit.fine &&
                    col<&Visit::minute> == visit.minute && col<&Visit::day> == visit.day &&
                    col<&Visit::midnight> == visit.midnight),
              Ids{1});
}

TEST_F(QueryPointsInTime, made_by_functions_are_equal_to_those_that_were_stored) {
    visit(1, noon);
    visit(2, floor<seconds>(noon));
    EXPECT_EQ(where(mica::datetime<Milliseconds>("2024-05-17T12:00:00Z") == at), Ids{2});
    EXPECT_EQ(where(mica::datetime<Milliseconds>("2024-05-17 14:00:00.001+02:00") == at), Ids{1});
    EXPECT_EQ(where(mica::datetime<Milliseconds>(at) == at), (Ids{1, 2}));
    EXPECT_EQ(where(mica::datetime<Milliseconds>(at, "-1 day", "+1 day") == at), (Ids{1, 2}));
    EXPECT_EQ(where(mica::strftime<Milliseconds>("%Y-%m-%dT%H:%M:%S", at) == at), Ids{2});
    EXPECT_EQ(connection.all(select(mica::datetime<sys_time<nanoseconds>>(at)).where(id == 1)),
              (std::vector<sys_time<nanoseconds>>{noon}));
    EXPECT_EQ(connection.scalar(select(mica::datetime<sys_days>(at)).where(id == 1)), floor<days>(noon));
    EXPECT_EQ(connection.scalar(select(mica::datetime<sys_time<hours>>(at)).where(id == 1)), floor<hours>(noon));
    EXPECT_EQ(connection.scalar(select(mica::date<sys_seconds>(at)).where(id == 1)), floor<days>(noon));
    EXPECT_EQ(connection.scalar(select(mica::count_distinct(mica::datetime<sys_seconds>(at)))), 1);
}

TEST_F(QueryPointsInTime, take_durations) {
    visit(1, noon);
    visit(2, noon + 1ms);
    EXPECT_EQ(where(at + 1ms == noon + 1ms), Ids{1});
    EXPECT_EQ(where(1ms + at == noon + 1ms), Ids{1});
    EXPECT_EQ(where(at - 36h == noon - 36h), Ids{1});
    EXPECT_EQ(where(at - -1500ms == noon + 1500ms), Ids{1});
    EXPECT_EQ(where(at + 0ms == at), (Ids{1, 2}));
    EXPECT_EQ(where(at + 5min > mica::datetime<Milliseconds>(at)), (Ids{1, 2}));
    EXPECT_EQ(connection.scalar(select(col<&Visit::of_at> + days{15}).where(id == 1)), sys_days{2024y / June / 1});
    EXPECT_EQ(connection.scalar(select(at + years{9000}).where(id == 1)), std::nullopt);
    EXPECT_EQ(connection.scalar(select(at + milliseconds::max()).where(id == 1)), std::nullopt);
    EXPECT_EQ(connection.scalar(select(at - hours::max()).where(id == 1)), std::nullopt);
    connection.execute(mica::delete_from<Visit>().where(at + 1ms <= noon + 1ms));
    EXPECT_EQ(where(id > 0), Ids{2});
}

TEST_F(QueryPointsInTime, are_found_by_the_rounded_clock) {
    visit(1, floor<milliseconds>(system_clock::now()) + 1h);
    EXPECT_EQ(where(at > floor<milliseconds>(system_clock::now())), Ids{1});
}

}  // namespace
}  // namespace query_points_in_time
