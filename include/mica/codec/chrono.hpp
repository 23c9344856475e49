// SPDX-License-Identifier: BSL-1.0
// Dates, times and durations, recognized by their shape so that nobody pays for <chrono> who does not include it.
// Points in time are UTC text of fixed width, which SQLite's date functions read and which sorts by time.
#pragma once

#include <mica/codec/codec.hpp>
#include <mica/core/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica {

template <class Value>
concept DurationLike = requires(const Value& value) {
    typename Value::rep;
    Value::period::num;
    Value::period::den;
    value.count();
} && (std::integral<typename Value::rep> || std::floating_point<typename Value::rep>);

/// A point in time since 1970 whose tick is whole seconds or a decimal fraction down to nanoseconds.
template <class Value>
concept SystemTimeLike =
    requires(const Value& value) {
        &Value::clock::to_time_t;
        { value.time_since_epoch() } -> std::same_as<typename Value::duration>;
    } && DurationLike<typename Value::duration> && std::integral<typename Value::duration::rep> &&
    (Value::duration::period::den == 1 ||
     (Value::duration::period::num == 1 && 1'000'000'000 % Value::duration::period::den == 0));

template <class Value>
concept CalendarDateLike = requires(const Value& value) {
    static_cast<int>(value.year());
    static_cast<unsigned>(value.month());
    static_cast<unsigned>(value.day());
    { value.ok() } -> std::same_as<bool>;
    Value{value.year(), value.month(), value.day()};
};

namespace detail {

struct CivilDate {
    std::int64_t year = 0;
    unsigned month = 1;
    unsigned day = 1;
};

inline constexpr std::int64_t days_from_year_0_to_epoch =
    719468;  // counted from 0000-03-01, so that leap days end years

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

constexpr std::int64_t floor_modulo(std::int64_t value, std::int64_t by) {
    return value % by + (value % by < 0 ? by : 0);
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
constexpr std::int64_t days_of(CivilDate date) {
    const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = floor_divide(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t month_from_march = (date.month + 9) % 12;
    const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           days_from_year_0_to_epoch;
}

constexpr CivilDate date_of(std::int64_t days) {
    days += days_from_year_0_to_epoch;
    const std::int64_t era = floor_divide(days, 146097);
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
    CivilDate date;
    date.day = static_cast<unsigned>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month = static_cast<unsigned>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
    return date;
}

constexpr bool is_civil(CivilDate date) {
    if (date.month < 1 || date.month > 12 || date.day < 1) return false;
    const CivilDate same = date_of(days_of(date));
    return same.month == date.month && same.day == date.day;
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_date_out_of_range() {
    refuse<DataError>({"mica: a date outside the years 0000 to 9999 cannot be stored as text"});
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_no_date() {
    refuse<DataError>({"mica: a date that the calendar does not have cannot be stored"});
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_time_out_of_range() {
    refuse<DataError>(
        {"mica: a duration or point in time is out of the range of the type that it is compared with or assigned to"});
}

/// Whether `Given` is a duration or point in time that C++ makes a `Wanted` of, by a multiplication that may overflow.
template <class Wanted, class Given>
concept MadeFiner = !std::same_as<Wanted, Given> && ((DurationLike<Wanted> && DurationLike<Given>) ||
                                                     (SystemTimeLike<Wanted> && SystemTimeLike<Given>));

constexpr std::int64_t common_divisor(std::int64_t left, std::int64_t right) {
    while (right != 0) {
        const std::int64_t rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

/// False where it is out of range.
template <class Wanted, class Given>
constexpr bool make_finer(const Given& given, Wanted& out) {
    if constexpr (SystemTimeLike<Given>) {
        typename Wanted::duration since{};
        const bool fits = make_finer(given.time_since_epoch(), since);
        out = Wanted{since};
        return fits;
    } else if constexpr (std::integral<typename Wanted::rep>) {
        using From = typename Given::period;
        using To = typename Wanted::period;
        constexpr std::int64_t factor =
            From::num / common_divisor(From::num, To::num) * (To::den / common_divisor(To::den, From::den));
        typename Wanted::rep ticks{};
        const bool fits = !__builtin_mul_overflow(given.count(), factor, &ticks);
        out = Wanted{ticks};
        return fits;
    } else {
        out = given;
        return true;
    }
}

/// Throws DataError where it is out of range.
template <class Wanted, class Given>
constexpr Wanted made_finer(const Given& given) {
    Wanted made{};
    if (!make_finer(given, made)) throw_time_out_of_range();
    return made;
}

/// A short text without allocation.
struct DateText {
    char data[32]{};
    std::size_t size = 0;

    constexpr operator std::string_view() const noexcept { return {data, size}; }
    constexpr void put(char character) { data[size++] = character; }
    constexpr void digits(std::int64_t value, int width) {
        for (int i = width - 1; i >= 0; --i, value /= 10) {
            data[size + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
        }
        size += static_cast<std::size_t>(width);
    }
    constexpr void date(CivilDate value) {
        if (value.year < 0 || value.year > 9999) throw_date_out_of_range();
        digits(value.year, 4);
        put('-');
        digits(value.month, 2);
        put('-');
        digits(value.day, 2);
    }
};

/// Takes fixed-width numbers and separators off the front of a text.
struct DateReader {
    std::string_view rest;
    bool ok = true;

    constexpr std::int64_t digits(std::size_t width) {
        std::int64_t value = 0;
        if (rest.size() < width) ok = false;
        for (std::size_t i = 0; ok && i < width; ++i) {
            if (rest[i] < '0' || rest[i] > '9') ok = false;
            value = value * 10 + (rest[i] - '0');
        }
        if (ok) rest.remove_prefix(width);
        return value;
    }
    constexpr bool take(char character) {
        if (rest.empty() || rest.front() != character) return false;
        rest.remove_prefix(1);
        return true;
    }
    constexpr void expect(char character) { ok = take(character) && ok; }
    constexpr CivilDate date() {
        CivilDate value;
        value.year = digits(4);
        expect('-');
        value.month = static_cast<unsigned>(digits(2));
        expect('-');
        value.day = static_cast<unsigned>(digits(2));
        ok = ok && is_civil(value);
        return value;
    }
};

struct TimeOfDay {
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
};

/// `YYYY-MM-DD`, optionally followed by ` ` or `T` and `HH:MM`, `:SS`, `.fraction` of up to nine digits.
constexpr bool read_date_time(std::string_view text, CivilDate& date, TimeOfDay& time) {
    DateReader reader{text};
    date = reader.date();
    if (!reader.ok || reader.rest.empty()) return reader.ok;
    if (!reader.take(' ')) reader.expect('T');
    const std::int64_t hours = reader.digits(2);
    reader.expect(':');
    const std::int64_t minutes = reader.digits(2);
    const bool has_seconds = reader.take(':');
    const std::int64_t seconds = has_seconds ? reader.digits(2) : 0;
    if (reader.ok && has_seconds && reader.take('.')) {
        const std::size_t width = reader.rest.size();
        time.nanoseconds = width >= 1 && width <= 9 ? reader.digits(width) : 0;
        reader.ok = reader.ok && width >= 1 && width <= 9;
        for (std::size_t i = width; i < 9; ++i) time.nanoseconds *= 10;
    }
    time.seconds = hours * 3600 + minutes * 60 + seconds;
    return reader.ok && reader.rest.empty() && hours < 24 && minutes < 60 && seconds < 60;
}

}  // namespace detail

/// Stored as the number of ticks.
template <DurationLike Value>
struct Codec<Value> {
    using Storage = typename Value::rep;
    static constexpr bool is_additive = true;
    static constexpr Storage encode(const Value& value) noexcept { return value.count(); }
    static constexpr Value decode(Storage stored) noexcept { return Value{stored}; }
};

/// `YYYY-MM-DD` for days, else `YYYY-MM-DD HH:MM:SS` with as many decimals as the tick needs, up to nine.
/// Reads what SQLite's own functions write; a text between two ticks is refused, not rounded.
/// Throws DataError for years outside 0000 to 9999.
template <SystemTimeLike Value>
struct Codec<Value> {
    using Storage = std::string;
    using Duration = typename Value::duration;

    static constexpr std::int64_t ticks_per_second = Duration::period::den / Duration::period::num;
    static constexpr std::int64_t seconds_per_tick = Duration::period::num / Duration::period::den;
    static constexpr bool is_date = seconds_per_tick != 0 && seconds_per_tick % 86400 == 0;
    static constexpr std::string_view misfit =
        is_date ? "that is no date" : "that is no date and time, or between two ticks of its field";

    static constexpr detail::DateText encode(const Value& value) {
        const auto ticks = static_cast<std::int64_t>(value.time_since_epoch().count());
        if constexpr (seconds_per_tick > 1) {
            constexpr std::int64_t largest = INT64_MAX / seconds_per_tick;
            if (ticks > largest || ticks < -largest) detail::throw_date_out_of_range();
        }
        const std::int64_t seconds =
            ticks_per_second >= 1 ? detail::floor_divide(ticks, divisor) : ticks * seconds_per_tick;
        const std::int64_t days = detail::floor_divide(seconds, 86400);
        const std::int64_t of_day = detail::floor_modulo(seconds, 86400);
        detail::DateText text;
        text.date(detail::date_of(days));
        if constexpr (!is_date) {
            text.put(' ');
            text.digits(of_day / 3600, 2);
            text.put(':');
            text.digits(of_day / 60 % 60, 2);
            text.put(':');
            text.digits(of_day % 60, 2);
            if constexpr (ticks_per_second > 1) {
                text.put('.');
                const std::int64_t part = detail::floor_modulo(ticks, ticks_per_second);
                text.digits(part * (1'000'000'000 / ticks_per_second) / unit, decimals);
            }
        }
        return text;
    }

    static constexpr bool parse(std::string_view stored, Value& out) noexcept {
        detail::CivilDate date;
        detail::TimeOfDay time;
        if (!detail::read_date_time(stored, date, time)) return false;
        const std::int64_t seconds = detail::days_of(date) * 86400 + time.seconds;
        if constexpr (ticks_per_second >= 1) {
            constexpr std::int64_t nanoseconds_per_tick = 1'000'000'000 / ticks_per_second;
            if (time.nanoseconds % nanoseconds_per_tick != 0) return false;
            // Towards zero, so that the very first and last tick are within reach without overflow.
            const bool is_before_epoch = seconds < 0;
            const std::int64_t whole = is_before_epoch ? seconds + 1 : seconds;
            const std::int64_t part =
                time.nanoseconds / nanoseconds_per_tick - (is_before_epoch ? ticks_per_second : 0);
            if (is_before_epoch ? whole < (INT64_MIN - part) / ticks_per_second
                                : whole > (INT64_MAX - part) / ticks_per_second) {
                return false;
            }
            return set(out, whole * ticks_per_second + part);
        } else {
            if (time.nanoseconds != 0 || seconds % seconds_per_tick != 0) return false;
            return set(out, seconds / seconds_per_tick);
        }
    }

private:
    static constexpr std::int64_t divisor = ticks_per_second >= 1 ? ticks_per_second : 1;
    static constexpr int decimals = ticks_per_second > 1'000'000 ? 9 : ticks_per_second > 1000 ? 6 : 3;
    static constexpr std::int64_t unit = decimals == 9 ? 1 : decimals == 6 ? 1000 : 1'000'000;

    static constexpr bool set(Value& out, std::int64_t ticks) noexcept {
        using Rep = typename Duration::rep;
        if (static_cast<std::int64_t>(static_cast<Rep>(ticks)) != ticks) return false;
        out = Value{Duration{static_cast<Rep>(ticks)}};
        return true;
    }
};

/// `YYYY-MM-DD`. Throws DataError for a date that is no date, such as February 30th.
template <CalendarDateLike Value>
struct Codec<Value> {
    using Storage = std::string;
    static constexpr std::string_view misfit = "that is no date";

    static constexpr detail::DateText encode(const Value& value) {
        if (!value.ok()) detail::throw_no_date();
        detail::DateText text;
        text.date(
            {static_cast<int>(value.year()), static_cast<unsigned>(value.month()), static_cast<unsigned>(value.day())});
        return text;
    }

    static constexpr bool parse(std::string_view stored, Value& out) noexcept {
        detail::CivilDate date;
        detail::TimeOfDay time;
        if (!detail::read_date_time(stored, date, time) || time.seconds != 0 || time.nanoseconds != 0) return false;
        out = Value{decltype(out.year()){static_cast<int>(date.year)}, decltype(out.month()){date.month},
                    decltype(out.day()){date.day}};
        return true;
    }
};

}  // namespace mica
