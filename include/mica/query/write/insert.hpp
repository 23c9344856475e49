// SPDX-License-Identifier: BSL-1.0
// insert_into<T>(): whole objects, whose generated columns the database fills in, single columns, or a SELECT's rows.
#pragma once

#include <mica/query/write/conflict.hpp>
#include <mica/query/write/insert_select.hpp>
#include <mica/query/write/returning.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

template <class Owner, class Range>
inline constexpr bool is_range_of = requires(Range& range) {
    { *std::begin(range) } -> std::convertible_to<Owner>;
    std::begin(range) != std::end(range);
};

}  // namespace detail

/// An INSERT. Its clauses are None until they are given. Owns its values.
template <class Entity, class Source = ObjectValues<Entity>, class Conflicts = None, class Returned = None>
struct [[nodiscard]] Insert : WriteStatement<Insert<Entity, Source, Conflicts, Returned>> {
    using Owner = Entity;
    using Row = typename detail::RowOfReturning<Returned>::Type;
    using Children = Types<Source, Conflicts, Returned>;
    /// The statement that is run for each of several objects; the one of a single object, so it is prepared once.
    using Each = Insert<Entity, ObjectValues<Entity>, Conflicts, Returned>;
    static constexpr bool is_many = Source::is_many;

    Source source;
    Conflicts conflicts{};
    Returned returned{};

    /// Starts an ON CONFLICT about the key that has these columns; without any, about every key. Several may follow
    /// each other: the first that fits is taken.
    template <auto... members>
    constexpr auto on_conflict() const& {
        return on_fields<members...>(*this);
    }
    template <auto... members>
    constexpr auto on_conflict() && {
        return on_fields<members...>(std::move(*this));
    }
    /// The same about a unique index of these expressions.
    template <class First, class... Terms>
    constexpr auto on_conflict(First first, Terms... terms) const& {
        return on_terms(*this, std::move(first), std::move(terms)...);
    }
    template <class First, class... Terms>
    constexpr auto on_conflict(First first, Terms... terms) && {
        return on_terms(std::move(*this), std::move(first), std::move(terms)...);
    }

    /// Which rows the do_update() before it changes; the others stay as they are. Several are combined by AND.
    template <class Filter>
    constexpr auto where(Filter filter) const& {
        return filtered(*this, std::move(filter));
    }
    template <class Filter>
    constexpr auto where(Filter filter) && {
        return filtered(std::move(*this), std::move(filter));
    }

    /// Gives expressions over each row as it is stored now, or the whole row. What do_nothing() dropped, or the
    /// where() of a do_update() left as it is, has no row.
    template <class... Terms>
    constexpr auto returning(Terms... terms) const& {
        return with_returning(*this, detail::returning_of<Owner, Returned>(std::move(terms)...));
    }
    template <class... Terms>
    constexpr auto returning(Terms... terms) && {
        return with_returning(std::move(*this), detail::returning_of<Owner, Returned>(std::move(terms)...));
    }
    template <class Whole>
    constexpr auto returning() const& {
        return with_returning(*this, detail::returning_entity<Owner, Returned, Whole>());
    }
    template <class Whole>
    constexpr auto returning() && {
        return with_returning(std::move(*this), detail::returning_entity<Owner, Returned, Whole>());
    }

    static constexpr ListView<ColumnOrigin> origins() { return detail::origins_of_returning<Returned>(); }

    static constexpr void render(SqlWriter& writer) {
        writer.text("INSERT INTO ");
        name_table(writer, table_of<Owner>());
        Source::template render<!is_none<Conflicts>>(writer);
        Conflicts::render(writer);
        Returned::render(writer);
    }
    template <class Sink>
    [[gnu::always_inline]] constexpr void bind(Sink& sink) const {
        source.bind(sink);
        conflicts.bind(sink);
        returned.bind(sink);
    }
    /// Of several objects, the values of one.
    template <class Sink>
    constexpr void bind_each(const Owner& object, Sink& sink) const {
        bind_inserted(object, sink);
        conflicts.bind(sink);
        returned.bind(sink);
    }

private:
    template <class Inserted, class Target, class Condition>
    friend struct ConflictOn;

