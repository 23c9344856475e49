// SPDX-License-Identifier: BSL-1.0
// What the type of one field means for a table: a column, the columns of an embedded value object, or nothing, as a
// relation does.
#pragma once

#include <mica/codec/codec.hpp>
#include <mica/core/list_view.hpp>
#include <mica/reflect/fields.hpp>
#include <mica/schema/relation.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace mica {

enum class FieldKind : std::uint8_t { column, embedded, relation, unstorable };

/// One field's type as plain data.
struct Field {
    FieldKind kind = FieldKind::unstorable;
    StorageClass storage = StorageClass::null;
    bool nullable = false;     ///< of an embedded value object: all of its columns are
    bool generatable = false;  ///< as a key: 0 may stand for "the database chooses"
    bool wide_unsigned = false;
    bool character = false;
    bool is_view = false;             ///< valid only while its row is the current one
    const Field* embedded = nullptr;  ///< the fields of an embedded value object
    const std::string_view* embedded_names = nullptr;
    std::size_t embedded_count = 0;
};

template <class Value>
concept Embedded =
    !Storable<Value> && std::is_class_v<Value> && std::is_aggregate_v<Value> && reflect::Aggregate<Value>;

namespace detail {

template <class Value>
consteval Field make_field();

struct CollectFields {
    template <class... Values>
    constexpr std::array<Field, sizeof...(Values)> operator()(const Values&...) const {
        return {{make_field<Values>()...}};
    }
};

}  // namespace detail

/// The fields of a struct in their order.
template <class Owner>
inline constexpr auto fields_of = reflect::with_fields(reflect::detail::specimen<Owner>.value, detail::CollectFields{});

template <class Value>
consteval Field detail::make_field() {
    Field field;
    if constexpr (Storable<Value>) {
        using Plain = without_optional<Value>;
        field.kind = FieldKind::column;
        field.storage = storage_class_of<Value>;
        field.nullable = is_optional<Value>;
        field.is_view = std::is_same_v<Plain, std::string_view>;
        field.generatable = field.storage == StorageClass::integer && !field.nullable && !std::is_same_v<Plain, bool> &&
                            !std::is_enum_v<Plain>;
    } else if constexpr (is_relation<Value>) {
        field.kind = FieldKind::relation;
    } else if constexpr (Embedded<without_optional<Value>>) {
        using Plain = without_optional<Value>;
        field.kind = FieldKind::embedded;
        field.nullable = is_optional<Value>;
        field.embedded = fields_of<Plain>.data();
        field.embedded_names = reflect::field_names<Plain>.data();
        field.embedded_count = reflect::field_count<Plain>;
    } else {
        field.wide_unsigned = std::is_same_v<without_optional<Value>, unsigned long> ||
                              std::is_same_v<without_optional<Value>, unsigned long long>;
        field.character = std::is_same_v<without_optional<Value>, char>;
    }
    return field;
}

namespace detail {

/// How many columns fields have.
constexpr std::size_t count_columns(ListView<Field> fields) {
    std::size_t count = 0;
    for (const Field& field : fields) {
        count += field.kind == FieldKind::column ? 1 : count_columns({field.embedded, field.embedded_count});
    }
    return count;
}

}  // namespace detail

}  // namespace mica
