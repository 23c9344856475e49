// SPDX-License-Identifier: BSL-1.0
// Conditions and orders put together at run time. What they may read is checked while compiling; only their shape is
// erased. Values are bound here as everywhere.
#pragma once

#include <mica/query/dynamic/fragment.hpp>
#include <mica/query/select/select.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

template <class... Entities>
class Filter;

namespace detail {

enum class Combination : unsigned char { none, all, any };

template <class Candidate>
inline constexpr bool is_filter = false;
template <class... Entities>
inline constexpr bool is_filter<Filter<Entities...>> = true;

/// The tables that a filter or an order may read.
template <class... Sources>
constexpr bool are_all_from(const Inspection& inspection) {
    for (std::size_t i = 0; i < inspection.table_count; ++i) {
        if (!(table_of<Sources>().is(*inspection.tables[i]) || ...)) return false;
    }
    return true;
}

/// Says what keeps expressions from going into a Filter or an Order of these entities.
template <class Node, class... Entities>
consteval bool require_own_columns() {
    if constexpr (require_columns<findings_of<Node>>()) {
        constexpr const Inspection& inspection = inspection_of<Node>;
        constexpr bool are_own = are_all_from<Entities...>(inspection);
        static_assert(are_own, "mica: a Filter or an Order uses columns of its own entities only: Filter<A, B>");
        constexpr bool has_values = inspection.parameter_count == 0;
        constexpr bool is_of_rows = !inspection.has_aggregate;
        static_assert(has_values, "mica: a Filter or an Order takes values, not param<>");
        static_assert(is_of_rows, "mica: an Order sorts single rows, so it takes no aggregate");
        return are_own && has_values && is_of_rows;
    } else {
        return false;
    }
}

}  // namespace detail

/// A condition on rows of `Entities` that grows at run time: `Filter<Car> f; f &= col<&Car::year> > 2000;`. Empty, it
/// is true for every row. A statement that has one is found by its text, among a bounded number of such texts.
template <class... Entities>
class Filter : public Operand<Filter<Entities...>> {
    using Checked = std::bool_constant<(require_entity<Entities>() && ...)>;

public:
    using Value = std::optional<bool>;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    Filter() = default;
    /// A condition to begin with.
    template <class Condition>
        requires(!std::same_as<std::remove_cvref_t<Condition>, Filter>)
    Filter(const Condition& condition) {
        *this &= condition;
    }

    /// AND. To an empty filter it gives its first condition.
    template <class Condition>
    Filter& operator&=(const Condition& condition) {
        return add(detail::Combination::all, condition);
    }
    /// OR. To an empty filter it gives its first condition.
    template <class Condition>
    Filter& operator|=(const Condition& condition) {
        return add(detail::Combination::any, condition);
    }
    /// Whether it has no condition yet.
    bool empty() const noexcept { return erased_.empty(); }
    bool is_saying() const noexcept { return !empty(); }

    static constexpr void render(SqlWriter& writer) { writer.fragment(); }
    static constexpr void inspect(Inspection& inspection) {
        inspection.is_dynamic = true;
        (inspection.add(table_of<Entities>()), ...);
    }
    static constexpr bool is_nullable(const OuterTables&) { return true; }
    template <class Sink>
    void bind(Sink& sink) const {
        erased_.bind(sink, [](SqlWriter& writer) { writer.boolean(true); }, opened_);
    }

private:
    template <class Condition>
    Filter& add(detail::Combination combination, const Condition& condition) {
        constexpr bool is_condition = Predicate<Condition>;
        static_assert(is_condition, "mica: a Filter takes conditions");
        if constexpr (is_condition) {
            if constexpr (!detail::require_row_condition<detail::findings_of<Condition>>()) {
                return *this;
            } else if constexpr (detail::require_own_columns<Condition, Entities...>()) {
                if constexpr (detail::is_filter<Condition>) {
                    const Condition copy = condition;  // it may be this one
                    if (!copy.empty()) combine(combination, copy);
                } else {
                    combine(combination, condition);
                }
            }
        }
        return *this;
    }

    /// Keeps one pair of parentheses around all of it, and adds another only where AND and OR meet: SQLite's parser
    /// takes about a hundred within each other.
    template <class Condition>
    void combine(detail::Combination combination, const Condition& condition) {
        if (empty()) {
            opened_ = 1;
        } else {
            if (last_ != combination && last_ != detail::Combination::none) {
                erased_.append_text(")");
                ++opened_;
            }
            erased_.append_text(combination == detail::Combination::all ? " AND " : " OR ");
            last_ = combination;
        }
        erased_.append_node(condition);
    }

