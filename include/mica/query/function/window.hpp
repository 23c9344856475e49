// SPDX-License-Identifier: BSL-1.0
// Window functions: over(partition_by(…), order_by(…), a frame) on aggregates, and row_number(), rank(), lag() …
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/function/aggregate.hpp>
#include <mica/query/function/window_part.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// Brackets what belongs to a window function. No walk of its own, as GROUP BY's passes through it.
struct WindowBegin {
    static constexpr void inspect(Inspection& inspection) {
        if (inspection.inside_window || inspection.inside_aggregate) inspection.has_nested_window = true;
        inspection.has_window = true;
        inspection.inside_window = true;
    }
};
struct WindowEnd {
    static constexpr void inspect(Inspection& inspection) { inspection.inside_window = false; }
};

/// Its arguments without itself: over a window an aggregate does not group the rows.
template <class Called>
struct ArgumentsOf {
    using Children = typename Called::Children;
};

}  // namespace detail

/// `call OVER (parts…)`.
template <class Result, class Called, class... Parts>
struct Window : Operand<Window<Result, Called, Parts...>> {
    using Value = Result;
    using Children = Types<detail::WindowBegin, detail::ArgumentsOf<Called>, Parts..., detail::WindowEnd>;
    static constexpr int precedence = precedence::primary;
    static constexpr bool spans_rows = true;

    Called called;
    boost::hana::basic_tuple<Parts...> parts;

    static constexpr void render(SqlWriter& writer) {
        Called::render(writer);
        writer.text(" OVER (");
        [[maybe_unused]] bool first = true;
        ((writer.text(detail::exchange(first, false) ? "" : " "), Parts::render(writer)), ...);
        writer.put(')');
    }
    static constexpr bool is_nullable(const OuterTables& outer) { return Called::is_nullable(outer); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        called.bind(sink);
        detail::bind_each(parts, sink);
    }
};

/// Which rows the value of a window function comes from, and so whether there may be none.
enum class WindowKind : unsigned char { position, neighbour, framed };

/// A function that has a meaning over a window only.
template <FixedString name, class Result, WindowKind kind, Expression... Given>
struct WindowFunction {
    using Children = Types<Given...>;
    using Function =
        mica::Function<name, Result, kind == WindowKind::position ? NullRule::never : NullRule::any, Given...>;

    Function function;

    /// Over all rows, or for each row over those that `parts` says: partition_by(), order_by() and a frame.
    template <class... Parts>
    constexpr auto over(Parts... parts) const {
        if constexpr (detail::require_window_parts<Parts...>()) {
            constexpr bool may_be_empty = kind == WindowKind::framed && !(detail::frame_has_current_row<Parts> && ...);
            return Window<detail::NullableIf<Result, may_be_empty>, Function, Parts...>{
                {}, function, boost::hana::basic_tuple<Parts...>{std::move(parts)...}};
        } else {
            return Invalid{};
        }
    }
};

template <FixedString name, class Result, Repeated repeated, class Condition, Expression... Given>
template <class... Parts>
constexpr auto AggregateCall<name, Result, repeated, Condition, Given...>::over(Parts... parts) const {
    static_assert(!takes_equal_values_once, "mica: an aggregate of distinct values has no over()");
    if constexpr (takes_equal_values_once || !detail::require_window_parts<Parts...>()) {
        return Invalid{};
    } else {
        return Window<Result, AggregateCall, Parts...>{
            {}, *this, boost::hana::basic_tuple<Parts...>{std::move(parts)...}};
    }
}

