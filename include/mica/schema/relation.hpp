// SPDX-License-Identifier: BSL-1.0
// What a relation field is to a table: nothing. Its kinds, and what may be said where it is declared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace mica {

/// Which objects a relation leads to, and on which side the foreign key is.
enum class RelationKind : std::uint8_t { belongs_to, has_one, has_many, many_to_many };

struct Owned {};

/// Of a HasMany or HasOne: an object that is taken out of it is deleted, not only parted from its parent.
inline constexpr Owned owned{};

/// What may stand behind the entity of a relation: the name of the foreign key's column or field, or `owned`.
template <std::size_t Size>
struct RelationOption {
    char name[Size]{};
    bool is_owned = false;

    consteval RelationOption(const char (&literal)[Size]) {
        for (std::size_t i = 0; i < Size; ++i) name[i] = literal[i];
    }
    consteval RelationOption(Owned) : is_owned(true) {}

    constexpr std::string_view view() const noexcept { return {name, Size - 1}; }
};
template <std::size_t size>
RelationOption(const char (&)[size]) -> RelationOption<size>;
RelationOption(Owned) -> RelationOption<1>;

/// The object whose key this one holds.
template <class Target, RelationOption... options>
class BelongsTo;
/// The object that holds this one's key, where that is at most one.
template <class Target, RelationOption... options>
class HasOne;
/// The objects that hold this one's key.
template <class Target, RelationOption... options>
class HasMany;
/// The objects that rows of an association entity connect with this one.
template <class Target, class Association, RelationOption... options>
class ManyToMany;

namespace detail {

/// HasMany, HasOne and ManyToMany.
template <class Field>
inline constexpr bool is_collection_field = false;
template <class Target, RelationOption... options>
inline constexpr bool is_collection_field<HasOne<Target, options...>> = true;
template <class Target, RelationOption... options>
inline constexpr bool is_collection_field<HasMany<Target, options...>> = true;
template <class Target, class Association, RelationOption... options>
inline constexpr bool is_collection_field<ManyToMany<Target, Association, options...>> = true;

/// Whether a collection is read from the table of an entity.
template <class Field, class Entity>
inline constexpr bool is_read_from = false;
template <class Target, RelationOption... options, class Entity>
inline constexpr bool is_read_from<HasOne<Target, options...>, Entity> = std::is_same_v<Target, Entity>;
template <class Target, RelationOption... options, class Entity>
inline constexpr bool is_read_from<HasMany<Target, options...>, Entity> = std::is_same_v<Target, Entity>;
template <class Target, class Association, RelationOption... options, class Entity>
inline constexpr bool is_read_from<ManyToMany<Target, Association, options...>, Entity> =
    std::is_same_v<Target, Entity> || std::is_same_v<Association, Entity>;

}  // namespace detail

/// The base of all of them.
struct RelationTag {};

template <class Value>
inline constexpr bool is_relation = __is_base_of(RelationTag, Value);

}  // namespace mica
