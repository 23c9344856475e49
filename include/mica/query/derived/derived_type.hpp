// SPDX-License-Identifier: BSL-1.0
// The C++ type of each column of a SELECT, by its place: what a statement that reads from it may expect there.
#pragma once

#include <mica/query/select/compound.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace mica::detail {

/// A field of a struct, and a column's place within it.
struct FieldPlace {
    std::size_t field = 0;
    std::size_t column = 0;
};

constexpr FieldPlace find_field(ListView<Field> fields, std::size_t column) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::size_t count = count_columns({&fields[i], 1});
        if (column < count) return {i, column};
        column -= count;
    }
    return {};
}

/// The type of a field's column; of an embedded object's by its place within.
template <class Value, std::size_t column>
consteval auto type_within() {
    if constexpr (Storable<Value>) {
        return std::type_identity<Value>{};
    } else if constexpr (is_optional<Value>) {
        using Column = typename decltype(type_within<without_optional<Value>, column>())::type;
        return std::type_identity<std::optional<without_optional<Column>>>{};
    } else {
        constexpr FieldPlace place = find_field(fields_of<Value>, column);
        return type_within<reflect::FieldType<Value, place.field>, place.column>();
    }
}

/// The type of an entity's column.
template <class Owner, std::size_t column>
consteval auto type_of_column() {
    constexpr const Table& table = table_of<Owner>();
    constexpr const void* address = table.columns[column].field;
    constexpr std::size_t field = reflect::index_of_address(reflect::field_addresses<Owner>, address);
    return type_within<reflect::FieldType<Owner, field>, column - table.column_of(address)>();
}

template <class List>
struct TermsOf;
template <class... Terms>
struct TermsOf<SelectList<Terms...>> {
    template <std::size_t index>
    using At = std::tuple_element_t<index, std::tuple<Terms...>>;

    /// The term that a column belongs to, and its place within.
    static constexpr FieldPlace find(std::size_t column) {
        FieldPlace place{0, column};
        for (const std::size_t count : {columns_of_term<Terms>...}) {
            if (place.column < count) break;
            ++place.field;
            place.column -= count;
        }
        return place;
    }
};

template <class Term, class From, std::size_t column>
consteval auto type_in_term() {
    if constexpr (is_whole_entity<Term>) {
        using Value = typename decltype(type_of_column<typename Term::Owner, column>())::type;
        return std::type_identity<NullableIf<Value, is_filled_with_null<Term, From>()>>{};
    } else {
        return std::type_identity<RowValue<Term, From>>{};
    }
}

template <class Query, std::size_t place>
consteval auto type_at();

template <std::size_t place, class First, class... Rest>
consteval auto unified_type_at(std::type_identity<Types<First, Rest...>>) {
    using Type = typename decltype(type_at<First, place>())::type;
    if constexpr (sizeof...(Rest) == 0) {
        return std::type_identity<Type>{};
    } else {
        using Other = typename decltype(unified_type_at<place>(std::type_identity<Types<Rest...>>{}))::type;
        return unify_values<Type, Other>();
    }
}

/// The type of a SELECT's column; of a set operation's the one that holds the values of all members.
template <class Query, std::size_t place>
consteval auto type_at() {
    if constexpr (requires { typename Query::MemberTypes; }) {
        return unified_type_at<place>(std::type_identity<typename Query::MemberTypes>{});
    } else {
        using List = TermsOf<typename Query::Projection::Plain>;
        constexpr FieldPlace found = List::find(place);
        return type_in_term<typename List::template At<found.field>, typename Query::Source, found.column>();
    }
}

}  // namespace mica::detail
