// SPDX-License-Identifier: BSL-1.0
// update<T>().set(…).where(…): set-based changes. Without where() or all_rows() it does not run.
#pragma once

#include <mica/query/select/select.hpp>
#include <mica/query/write/assignment.hpp>
#include <mica/query/write/returning.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace mica {

/// The clause of an UPDATE or DELETE that is meant for every row.
struct AllRows : None {};

template <class Clause>
inline constexpr bool is_filtered = !std::same_as<Clause, None>;

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_without_condition() {
    throw ProgrammingError(Failure{.message = "mica: an update or delete whose condition is empty at run time changes "
                                              "every row; use all_rows() if you mean that"});
}

/// Whether a condition says anything: an empty Filter does not, nor does a where_if() that is not wanted.
template <class Condition>
constexpr bool is_saying(const Condition& condition) {
    if constexpr (requires { condition.is_saying(); }) {
        return condition.is_saying();
    } else {
        return true;
    }
}
template <class Result, class Left, class Right>
constexpr bool is_saying(const Binary<conjunction, Result, Left, Right>& both) {
    return is_saying(both.left) || is_saying(both.right);
}

/// Throws ProgrammingError where a condition says nothing.
template <class Condition>
constexpr void require_saying(const Condition& condition) {
    if (!is_saying(condition)) throw_without_condition();
}

/// Says that a statement with a condition for all rows would forget one of the two.
template <bool has_both>
consteval bool require_one_choice_of_rows() {
    static_assert(!has_both, "mica: where() and all_rows() exclude each other");
    return !has_both;
}

/// The updated table and those of UPDATE … FROM.
template <class Owner, class From>
struct UpdateScope {
    static constexpr bool provides(const Table& table) {
        return table_of<Owner>().is(table) || detail::provides<From>(table);
    }
};

template <class Owner>
consteval bool has_twice(std::type_identity<None>) {
    return false;
}
template <class Owner, class First, class... Joins>
consteval bool has_twice(std::type_identity<FromClause<First, Joins...>>) {
    return FromClause<TableSource<Owner>, Join<JoinKind::inner, First, None>, Joins...>::has_duplicates();
}

template <class From>
consteval bool require_update_source() {
    static_assert(is_none<From>, "mica: from() of an update is called once; further tables are joined by join()");
    return is_none<From>;
}
template <class From>
consteval bool require_update_join() {
    static_assert(!is_none<From>, "mica: join() of an update goes after from()");
    return !is_none<From>;
}

}  // namespace detail

/// An UPDATE. Its clauses are None until they are given. Owns its values.
template <class Owner, class Assignments = None, class From = None, class Where = None, class Returned = None>
struct [[nodiscard]] Update : WriteStatement<Update<Owner, Assignments, From, Where, Returned>> {
    using Row = typename detail::RowOfReturning<Returned>::Type;
    using Definitions = detail::DefinitionsOf<From>;
    using Children = Types<Definitions, Assignments, From, Where, Returned>;
    static constexpr bool is_safe = is_filtered<Where>;
    static constexpr bool is_complete = !is_none<Assignments>;

    Assignments assignments{};
    From source{};
    Where condition{};
    Returned returned{};

    /// The columns' new values: set(col<&T::a> = 1, col<&T::b> = col<&T::b> + 1). A version<> that is not among them
    /// goes up by one.
    template <class... Terms>
    constexpr auto set(Terms... terms) const {
        constexpr bool is_first = is_none<Assignments>;
        constexpr bool own = sizeof...(Terms) > 0 && (detail::assigns<Owner, Terms> && ...);
        static_assert(is_first, "mica: set() is called once, with all assignments");
        static_assert(own, "mica: set() takes assignments to the columns of the updated entity");
        if constexpr (!is_first || !own) {
            return Refused<void>{};
        } else if constexpr (detail::require_assignments<Owner, Terms...>()) {
            using List = detail::AssignmentList<Terms...>;
            return Update<Owner, List, From, Where, Returned>{
                {}, detail::list_assignments(std::move(terms)...), source, condition, returned};
        } else {
            return Refused<void>{};
        }
    }

    /// Another table that new values and the condition may read, joined by where(). Where it has several rows for one
    /// that is updated, one of them is taken, no matter which (https://www.sqlite.org/lang_update.html, section 2.2).
    template <class Entity>
    constexpr auto from() const {
        if constexpr (require_entity<Entity>()) {
            return from(TableSource<Entity>{});
        } else {
            return Refused<void>{};
        }
    }
    /// The same with an alias, a subquery or a common table expression.
    template <SourceLike New>
    constexpr auto from(New first) const {
        if constexpr (detail::require_update_source<From>()) {
            return with_source(FromClause<New>{std::move(first)});
        } else {
            return Refused<void>{};
        }
    }

    /// Joins a table to that of from(), as in a select().
    template <class Entity, class... On>
    constexpr auto join(On... on) const {
        if constexpr (require_entity<Entity>()) {
            return join_source(TableSource<Entity>{}, std::move(on)...);
        } else {
            return Refused<void>{};
        }
    }
    template <SourceLike New, class... On>
    constexpr auto join(New joined, On... on) const {
        return join_source(std::move(joined), std::move(on)...);
    }

