// SPDX-License-Identifier: BSL-1.0
// Which structs are entities, and the one sentence that each misfit gets before anything else is instantiated.
#pragma once

#include <mica/schema/full_text_index.hpp>
#include <mica/schema/table.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace mica {

enum class EntityFlaw : unsigned char {
    none,
    not_an_aggregate,
    base_class,
    array_or_reference,
    too_many_fields,
    needs_wide_binding,
    wide_unsigned,
    field_without_codec,
    character,
    embedded_relation,
    hollow_optional,
    no_primary_key,
    nullable_key,
    autoincrement_key,
    duplicate_columns,
    unknown_field,
    not_referenceable,
    version_type,
    default_range,
    two_primary_keys,
    generated_key_column,
    two_defaults,
    duplicate_index_names,
    mapping_function,
    mapping_at_run_time,
    wide_key,
    full_text_columns,
    full_text_content,
    full_text_options,
    rows_of_content,
};

namespace detail {

template <bool Field::* is_such>
constexpr bool has_any(ListView<Field> fields) {
    for (const Field& field : fields) {
        if (field.*is_such || has_any<is_such>({field.embedded, field.embedded_count})) return true;
    }
    return false;
}

constexpr bool is_unstorable(const Field& field) {
    if (field.kind == FieldKind::unstorable) return true;
    for (std::size_t i = 0; i < field.embedded_count; ++i) {
        if (is_unstorable(field.embedded[i])) return true;
    }
    return false;
}

constexpr bool holds_relation(ListView<Field> embedded) {
    for (const Field& field : embedded) {
        if (field.kind == FieldKind::relation || holds_relation({field.embedded, field.embedded_count})) return true;
    }
    return false;
}

/// Whether all columns of an embedded object can be NULL while it is there.
constexpr bool is_hollow(const Field& field) {
    for (std::size_t i = 0; i < field.embedded_count; ++i) {
        const Field& part = field.embedded[i];
        if (!part.nullable && (part.kind != FieldKind::embedded || !is_hollow(part))) return false;
    }
    return true;
}

/// Whether an embedded object that is missing could not be told from one whose fields are empty.
constexpr bool has_hollow_optional(const Field& field) {
    if (field.kind != FieldKind::embedded) return false;
    for (std::size_t i = 0; i < field.embedded_count; ++i) {
        if (has_hollow_optional(field.embedded[i])) return true;
    }
    return field.nullable && is_hollow(field);
}

template <class Owner>
consteval EntityFlaw find_field_flaw() {
    EntityFlaw flaw = EntityFlaw::none;
    for (std::size_t i = 0; i < reflect::field_count<Owner>; ++i) {
        const Field& field = fields_of<Owner>[i];
        if (walk_input<Owner>.has(OptionKind::ignore, reflect::field_addresses<Owner>[i])) continue;
        if (has_any<&Field::wide_unsigned>({&field, 1})) return EntityFlaw::wide_unsigned;
        if (has_any<&Field::character>({&field, 1})) return EntityFlaw::character;
        if (holds_relation({field.embedded, field.embedded_count})) return EntityFlaw::embedded_relation;
        if (has_hollow_optional(field)) return EntityFlaw::hollow_optional;
        if (is_unstorable(field)) flaw = EntityFlaw::field_without_codec;
    }
    return flaw;
}

/// SQLite compares names without regard to the case of ASCII letters.
constexpr bool same_name(std::string_view left, std::string_view right) {
    const std::size_t size = left.size();
    if (size != right.size()) return false;
    const char* const first = left.data();
    const char* const second = right.data();
    for (std::size_t i = 0; i < size; ++i) {
        if (first[i] == second[i]) continue;
        const int lower = first[i] | 0x20;
        if (lower != (second[i] | 0x20) || lower < 'a' || lower > 'z') return false;
    }
    return true;
}

/// Whether two structs, or aliases of them, are of one table of the database.
constexpr bool same_relation(const Table& left, const Table& right) {
    if (left.identity == right.identity) return true;
    return same_name(left.relation, right.relation) && same_name(left.schema, right.schema);
}

constexpr bool same_fields(const FieldList& left, const FieldList& right) {
    if (left.count != right.count) return false;
    for (std::size_t i = 0; i < left.count; ++i) {
        if (!right.contains(left.addresses[i])) return false;
    }
    return true;
}

/// How many columns fields have, embedded objects among them.
constexpr std::size_t count_columns(const Table& table, const FieldList& fields) {
    std::size_t count = 0;
    for (const Column& column : table.columns) count += fields.contains(column.field) ? 1U : 0U;
    return count;
}

/// Whether `fields` are the primary key or a unique key of `table`: SQLite references nothing else.
constexpr bool is_unique_key(const Table& table, const FieldList& fields) {
    if (table.columns.empty()) return false;
    std::size_t in_key = 0;
    std::size_t in_fields = 0;
    for (const Column& column : table.columns) {
        if (!fields.contains(column.field)) continue;
        ++in_fields;
        if (column.is_key) ++in_key;
    }
    if (in_key == table.key.size() && in_key == in_fields) return true;
    for (const OptionData& option : table.options) {
        const bool whole_index = option.kind == OptionKind::index && option.is_unique && !option.has_condition;
        if ((option.kind == OptionKind::unique || whole_index) && same_fields(option.fields, fields)) return true;
    }
    return false;
}

/// What two options say of one table or column that only one can.
constexpr EntityFlaw find_option_flaw(const Table& table) {
    for (const OptionData& option : table.options) {
        const bool is_default = option.kind == OptionKind::default_value || option.kind == OptionKind::generated;
        for (const OptionData* other = table.options.data(); other != &option; ++other) {
            const bool is_same_kind = other->kind == option.kind;
            if (option.kind == OptionKind::primary_key && is_same_kind) return EntityFlaw::two_primary_keys;
            if (option.kind == OptionKind::index && is_same_kind && !option.text.empty() &&
                same_name(option.text, other->text)) {
                return EntityFlaw::duplicate_index_names;
            }
            const bool is_other_default =
                other->kind == OptionKind::default_value || other->kind == OptionKind::generated;
            if (is_default && is_other_default && other->fields == option.fields) return EntityFlaw::two_defaults;
        }
    }
    for (const std::size_t index : table.key) {
        if (table.columns[index].is_generated) return EntityFlaw::generated_key_column;
    }
    return EntityFlaw::none;
}

constexpr EntityFlaw find_table_flaw(const Table& table, ListView<const Table*> targets) {
    for (const OptionData& option : table.options) {
        if (option.is_misplaced) return EntityFlaw::unknown_field;
    }
    std::size_t autoincrements = 0;
    for (const OptionData& option : table.options) {
        autoincrements += option.kind == OptionKind::autoincrement ? 1 : 0;
        const bool is_of_columns = option.kind != OptionKind::ignore && option.kind != OptionKind::relation;
        for (std::size_t i = 0; i < option.fields.count && is_of_columns; ++i) {
            if (table.column_of(option.fields.addresses[i]) == table.columns.size()) return EntityFlaw::unknown_field;
        }
        if (option.is_out_of_range) return EntityFlaw::default_range;
        if (option.kind == OptionKind::foreign_key && count_columns(table, option.fields) > FieldList::capacity) {
            return EntityFlaw::wide_key;
        }
    }
    if (table.key.empty() && !table.has(OptionKind::full_text)) return EntityFlaw::no_primary_key;
    if (const EntityFlaw flaw = find_option_flaw(table); flaw != EntityFlaw::none) return flaw;
    for (const std::size_t index : table.key) {
        if (table.columns[index].nullable) return EntityFlaw::nullable_key;
    }
    if (autoincrements > 1 || (autoincrements == 1 && table.generated_key < 0)) return EntityFlaw::autoincrement_key;
    if (table.version >= 0 && !table.columns[static_cast<std::size_t>(table.version)].generatable) {
        return EntityFlaw::version_type;
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (same_name(table.columns[i].name, table.columns[j].name)) return EntityFlaw::duplicate_columns;
        }
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const OptionData& option = table.options[i];
        if (option.kind == OptionKind::foreign_key && !is_unique_key(*targets[i], option.target_fields)) {
            return EntityFlaw::not_referenceable;
        }
    }
    return EntityFlaw::none;
}