    template <class Target, class Action>
    constexpr auto with_conflict(Action action) const& {
        using All = Conflict<Conflicts, Target, Action>;
        return Insert<Owner, Source, All, Returned>{{}, source, All{conflicts, std::move(action)}, returned};
    }
    template <class Target, class Action>
    constexpr auto with_conflict(Action action) && {
        using All = Conflict<Conflicts, Target, Action>;
        return Insert<Owner, Source, All, Returned>{
            {}, std::move(source), All{std::move(conflicts), std::move(action)}, std::move(returned)};
    }

    template <auto... members, class Self>
    static constexpr auto on_fields(Self&& self) {
        if constexpr (!detail::require_conflict<Owner, Source, Conflicts>()) {
            return Refused<void>{};
        } else if constexpr (sizeof...(members) == 0) {
            return ConflictOn<Insert, detail::AnyTarget>{{}, static_cast<Self&&>(self), {}};
        } else if constexpr (detail::require_own_fields<Owner, members...>()) {
            return ConflictOn<Insert, detail::FieldTarget<members...>>{{}, static_cast<Self&&>(self), {}};
        } else {
            return Refused<void>{};
        }
    }
    template <class Self, class... Terms>
    static constexpr auto on_terms(Self&& self, Terms... terms) {
        if constexpr (!detail::require_conflict<Owner, Source, Conflicts>() ||
                      !detail::require_key<(SqlExpression<Terms> && ...)>()) {
            return Refused<void>{};
        } else {
            return ConflictOn<Insert, detail::TermTarget<Terms...>>{
                {}, static_cast<Self&&>(self), {{boost::hana::basic_tuple<Terms...>{std::move(terms)...}}}};
        }
    }
    template <class Self, class Filter>
    static constexpr auto filtered(Self&& self, Filter filter) {
        constexpr bool is_behind_update = detail::is_update<Conflicts>;
        static_assert(is_behind_update, "mica: the where() of an insert goes after do_update()");
        if constexpr (!is_behind_update || !detail::require_predicate<Predicate<Filter>>()) {
            return Refused<void>{};
        } else if constexpr (!detail::require_row_condition<detail::findings_of<Filter>>() ||
                             !detail::require_scope<detail::ConflictScope<Owner>, Filter>()) {
            return Refused<void>{};
        } else {
            auto all = detail::add_filter(self.conflicts, std::move(filter));
            return Insert<Owner, Source, decltype(all), Returned>{
                {}, static_cast<Self&&>(self).source, std::move(all), static_cast<Self&&>(self).returned};
        }
    }
    template <class Self, class Clause>
    static constexpr auto with_returning(Self&& self, Clause clause) {
        if constexpr (detail::is_invalid<Clause>) {
            return Refused<void>{};
        } else {
            return Insert<Owner, Source, Conflicts, Clause>{
                {}, static_cast<Self&&>(self).source, static_cast<Self&&>(self).conflicts, std::move(clause)};
        }
    }
};

namespace detail {

template <class Owner, auto... members, class Query>
constexpr auto insert_selection(Query query) {
    static_assert(SelectLike<Query> || is_refused<Query>, "mica: from() of an insert takes a select()");
    if constexpr (!SelectLike<Query>) {
        return Refused<void>{};
    } else if constexpr (require_selection<Owner, Query, members...>()) {
        using Rows = SelectedRows<Owner, Query, members...>;
        return Insert<Owner, Rows>{{}, Rows{std::move(query)}};
    } else {
        return Refused<void>{};
    }
}

}  // namespace detail

/// Some columns of an INSERT.
template <class Owner, auto... members>
struct [[nodiscard]] InsertColumns {
    /// Inserts the rows of a SELECT, its columns by position.
    template <class Query>
    constexpr auto from(Query query) const {
        return detail::insert_selection<Owner, members...>(std::move(query));
    }
};

template <class Owner>
struct [[nodiscard]] InsertInto : WriteStatement<InsertInto<Owner>> {
    using Row = void;

