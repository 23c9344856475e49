// SPDX-License-Identifier: BSL-1.0
// Dates and durations in every position.
#include <support/type_positions.hpp>

#include <chrono>

namespace mica::test {

template <class Time>
struct TimeSamples {
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = true;
    static std::array<Time, 3> values() {
        using namespace std::chrono;
        const sys_days first = year{1727} / 4 / 1;
        const sys_days last = year{2012} / 10 / 15;
        return {Time{first}, Time{sys_days{}}, Time{last}};
    }
};
template <class Duration>
struct Samples<std::chrono::sys_time<Duration>> : TimeSamples<std::chrono::sys_time<Duration>> {};
template <>
struct Samples<std::chrono::year_month_day> : TimeSamples<std::chrono::year_month_day> {
    static constexpr bool is_key = false;  // of a new child it would be no date at first
};
template <class Rep, class Period>
struct Samples<std::chrono::duration<Rep, Period>> {
    using Duration = std::chrono::duration<Rep, Period>;
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = true;
    static std::array<Duration, 3> values() { return {Duration{-5}, Duration{9}, Duration{10}}; }
};

using Dates =
    testing::Types<std::chrono::sys_days, std::chrono::year_month_day, std::chrono::milliseconds, std::chrono::hours>;
INSTANTIATE_TYPED_TEST_SUITE_P(Dates, TypePositions, Dates);

}  // namespace mica::test