/// What of a mapping() may keep memory: of most its list of options, for all that have the same kinds of them once. The
/// standard library's question about each of them costs 0.2 MB.
template <class Given>
struct MappedBy {
    using Type = Given;
};
template <class... Options>
struct MappedBy<Mapping<Options...>> {
    using Type = typename Mapping<Options...>::List;
};

/// Whether a mapping() of the struct's own, if there is one, can be called without an object and at compile time.
template <class Owner>
consteval bool has_readable_mapping() {
    if constexpr (requires { Owner::mapping(); }) {
        return !keeps_memory<typename MappedBy<decltype(Owner::mapping())>::Type>() &&
               requires { typename std::bool_constant<(static_cast<void>(Owner::mapping()), true)>; };
    } else {
        return !requires(Owner owner) { owner.mapping(); };
    }
}

/// Why a mapping() cannot be read. What is made at run time has been refused in it.
template <class Owner>
consteval EntityFlaw find_mapping_flaw() {
    if constexpr (requires { Owner::mapping(); }) {
        if (is_of_run_time<decltype(Owner::mapping())>()) return EntityFlaw::mapping_at_run_time;
    }
    return EntityFlaw::mapping_function;
}

constexpr EntityFlaw entity_flaw_of(FullTextFlaw flaw) {
    switch (flaw) {
        case FullTextFlaw::columns: return EntityFlaw::full_text_columns;
        case FullTextFlaw::content: return EntityFlaw::full_text_content;
        case FullTextFlaw::options: return EntityFlaw::full_text_options;
        case FullTextFlaw::unknown_field: return EntityFlaw::unknown_field;
        case FullTextFlaw::none: break;
    }
    return EntityFlaw::none;
}

