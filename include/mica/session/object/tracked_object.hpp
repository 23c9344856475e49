// SPDX-License-Identifier: BSL-1.0
// The tracked object of an entity, and its operations made from its struct: what the rest of a session knows erased.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/engine/row_reader.hpp>
#include <mica/query/by_key/by_key.hpp>
#include <mica/query/statement/whole_row.hpp>
#include <mica/session/object/hooks.hpp>
#include <mica/session/object/object_slabs.hpp>
#include <mica/session/object/tracked.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

template <class Owner>
struct TrackedObject final : Tracked {
    explicit TrackedObject(const EntityOperations& entity) : Tracked(entity) {}
    TrackedObject(const EntityOperations& entity, Owner object) : Tracked(entity), value(std::move(object)) {}

    /// One of many, with one reference, which is the caller's: nobody else knows it, so that nothing has to be counted.
    static TrackedObject* make(const EntityOperations& entity, ObjectSlabs& slabs) {
        if constexpr (alignof(TrackedObject) > ObjectSlabs::alignment) {
            auto* const made = new TrackedObject(entity);
            made->references.store(1);
            return made;
        } else {
            const ObjectSlabs::Place place = slabs.take(sizeof(TrackedObject));
            try {
                auto* const made = ::new (place.memory) TrackedObject(entity);
                made->slab_number = place.number;
                made->references.store(1);
                return made;
            } catch (...) {
                ObjectSlabs::release(place.memory, sizeof(TrackedObject), place.number);
                throw;
            }
        }
    }
    void destroy() noexcept {
        const std::uint8_t number = slab_number;
        if (number == 0) return void(delete this);
        this->~TrackedObject();
        ObjectSlabs::release(this, sizeof(TrackedObject), number);
    }

    Owner value{};
};

/// A snapshot that a row is read from, in the form that read_row takes.
struct SnapshotSource {
    const Table& table;
    struct Cursor {
        std::string_view snapshot;
        SnapshotCell cell(int column) const noexcept { return cell_at(snapshot, static_cast<std::size_t>(column)); }
    } statement;
};

[[gnu::cold]] MICA_DECL std::string describe_cell(const SnapshotSource& source, int column);
/// A generated column may hold what its field cannot, and a codec may refuse what it has encoded.
[[noreturn, gnu::cold]] MICA_DECL void throw_decode_flaw(const SnapshotSource& source, int column, DecodeFlaw flaw,
                                                         const WantedCell& wanted);
[[noreturn, gnu::cold]] MICA_DECL void throw_codec_failure(const SnapshotSource& source, int column,
                                                           std::string_view reason);

template <class Owner>
Snapshot encoded_row(const Owner& row) {
    SnapshotBuffer bytes;
    encode_row(row, bytes);
    return Snapshot{bytes};
}

template <class Owner>
struct OperationsOf {
    static TrackedObject<Owner>& object(Tracked& tracked) noexcept {
        return static_cast<TrackedObject<Owner>&>(tracked);
    }
    static void take_snapshot(const Tracked& tracked, SnapshotBuffer& bytes) {
        bytes.clear();
        encode_row(static_cast<const TrackedObject<Owner>&>(tracked).value, bytes);
    }
    static bool take_inserted(const Tracked& tracked, SnapshotBuffer& bytes) {
        const Owner& object = static_cast<const TrackedObject<Owner>&>(tracked).value;
        bytes.clear();
        SnapshotSink sink{bytes};
        for_each_column(object, all_insert_uses<Owner>(), BindInserted<SnapshotSink>{sink});
        return leaves_defaults(object);
    }
    static void find_changes(const Tracked& tracked, ColumnSet& changed) {
        detail::find_changes(static_cast<const TrackedObject<Owner>&>(tracked).value, tracked.snapshot, changed);
    }
    static void restore(Tracked& tracked) { assign(tracked, tracked.snapshot); }
    /// Gives the fields that are columns the values of a row; leaves the others alone.
    static void assign(Tracked& tracked, std::string_view snapshot) {
        read_row(SnapshotSource{table_of<Owner>(), {snapshot}}, object(tracked).value);
    }
    /// A row of the table as an object with its values would be written. Throws DataError where no object can have
    /// them.
    static Snapshot as_stored(std::string_view row) {
        Owner object{};
        read_row(SnapshotSource{table_of<Owner>(), {row}}, object);
        return encoded_row(object);
    }
    static void set_generated_key(Tracked& tracked, std::int64_t key) {
        mica::set_generated_key(object(tracked).value, key);
    }
    static void set_version(Tracked& tracked, std::int64_t version) {
        mica::set_version(object(tracked).value, version);
    }
    static void destroy(Tracked* tracked) noexcept { object(*tracked).destroy(); }

