// SPDX-License-Identifier: BSL-1.0
// SQL's functions of dates and times, in UTC (https://www.sqlite.org/lang_datefunc.html).
#pragma once

#include <mica/query/expression/time_format.hpp>
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
    using Time = without_optional<Result>;
    if constexpr (is_point_in_time<Time>) {
        constexpr bool of_day = name.view() == "date";
        if constexpr (time_format<Time, of_day>() == (of_day ? "%Y-%m-%d" : "%Y-%m-%d %H:%M:%S")) {
            return make_function<name, Wanted, NullRule::any>(argument(std::forward<Given>(given))...);
        } else {
            return make_function<"strftime", Wanted, NullRule::any>(TimeFormat<Time, of_day>{},
                                                                    argument(std::forward<Given>(given))...);
        }
    } else {
        return make_function<name, Wanted, NullRule::any>(argument(std::forward<Given>(given))...);
    }
}

/// Says whether a function of dates gives a `Result`.
template <FixedString name, class Result>
consteval bool require_date_result() {
    if constexpr (is_point_in_time<without_optional<Result>>) {
        constexpr bool gives_time = name.view() != "time";
        static_assert(gives_time, "mica: time() gives no point in time; datetime<>() and date<>() do");
        return gives_time && require_time_format<without_optional<Result>>();
    } else {
        return true;
    }
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
    } else if constexpr (require_date_result<name, Result>() &&
                         require_time_and_modifiers(std::type_identity<Types<Given...>>{})) {
        return call_date<name, Result>(std::forward<Given>(given)...);
    } else {
        return Invalid{};
    }
}

/// What a format of the user's makes is made anew where it is to be a point in time.
template <class Result, class... Nodes>
constexpr auto call_strftime(Nodes... nodes) {
    if constexpr (!is_point_in_time<Result>) {
        return make_function<"strftime", std::optional<Result>, NullRule::any>(std::move(nodes)...);
    } else if constexpr (require_time_format<Result>()) {
        return make_function<"strftime", std::optional<Result>, NullRule::any>(
            TimeFormat<Result>{},
            make_function<"strftime", std::optional<std::string>, NullRule::any>(std::move(nodes)...));
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

/// `YYYY-MM-DD HH:MM:SS`; as a point in time the text that is stored for it, `datetime<sys_time<milliseconds>>()`. Else
/// as date(). SQLite counts milliseconds: what is finer is zero.
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
        return detail::call_strftime<without_optional<Result>>(detail::argument(std::forward<Format>(format)),
                                                               detail::argument(std::forward<Given>(given))...);
    } else {
        return Invalid{};
    }
}

}  // namespace mica
