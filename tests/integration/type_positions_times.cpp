// SPDX-License-Identifier: BSL-1.0
// Points in time in every position.
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
template <class Time>
struct Samples<LenientTime<Time>> : TimeSamples<LenientTime<Time>> {};
using Times = testing::Types<std::chrono::sys_seconds, std::chrono::sys_time<std::chrono::microseconds>,
                             LenientTime<std::chrono::sys_seconds>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Times, TypePositions, Times);

}  // namespace mica::test
