// SPDX-License-Identifier: BSL-1.0
// ON CONFLICT: what becomes of a row that is in the way of an inserted one.
#pragma once

#include <mica/query/expression/alias.hpp>
#include <mica/query/statement/refused.hpp>
#include <mica/query/write/assignment.hpp>
#include <mica/query/write/conflict_target.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

/// The row that could not be inserted, under the name that SQL gives it.
template <class Owner>
struct ExcludedRow {
    using Entity = Owner;
    static constexpr const Table& table() { return detail::alias_info<Owner, "excluded">; }
};

/// A column of the row that could not be inserted.
template <auto... path>
struct ExcludedColumn
    : detail::BasicColumn<ExcludedColumn<path...>, ExcludedRow<typename detail::MemberPath<path...>::Owner>, path...> {
private:
    using Source = void;  // a SELECT that names it does not read from it
};

namespace detail {

template <auto... path>
consteval auto make_excluded() {
    if constexpr (std::same_as<decltype(make_column<void, path...>()), Invalid>) {
        return Invalid{};
    } else {
        return ExcludedColumn<path...>{};
    }
}

/// What a conflict's new values and condition may use: the row that is there, and the one that was to be inserted.
template <class Owner>
struct ConflictScope {
    static constexpr bool provides(const Table& table) {
        return table_of<Owner>().is(table) || ExcludedRow<Owner>::table().is(table);
    }
};

}  // namespace detail

/// In do_update() and its where(): the value that was to be inserted, `col<&T::n> = excluded<&T::n>`.
template <auto... path>
inline constexpr auto excluded = detail::make_excluded<path...>();

