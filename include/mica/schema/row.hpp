// SPDX-License-Identifier: BSL-1.0
// An object's fields as the values of its columns, and a generated key written back into it.
#pragma once

#include <mica/core/error.hpp>
#include <mica/schema/each_column.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace mica {

namespace detail {

template <class Owner>
consteval auto find_field_uses() {
    std::array<FieldUse, reflect::field_count<Owner>> uses{};
    const Table& table = table_of<Owner>();
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const std::size_t column = table.column_of(reflect::field_addresses<Owner>[i]);
        if (column == table.columns.size() || table.columns[column].is_generated) {
            uses[i] = FieldUse::skipped;
        } else {
            uses[i] = static_cast<int>(column) == table.generated_key ? FieldUse::generated_key : FieldUse::used;
        }
    }
    return uses;
}

/// What becomes of each field when an object is written.
template <class Owner>
inline constexpr auto field_uses = find_field_uses<Owner>();

/// Lets the database choose a key that is 0.
template <class Sink>
struct GeneratedKeySink {
    Sink& sink;
    constexpr void integer(std::int64_t value) {
        if (value == 0) {
            sink.null();
        } else {
            sink.integer(value);
        }
    }
};

template <class Sink>
struct BindColumn {
    Sink& sink;

    template <class Field>
    constexpr void operator()(const Field& field, FieldUse use) const {
        if constexpr (storage_class_of<Field> == StorageClass::integer && !is_optional<Field>) {
            if (use == FieldUse::generated_key) {
                GeneratedKeySink<Sink> key{sink};
                return encode(field, key, Lifetime::borrowed);
            }
        }
        encode(field, sink, Lifetime::borrowed);
    }
};

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_key_out_of_range() {
    refuse<DataError>({"mica: the key that the database chose is out of the range of its field"});
}

/// Throws DataError where the field is too narrow.
template <class Field>
constexpr Field decode_chosen(std::int64_t value) {
    if constexpr (requires { Codec<Field>::fits(value); }) {
        if (!Codec<Field>::fits(value)) throw_key_out_of_range();
    }
    return Codec<Field>::decode(value);
}

struct AssignField {
    std::int64_t value;
    std::size_t wanted;

    template <class... Fields>
    constexpr void operator()(Fields&... fields) const {
        std::size_t index = 0;
        (assign(fields, index++), ...);
    }
    template <class Field>
    constexpr void assign(Field& field, std::size_t index) const {
        if constexpr (Storable<Field> && !std::is_const_v<Field>) {
            if constexpr (storage_class_of<Field> == StorageClass::integer && !is_optional<Field>) {
                if (index == wanted) field = decode_chosen<Field>(value);
            }
        }
    }
};

struct IntegerSink {
    std::int64_t value = 0;
    constexpr void integer(std::int64_t stored) { value = stored; }
};

/// Gives an integer field as it is stored.
struct ReadField {
    std::size_t wanted;

    template <class... Fields>
    constexpr std::int64_t operator()(const Fields&... fields) const {
        IntegerSink sink;
        std::size_t index = 0;
        (read(fields, index++, sink), ...);
        return sink.value;
    }
    template <class Field>
    constexpr void read(const Field& field, std::size_t index, IntegerSink& sink) const {
        if constexpr (Storable<Field>) {
            if constexpr (storage_class_of<Field> == StorageClass::integer && !is_optional<Field>) {
                if (index == wanted) encode(field, sink, Lifetime::borrowed);
            }
        }
    }
};

/// The field of a column, as many as there are fields where the column is -1.
template <class Owner>
consteval std::size_t field_of_column(int column) {
    const std::size_t none = reflect::field_count<Owner>;
    return column < 0 ? none
                      : reflect::index_of_address(reflect::field_addresses<Owner>,
                                                  table_of<Owner>().columns[static_cast<std::size_t>(column)].field);
}

}  // namespace detail

/// Sends the values of an object's written columns to `sink` in the columns' order; a generated key that is 0 as NULL.
template <class Owner, class Sink>
[[gnu::always_inline]] constexpr void bind_row(const Owner& object, Sink& sink) {
    for_each_column(object, detail::field_uses<Owner>.data(), detail::BindColumn<Sink>{sink});
}

/// Whether the database may choose the key of an `Owner`.
template <class Owner>
inline constexpr bool has_generated_key = table_of<Owner>().generated_key >= 0;

/// Writes the key that the database chose into the object. Throws DataError where its field is too narrow.
template <class Owner>
constexpr void set_generated_key(Owner& object, std::int64_t key) {
    reflect::with_fields(object,
                         detail::AssignField{key, detail::field_of_column<Owner>(table_of<Owner>().generated_key)});
}

/// The key of an object that the database may choose: 0 where it is to.
template <class Owner>
constexpr std::int64_t generated_key_in(const Owner& object) {
    return reflect::with_fields(object,
                                detail::ReadField{detail::field_of_column<Owner>(table_of<Owner>().generated_key)});
}

/// The version of its row that an object was read with.
template <class Owner>
constexpr std::int64_t version_in(const Owner& object) {
    return reflect::with_fields(object, detail::ReadField{detail::field_of_column<Owner>(table_of<Owner>().version)});
}

/// Writes a row's new version into the object.
template <class Owner>
constexpr void set_version(Owner& object, std::int64_t version) {
    reflect::with_fields(object,
                         detail::AssignField{version, detail::field_of_column<Owner>(table_of<Owner>().version)});
}

}  // namespace mica
