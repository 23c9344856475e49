// SPDX-License-Identifier: BSL-1.0
// The columns of a row that the program gives: the fields of an aggregate, the elements of a tuple, a single value.
#pragma once

#include <mica/core/given_text.hpp>
#include <mica/core/value_list.hpp>
#include <mica/query/derived/derived_type.hpp>
#include <mica/schema/each_column.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mica::detail {

/// What a column holds for a value; void where there is no codec for it.
template <class Given>
using HeldAs = std::conditional_t<Storable<Given>, Given,
                                  std::conditional_t<std::convertible_to<Given, std::string_view>, std::string, void>>;

template <class Given>
void add_value(const Given& given, ValueList& list) {
    if constexpr (Storable<Given>) {
        encode(given, list, Lifetime::copied);
    } else {
        list.text(text_of(given), Lifetime::copied);
    }
}

/// A row of one value. Columns have names by their places, where they have any.
template <class Row>
struct SingleValue {
    static constexpr std::size_t width = 1;
    static constexpr bool has_names = false;
    static constexpr bool is_storable = !std::is_void_v<HeldAs<Row>>;
    template <std::size_t>
    using Type = HeldAs<Row>;

    static void add(const Row& row, ValueList* lists) { add_value(row, *lists); }
};

template <class Row, class Places = std::make_index_sequence<std::tuple_size<Row>::value>>
struct TupleValues;
template <class Row, std::size_t... places>
struct TupleValues<Row, std::index_sequence<places...>> {
    template <std::size_t place>
    using Given = std::remove_cvref_t<std::tuple_element_t<place, Row>>;
    template <std::size_t place>
    using Type = HeldAs<Given<place>>;
    static constexpr std::size_t width = sizeof...(places);
    static constexpr bool has_names = false;
    static constexpr bool is_storable = (!std::is_void_v<Type<places>> && ...);

    template <class Tuple>
    static void add(const Tuple& row, ValueList* lists) {
        (add_value<Given<places>>(std::get<places>(row), lists[places]), ...);
    }
};

/// The fields of a struct that are columns, whatever its mapping says of them.
template <class Row>
inline constexpr ColumnWalkInput row_walk{fields_of<Row>, reflect::field_names<Row>, reflect::field_addresses<Row>, {}};
template <class Row>
inline constexpr ColumnSize row_size = measure_columns(row_walk<Row>);
template <class Row>
inline constexpr auto row_draft = draft_columns<row_size<Row>.columns, row_size<Row>.name_bytes>(row_walk<Row>);
template <class Row>
inline constexpr auto row_columns = name_columns(row_draft<Row>);

constexpr bool are_storable(ListView<Field> fields) {
    for (const Field& field : fields) {
        if (field.kind == FieldKind::unstorable || !are_storable({field.embedded, field.embedded_count})) return false;
    }
    return true;
}

struct AddColumn {
    ValueList* next;

    template <class Field>
    void operator()(const Field& field, FieldUse) {
        encode(field, *next++, Lifetime::copied);
    }
};

template <class Row, std::size_t place>
consteval auto type_of_row_column() {
    constexpr const void* address = row_columns<Row>[place].field;
    constexpr std::size_t field = reflect::index_of_address(reflect::field_addresses<Row>, address);
    constexpr std::size_t first = [] {
        std::size_t column = 0;
        while (row_columns<Row>[column].field != address) ++column;
        return column;
    }();
    return type_within<reflect::FieldType<Row, field>, place - first>();
}

template <class Row>
struct FieldValues {
    using Owner = Row;
    static constexpr std::size_t width = row_size<Row>.columns;
    static constexpr bool has_names = true;
    static constexpr bool is_storable = are_storable(fields_of<Row>);
    template <std::size_t place>
    using Type = typename decltype(type_of_row_column<Row, place>())::type;

    static constexpr std::string_view name_at(std::size_t place) { return row_columns<Row>[place].name; }
    static constexpr const void* field_at(std::size_t place) { return row_columns<Row>[place].field; }
    static void add(const Row& row, ValueList* lists) { for_each_column(row, AddColumn{lists}); }
};

