// SPDX-License-Identifier: BSL-1.0
// A coarser duration or point in time beside a finer one is made as fine, as in C++; what overflows there is refused.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <ratio>
#include <tuple>
#include <vector>

namespace query_finer_times {

using namespace std::chrono;

using ShortMilliseconds = duration<std::int32_t, std::milli>;

struct Lap {
    ShortMilliseconds took{};
    nanoseconds precise{};
    sys_time<nanoseconds> at{};
    duration<double> real{};

    static constexpr auto mapping() { return mica::table("lap", mica::primary_key<&Lap::at>); }
};

namespace {

using mica::col;
using mica::DataError;
using mica::select;
using query_finer_times::Lap;
using query_finer_times::ShortMilliseconds;
using namespace std::chrono;

constexpr auto took = col<&Lap::took>;
constexpr auto precise = col<&Lap::precise>;
constexpr auto at = col<&Lap::at>;

struct QueryFinerTimes : mica::test::MemoryDatabase<Lap> {
    QueryFinerTimes() {
        insert<Lap>({{0ms, 0ns, sys_days{2024y / May / 17}, {}}, {1500ms, 90min, sys_days{1969y / May / 1} + 1ns, {}}});
    }
    template <class Condition>
    std::int64_t count(const Condition& condition) {
        return connection.scalar(select(mica::count()).from<Lap>().where(condition));
    }
};

TEST_F(QueryFinerTimes, are_compared_as_fine_ones) {
    EXPECT_EQ(count(took == 0h), 1);
    EXPECT_EQ(count(precise > hours{1}), 1);
    EXPECT_EQ(count(precise.in(std::vector<hours>{0h, 1h})), 1);
    EXPECT_EQ(count(at < sys_days{1970y / January / 1}), 1);
    EXPECT_EQ(
        count(mica::row(took, at).in(std::vector<std::tuple<seconds, sys_days>>{{0s, sys_days{2024y / May / 17}}})), 1);
    EXPECT_EQ(count(col<&Lap::real> < hours::max()), 2);
    EXPECT_EQ(count(took == ShortMilliseconds::max()), 0);
    EXPECT_TRUE(connection.get<Lap>(sys_days{2024y / May / 17}));
}

TEST_F(QueryFinerTimes, that_overflow_are_refused) {
    EXPECT_THROW(static_cast<void>(took == milliseconds{std::int64_t{1} << 32}), DataError);
    EXPECT_THROW(static_cast<void>(took < hours{1000}), DataError);
    EXPECT_THROW(static_cast<void>(precise < hours::max()), DataError);
    EXPECT_THROW(static_cast<void>(precise.between(hours::min(), 0h)), DataError);
    EXPECT_THROW(static_cast<void>(precise.in(std::vector<hours>{0h, hours::max()})), DataError);
    EXPECT_THROW(static_cast<void>(at < sys_days{9999y / December / 31}), DataError);
    EXPECT_THROW(static_cast<void>(mica::row(took, at).in(std::vector<std::tuple<hours, sys_days>>{{hours{1000}, {}}})),
                 DataError);
    EXPECT_THROW(static_cast<void>(connection.get<Lap>(sys_days{9999y / December / 31})), DataError);
    EXPECT_THROW(static_cast<void>(connection.get_many<Lap>(std::vector{sys_days{9999y / December / 31}})), DataError);
}

TEST_F(QueryFinerTimes, that_overflow_are_not_assigned) {
    EXPECT_THROW(connection.execute(mica::update<Lap>().set(took = hours{1000}).all_rows()), DataError);
    EXPECT_THROW(connection.execute(mica::update<Lap>().set(at = sys_days{1000y / May / 1}).all_rows()), DataError);
    connection.execute(mica::update<Lap>().set(took = hours{500}).all_rows());
    EXPECT_EQ(count(took == hours{500}), 2);
}

}  // namespace
}  // namespace query_finer_times
