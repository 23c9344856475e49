// SPDX-License-Identifier: BSL-1.0
// Points in time as others write them: with a zone, or with more or fewer decimals than the field has.
#pragma once

#include <mica/codec/chrono.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica {

namespace detail {

/// Takes `Z` or `+01:00` off the end of a text; gives its distance from UTC in seconds, and false where it is none.
constexpr bool take_zone(std::string_view& text, std::int64_t& offset) {
    if (text.size() > 10 && text.back() == 'Z') {
        text.remove_suffix(1);
        return true;
    }
    constexpr std::size_t size = 6;
    if (text.size() <= 10 + size) return true;
    const char sign = text[text.size() - size];
    if (sign != '+' && sign != '-') return true;
    DateReader reader{text.substr(text.size() - size + 1)};
    const std::int64_t hours = reader.digits(2);
    reader.expect(':');
    const std::int64_t minutes = reader.digits(2);
    text.remove_suffix(size);
    offset = (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return reader.ok && hours < 24 && minutes < 60;
}

/// Decimals behind the ninth, which no time has.
constexpr void drop_finest(std::string_view& text) {
    constexpr std::size_t most = 29;  // 2024-05-17 12:00:00.123456789
    if (text.size() <= most || text[19] != '.') return;
    for (const char& digit : text.substr(most)) {
        if (digit < '0' || digit > '9') return;
    }
    text = text.substr(0, most);
}

}  // namespace detail

/// A field for times that other programs write: reads `2024-05-17T12:00:00Z`, `… 14:00:00+02:00`, and any decimals,
/// those that `Time` has not are dropped. Written as a `Time` is. In SQL it is the text that is there: compare it by
/// `datetime<Time>(col<&T::at>)`. Also the base of a codec, as EnumText is.
template <SystemTimeLike Time>
class LenientTime {
    using Own = Codec<Time>;

public:
    using Storage = std::string;
    static constexpr std::string_view misfit = "that is no date and time";

    constexpr LenientTime(Time time = Time{}) noexcept : time_(time) {}
    constexpr operator Time() const noexcept { return time_; }
    friend constexpr bool operator==(const LenientTime& left, const LenientTime& right) noexcept {
        return left.time_ == right.time_;
    }

    static constexpr detail::DateText encode(const Time& value) { return Own::encode(value); }

    template <class Value>
    static constexpr bool parse(std::string_view stored, Value& out) noexcept {
        using Duration = typename Time::duration;
        detail::CivilDate date;
        detail::TimeOfDay time;
        std::int64_t offset = 0;
        if (!detail::take_zone(stored, offset)) return false;
        detail::drop_finest(stored);
        if (!detail::read_date_time(stored, date, time)) return false;
        const std::int64_t seconds = detail::days_of(date) * 86400 + time.seconds - offset;
        std::int64_t ticks = 0;
        if constexpr (Own::ticks_per_second >= 1) {
            constexpr std::int64_t most = INT64_MAX / Own::ticks_per_second - 1;
            if (seconds > most || seconds < -most) return false;
            ticks = seconds * Own::ticks_per_second + time.nanoseconds / (1'000'000'000 / Own::ticks_per_second);
        } else {
            ticks = detail::floor_divide(seconds, Own::seconds_per_tick);
        }
        const auto count = static_cast<typename Duration::rep>(ticks);
        if (static_cast<std::int64_t>(count) != ticks) return false;
        out = Time{Duration{count}};
        return true;
    }

private:
    Time time_;
};

template <class Time>
struct Codec<LenientTime<Time>> : LenientTime<Time> {};

}  // namespace mica