    /// Rows for which `filter` is true; several are combined by AND. Throws ProgrammingError for an empty Filter.
    template <class Filter>
    constexpr auto where(Filter filter) const& {
        return filtered(*this, std::move(filter));
    }
    /// Takes over the new values of a statement that is put together in one expression.
    template <class Filter>
    constexpr auto where(Filter filter) && {
        return filtered(std::move(*this), std::move(filter));
    }

    constexpr auto all_rows() const {
        if constexpr (detail::require_one_choice_of_rows<Expression<Where>>()) {
            return Update<Owner, Assignments, From, AllRows, Returned>{{}, assignments, source, {}, returned};
        } else {
            return Refused<void>{};
        }
    }

    /// Gives expressions over each changed row with its new values, or the whole row.
    template <class... Terms>
    constexpr auto returning(Terms... terms) const {
        return with_returning(detail::returning_of<Owner, Returned>(std::move(terms)...));
    }
    template <class Whole>
    constexpr auto returning() const {
        return with_returning(detail::returning_entity<Owner, Returned, Whole>());
    }

    static constexpr ListView<ColumnOrigin> origins() { return detail::origins_of_returning<Returned>(); }

    static constexpr void render(SqlWriter& writer) {
        Definitions::render(writer);
        writer.text("UPDATE ");
        name_table(writer, table_of<Owner>());
        writer.text(" SET ");
        if constexpr (is_complete) Assignments::render_with_version(writer, table_of<Owner>(), !is_none<From>);
        From::render(writer);
        if constexpr (Expression<Where>) {
            writer.text(" WHERE ");
            Where::render(writer);
        }
        Returned::render(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        Definitions::bind(source, sink);
        assignments.bind(sink);
        source.bind(sink);
        condition.bind(sink);
        returned.bind(sink);
    }

    /// Says what keeps it from being a statement that the database takes.
    static consteval bool require_sound() {
        constexpr bool is_distinct_sources = !detail::has_twice<Owner>(std::type_identity<From>{});
        static_assert(is_distinct_sources,
                      "mica: this table is there twice; give one of the two another name by alias<T, \"name\">");
        return is_distinct_sources &&
               detail::require_columns<detail::findings_of<Definitions, Assignments, From, Where>>();
    }
    /// The tables whose columns it uses and that neither it nor its from() provides.
    static consteval bool require_own_scope() {
        return detail::require_in_scope<detail::provides_all<detail::UpdateScope<Owner, From>>(
            inspection_of<Definitions, Assignments, From, Where>)>();
    }

private:
    template <class New>
    constexpr auto with_source(New changed) const {
        return Update<Owner, Assignments, New, Where, Returned>{
            {}, assignments, std::move(changed), condition, returned};
    }
    template <class New>
    constexpr auto join_source(New joined) const {
        if constexpr (!detail::require_update_join<From>()) {
            return Refused<void>{};
        } else {
            auto condition_of_key = detail::infer_condition<New>(std::type_identity<From>{});
            if constexpr (std::same_as<decltype(condition_of_key), Invalid>) {
                return Refused<void>{};
            } else {
                return join_source(std::move(joined), condition_of_key);
            }
        }
    }
    template <class New, class On>
    constexpr auto join_source(New joined, On on) const {
        if constexpr (!detail::require_update_join<From>()) {
            return Refused<void>{};
        } else if constexpr (!detail::require_join_condition<From, On>()) {
            return Refused<void>{};
        } else {
            return with_source(detail::add_join<JoinKind::inner>(source, std::move(joined), std::move(on)));
        }
    }
    template <class Self, class Filter>
    static constexpr auto filtered(Self&& self, Filter filter) {
        if constexpr (!detail::require_predicate<Predicate<Filter>>()) {
            return Refused<void>{};
        } else if constexpr (!detail::require_one_choice_of_rows<std::same_as<Where, AllRows>>()) {
            return Refused<void>{};
        } else if constexpr (detail::require_row_condition<detail::findings_of<Filter>>()) {
            detail::require_saying(filter);
            auto both = detail::add_condition(self.condition, std::move(filter));
            return Update<Owner, Assignments, From, decltype(both), Returned>{{},
                                                                              static_cast<Self&&>(self).assignments,
                                                                              static_cast<Self&&>(self).source,
                                                                              std::move(both),
                                                                              static_cast<Self&&>(self).returned};
        } else {
            return Refused<void>{};
        }
    }
    template <class Clause>
    constexpr auto with_returning(Clause clause) const {
        if constexpr (detail::is_invalid<Clause>) {
            return Refused<void>{};
        } else {
            return Update<Owner, Assignments, From, Where, Clause>{
                {}, assignments, source, condition, std::move(clause)};
        }
    }
};

/// Starts an UPDATE of an entity's table.
template <class Owner>
constexpr auto update() {
    if constexpr (require_writable_entity<Owner>()) {
        return Update<Owner>{};
    } else {
        return Refused<void>{};
    }
}

}  // namespace mica
