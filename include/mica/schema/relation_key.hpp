// SPDX-License-Identifier: BSL-1.0
// From a relation field to the declared foreign key that it means, and the one sentence where there is none or several.
#pragma once

#include <mica/schema/entity.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace mica {

/// Which texts a column takes for the same, as far as that is known here: those of a collation of the program are not.
enum class TextFold : std::uint8_t { none, nocase, rtrim };

/// A declared foreign key: which columns of the child hold which of the parent's.
struct ForeignKey {
    std::array<std::uint16_t, FieldList::capacity> child{};
    std::array<std::uint16_t, FieldList::capacity> parent{};
    std::array<TextFold, FieldList::capacity> folds{};  ///< the parent's, by which the database compares both
    std::size_t count = 0;
    bool nullable = false;   ///< at least one of the child's columns can be NULL, and so part the two
    bool is_folded = false;  ///< of at least one column
};

enum class RelationFlaw : unsigned char {
    none,
    incomplete,
    no_entity,
    no_key,
    unknown_key,
    several_keys,
    no_keys_of_association,
    several_keys_of_association,
    owned_elsewhere,
    too_many,
};

namespace detail {

/// What the type of a relation field says.
template <class Field>
struct RelationTraits;

template <RelationOption... options>
struct RelationOptions {
    static constexpr bool is_owned = (options.is_owned || ...);
    /// The names given, at most two; the rest is empty.
    static constexpr std::array<std::string_view, 2> names() {
        std::array<std::string_view, 2> names{};
        std::size_t count = 0;
        ((options.view().empty() || count == 2 ? void() : void(names[count++] = options.view())), ...);
        return names;
    }
};

template <class To, RelationOption... options>
struct RelationTraits<BelongsTo<To, options...>> : RelationOptions<options...> {
    using Target = To;
    using Association = void;
    static constexpr RelationKind kind = RelationKind::belongs_to;
};
template <class To, RelationOption... options>
struct RelationTraits<HasOne<To, options...>> : RelationOptions<options...> {
    using Target = To;
    using Association = void;
    static constexpr RelationKind kind = RelationKind::has_one;
};
template <class To, RelationOption... options>
struct RelationTraits<HasMany<To, options...>> : RelationOptions<options...> {
    using Target = To;
    using Association = void;
    static constexpr RelationKind kind = RelationKind::has_many;
};
template <class To, class Through, RelationOption... options>
struct RelationTraits<ManyToMany<To, Through, options...>> : RelationOptions<options...> {
    using Target = To;
    using Association = Through;
    static constexpr RelationKind kind = RelationKind::many_to_many;
};

/// An entity's own words for its fields.
struct NamedFields {
    ListView<std::string_view> names;
    ListView<const void*> addresses;

    constexpr std::string_view name_of(const void* field) const {
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            if (addresses[i] == field) return names[i];
        }
        return {};
    }
};

struct ForeignKeySearch {
    ForeignKey key{};
    std::size_t found = 0;   ///< how many have the name
    std::size_t others = 0;  ///< how many lead there by another name
};

/// Empty where it has none of its own.
constexpr std::string_view collation_of(const Table& table, std::size_t column) {
    for (const OptionData& option : table.options) {
        if (option.kind == OptionKind::collate && option.fields.contains(table.columns[column].field))
            return option.text;
    }
    return {};
}
constexpr TextFold fold_of(const Table& table, std::size_t column) {
    const std::string_view collation = collation_of(table, column);
    return same_name(collation, "NOCASE")  ? TextFold::nocase
           : same_name(collation, "RTRIM") ? TextFold::rtrim
                                           : TextFold::none;
}

constexpr ForeignKey columns_of_key(const OptionData& option, const Table& child, const Table& parent) {
    ForeignKey key;
    for (std::size_t i = 0; i < option.fields.count; ++i) {
        std::size_t from = child.column_of(option.fields.addresses[i]);
        std::size_t to = parent.column_of(option.target_fields.addresses[i]);
        for (; from < child.columns.size() && child.columns[from].field == option.fields.addresses[i]; ++from, ++to) {
            if (key.count == FieldList::capacity || to >= parent.columns.size()) break;
            key.child[key.count] = static_cast<std::uint16_t>(from);
            key.folds[key.count] = fold_of(parent, to);
            key.is_folded = key.is_folded || key.folds[key.count] != TextFold::none;
            key.parent[key.count++] = static_cast<std::uint16_t>(to);
            key.nullable = key.nullable || child.columns[from].nullable;
        }
    }
    return key;
}

