// SPDX-License-Identifier: BSL-1.0
// Lists of assignments, as set(), values() and do_update() take them, and what all statements that write share.
#pragma once

#include <mica/query/select/clause.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

/// The base of all statements that change rows. All of them are known by `is_write`.
template <class Self>
struct WriteStatement : Statement<Self> {
    static constexpr bool is_write = true;
    static constexpr bool is_ordered = false;
    static constexpr bool is_limited = false;
};

/// Whether running a statement changes rows.
template <class Query>
inline constexpr bool is_write = requires { requires Query::is_write; };

namespace detail {

/// A changed row has another version, also where no session changed it.
constexpr void render_version_step(SqlWriter& writer, const Table& table, bool is_qualified) {
    const std::string_view name = table.columns[static_cast<std::size_t>(table.version)].name;
    writer.text(", ");
    writer.identifier(name);
    writer.text(" = ");
    if (is_qualified) {
        writer.identifier(table.name);
        writer.put('.');
    }
    writer.identifier(name);
    writer.text(" + 1");
}

template <class Candidate>
inline constexpr bool is_assignment = std::same_as<Candidate, Invalid>;  // refused already
template <class Target, class Source>
inline constexpr bool is_assignment<Assignment<Target, Source>> = true;

template <class Owner, class Candidate>
inline constexpr bool assigns = std::same_as<Candidate, Invalid>;
template <class Owner, class Target, class Source>
inline constexpr bool assigns<Owner, Assignment<Target, Source>> = std::same_as<Owner, typename Target::Owner>;

/// The new values of a list of assignments.
template <class Candidate>
struct NewValueOf {
    using Type = Invalid;
};
template <class Target, class Source>
struct NewValueOf<Assignment<Target, Source>> {
    using Type = Source;
};
template <class Candidate>
using NewValue = typename NewValueOf<Candidate>::Type;

/// Assignments, as the list of SET.
template <class... Assignments>
struct AssignmentList : ExpressionList<Assignments...> {
    using Children = Types<Assignments...>;

    static constexpr std::array<std::size_t, sizeof...(Assignments)> columns{Assignments::column_index()...};
    static constexpr bool sets(int column) {
        return ((static_cast<int>(Assignments::column_index()) == column) || ...);
    }

    /// With the step of the version that is not among them.
    static constexpr void render_with_version(SqlWriter& writer, const Table& table, bool is_qualified) {
        AssignmentList::render(writer);
        if (table.version >= 0 && !sets(table.version)) render_version_step(writer, table, is_qualified);
    }
};

/// By reference: what is taken by value is moved once more.
template <class... Assignments>
constexpr AssignmentList<Assignments...> list_assignments(Assignments&&... assignments) {
    return {{boost::hana::basic_tuple<Assignments...>{std::move(assignments)...}}};
}

template <std::size_t count>
constexpr bool has_repeated(const std::array<std::size_t, count>& columns) {
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (columns[i] == columns[j]) return true;
        }
    }
    return false;
}

template <class Owner, std::size_t count>
constexpr bool has_generated(const std::array<std::size_t, count>& columns) {
    for (const std::size_t column : columns) {
        if (table_of<Owner>().columns[column].is_generated) return true;
    }
    return false;
}

/// Says what of a list of columns of one entity cannot be written.
template <bool is_repeated, bool is_generated>
consteval bool require_writable() {
    static_assert(!is_repeated, "mica: a statement writes each column once");
    static_assert(!is_generated, "mica: a generated<> column is computed by the database and cannot be written");
    return !is_repeated && !is_generated;
}

/// Says what of assignments to one entity's columns cannot be.
template <class Owner, class... Assignments>
consteval bool require_assignments() {
    if constexpr (require_columns<findings_of<Assignments...>>()) {
        constexpr const Inspection& inspection = inspection_of<NewValue<Assignments>...>;
        constexpr bool is_of_one_row = !inspection.has_aggregate && !inspection.has_window;
        static_assert(is_of_one_row,
                      "mica: a column's new value is made from single rows, so it takes no aggregate and no window "
                      "function; a subquery may have them");
        using List = AssignmentList<Assignments...>;
        return is_of_one_row && require_writable<has_repeated(List::columns), has_generated<Owner>(List::columns)>();
    } else {
        return false;
    }
}

}  // namespace detail

}  // namespace mica
