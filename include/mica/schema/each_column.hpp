// SPDX-License-Identifier: BSL-1.0
// The one walk over an object's columns: each field that is one, those of embedded objects too, in the columns' order.
#pragma once

#include <mica/schema/entity.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <type_traits>

namespace mica {

/// What becomes of a field. Of an embedded object's columns it is always `used`; `defaulted` has a default, which an
/// INSERT leaves to the database where the field holds nothing.
enum class FieldUse : unsigned char { skipped, used, generated_key, defaulted };

namespace detail {

/// In place of the columns of an embedded object that is missing: an empty optional for each.
template <class Visitor>
struct VisitMissing {
    Visitor& visit;

    template <class... Fields>
    constexpr void operator()(const Fields&...) const {
        (field<Fields>(), ...);
    }
    template <class Field>
    constexpr void field() const {
        using Plain = without_optional<Field>;
        if constexpr (Storable<Plain>) {
            const std::optional<Plain> missing{};
            visit(missing, FieldUse::used);
        } else if constexpr (Embedded<Plain>) {
            reflect::with_fields(reflect::detail::specimen<Plain>.value, *this);
        }
    }
};

template <class Field>
concept OptionalEmbedded =
    is_optional<std::remove_const_t<Field>> && Embedded<without_optional<std::remove_const_t<Field>>>;

/// All columns of an embedded object: what its own mapping says is for tables of its own.
template <class Visitor>
struct VisitAll {
    Visitor& visit;

    template <class... Fields>
    constexpr void operator()(Fields&... fields) const {
        (field(fields), ...);
    }
    template <class Field>
    constexpr void field(Field& field) const {
        if constexpr (Storable<std::remove_const_t<Field>>) {
            visit(field, FieldUse::used);
        } else if constexpr (Embedded<std::remove_const_t<Field>>) {
            reflect::with_fields(field, *this);
        } else if constexpr (OptionalEmbedded<Field>) {
            missable(field);
        }
    }
    /// Who writes to the fields says what becomes of the object: visit.missable(field).
    template <class Field>
    constexpr void missable(Field& field) const {
        if constexpr (!std::is_const_v<Field>) {
            visit.missable(field);
        } else if (field) {
            reflect::with_fields(*field, *this);
        } else {
            VisitMissing<Visitor>{visit}.template field<typename Field::value_type>();
        }
    }
};

template <class Visitor>
struct VisitUsed {
    Visitor& visit;
    const FieldUse* uses;

    /// Inlined, so that the visitor is kept in registers.
    template <class... Fields>
    [[gnu::always_inline]] constexpr void operator()(Fields&... fields) const {
        const FieldUse* use = uses;
        (field(fields, *use++), ...);
    }
    template <class Field>
    constexpr void field(Field& field, FieldUse use) const {
        if constexpr (Storable<std::remove_const_t<Field>>) {
            if (use != FieldUse::skipped) visit(field, use);
        } else if constexpr (Embedded<std::remove_const_t<Field>>) {
            if (use != FieldUse::skipped) reflect::with_fields(field, VisitAll<Visitor>{visit});
        } else if constexpr (OptionalEmbedded<Field>) {
            if (use != FieldUse::skipped) VisitAll<Visitor>{visit}.missable(field);
        }
    }
};

template <class Owner>
consteval auto find_mapped_fields() {
    std::array<FieldUse, reflect::field_count<Owner>> uses{};
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const bool is_ignored = walk_input<Owner>.has(OptionKind::ignore, reflect::field_addresses<Owner>[i]);
        uses[i] = is_ignored ? FieldUse::skipped : FieldUse::used;
    }
    return uses;
}

}  // namespace detail

/// Every field that is not in ignore<>: all columns, generated ones too.
template <class Owner>
inline constexpr auto mapped_fields = detail::find_mapped_fields<Owner>();

/// Calls `visit(field, use)` for the field of each column of `object`. `uses` says what becomes of each of its own
/// fields; one that is skipped is passed over with all of its columns.
template <class Object, class Visitor>
[[gnu::always_inline]] constexpr void for_each_column(Object& object, const FieldUse* uses, Visitor&& visit) {
    reflect::with_fields(object, detail::VisitUsed<std::remove_reference_t<Visitor>>{visit, uses});
}

/// The same for all columns, whatever a mapping says.
template <class Object, class Visitor>
constexpr void for_each_column(Object& object, Visitor&& visit) {
    reflect::with_fields(object, detail::VisitAll<std::remove_reference_t<Visitor>>{visit});
}

}  // namespace mica