/// Whether a column of a foreign key is also one of another.
constexpr bool is_shared(const Table& child, const ForeignKey& key, std::uint16_t column) {
    for (const OptionData& option : child.options) {
        if (option.kind != OptionKind::foreign_key || option.target == nullptr) continue;
        const ForeignKey other = columns_of_key(option, child, option.target());
        if (other.count == key.count && other.child == key.child) continue;
        for (std::size_t i = 0; i < other.count; ++i) {
            if (other.child[i] == column) return true;
        }
    }
    return false;
}

/// Whether the `place`th column of a foreign key becomes NULL where a row is parted from its parent. Those that another
/// foreign key has too would part it from that one's parent as well: they stay where there are others.
constexpr bool parts_at(const Table& child, const ForeignKey& key, std::size_t place) {
    if (!child.columns[key.child[place]].nullable) return false;
    if (!is_shared(child, key, key.child[place])) return true;
    for (std::size_t i = 0; i < key.count; ++i) {
        if (child.columns[key.child[i]].nullable && !is_shared(child, key, key.child[i])) return false;
    }
    return true;
}

constexpr bool has_name(const ForeignKey& key, const Table& child, const NamedFields& fields, std::string_view name) {
    for (std::size_t i = 0; i < key.count; ++i) {
        const Column& column = child.columns[key.child[i]];
        if (same_name(column.name, name) || fields.name_of(column.field) == name) return true;
    }
    return false;
}

/// The foreign keys of `child` to `parent`; where a name is given, those with a column or field of that name.
constexpr ForeignKeySearch find_foreign_key(const Table& child, ListView<const Table*> targets,
                                            const NamedFields& fields, const Table& parent, std::string_view name) {
    ForeignKeySearch search;
    for (std::size_t i = 0; i < child.options.size(); ++i) {
        if (child.options[i].kind != OptionKind::foreign_key || !targets[i]->is(parent)) continue;
        const ForeignKey key = columns_of_key(child.options[i], child, parent);
        if (!name.empty() && !has_name(key, child, fields, name)) {
            ++search.others;
        } else if (search.found++ == 0) {
            search.key = key;
        }
    }
    return search;
}

template <class Child, class Parent>
constexpr ForeignKeySearch find_foreign_key(std::string_view name) {
    return find_foreign_key(table_of<Child>(), targets_of<Child>,
                            {reflect::field_names<Child>, reflect::field_addresses<Child>}, table_of<Parent>(), name);
}

constexpr RelationFlaw flaw_of(const ForeignKeySearch& search, std::string_view name) {
    if (search.found > 1) return RelationFlaw::several_keys;
    if (search.found == 1) return RelationFlaw::none;
    return name.empty() || search.others == 0 ? RelationFlaw::no_key : RelationFlaw::unknown_key;
}

template <class Candidate>
inline constexpr bool is_defined = requires { sizeof(Candidate); };

/// The two keys of a relation: the one between its two ends and, of ManyToMany, the association's to the target.
struct RelationKeys {
    ForeignKeySearch own;
    ForeignKeySearch other;
};

template <class Owner, class Relation>
constexpr RelationKeys find_relation_keys() {
    using Traits = RelationTraits<Relation>;
    using Target = typename Traits::Target;
    if constexpr (Traits::kind == RelationKind::belongs_to) {
        return {find_foreign_key<Owner, Target>(Traits::names()[0]), {}};
    } else if constexpr (Traits::kind == RelationKind::many_to_many) {
        using Association = typename Traits::Association;
        RelationKeys keys{find_foreign_key<Association, Owner>(Traits::names()[0]),
                          find_foreign_key<Association, Target>(Traits::names()[1])};
        if (keys.own.found == 1 && keys.other.found == 1) return keys;
        // One name may be that of either key.
        const RelationKeys turned{find_foreign_key<Association, Owner>(Traits::names()[1]),
                                  find_foreign_key<Association, Target>(Traits::names()[0])};
        return turned.own.found == 1 && turned.other.found == 1 ? turned : keys;
    } else {
        return {find_foreign_key<Target, Owner>(Traits::names()[0]), {}};
    }
}

