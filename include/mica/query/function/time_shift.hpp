// SPDX-License-Identifier: BSL-1.0
// A point in time plus or minus a duration: `col<&Visit::at> + 5min`.
#pragma once

#include <mica/core/text.hpp>
#include <mica/query/expression/arithmetic.hpp>
#include <mica/query/expression/time_format.hpp>
#include <mica/query/function/function.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica::detail {

/// SQLite's modifier, `+90.500 seconds`. What no year holds is NULL there, so a larger one may stand for it.
inline std::string seconds_modifier(bool backwards, std::int64_t ticks, std::int64_t milliseconds_per_tick) {
    constexpr std::int64_t largest = 1'000'000'000'000'000;
    const std::int64_t most = largest / milliseconds_per_tick;
    const std::int64_t clamped = ticks > most ? most : ticks < -most ? -most : ticks;
    const std::int64_t milliseconds = clamped * milliseconds_per_tick;
    const std::int64_t distance = milliseconds < 0 ? -milliseconds : milliseconds;
    const std::int64_t part = distance % 1000;
    return join({(milliseconds < 0) != backwards ? "-" : "+", Decimal{distance / 1000},
                 part < 10    ? ".00"
                 : part < 100 ? ".0"
                              : ".",
                 Decimal{part}, " seconds"});
}

/// Says what a duration has to be, to be added to a point in time.
template <class Time, class Span>
consteval bool require_span() {
    using Duration = typename Time::duration;
    constexpr bool is_counted = Codec<Time>::ticks_per_second <= 1000 && !time_format<Time>().empty();
    constexpr bool fits = std::convertible_to<Span, Duration>;
    static_assert(is_counted,
                  "mica: SQLite counts milliseconds, so it cannot add to a finer point in time; store "
                  "floor<std::chrono::milliseconds> of it");
    static_assert(fits || !is_counted,
                  "mica: this duration is finer than the point in time; round it, as in "
                  "floor<std::chrono::milliseconds>(duration)");
    return is_counted && fits;
}

template <bool backwards, class Given, class Span>
constexpr auto shift_time(Given&& time, const Span& span) {
    using Time = without_optional<ValueTypeOfOperand<Given>>;
    if constexpr (require_span<Time, Span>()) {
        using Period = typename Span::period;
        return make_function<"strftime", std::optional<Time>, NullRule::any>(
            TimeFormat<Time>{}, argument(std::forward<Given>(time)),
            Bound<std::string>{{}, seconds_modifier(backwards, span.count(), Period::num * 1000 / Period::den)});
    } else {
        return Invalid{};
    }
}

}  // namespace mica::detail
