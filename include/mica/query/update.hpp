// SPDX-License-Identifier: BSL-1.0
// update<T>().set(…).where(…): set-based changes. Without where() or all_rows() it does not run.
#pragma once

#include <mica/query/select.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// A changed row has another version, also where no session changed it.
constexpr void render_version_step(SqlWriter& writer, const Table& table) {
    const std::string_view name = table.columns[static_cast<std::size_t>(table.version)].name;
    writer.text(", ");
    writer.identifier(name);
    writer.text(" = ");
    writer.identifier(name);
    writer.text(" + 1");
}

template <class Owner, class Change>
inline constexpr bool assigns = false;
template <class Owner, class Target, class Source>
inline constexpr bool assigns<Owner, Assignment<Target, Source>> = std::same_as<Owner, typename Target::Owner>;

template <class Owner>
inline constexpr bool assigns<Owner, Invalid> = true;  // refused already

/// The list of SET.
template <class... Changes>
struct ChangeList : ExpressionList<Changes...> {
    using Children = Types<Changes...>;
    static constexpr bool sets(int column) { return ((static_cast<int>(Changes::column_index()) == column) || ...); }
};

}  // namespace detail

/// The clause of an UPDATE or DELETE that is meant for every row.
struct AllRows : None {};

template <class Clause>
inline constexpr bool is_filtered = !std::same_as<Clause, None>;

namespace detail {

/// Says that a statement with a condition for all rows would forget one of the two.
template <bool has_both>
consteval bool require_one_choice_of_rows() {
    static_assert(!has_both, "mica: where() and all_rows() exclude each other");
    return !has_both;
}

}  // namespace detail

template <class Owner, class Assignments = None, class Where = None>
struct Update : Statement<Update<Owner, Assignments, Where>> {
    using Row = void;
    using Children = Types<Assignments, Where>;
    static constexpr bool is_safe = is_filtered<Where>;
    static constexpr bool is_complete = !is_none<Assignments>;

    Assignments assignments{};
    Where condition{};

    /// The columns' new values: set(col<&T::a> = 1, col<&T::b> = col<&T::b> + 1).
    template <class... Changes>
    constexpr auto set(Changes... changes) const {
        constexpr bool is_first = is_none<Assignments>;
        constexpr bool own = sizeof...(Changes) > 0 && (detail::assigns<Owner, Changes> && ...);
        static_assert(is_first, "mica: set() is called once, with all assignments");
        static_assert(own, "mica: set() takes assignments to the columns of the updated entity");
        if constexpr (!is_first || !own) {
            return Refused<void>{};
        } else if constexpr (detail::require_scope<FromClause<TableSource<Owner>>, Changes...>()) {
            using List = detail::ChangeList<Changes...>;
            return Update<Owner, List, Where>{
                {}, List{{boost::hana::basic_tuple<Changes...>{std::move(changes)...}}}, condition};
        } else {
            return Refused<void>{};
        }
    }

    template <class Filter>
    constexpr auto where(Filter filter) const& {
        return filtered(assignments, std::move(filter));
    }
    /// Takes over the new values of a statement that is put together in one expression.
    template <class Filter>
    constexpr auto where(Filter filter) && {
        return filtered(std::move(assignments), std::move(filter));
    }

    constexpr auto all_rows() const {
        if constexpr (detail::require_one_choice_of_rows<std::derived_from<Where, ExpressionTag>>()) {
            return Update<Owner, Assignments, AllRows>{{}, assignments, {}};
        } else {
            return Refused<void>{};
        }
    }

    static constexpr void render(SqlWriter& writer) {
        writer.text("UPDATE ");
        writer.identifier(table_of<Owner>().name);
        writer.text(" SET ");
        Assignments::render(writer);
        if constexpr (table_of<Owner>().version >= 0) {
            if (!Assignments::sets(table_of<Owner>().version)) detail::render_version_step(writer, table_of<Owner>());
        }
        if constexpr (std::derived_from<Where, ExpressionTag>) {
            writer.text(" WHERE ");
            Where::render(writer);
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        assignments.bind(sink);
        condition.bind(sink);
    }

private:
    template <class Changes, class Filter>
    constexpr auto filtered(Changes&& changes, Filter&& filter) const {
        constexpr bool is_condition = Predicate<Filter>;
        static_assert(is_condition, "mica: where() takes a condition");
        if constexpr (!is_condition) {
            return Refused<void>{};
        } else if constexpr (!detail::require_one_choice_of_rows<std::same_as<Where, AllRows>>()) {
            return Refused<void>{};
        } else if constexpr (detail::require_scope<FromClause<TableSource<Owner>>, Filter>()) {
            auto both = detail::add_condition(condition, std::forward<Filter>(filter));
            return Update<Owner, Assignments, decltype(both)>{{}, std::forward<Changes>(changes), std::move(both)};
        } else {
            return Refused<void>{};
        }
    }
};

/// Starts an UPDATE of an entity's table.
template <class Owner>
constexpr auto update() {
    if constexpr (require_entity<Owner>()) {
        return Update<Owner>{};
    } else {
        return Refused<void>{};
    }
}

}  // namespace mica