template <class Owner, class Relation>
consteval RelationFlaw find_relation_flaw() {
    using Traits = RelationTraits<Relation>;
    using Through = std::conditional_t<Traits::kind == RelationKind::many_to_many, typename Traits::Association, Owner>;
    if constexpr (!is_defined<typename Traits::Target> || !is_defined<Through>) {
        return RelationFlaw::incomplete;
    } else if constexpr (entity_flaw<typename Traits::Target> != EntityFlaw::none ||
                         entity_flaw<Through> != EntityFlaw::none) {
        return RelationFlaw::no_entity;
    } else if constexpr (Traits::is_owned &&
                         (Traits::kind == RelationKind::belongs_to || Traits::kind == RelationKind::many_to_many)) {
        return RelationFlaw::owned_elsewhere;
    } else if constexpr (Traits::kind == RelationKind::many_to_many) {
        constexpr RelationKeys keys = find_relation_keys<Owner, Relation>();
        if (keys.own.found == 0 || keys.other.found == 0) return RelationFlaw::no_keys_of_association;
        return keys.own.found == 1 && keys.other.found == 1 ? RelationFlaw::none
                                                            : RelationFlaw::several_keys_of_association;
    } else {
        return flaw_of(find_relation_keys<Owner, Relation>().own, Traits::names()[0]);
    }
}

template <class Owner>
struct FindRelationFlaw {
    template <class... Fields>
    constexpr RelationFlaw operator()(const Fields&...) const {
        RelationFlaw flaw = RelationFlaw::none;
        ((flaw = flaw != RelationFlaw::none ? flaw : flaw_of<Fields>()), ...);
        return flaw;
    }
    template <class Field>
    static constexpr RelationFlaw flaw_of() {
        if constexpr (is_relation<Field>) {
            return find_relation_flaw<Owner, Field>();
        } else {
            return RelationFlaw::none;
        }
    }
};

}  // namespace detail

/// How many relations an entity may have.
inline constexpr std::size_t max_relations = 32;

namespace detail {

template <class Owner>
consteval std::size_t count_relations() {
    std::size_t count = 0;
    for (const Field& field : fields_of<Owner>) count += field.kind == FieldKind::relation ? 1 : 0;
    return count;
}

}  // namespace detail

/// How many fields of an entity are relations.
template <class Owner>
inline constexpr std::size_t relation_count = detail::count_relations<Owner>();

namespace detail {

template <class Owner>
consteval RelationFlaw find_first_relation_flaw() {
    if constexpr (relation_count<Owner> == 0) {
        return RelationFlaw::none;
    } else if constexpr (relation_count<Owner> > max_relations) {
        return RelationFlaw::too_many;
    } else {
        return reflect::with_fields(reflect::detail::specimen<Owner>.value, FindRelationFlaw<Owner>{});
    }
}

}  // namespace detail

/// What keeps the relations of an entity from being loaded and written.
template <class Owner>
inline constexpr RelationFlaw relation_flaw = detail::find_first_relation_flaw<Owner>();

/// Says in one sentence what is wrong with a relation of `Owner`.
template <class Owner, RelationFlaw flaw = relation_flaw<Owner>>
consteval bool require_relations() {
    static_assert(flaw != RelationFlaw::incomplete,
                  "mica: a session needs the definition of every struct that a relation of its objects leads to");
    static_assert(flaw != RelationFlaw::no_entity, "mica: a relation leads to a struct that is no entity");
    static_assert(flaw != RelationFlaw::no_key,
                  "mica: a relation needs a foreign_key<> between its two entities, in the mapping of the one that "
                  "holds the key");
    static_assert(flaw != RelationFlaw::unknown_key,
                  "mica: a relation names a foreign key that is not declared; give the name of its column or field");
    static_assert(flaw != RelationFlaw::several_keys,
                  "mica: several foreign keys lead to the entity of a relation; name the one it means, as in "
                  "HasMany<Employee, \"reports_to\">");
    static_assert(flaw != RelationFlaw::no_keys_of_association,
                  "mica: ManyToMany needs an association entity with a foreign_key<> to each of the two");
    static_assert(flaw != RelationFlaw::several_keys_of_association,
                  "mica: several foreign keys of the association lead to one entity; name both, as in "
                  "ManyToMany<Person, Friendship, \"person_id\", \"friend_id\">");
    static_assert(flaw != RelationFlaw::owned_elsewhere, "mica: owned is for HasMany and HasOne");
    static_assert(flaw != RelationFlaw::too_many, "mica: an entity has at most 32 relations");
    return flaw == RelationFlaw::none;
}

}  // namespace mica
