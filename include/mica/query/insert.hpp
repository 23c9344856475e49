// SPDX-License-Identifier: BSL-1.0
// insert_into<T>().values(…): whole objects, whose generated columns the database fills in.
#pragma once

#include <mica/query/refused.hpp>
#include <mica/query/row.hpp>
#include <mica/query/statement.hpp>

#include <concepts>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

constexpr void render_insert(SqlWriter& writer, const Table& table) {
    writer.text("INSERT INTO ");
    writer.identifier(table.name);
    writer.text(" (");
    bool first = true;
    for (const Column& column : table.columns) {
        if (column.is_generated) continue;
        if (!std::exchange(first, false)) writer.text(", ");
        writer.identifier(column.name);
    }
    writer.text(") VALUES (");
    first = true;
    for (const Column& column : table.columns) {
        if (column.is_generated) continue;
        if (!std::exchange(first, false)) writer.text(", ");
        writer.parameter();
    }
    writer.put(')');
}

template <class Owner, class Range>
inline constexpr bool is_range_of = requires(Range& range) {
    { *std::begin(range) } -> std::convertible_to<Owner>;
    std::begin(range) != std::end(range);
};

}  // namespace detail

/// Inserts one object. Holds it, or refers to it where the caller keeps it alive.
template <class Owner, class Holder = Owner>
struct Insert : Statement<Insert<Owner>> {
    using Row = void;
    Holder object;

    static constexpr void render(SqlWriter& writer) { detail::render_insert(writer, table_of<Owner>()); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        bind_row(static_cast<const Owner&>(object), sink);
    }
};

/// Inserts several objects by running the statement of one for each, all or none of them.
template <class Owner>
struct InsertMany : Statement<InsertMany<Owner>> {
    using Row = void;
    using Each = Owner;
    std::vector<Owner> objects;

    static constexpr void render(SqlWriter& writer) { detail::render_insert(writer, table_of<Owner>()); }
};

template <class Owner>
struct InsertInto {
    /// Copies or takes over one object. Two overloads, because a parameter by value would be moved once more.
    Insert<Owner> values(const Owner& object) const { return {{}, object}; }
    Insert<Owner> values(Owner&& object) const { return {{}, std::move(object)}; }

    /// Copies any range of objects; takes over a vector.
    template <class Range>
        requires(!std::convertible_to<Range, const Owner&>)
    auto values(Range&& range) const {
        constexpr bool is_range = detail::is_range_of<Owner, Range>;
        static_assert(is_range, "mica: values() takes an object of the entity, or a range of them");
        if constexpr (!is_range) {
            return Refused<void>{};
        } else if constexpr (std::same_as<Range, std::vector<Owner>>) {
            return InsertMany<Owner>{{}, std::forward<Range>(range)};
        } else {
            return InsertMany<Owner>{{}, std::vector<Owner>(std::begin(range), std::end(range))};
        }
    }
};

/// Starts an INSERT. A key of 0 that the database may choose is chosen by it; anything else is stored as given.
template <class Owner>
constexpr auto insert_into() {
    if constexpr (require_entity<Owner>()) {
        return InsertInto<Owner>{};
    } else {
        return Refused<void>{};
    }
}

}  // namespace mica