template <class Owner>
consteval EntityFlaw find_flaw() {
    if constexpr (!std::is_class_v<Owner> || !std::is_aggregate_v<Owner>) {
        return EntityFlaw::not_an_aggregate;
    } else if constexpr (reflect::shape_flaw<Owner> == reflect::ShapeFlaw::base_class) {
        return EntityFlaw::base_class;
    } else if constexpr (reflect::shape_flaw<Owner> == reflect::ShapeFlaw::array_or_reference) {
        return EntityFlaw::array_or_reference;
    } else if constexpr (reflect::shape_flaw<Owner> == reflect::ShapeFlaw::too_many_fields) {
        return EntityFlaw::too_many_fields;
    } else if constexpr (reflect::shape_flaw<Owner> == reflect::ShapeFlaw::needs_wide_binding) {
        return EntityFlaw::needs_wide_binding;
    } else if constexpr (!has_readable_mapping<Owner>()) {
        return find_mapping_flaw<Owner>();
    } else if constexpr (find_field_flaw<Owner>() != EntityFlaw::none) {
        return find_field_flaw<Owner>();
    } else if constexpr (key_of<Owner>.has_more) {
        return EntityFlaw::wide_key;
    } else {
        constexpr EntityFlaw flaw = find_table_flaw(table_info<Owner>, targets_of<Owner>);
        if constexpr (flaw == EntityFlaw::none && is_full_text<Owner>) {
            return entity_flaw_of(find_full_text_flaw<Owner>());
        } else {
            return flaw;
        }
    }
}

}  // namespace detail

/// What keeps `Owner` from being an entity.
template <class Owner>
inline constexpr EntityFlaw entity_flaw = detail::find_flaw<Owner>();

/// A struct that mica can map to a table.
template <class Owner>
concept Entity = entity_flaw<Owner> == EntityFlaw::none;

