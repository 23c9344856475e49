// SPDX-License-Identifier: BSL-1.0
// Functions of all rows of a group (https://www.sqlite.org/lang_aggfunc.html).
#pragma once

#include <mica/codec/chrono.hpp>
#include <mica/core/exchange.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/query/function/function.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

enum class Repeated : bool { counted, ignored };

/// `name(arguments…)` over the rows of a group, or over those for which `Condition` is true.
template <FixedString name, class Result, Repeated repeated, class Condition, Expression... Given>
struct AggregateCall : Operand<AggregateCall<name, Result, repeated, Condition, Given...>> {
    using Value = Result;
    using Children = Types<Given..., Condition>;
    static constexpr int precedence = precedence::primary;
    static constexpr bool spans_rows = true;
    static constexpr bool takes_equal_values_once = repeated == Repeated::ignored;

    boost::hana::basic_tuple<Given...> arguments;
    Condition condition{};

    /// Only the rows for which `filter` is true; several are combined by AND.
    template <class Filter>
    constexpr auto filter(Filter filter) const {
        constexpr bool is_condition = Predicate<Filter>;
        static_assert(is_condition, "mica: filter() takes a condition");
        if constexpr (!is_condition) {
            return Invalid{};
        } else if constexpr (is_none<Condition>) {
            return AggregateCall<name, Result, repeated, Filter, Given...>{{}, arguments, std::move(filter)};
        } else {
            return filtered(condition && std::move(filter));
        }
    }

    /// Equal values once only.
    constexpr auto distinct() const {
        constexpr bool has_one_argument = sizeof...(Given) == 1;
        static_assert(has_one_argument, "mica: distinct() is for an aggregate of one argument");
        if constexpr (has_one_argument) {
            return AggregateCall<name, Result, Repeated::ignored, Condition, Given...>{{}, arguments, condition};
        } else {
            return Invalid{};
        }
    }

    /// As a window function: see query/window.hpp.
    template <class... Parts>
    constexpr auto over(Parts... parts) const;

    static constexpr void render(SqlWriter& writer) {
        CallWriter call{writer, name.view(), sizeof...(Given)};
        if (sizeof...(Given) == 0) writer.put('*');
        [[maybe_unused]] std::string_view distinct = takes_equal_values_once ? "DISTINCT " : "";
        ((call.next(), writer.text(detail::exchange(distinct, {})), Given::render(writer)), ...);
        call.end();
        if constexpr (!is_none<Condition>) {
            writer.text(" FILTER (WHERE ");
            Condition::render(writer);
            writer.put(')');
        }
    }
    static constexpr void inspect(Inspection& inspection) {
        inspection.has_aggregate = true;
        if (inspection.inside_aggregate) inspection.has_nested_aggregate = true;
        const bool was_inside = detail::exchange(inspection.inside_aggregate, true);
        Children::inspect(inspection);
        inspection.inside_aggregate = was_inside;
    }
    /// Says so by its type, whatever its arguments are: NULL is not counted.
    static constexpr bool is_nullable(const OuterTables&) { return false; }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(arguments, sink);
        condition.bind(sink);
    }

private:
    template <class Filter>
    constexpr auto filtered(Filter filter) const {
        return AggregateCall<name, Result, repeated, Filter, Given...>{{}, arguments, std::move(filter)};
    }
};

namespace detail {

template <FixedString name, class Result, Repeated repeated, class... Nodes>
constexpr auto make_aggregate(Nodes... nodes) {
    return AggregateCall<name, Result, repeated, None, Nodes...>{
        {}, boost::hana::basic_tuple<Nodes...>{std::move(nodes)...}};
}

/// An aggregate whose places take what `places` says, one for each argument.
template <FixedString name, class Result, Takes... places, class... Given>
constexpr auto aggregate(Given&&... given) {
    if constexpr (are_sound<places...>(std::type_identity<Types<Given...>>{})) {
        return make_aggregate<name, Result, Repeated::counted>(argument(std::forward<Given>(given))...);
    } else {
        return Invalid{};
    }
}

template <class Given>
using GivenValue = without_optional<ValueOf<Argument<Given>>>;

/// A sum keeps the kind of its numbers, and is of their type where its codec says that they add, as durations do.
template <class Value>
struct SumOf {
    using Type = std::optional<std::conditional_t<std::floating_point<Value>, double, std::int64_t>>;
};
template <class Value>
    requires is_additive<Value>
struct SumOf<Value> {
    using Type = std::optional<Value>;
};

}  // namespace detail

/// Rows.
constexpr auto count() { return detail::make_aggregate<"count", std::int64_t, Repeated::counted>(); }

/// Rows in which the expression is not NULL.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto count(Given&& value) {
    return detail::aggregate<"count", std::int64_t, detail::Takes::anything>(std::forward<Given>(value));
}

/// Different values other than NULL.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto count_distinct(Given&& value) {
    if constexpr (detail::are_sound<detail::Takes::anything>(std::type_identity<Types<Given>>{})) {
        return detail::make_aggregate<"count", std::int64_t, Repeated::ignored>(
            detail::argument(std::forward<Given>(value)));
    } else {
        return Invalid{};
    }
}

/// NULL where there is no row with a value. Of integers an integer, and a DataError where that overflows; of
/// conditions the number of those that are true, of durations and other types that add one of theirs.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto sum(Given&& value) {
    using Result = typename detail::SumOf<detail::GivenValue<Given>>::Type;
    return detail::aggregate<"sum", Result, detail::Takes::amount>(std::forward<Given>(value));
}

/// As sum(), but 0.0 where there is no row, and always a double.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto total(Given&& value) {
    return detail::aggregate<"total", double, detail::Takes::amount>(std::forward<Given>(value));
}

/// The mean, of a type that adds the one of its stored numbers; NULL where there is no row with a value.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto avg(Given&& value) {
    return detail::aggregate<"avg", std::optional<double>, detail::Takes::amount>(std::forward<Given>(value));
}

/// The smallest value, of the expression's own type; NULL where there is no row with a value.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto min(Given&& value) {
    using Result = std::optional<detail::GivenValue<Given>>;
    return detail::aggregate<"min", Result, detail::Takes::anything>(std::forward<Given>(value));
}
/// The largest value, of the expression's own type; NULL where there is no row with a value.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto max(Given&& value) {
    using Result = std::optional<detail::GivenValue<Given>>;
    return detail::aggregate<"max", Result, detail::Takes::anything>(std::forward<Given>(value));
}

/// All values as text, separated by a comma or by `separator`, in no certain order; NULL where there is no row with a
/// value.
template <class Given, class... Separator>
    requires detail::Arguments<Given, Separator...> && (sizeof...(Separator) <= 1)
constexpr auto group_concat(Given&& value, Separator&&... separator) {
    using detail::Takes;
    using Result = std::optional<std::string>;
    if constexpr (sizeof...(Separator) == 0) {
        return detail::aggregate<"group_concat", Result, Takes::anything>(std::forward<Given>(value));
    } else {
        return detail::aggregate<"group_concat", Result, Takes::anything, Takes::text>(
            std::forward<Given>(value), std::forward<Separator>(separator)...);
    }
}

}  // namespace mica