/// What a row is taken for; void where it is none.
template <class Row>
consteval auto find_row_values() {
    if constexpr (!std::is_void_v<HeldAs<Row>>) {
        return std::type_identity<SingleValue<Row>>{};
    } else if constexpr (requires { std::tuple_size<Row>::value; }) {
        return std::type_identity<TupleValues<Row>>{};
    } else if constexpr (reflect::Aggregate<Row>) {
        return std::type_identity<FieldValues<Row>>{};
    } else {
        return std::type_identity<void>{};
    }
}
template <class Row>
using RowValues = typename decltype(find_row_values<Row>())::type;

/// The member that a column comes from, where it comes from one.
template <class Values, std::size_t place>
struct MemberOfColumn {};
template <class Row, std::size_t place>
struct MemberOfColumn<FieldValues<Row>, place> {
    using Owner = Row;
    static constexpr const void* field() { return FieldValues<Row>::field_at(place); }
};

/// A column in the list of the SELECT that gives back the rows. Only asked for what it is, never rendered.
template <class Shape, std::size_t place>
struct ValuesTerm : Operand<ValuesTerm<Shape, place>>, MemberOfColumn<typename Shape::Values, place> {
    using Value = typename Shape::Values::template Type<place>;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    static constexpr std::string_view derived_name() { return Shape::name_at(place); }
};

template <class Shape, class Places>
struct ValuesList;
template <class Shape, std::size_t... places>
struct ValuesList<Shape, std::index_sequence<places...>> {
    using Type = SelectList<ValuesTerm<Shape, places>...>;
};

/// A row's columns under the names given, or its own.
template <class Row, FixedString... names>
struct NamedRow {
    using Values = RowValues<Row>;
    static constexpr std::size_t width = Values::width;
    using Places = std::make_index_sequence<width>;
    using Projection = typename ValuesList<NamedRow, Places>::Type;

    static constexpr std::string_view name_at(std::size_t place) {
        if constexpr (sizeof...(names) == 0) {
            return Values::name_at(place);
        } else {
            constexpr std::string_view given[]{names.view()...};
            return given[place];
        }
    }
    static constexpr StorageClass storage_at(std::size_t place) { return storage_of_columns(Places{}, place); }
    static constexpr bool has_duplicates() {
        for (std::size_t i = 0; i < width; ++i) {
            for (std::size_t other = 0; other < i; ++other) {
                if (same_name(name_at(i), name_at(other))) return true;
            }
        }
        return false;
    }

private:
    template <std::size_t... places>
    static constexpr StorageClass storage_of_columns(std::index_sequence<places...>, std::size_t place) {
        constexpr StorageClass classes[]{storage_class_of<typename Values::template Type<places>>...};
        return classes[place];
    }
};

enum class ValuesFlaw : unsigned char { none, no_rows, unstorable, unnamed, same_name, too_wide };

/// A statement has 64 sources at most (https://www.sqlite.org/limits.html), and each column is one.
inline constexpr std::size_t widest_row = 32;

template <class Row, FixedString... names>
consteval ValuesFlaw find_values_flaw() {
    using Values = RowValues<Row>;
    if constexpr (std::is_void_v<Values>) {
        return ValuesFlaw::no_rows;
    } else if constexpr (!Values::is_storable) {
        return ValuesFlaw::unstorable;
    } else if constexpr (Values::width == 0) {
        return ValuesFlaw::no_rows;
    } else if constexpr (Values::width > widest_row) {
        return ValuesFlaw::too_wide;
    } else if constexpr (sizeof...(names) != Values::width && (sizeof...(names) > 0 || !Values::has_names)) {
        return ValuesFlaw::unnamed;
    } else {
        return NamedRow<Row, names...>::has_duplicates() ? ValuesFlaw::same_name : ValuesFlaw::none;
    }
}

/// Says what keeps a range from being a table.
template <ValuesFlaw flaw>
consteval bool require_values() {
    static_assert(flaw != ValuesFlaw::no_rows,
                  "mica: values() takes a range of rows: aggregates, tuples, or single values");
    static_assert(flaw != ValuesFlaw::unstorable, "mica: values() has a column of a type without a codec");
    static_assert(flaw != ValuesFlaw::unnamed,
                  "mica: values() needs one name for each column: values<\"table\", \"id\", \"name\">(tuples)");
    static_assert(flaw != ValuesFlaw::same_name, "mica: values() has two columns of the same name");
    static_assert(flaw != ValuesFlaw::too_wide, "mica: values() takes rows of at most 32 columns");
    return flaw == ValuesFlaw::none;
}

}  // namespace mica::detail
