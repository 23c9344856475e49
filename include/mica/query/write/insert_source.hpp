// SPDX-License-Identifier: BSL-1.0
// What an INSERT writes: whole objects, single columns or defaults. The rows of a SELECT are insert_select.hpp's
// matter.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/statement/whole_row.hpp>
#include <mica/query/write/assignment.hpp>
#include <mica/schema/row.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mica {

namespace detail {

/// Whether a column has a value where an insert does not name it.
constexpr bool is_filled_in(const Table& table, std::size_t index) {
    const Column& column = table.columns[index];
    if (column.nullable || column.is_generated || static_cast<int>(index) == table.generated_key) return true;
    for (const OptionData& option : table.options) {
        if (option.kind == OptionKind::default_value && option.fields.contains(column.field)) return true;
    }
    return false;
}

/// The first column that has to be written and is not; as many as there are where none is missing.
template <class Owner, std::size_t count>
constexpr std::size_t find_missing(const std::array<std::size_t, count>& written) {
    const Table& table = table_of<Owner>();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        bool is_there = is_filled_in(table, i);
        for (const std::size_t column : written) is_there = is_there || column == i;
        if (!is_there) return i;
    }
    return table.columns.size();
}

/// A column's name, to stand in the lines around an error.
template <std::size_t size>
struct ColumnName {
    char text[size + 1]{};
};

template <class Owner, std::size_t column>
consteval auto name_of_column() {
    constexpr std::string_view name = table_of<Owner>().columns[column].name;
    ColumnName<name.size()> copy;
    for (std::size_t i = 0; i < name.size(); ++i) copy.text[i] = name[i];
    return copy;
}

template <auto missing, bool is_complete = false>
consteval bool require_no_missing_column() {
    static_assert(is_complete,
                  "mica: this insert lacks a column that is NOT NULL and that the database does not fill in: write it, "
                  "or give it a default_value<>");
    return is_complete;
}

/// Says that every column has a value, of those written and those that the database fills in.
template <class Owner, std::size_t missing>
consteval bool require_complete() {
    if constexpr (missing == columns_of<Owner>.size()) {
        return true;
    } else {
        return require_no_missing_column<name_of_column<Owner, missing>()>();
    }
}

/// A key that is 0 is chosen by the database, as that of a whole object is.
template <class Candidate>
constexpr void render_new_value(SqlWriter& writer) {
    constexpr int key = table_of<typename Candidate::Owner>().generated_key;
    constexpr bool may_be_chosen = static_cast<int>(Candidate::column_index()) == key;
    if (may_be_chosen) {
        writer.text(writer.dialect().chosen_key.before);
        writer.text("nullif(");
    }
    NewValue<Candidate>::render(writer);
    if (may_be_chosen) {
        writer.text(", 0)");
        writer.text(writer.dialect().chosen_key.after);
    }
}

}  // namespace detail

/// One object, held.
template <class Owner>
struct ObjectValues {
    using Children = Types<>;
    static constexpr bool is_many = false;
    Owner object;

    template <bool>
    static constexpr void render(SqlWriter& writer) {
        detail::render_whole_row(writer, table_of<Owner>(), detail::inserted_column<Owner>);
    }
    template <class Sink>
    [[gnu::always_inline]] constexpr void bind(Sink& sink) const {
        bind_inserted(object, sink);
    }
};

/// Several objects, which the statement of one is run for.
template <class Owner>
struct ManyObjects {
    using Children = Types<>;
    static constexpr bool is_many = true;
    std::vector<Owner> objects;

    template <bool>
    static constexpr void render(SqlWriter& writer) {
        detail::render_whole_row(writer, table_of<Owner>(), detail::inserted_column<Owner>);
    }
    /// The first object, for who only looks at the statement: each is bound for a run of its own.
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        if (!objects.empty()) bind_inserted(objects.front(), sink);
    }
};

/// Values of single columns.
template <class... Assignments>
struct ColumnValues {
    using Children = Types<detail::NewValue<Assignments>...>;
    static constexpr bool is_many = false;
    boost::hana::basic_tuple<Assignments...> assignments;

    template <bool>
    static constexpr void render(SqlWriter& writer) {
        writer.text(" (");
        bool first = true;
        ((writer.text(detail::exchange(first, false) ? "" : ", "), Assignments::render_target(writer)), ...);
        writer.text(") VALUES (");
        first = true;
        ((writer.text(detail::exchange(first, false) ? "" : ", "), detail::render_new_value<Assignments>(writer)), ...);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(assignments, sink);
    }
};

/// A row of defaults only.
struct DefaultValues {
    using Children = Types<>;
    static constexpr bool is_many = false;
    static constexpr bool can_conflict = false;

    template <bool>
    static constexpr void render(SqlWriter& writer) {
        writer.text(writer.dialect().default_values);
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

}  // namespace mica
