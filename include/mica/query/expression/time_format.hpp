// SPDX-License-Identifier: BSL-1.0
// The text of a point in time as strftime() makes it: the very one that its codec writes, so that equal times are equal
// texts, whoever has made them.
#pragma once

#include <mica/codec/chrono.hpp>
#include <mica/query/expression/operand.hpp>

#include <string>
#include <string_view>

namespace mica {

namespace detail {

template <class Value>
inline constexpr bool is_point_in_time = SystemTimeLike<Value> || CalendarDateLike<Value>;

/// strftime()'s format for the text of a `Time`, or for that of the day's beginning; empty where SQLite cannot make it,
/// which counts milliseconds.
template <class Time, bool of_day = false>
consteval std::string_view time_format() {
    if constexpr (CalendarDateLike<Time>) {
        return "%Y-%m-%d";
    } else {
        using Own = Codec<Time>;
        if (Own::seconds_per_tick == 86400) return "%Y-%m-%d";
        if (Own::seconds_per_tick == 3600) return of_day ? "%Y-%m-%d 00:00:00" : "%Y-%m-%d %H:00:00";
        if (Own::seconds_per_tick == 60) return of_day ? "%Y-%m-%d 00:00:00" : "%Y-%m-%d %H:%M:00";
        if (Own::seconds_per_tick == 1) return of_day ? "%Y-%m-%d 00:00:00" : "%Y-%m-%d %H:%M:%S";
        if (Own::ticks_per_second == 1000) return of_day ? "%Y-%m-%d 00:00:00.000" : "%Y-%m-%d %H:%M:%f";
        if (Own::ticks_per_second == 1'000'000) return of_day ? "%Y-%m-%d 00:00:00.000000" : "%Y-%m-%d %H:%M:%f000";
        if (Own::ticks_per_second == 1'000'000'000) {
            return of_day ? "%Y-%m-%d 00:00:00.000000000" : "%Y-%m-%d %H:%M:%f000000";
        }
        return {};
    }
}

/// Whether SQLite's functions make the text of a point in time.
template <class Time>
consteval bool require_time_format() {
    constexpr bool has_one = !time_format<Time>().empty();
    static_assert(has_one,
                  "mica: SQLite makes points in time of days, hours, minutes, seconds, and thousandths, millionths or "
                  "billionths of one");
    return has_one;
}

}  // namespace detail

/// The format as a constant in the text.
template <class Time, bool of_day = false>
struct TimeFormat : Operand<TimeFormat<Time, of_day>> {
    using Value = std::string;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    static constexpr void render(SqlWriter& writer) {
        writer.put('\'');
        writer.text(detail::time_format<Time, of_day>());
        writer.put('\'');
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

}  // namespace mica
