// SPDX-License-Identifier: BSL-1.0
// SQL's functions of dates and times, in UTC (https://www.sqlite.org/lang_datefunc.html).
#pragma once

#include <mica/codec/chrono.hpp>
#include <mica/query/function/function.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// Whether a text is a point in time by its type. Any other may be none, and then the result is NULL.
template <class Given>
consteval bool is_surely_time() {
    using Value = without_optional<ValueOf<Argument<Given>>>;
    return SystemTimeLike<Value> || CalendarDateLike<Value>;
}

/// The type of a date function's result. Without arguments it is of now. Modifiers may be wrong, then it is NULL.
template <class Result, class... Given>
consteval auto date_result() {
    if constexpr (sizeof...(Given) == 0) {
        return std::type_identity<Result>{};
    } else if constexpr (sizeof...(Given) == 1) {
        return std::type_identity<NullableIf<Result, !(is_surely_time<Given>() && ...)>>{};
    } else {
        return std::type_identity<std::optional<Result>>{};
    }
}

template <FixedString name, class Result, class... Given>
constexpr auto call_date(Given&&... given) {
    using Wanted = typename decltype(date_result<Result, Given...>())::type;
    return make_function<name, Wanted, NullRule::any>(argument(std::forward<Given>(given))...);
}

/// Says that the arguments are a point in time and modifiers of it.
template <class Time, class... Modifiers>
consteval bool require_time_and_modifiers(std::type_identity<Types<Time, Modifiers...>>) {
    return are_sound<Takes::point_in_time>(std::type_identity<Types<Time>>{}) &&
           are_sound<(static_cast<void>(sizeof(Modifiers)), Takes::text)...>(std::type_identity<Types<Modifiers...>>{});
}
consteval bool require_time_and_modifiers(std::type_identity<Types<>>) { return true; }

template <FixedString name, class Result, StorageClass storage, class... Given>
constexpr auto date_function(Given&&... given) {
    constexpr bool is_of_storage = storage_class_of<Result> == storage;
    static_assert(is_of_storage, "mica: date functions give text, as std::string or as a date or time of std::chrono");
    if constexpr (!is_of_storage) {
        return Invalid{};
    } else if constexpr (require_time_and_modifiers(std::type_identity<Types<Given...>>{})) {
        return call_date<name, Result>(std::forward<Given>(given)...);
    } else {
        return Invalid{};
    }
}

}  // namespace detail

/// `YYYY-MM-DD`, of now or of a point in time with modifiers such as "start of month" and "+1 day". As a std::string,
/// or as what the caller names: `date<std::chrono::sys_days>(col<&T::created>)`. NULL where there is no such date.
template <Storable Result = std::string, class... Given>
    requires detail::Arguments<Given...>
constexpr auto date(Given&&... given) {
    return detail::date_function<"date", Result, StorageClass::text>(std::forward<Given>(given)...);
}

/// `HH:MM:SS`. Else as date().
template <Storable Result = std::string, class... Given>
    requires detail::Arguments<Given...>
constexpr auto time(Given&&... given) {
    return detail::date_function<"time", Result, StorageClass::text>(std::forward<Given>(given)...);
}

/// `YYYY-MM-DD HH:MM:SS`, which a std::chrono::sys_seconds reads. Else as date().
template <Storable Result = std::string, class... Given>
    requires detail::Arguments<Given...>
constexpr auto datetime(Given&&... given) {
    return detail::date_function<"datetime", Result, StorageClass::text>(std::forward<Given>(given)...);
}

/// The Julian day, with the time as a fraction of it.
template <class... Given>
    requires detail::Arguments<Given...>
constexpr auto julianday(Given&&... given) {
    return detail::date_function<"julianday", double, StorageClass::real>(std::forward<Given>(given)...);
}

/// Seconds since 1970.
template <class... Given>
    requires detail::Arguments<Given...>
constexpr auto unixepoch(Given&&... given) {
    return detail::date_function<"unixepoch", std::int64_t, StorageClass::integer>(std::forward<Given>(given)...);
}

/// A point in time as `format` says: `strftime("%Y-%m", col<&Invoice::date>)`. NULL where the format or the time is
/// wrong.
template <Storable Result = std::string, class Format, class... Given>
    requires detail::Arguments<Format, Given...>
constexpr auto strftime(Format&& format, Given&&... given) {
    constexpr bool is_text = storage_class_of<Result> == StorageClass::text;
    static_assert(is_text, "mica: date functions give text, as std::string or as a date or time of std::chrono");
    if constexpr (!is_text) {
        return Invalid{};
    } else if constexpr (!detail::are_sound<detail::Takes::text>(std::type_identity<Types<Format>>{})) {
        return Invalid{};
    } else if constexpr (detail::require_time_and_modifiers(std::type_identity<Types<Given...>>{})) {
        return detail::make_function<"strftime", std::optional<without_optional<Result>>, NullRule::any>(
            detail::argument(std::forward<Format>(format)), detail::argument(std::forward<Given>(given))...);
    } else {
        return Invalid{};
    }
}

}  // namespace mica