/// Says in one sentence why `Owner` is no entity. Every public function that takes an entity calls it first.
template <class Owner, EntityFlaw flaw = entity_flaw<Owner>>
consteval bool require_entity() {
    static_assert(flaw != EntityFlaw::not_an_aggregate,
                  "mica: an entity is an aggregate: a struct with public fields and without constructors");
    static_assert(flaw != EntityFlaw::base_class,
                  "mica: an entity has no base class; make the common part a field, its columns get the field's name "
                  "as prefix");
    static_assert(flaw != EntityFlaw::array_or_reference,
                  "mica: an entity has no C array, no reference, no const field and no field that cannot be "
                  "default-constructed; use std::string, std::vector or std::array");
    static_assert(flaw != EntityFlaw::too_many_fields,
                  "mica: an entity has at most 256 fields; make several of them an embedded object");
    static_assert(
        flaw != EntityFlaw::needs_wide_binding,
        "mica: an entity of more than 100 fields needs #include <mica/wide.hpp>, which <mica/mica.hpp> brings");
    static_assert(flaw != EntityFlaw::wide_unsigned,
                  "mica: std::uint64_t does not fit SQLite's 64-bit signed INTEGER; use std::int64_t or a type with a "
                  "mica::Codec");
    static_assert(flaw != EntityFlaw::character,
                  "mica: a char is neither a number nor a text; use std::int8_t, std::string or a type with a "
                  "mica::Codec");
    static_assert(flaw != EntityFlaw::field_without_codec,
                  "mica: a field of this entity has a type that mica cannot store; specialize mica::Codec for it or "
                  "name the field in ignore<>");
    static_assert(flaw != EntityFlaw::embedded_relation,
                  "mica: a relation is a field of the entity itself, not of an embedded object");
    static_assert(flaw != EntityFlaw::hollow_optional,
                  "mica: an embedded object in a std::optional needs a field that is no std::optional, else its row "
                  "does not tell whether it is there");
    static_assert(flaw != EntityFlaw::no_primary_key,
                  "mica: an entity needs a primary key: a field named id, or primary_key<> in its mapping");
    static_assert(flaw != EntityFlaw::nullable_key, "mica: a primary key's field cannot be std::optional");
    static_assert(flaw != EntityFlaw::autoincrement_key,
                  "mica: autoincrement is for one column, a single integer primary key that the database generates");
    static_assert(flaw != EntityFlaw::duplicate_columns, "mica: two fields of this entity have the same column name");
    static_assert(flaw != EntityFlaw::unknown_field,
                  "mica: a mapping option names a field that is no column of this entity");
    static_assert(flaw != EntityFlaw::not_referenceable,
                  "mica: a foreign key must reference a primary key or a unique key of its parent");
    static_assert(flaw != EntityFlaw::version_type, "mica: version<> counts in an integer field");
    static_assert(flaw != EntityFlaw::default_range, "mica: a default_value<> does not fit its field");
    static_assert(flaw != EntityFlaw::two_primary_keys,
                  "mica: an entity has one primary_key<>, which names all of its key's columns");
    static_assert(flaw != EntityFlaw::generated_key_column, "mica: a primary key's column cannot be generated<>");
    static_assert(flaw != EntityFlaw::two_defaults,
                  "mica: a column has at most one default_value<>, default_expr<> or generated<>");
    static_assert(flaw != EntityFlaw::duplicate_index_names, "mica: two indexes of this entity have the same name");
    static_assert(flaw != EntityFlaw::mapping_function,
                  "mica: mapping() must be static constexpr; a text in it is a literal, no std::string_view");
    static_assert(flaw != EntityFlaw::wide_key, "mica: a key or an index has at most 8 columns");
    static_assert(flaw != EntityFlaw::full_text_columns,
                  "mica: an fts5<> struct has at most an integer rowid as its key; with content<> its other fields are "
                  "the texts that fts5<> names, under the same names, and std::optional where those are");
    static_assert(flaw != EntityFlaw::full_text_content,
                  "mica: content<> of an fts5<> takes another entity, whose key is one integer, its rowid");
    static_assert(flaw != EntityFlaw::full_text_options,
                  "mica: an fts5<> struct has no other options than ignore<> and column<>");
    static_assert(flaw != EntityFlaw::rows_of_content,
                  "mica: the rows of an fts5<> with content<> are kept by triggers; write those of its content");
    return flaw == EntityFlaw::none;
}

namespace detail {

template <class Owner>
consteval EntityFlaw find_flaw_in_writing() {
    if constexpr (entity_flaw<Owner> != EntityFlaw::none) {
        return entity_flaw<Owner>;
    } else {
        return has_content<Owner>() ? EntityFlaw::rows_of_content : EntityFlaw::none;
    }
}

template <class Owner>
consteval EntityFlaw find_flaw_as_object() {
    if constexpr (find_flaw_in_writing<Owner>() != EntityFlaw::none) {
        return find_flaw_in_writing<Owner>();
    } else {
        return table_of<Owner>().key.empty() ? EntityFlaw::no_primary_key : EntityFlaw::none;
    }
}

}  // namespace detail

/// The same for one whose rows are to be written.
template <class Owner>
consteval bool require_writable_entity() {
    return require_entity<Owner, detail::find_flaw_in_writing<Owner>()>();
}

/// The same for one whose objects are found again by their key.
template <class Owner>
consteval bool require_objects_of() {
    return require_entity<Owner, detail::find_flaw_as_object<Owner>()>();
}

}  // namespace mica
