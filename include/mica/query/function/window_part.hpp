// SPDX-License-Identifier: BSL-1.0
// What over() takes: partition_by(), order_by() and a frame (https://www.sqlite.org/windowfunctions.html).
#pragma once

#include <mica/query/expression/ordering.hpp>
#include <mica/query/function/frame.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace mica {

template <class... Terms>
struct PartitionBy {
    static constexpr int place_in_window = 1;
    using Children = Types<Terms...>;

    boost::hana::basic_tuple<Terms...> terms;

    static constexpr void render(SqlWriter& writer) {
        writer.text("PARTITION BY ");
        detail::render_list<Terms...>(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(terms, sink);
    }
};

template <class... Terms>
struct WindowOrder {
    static constexpr int place_in_window = 2;
    static constexpr std::size_t term_count = sizeof...(Terms);
    using Children = Types<Terms...>;

    boost::hana::basic_tuple<Terms...> terms;

    static constexpr void render(SqlWriter& writer) {
        writer.text("ORDER BY ");
        detail::render_list<Terms...>(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(terms, sink);
    }
};

namespace detail {

template <class Part>
consteval int place_in_window() {
    if constexpr (requires { Part::place_in_window; }) {
        return Part::place_in_window;
    } else {
        return 0;
    }
}

template <std::size_t count>
constexpr bool is_ascending(const std::array<int, count>& places) {
    int last = 0;
    for (const int place : places) {
        if (place <= last) return false;
        last = place;
    }
    return true;
}

template <class Part>
consteval std::size_t order_terms() {
    if constexpr (requires { Part::term_count; }) {
        return Part::term_count;
    } else {
        return 0;
    }
}

/// Whether a term of ORDER BY is stored as a number: from a text SQLite measures no distance, it takes equal ones only.
template <class Term>
consteval bool is_measurable() {
    if constexpr (Expression<Term>) {
        constexpr StorageClass storage = storage_class_of<ValueOf<Term>>;
        return storage == StorageClass::integer || storage == StorageClass::real;
    } else if constexpr (requires { typename Term::ExpressionType; }) {
        return is_measurable<typename Term::ExpressionType>();
    } else {
        return true;
    }
}

/// Whether the window is ordered by numbers.
template <class Part>
inline constexpr bool orders_by_numbers = true;
template <class... Terms>
inline constexpr bool orders_by_numbers<WindowOrder<Terms...>> = (is_measurable<Terms>() && ...);

template <class Part>
inline constexpr bool measures_values = requires { requires Part::measures_values; };

/// Says what a window is made of.
template <class... Parts>
consteval bool require_window_parts() {
    if constexpr ((std::same_as<Parts, Invalid> || ...)) {
        return false;
    } else {
        constexpr bool are_parts = is_ascending(std::array<int, sizeof...(Parts)>{place_in_window<Parts>()...});
        static_assert(are_parts, "mica: over() takes partition_by(), order_by() and a frame, in this order");
        constexpr bool has_order = !(measures_values<Parts> || ...) ||
                                   ((order_terms<Parts>() + ... + 0) == 1 && (orders_by_numbers<Parts> && ...));
        static_assert(has_order, "mica: a range between distances needs order_by() with the one number it measures");
        return are_parts && has_order;
    }
}

}  // namespace detail

/// The window function sees the rows that have the same values of these expressions.
template <class... Terms>
constexpr auto partition_by(Terms... terms) {
    constexpr bool are_expressions = sizeof...(Terms) > 0 && (Expression<Terms> && ...);
    static_assert(are_expressions, "mica: partition_by() takes columns and other expressions");
    if constexpr (are_expressions) {
        return PartitionBy<Terms...>{boost::hana::basic_tuple<Terms...>{std::move(terms)...}};
    } else {
        return Invalid{};
    }
}

/// The order in which the window function sees the rows.
template <class... Terms>
constexpr auto order_by(Terms... terms) {
    constexpr bool are_terms = sizeof...(Terms) > 0 && (detail::OrderTerm<Terms> && ...);
    static_assert(are_terms, "mica: order_by() takes expressions, or their asc() and desc()");
    if constexpr (are_terms) {
        return WindowOrder<Terms...>{boost::hana::basic_tuple<Terms...>{std::move(terms)...}};
    } else {
        return Invalid{};
    }
}

}  // namespace mica