struct DoNothing {
    using Children = Types<>;
    static constexpr void render(SqlWriter& writer) { writer.text(" DO NOTHING"); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

template <class Owner, class Assignments, class Where = None>
struct DoUpdate {
    using Children = Types<Assignments, Where>;
    Assignments assignments;
    Where condition{};

    static constexpr void render(SqlWriter& writer) {
        writer.text(" DO UPDATE SET ");
        Assignments::render_with_version(writer, table_of<Owner>(), true);
        if constexpr (!is_none<Where>) {
            writer.text(" WHERE ");
            Where::render(writer);
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        assignments.bind(sink);
        condition.bind(sink);
    }
};

/// One ON CONFLICT behind the others.
template <class Before, class ConflictTarget, class ConflictAction>
struct Conflict {
    using Target = ConflictTarget;
    using Children = Types<Before, ConflictAction>;
    Before before;
    ConflictAction action;

    static constexpr void render(SqlWriter& writer) {
        Before::render(writer);
        writer.need(Feature::upsert);
        writer.text(" ON CONFLICT");
        Target::render(writer);
        ConflictAction::render(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        before.bind(sink);
        action.bind(sink);
    }
};

namespace detail {

template <class Conflicts>
inline constexpr bool is_update = false;
template <class Before, class Target, class Owner, class Assignments, class Where>
inline constexpr bool is_update<Conflict<Before, Target, DoUpdate<Owner, Assignments, Where>>> = true;

/// The condition of the last clause, together with the one that it has.
template <class Before, class Target, class Owner, class Assignments, class Where, class Filter>
constexpr auto add_filter(const Conflict<Before, Target, DoUpdate<Owner, Assignments, Where>>& last, Filter filter) {
    auto both = add_condition(last.action.condition, std::move(filter));
    using Action = DoUpdate<Owner, Assignments, decltype(both)>;
    return Conflict<Before, Target, Action>{last.before, Action{last.action.assignments, std::move(both)}};
}

/// Says what keeps a statement from having another ON CONFLICT.
template <class Owner, class Source, class Conflicts>
consteval bool require_conflict() {
    constexpr bool is_possible = !requires { requires !Source::can_conflict; };
    constexpr bool is_last = requires { requires Conflicts::Target::is_any; };
    static_assert(is_possible, "mica: SQL has no ON CONFLICT for default_values()");
    static_assert(!is_last, "mica: on_conflict() without a key stands for every one, so no other may follow it");
    return is_possible && !is_last;
}

template <class Owner, auto... members>
consteval bool require_own_fields() {
    return require_key<(std::same_as<Owner, reflect::OwnerOf<members>> && ...)>();
}

/// Says what of the assignments of a do_update() cannot be.
template <class Owner, class... Assignments>
consteval bool require_conflict_assignments() {
    constexpr bool own = sizeof...(Assignments) > 0 && (assigns<Owner, Assignments> && ...);
    static_assert(own, "mica: do_update() takes assignments to the columns of the inserted entity");
    if constexpr (!own) {
        return false;
    } else if constexpr (require_assignments<Owner, Assignments...>()) {
        constexpr bool has_name_of_its_own = !same_name(table_of<Owner>().name, ExcludedRow<Owner>::table().name);
        static_assert(has_name_of_its_own,
                      "mica: do_update() cannot tell a table that is called excluded from the row of that name");
        return has_name_of_its_own && require_scope<ConflictScope<Owner>, Assignments...>();
    } else {
        return false;
    }
}

}  // namespace detail

/// An insert whose on_conflict() has not said yet what is to be done.
template <class Inserted, class Target, class Condition = None>
struct [[nodiscard]] ConflictOn : WriteStatement<ConflictOn<Inserted, Target, Condition>> {
    using Row = void;
    using Owner = typename Inserted::Owner;

    Inserted insert;
    Target target;
    Condition condition{};

    /// The condition of a partial unique index, as its mapping has it. Throws ProgrammingError, in do_nothing() and
    /// do_update(), where the values in it are others.
    template <class Filter>
    constexpr auto where(Filter filter) const& {
        return with_condition(*this, std::move(filter));
    }
    template <class Filter>
    constexpr auto where(Filter filter) && {
        return with_condition(std::move(*this), std::move(filter));
    }

    /// Leaves the row that is there as it is; the new one is dropped.
    constexpr auto do_nothing() const& { return with_action(*this, DoNothing{}); }
    constexpr auto do_nothing() && { return with_action(std::move(*this), DoNothing{}); }

    /// Changes the row that is there, all new values made from the old ones. A version<> that is not among them goes up
    /// by one. where() behind it says which rows to leave as they are.
    template <class... Assignments>
    constexpr auto do_update(Assignments... assignments) const& {
        return with_assignments(*this, std::move(assignments)...);
    }
    template <class... Assignments>
    constexpr auto do_update(Assignments... assignments) && {
        return with_assignments(std::move(*this), std::move(assignments)...);
    }

    static consteval bool require_sound() {
        static_assert(is_none<Inserted>, "mica: on_conflict() needs do_nothing() or do_update()");
        return is_none<Inserted>;
    }
    static consteval bool require_own_scope() { return false; }
    static constexpr std::string_view sql() { return require_sound() ? std::string_view{} : std::string_view{}; }

private:
    template <class Self, class Filter>
    static constexpr auto with_condition(Self&& self, Filter filter) {
        constexpr bool has_columns = !std::same_as<Target, detail::AnyTarget>;
        if constexpr (!detail::require_predicate<Predicate<Filter>>() || !detail::require_key<has_columns>()) {
            return Refused<void>{};
        } else {
            auto both = detail::add_condition(self.condition, std::move(filter));
            return ConflictOn<Inserted, Target, decltype(both)>{
                {}, static_cast<Self&&>(self).insert, static_cast<Self&&>(self).target, std::move(both)};
        }
    }
    template <class Self, class... Assignments>
    static constexpr auto with_assignments(Self&& self, Assignments... assignments) {
        if constexpr (detail::require_conflict_assignments<Owner, Assignments...>()) {
            using List = detail::AssignmentList<Assignments...>;
            return with_action(std::forward<Self>(self),
                               DoUpdate<Owner, List>{detail::list_assignments(std::move(assignments)...)});
        } else {
            return Refused<void>{};
        }
    }
    template <class Self, class Action>
    static constexpr auto with_action(Self&& self, Action action) {
        using Resolved = decltype(detail::resolve_target<Owner>(self.target, self.condition));
        if constexpr (std::same_as<Resolved, Invalid>) {
            return Refused<void>{};
        } else {
            static_cast<void>(detail::resolve_target<Owner>(self.target, self.condition));
            return static_cast<Self&&>(self).insert.template with_conflict<Resolved>(std::move(action));
        }
    }
};

}  // namespace mica