    template <class Kind>
    static constexpr Hook hook() {
        if constexpr (Kind::template is_there<Owner>) {
            return [](Tracked& tracked) { Kind::run(object(tracked).value); };
        } else {
            return nullptr;
        }
    }
};

// Defined in session/relation_table.hpp.
template <class Owner>
const RelationTable& relation_table_of();

template <class Owner>
consteval auto find_relations() -> const RelationTable& (*)() {
    if constexpr (relation_count<Owner> > 0) {
        return &relation_table_of<Owner>;
    } else {
        return nullptr;
    }
}

constexpr bool has_foreign_key(const Table& table) noexcept {
    for (const OptionData& option : table.options) {
        if (option.kind == OptionKind::foreign_key) return true;
    }
    return false;
}

// Defined in session/flush/foreign_keys.hpp.
template <class Owner>
const ForeignKeyHooks& foreign_key_hooks_of();

template <class Owner>
consteval auto find_foreign_keys() -> const ForeignKeyHooks& (*)() {
    if constexpr (has_foreign_key(table_of<Owner>())) {
        return &foreign_key_hooks_of<Owner>;
    } else {
        return nullptr;
    }
}

constexpr bool has_generated_column(const Table& table) noexcept {
    for (const Column& column : table.columns) {
        if (column.is_generated) return true;
    }
    return false;
}

template <class Owner>
consteval auto find_as_stored() -> Snapshot (*)(std::string_view) {
    if constexpr (has_generated_column(table_of<Owner>()) || has_default_fields<Owner>) {
        return &OperationsOf<Owner>::as_stored;
    } else {
        return nullptr;
    }
}

template <class Owner>
consteval auto find_take_inserted() -> bool (*)(const Tracked&, SnapshotBuffer&) {
    if constexpr (has_default_fields<Owner>) {
        return &OperationsOf<Owner>::take_inserted;
    } else {
        return nullptr;
    }
}

using RenderInsert = void (*)(SqlWriter& writer, const Table& table);

/// One instantiation for all entities that leave nothing to the database.
template <class Owner>
consteval RenderInsert find_insert(bool has_key) {
    if constexpr (has_default_fields<Owner>) {
        return has_key ? &render_insert_of<Owner> : &render_insert_without_key_of<Owner>;
    } else {
        return has_key ? &render_insert : static_cast<RenderInsert>(&render_insert_without_key);
    }
}

template <class Owner>
inline constinit StatementInfo insert_info{.write = find_insert<Owner>(true), .table = &table_of<Owner>()};
template <class Owner>
inline constinit StatementInfo insert_without_key_info{.write = find_insert<Owner>(false), .table = &table_of<Owner>()};
template <class Owner>
inline constinit StatementInfo remove_info{.write = &render_delete_by_key, .table = &table_of<Owner>()};

template <class Owner>
consteval const StatementInfo* find_insert_without_key() {
    if constexpr (has_generated_key<Owner>) {
        return &insert_without_key_info<Owner>;
    } else {
        return nullptr;
    }
}

template <class Owner>
inline constexpr EntityOperations operations_of{
    &table_of<Owner>(),
    &insert_info<Owner>,
    find_insert_without_key<Owner>(),
    &remove_info<Owner>,
    &OperationsOf<Owner>::take_snapshot,
    find_take_inserted<Owner>(),
    &OperationsOf<Owner>::find_changes,
    &OperationsOf<Owner>::restore,
    &OperationsOf<Owner>::assign,
    find_as_stored<Owner>(),
    &OperationsOf<Owner>::set_generated_key,
    &OperationsOf<Owner>::set_version,
    &OperationsOf<Owner>::destroy,
    OperationsOf<Owner>::template hook<BeforeInsert>(),
    OperationsOf<Owner>::template hook<BeforeUpdate>(),
    OperationsOf<Owner>::template hook<BeforeRemove>(),
    OperationsOf<Owner>::template hook<AfterLoad>(),
    find_relations<Owner>(),
    find_foreign_keys<Owner>(),
    inserted_column<Owner>,
    has_generated_column(table_of<Owner>()),
};

/// Says why a session cannot hold objects of a type.
template <class Owner>
consteval bool require_trackable() {
    if constexpr (require_objects_of<Owner>()) {
        constexpr bool is_owner = !holds_view<Owner>();
        static_assert(is_owner, "mica: a session keeps its objects, so their fields cannot be std::string_view");
        if constexpr (is_owner) {
            return require_relations<Owner>();
        } else {
            return false;
        }
    } else {
        return false;
    }
}

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/object/impl/tracked_object.ipp>
#endif
