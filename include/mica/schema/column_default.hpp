// SPDX-License-Identifier: BSL-1.0
// Which fields of a new object leave their column to its default, and the column's text in an INSERT then.
#pragma once

#include <mica/schema/option_text.hpp>
#include <mica/schema/row.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <utility>

namespace mica::detail {

/// The option that says a column's default; as many as there are options where none does, or where the database cannot
/// choose: keys and versions are mica's matter.
constexpr std::size_t default_option(const Table& table, std::size_t column) {
    const Column& of = table.columns[column];
    std::size_t place = 0;
    for (const OptionData& option : table.options) {
        const bool is_default = option.kind == OptionKind::default_value && option.fields.contains(of.field);
        if (is_default && !of.is_key && static_cast<int>(column) != table.version) return place;
        ++place;
    }
    return place;
}

/// A field that can hold nothing. A number, a bool, an enumerator cannot: 0 is as good a value as any other.
template <class Field>
concept MayHoldNothing =
    is_optional<Field> ||
    (std::default_initializable<Field> && std::equality_comparable<Field> &&
     (requires(const Field& field) { field.time_since_epoch(); } || requires(const Field& field) { field.is_nil(); } ||
      (requires(const Field& field) { field.empty(); } && !requires { std::tuple_size<Field>::value; })));

template <class Owner, std::size_t... places>
consteval auto find_default_fields(std::index_sequence<places...>) {
    std::array<bool, sizeof...(places)> found{};
    const Table& table = table_of<Owner>();
    const bool may_hold_nothing[]{MayHoldNothing<reflect::FieldType<Owner, places>>...};
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::size_t column = table.column_of(reflect::field_addresses<Owner>[i]);
        found[i] = column < table.columns.size() && may_hold_nothing[i] &&
                   default_option(table, column) < table.options.size();
    }
    return found;
}

constexpr bool has_default(const Table& table) {
    for (const OptionData& option : table.options) {
        if (option.kind == OptionKind::default_value) return true;
    }
    return false;
}

/// The fields that may leave their column to the database.
template <class Owner>
inline constexpr auto default_fields =
    find_default_fields<Owner>(std::make_index_sequence<reflect::field_count<Owner>>{});

template <class Owner>
consteval bool find_default_field() {
    if constexpr (has_default(table_of<Owner>())) {
        for (const bool may_be_left : default_fields<Owner>) {
            if (may_be_left) return true;
        }
    }
    return false;
}

template <class Owner>
inline constexpr bool has_default_fields = find_default_field<Owner>();

/// Whether a field holds nothing: an empty optional, an empty text, the beginning of time.
template <class Field>
constexpr bool holds_nothing(const Field& field) {
    if constexpr (is_optional<Field>) {
        return !field.has_value();
    } else if constexpr (MayHoldNothing<Field>) {
        return field == Field{};
    } else {
        return false;
    }
}

/// Takes a default field whose struct gives it another value than its type does out of them: such a struct says itself
/// what a new object has. Not an optional: its NULL cannot be told from the one that stands for the default.
struct KeepInitialized {
    FieldUse* uses;

    template <class... Fields>
    constexpr void operator()(const Fields&... fields) const {
        FieldUse* use = uses;
        (keep(fields, *use++), ...);
    }
    template <class Field>
    static constexpr void keep(const Field& field, FieldUse& use) {
        if constexpr (Storable<Field> && !is_optional<Field>) {
            if (use == FieldUse::defaulted && !holds_nothing(field)) use = FieldUse::used;
        }
    }
};

template <class Owner>
auto find_default_uses(std::array<FieldUse, reflect::field_count<Owner>> uses) {
    for (std::size_t i = 0; i < uses.size(); ++i) {
        if (default_fields<Owner>[i]) uses[i] = FieldUse::defaulted;
    }
    const Owner fresh{};
    reflect::with_fields(fresh, KeepInitialized{uses.data()});
    return uses;
}

/// What becomes of each field when an object is inserted.
template <class Owner>
const FieldUse* insert_uses() {
    static const auto uses = find_default_uses<Owner>(field_uses<Owner>);
    return uses.data();
}

/// The same of all columns, generated ones too.
template <class Owner>
const FieldUse* all_insert_uses() {
    static const auto uses = find_default_uses<Owner>(mapped_fields<Owner>);
    return uses.data();
}

/// Calls `tell(column)` for each column that an object leaves to its default.
template <class Tell>
struct TellLeft {
    Tell& tell;
    std::size_t column = 0;

    template <class Field>
    constexpr void operator()(const Field& field, FieldUse use) {
        if (use == FieldUse::defaulted && holds_nothing(field)) tell(column);
        ++column;
    }
};

template <class Owner, class Tell>
void for_each_left(const Owner& object, Tell tell) {
    if constexpr (has_default_fields<Owner>) {
        for_each_column(object, all_insert_uses<Owner>(), TellLeft<Tell>{tell});
    }
}

/// Whether the database chooses some of an object's columns.
template <class Owner>
bool leaves_defaults(const Owner& object) {
    bool leaves = false;
    for_each_left(object, [&leaves](std::size_t) { leaves = true; });
    return leaves;
}

template <class Sink>
struct BindInserted {
    Sink& sink;

    template <class Field>
    constexpr void operator()(const Field& field, FieldUse use) const {
        if (use == FieldUse::defaulted && holds_nothing(field)) return sink.null();
        BindColumn<Sink>{sink}(field, use);
    }
};

/// Writes the value of a column in an INSERT.
using InsertedColumn = void (*)(SqlWriter& writer, std::size_t column);

constexpr void render_given(SqlWriter& writer, std::size_t) { writer.parameter(); }

/// A parameter for a column of a row that is inserted: NULL for its default.
template <class Owner>
constexpr void render_inserted(SqlWriter& writer, std::size_t column) {
    const std::size_t option = default_option(table_of<Owner>(), column);
    if (option == table_of<Owner>().options.size()) return writer.parameter();
    writer.text("coalesce(");
    writer.parameter();
    writer.text(", ");
    option_renderers<Owner>[option].expression(writer);
    writer.put(')');
}

/// How that is done for an entity; render_given() where every column is a plain parameter.
template <class Owner>
consteval InsertedColumn find_inserted_column() {
    if constexpr (has_default_fields<Owner>) {
        return &render_inserted<Owner>;
    } else {
        return &render_given;
    }
}

template <class Owner>
inline constexpr InsertedColumn inserted_column = find_inserted_column<Owner>();

}  // namespace mica::detail

namespace mica {

/// Sends what an INSERT of a whole object binds: bind_row(), but NULL for what the database is to choose.
template <class Owner, class Sink>
[[gnu::always_inline]] constexpr void bind_inserted(const Owner& object, Sink& sink) {
    if constexpr (detail::has_default_fields<Owner>) {
        for_each_column(object, detail::insert_uses<Owner>(), detail::BindInserted<Sink>{sink});
    } else {
        bind_row(object, sink);
    }
}

}  // namespace mica