    /// Copies or takes over one object. Two overloads, because a parameter by value would be moved once more.
    constexpr Insert<Owner> values(const Owner& object) const { return {{}, {object}}; }
    constexpr Insert<Owner> values(Owner&& object) const { return {{}, {std::move(object)}}; }

    /// Copies any range of objects; takes over a vector. They are inserted one by one, all of them or none.
    template <class Range>
        requires(!std::convertible_to<Range, const Owner&> && !detail::is_assignment<std::remove_cvref_t<Range>>)
    constexpr auto values(Range&& range) const {
        constexpr bool is_range = detail::is_range_of<Owner, Range>;
        static_assert(is_range,
                      "mica: values() takes an object of the entity, a range of them, or assignments to its "
                      "columns");
        using Many = ManyObjects<Owner>;
        if constexpr (!is_range) {
            return Refused<void>{};
        } else if constexpr (std::same_as<Range, std::vector<Owner>>) {
            return Insert<Owner, Many>{{}, {std::forward<Range>(range)}};
        } else {
            return Insert<Owner, Many>{{}, {std::vector<Owner>(std::begin(range), std::end(range))}};
        }
    }

    /// The same for objects in braces. Another template, because `values({})` is one object.
    template <std::size_t count>
    constexpr auto values(Owner (&&objects)[count]) const {
        return Insert<Owner, ManyObjects<Owner>>{
            {}, {std::vector<Owner>(std::move_iterator{objects}, std::move_iterator{objects + count})}};
    }

    /// Writes these columns of one row: values(col<&T::a> = 1, col<&T::b> = current_timestamp). The others get their
    /// default, NULL or a generated key.
    template <class... Assignments>
        requires(sizeof...(Assignments) > 0 && (detail::is_assignment<Assignments> && ...))
    constexpr auto values(Assignments... assignments) const {
        constexpr bool own = (detail::assigns<Owner, Assignments> && ...);
        static_assert(own, "mica: values() of an insert takes assignments to the columns of the inserted entity");
        if constexpr (!own) {
            return Refused<void>{};
        } else if constexpr (!detail::require_assignments<Owner, Assignments...>()) {
            return Refused<void>{};
        } else if constexpr (!detail::require_scope<None, detail::NewValue<Assignments>...>()) {
            return Refused<void>{};
        } else if constexpr (detail::require_complete<Owner, detail::find_missing<Owner>(
                                                                 detail::AssignmentList<Assignments...>::columns)>()) {
            using Values = ColumnValues<Assignments...>;
            return Insert<Owner, Values>{{},
                                         Values{boost::hana::basic_tuple<Assignments...>{std::move(assignments)...}}};
        } else {
            return Refused<void>{};
        }
    }

    /// A row of defaults, NULLs and a generated key.
    constexpr auto default_values() const {
        if constexpr (detail::require_complete<Owner, detail::find_missing<Owner>(std::array<std::size_t, 0>{})>()) {
            return Insert<Owner, DefaultValues>{};
        } else {
            return Refused<void>{};
        }
    }

    /// Inserts the rows of a SELECT, which gives all written columns in the order of the table. A key is stored as it
    /// is selected; where columns<>() leaves it out, the database chooses it.
    template <class Query>
    constexpr auto from(Query query) const {
        return detail::insert_selection<Owner>(std::move(query));
    }

    /// The fields that a following from() writes, in its order.
    template <auto... members>
    constexpr auto columns() const {
        if constexpr (detail::require_fields<Owner, members...>()) {
            return InsertColumns<Owner, members...>{};
        } else {
            return Refused<void>{};
        }
    }

    static consteval bool require_sound() {
        static_assert(is_none<Owner>, "mica: an insert needs values(), default_values() or from()");
        return is_none<Owner>;
    }
    static consteval bool require_own_scope() { return false; }
    static constexpr std::string_view sql() { return require_sound() ? std::string_view{} : std::string_view{}; }
};

/// Starts an INSERT. A key of 0 that the database may choose is chosen by it; anything else is stored as given.
template <class Owner>
constexpr auto insert_into() {
    if constexpr (require_writable_entity<Owner>()) {
        return InsertInto<Owner>{};
    } else {
        return Refused<void>{};
    }
}

}  // namespace mica