namespace detail {

template <FixedString name, class Result, WindowKind kind, class... Nodes>
constexpr auto make_window_function(Nodes... nodes) {
    using Made = WindowFunction<name, Result, kind, Nodes...>;
    return Made{{{}, boost::hana::basic_tuple<Nodes...>{std::move(nodes)...}}};
}

template <FixedString name, class Nearby, class Distance, class Otherwise>
constexpr auto make_neighbour(Nearby nearby, Distance distance, Otherwise otherwise) {
    using Common = CommonValue<Nearby, Otherwise>;
    if constexpr (require_common_type<Common>()) {
        constexpr bool can_be_null = is_optional<ValueOf<Nearby>> || is_optional<ValueOf<Otherwise>>;
        return make_window_function<name, NullableIf<Common, can_be_null>, WindowKind::neighbour>(
            std::move(nearby), std::move(distance), std::move(otherwise));
    } else {
        return Invalid{};
    }
}

/// lag() and lead().
template <FixedString name, class Given>
constexpr auto neighbour(Given&& value) {
    if constexpr (are_sound<Takes::anything>(std::type_identity<Types<Given>>{})) {
        return make_window_function<name, std::optional<GivenValue<Given>>, WindowKind::neighbour>(
            argument(std::forward<Given>(value)));
    } else {
        return Invalid{};
    }
}
template <FixedString name, class Given, class Distance>
constexpr auto neighbour(Given&& value, Distance&& distance) {
    if constexpr (are_sound<Takes::anything, Takes::integer>(std::type_identity<Types<Given, Distance>>{})) {
        return make_window_function<name, std::optional<GivenValue<Given>>, WindowKind::neighbour>(
            argument(std::forward<Given>(value)), argument(std::forward<Distance>(distance)));
    } else {
        return Invalid{};
    }
}
template <FixedString name, class Given, class Distance, class Otherwise>
constexpr auto neighbour(Given&& value, Distance&& distance, Otherwise&& otherwise) {
    if constexpr (are_sound<Takes::anything, Takes::integer, Takes::anything>(
                      std::type_identity<Types<Given, Distance, Otherwise>>{})) {
        using Peer = PeerAmong<Argument<Given>, Argument<Otherwise>>;
        return make_neighbour<name>(beside<Peer>(argument(std::forward<Given>(value))),
                                    argument(std::forward<Distance>(distance)),
                                    beside<Peer>(argument(std::forward<Otherwise>(otherwise))));
    } else {
        return Invalid{};
    }
}

template <FixedString name, class Given>
constexpr auto framed(Given&& value) {
    if constexpr (are_sound<Takes::anything>(std::type_identity<Types<Given>>{})) {
        return make_window_function<name, ValueOf<Argument<Given>>, WindowKind::framed>(
            argument(std::forward<Given>(value)));
    } else {
        return Invalid{};
    }
}

}  // namespace detail

/// The row's place in its partition, from 1.
constexpr auto row_number() { return detail::make_window_function<"row_number", std::int64_t, WindowKind::position>(); }
/// The place of the first of the rows that are equal in order_by(), so that places are left out behind equal rows.
constexpr auto rank() { return detail::make_window_function<"rank", std::int64_t, WindowKind::position>(); }
/// The same without leaving out places.
constexpr auto dense_rank() { return detail::make_window_function<"dense_rank", std::int64_t, WindowKind::position>(); }
/// rank() as a fraction from 0.0 to 1.0.
constexpr auto percent_rank() { return detail::make_window_function<"percent_rank", double, WindowKind::position>(); }
/// The fraction of rows up to this one and its equals.
constexpr auto cume_dist() { return detail::make_window_function<"cume_dist", double, WindowKind::position>(); }

/// Which of `groups` parts, as equal in size as can be, the row is in; from 1.
template <class Groups>
    requires detail::Arguments<Groups>
constexpr auto ntile(Groups&& groups) {
    if constexpr (detail::are_sound<detail::Takes::integer>(std::type_identity<Types<Groups>>{})) {
        return detail::make_window_function<"ntile", std::int64_t, WindowKind::position>(
            detail::argument(std::forward<Groups>(groups)));
    } else {
        return Invalid{};
    }
}

/// The value in the row before, or `distance` rows before: lag(value), lag(value, distance), and
/// lag(value, distance, otherwise), which says what it is where there is no such row; without that it is NULL there.
template <class... Given>
    requires detail::Arguments<Given...> && (sizeof...(Given) >= 1 && sizeof...(Given) <= 3)
constexpr auto lag(Given&&... given) {
    return detail::neighbour<"lag">(std::forward<Given>(given)...);
}
/// The same of the rows that follow.
template <class... Given>
    requires detail::Arguments<Given...> && (sizeof...(Given) >= 1 && sizeof...(Given) <= 3)
constexpr auto lead(Given&&... given) {
    return detail::neighbour<"lead">(std::forward<Given>(given)...);
}

/// The value in the first row of the frame; NULL where the frame is empty.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto first_value(Given&& value) {
    return detail::framed<"first_value">(std::forward<Given>(value));
}
/// The value in the last row of the frame. Without a frame that is the current row, or its last equal in order_by().
template <class Given>
    requires detail::Arguments<Given>
constexpr auto last_value(Given&& value) {
    return detail::framed<"last_value">(std::forward<Given>(value));
}
/// The value in the row of that number of the frame, from 1; NULL where there is none.
template <class Given, class Number>
    requires detail::Arguments<Given, Number>
constexpr auto nth_value(Given&& value, Number&& number) {
    using detail::Takes;
    if constexpr (detail::are_sound<Takes::anything, Takes::integer>(std::type_identity<Types<Given, Number>>{})) {
        return detail::make_window_function<"nth_value", std::optional<detail::GivenValue<Given>>, WindowKind::framed>(
            detail::argument(std::forward<Given>(value)), detail::argument(std::forward<Number>(number)));
    } else {
        return Invalid{};
    }
}

}  // namespace mica