    detail::BasicErased<> erased_;
    std::uint32_t opened_ = 0;
    detail::Combination last_ = detail::Combination::none;  ///< what stands between its conditions
};

/// Terms of ORDER BY that are chosen at run time: `Order<Car> o{col<&Car::year>.desc()}; o.then(col<&Car::id>);`.
/// Empty, it leaves the rows in no order.
template <class... Entities>
class Order {
    using Checked = std::bool_constant<(require_entity<Entities>() && ...)>;

public:
    using Children = Types<>;
    using IsOrder = void;

    Order() = default;
    template <class... Terms>
        requires(sizeof...(Terms) > 0 && (detail::OrderTerm<Terms> && ...))
    explicit(sizeof...(Terms) > 1) Order(const Terms&... terms) {
        (then(terms), ...);
    }

    /// Sorts what the terms before leave equal.
    template <class Term>
    Order& then(const Term& term) {
        constexpr bool is_term = detail::OrderTerm<Term>;
        static_assert(is_term, "mica: an Order takes expressions, or their asc() and desc()");
        if constexpr (is_term) {
            if constexpr (detail::require_own_columns<Term, Entities...>()) {
                if (!empty()) erased_.append_text(", ");
                erased_.append_node(term);
            }
        }
        return *this;
    }
    bool empty() const noexcept { return erased_.empty(); }

    static constexpr void render(SqlWriter& writer) { writer.fragment(); }
    static constexpr void inspect(Inspection& inspection) {
        inspection.is_dynamic = true;
        (inspection.add(table_of<Entities>()), ...);
    }
    template <class Sink>
    void bind(Sink& sink) const {
        erased_.bind(sink, &Null::render);  // equal for all rows
    }

private:
    detail::BasicErased<> erased_;
};

/// A condition that is there or not, as where_if() was told.
template <class Condition>
struct OptionalCondition : Operand<OptionalCondition<Condition>> {
    using Value = ValueOf<Condition>;
    using Children = Types<Condition>;
    static constexpr int precedence = precedence::primary;

    std::optional<Condition> condition;

    constexpr bool is_saying() const noexcept { return condition.has_value(); }

    static constexpr void render(SqlWriter& writer) {
        if (!writer.fragment()) return writer.boolean(true);
        writer.put('(');
        Condition::render(writer);
        writer.put(')');
    }
    static constexpr void inspect(Inspection& inspection) {
        inspection.is_dynamic = true;
        detail::inspect<Condition>(inspection);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        if constexpr (requires { sink.fragment(Fragment{}); }) sink.fragment({.is_there = is_saying()});
        if (condition) return condition->bind(sink);
        constexpr std::size_t parameters = inspection_of<Condition>.parameter_count;
        if constexpr (parameters > 0 && requires { sink.skip_arguments(parameters); }) sink.skip_arguments(parameters);
    }
};

namespace detail {

template <class Condition>
constexpr auto optional_condition(std::optional<Condition> condition) {
    if constexpr (require_predicate<Predicate<Condition>>()) {
        return OptionalCondition<Condition>{{}, std::move(condition)};
    } else {
        return Invalid{};
    }
}

template <class Wanted, class Given>
constexpr auto condition_if(const Wanted& wanted, Given given) {
    constexpr bool has_value = is_optional<Wanted>;
    constexpr bool is_function = requires { given(*wanted); };
    static_assert(has_value || std::is_convertible_v<const Wanted&, bool>,
                  "mica: where_if() takes a bool and a condition, or a std::optional and a function of its value");
    static_assert(!has_value || is_function,
                  "mica: where_if() of a std::optional takes a function that makes a condition of its value");
    if constexpr (has_value && is_function) {
        using Condition = std::remove_cvref_t<decltype(given(*wanted))>;
        return optional_condition(wanted ? std::optional<Condition>{given(*wanted)} : std::optional<Condition>{});
    } else if constexpr (!has_value && std::is_convertible_v<const Wanted&, bool>) {
        return optional_condition(wanted ? std::optional<Given>{std::move(given)} : std::optional<Given>{});
    } else {
        return Invalid{};
    }
}

}  // namespace detail

}  // namespace mica
