// SPDX-License-Identifier: BSL-1.0
// Objects by the encoded values of some of their columns: whom a row that was just read belongs to.
#pragma once

#include <mica/core/list.hpp>
#include <mica/core/probe_table.hpp>
#include <mica/schema/relation_key.hpp>
#include <mica/session/object/snapshot.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>  // std::hash of it
#include <utility>

namespace mica::detail {

/// The values of some columns of a row, encoded one behind the other; empty where one of them is NULL, for then they
/// name no row, and for an object that has none.
inline std::string encoded_columns(std::string_view snapshot, const std::uint16_t* columns, std::size_t count) {
    std::string encoded;
    for (std::size_t i = 0; i < count && !snapshot.empty(); ++i) {
        const SnapshotCell cell = cell_at(snapshot, columns[i]);
        if (cell.storage_class() == StorageClass::null) return {};
        encoded += cell.encoded();
    }
    return encoded;
}

/// The primary key of a row.
inline std::string encoded_key(const Table& table, std::string_view snapshot) {
    std::string encoded;
    for (const std::size_t column : table.key) encoded += cell_at(snapshot, column).encoded();
    return encoded;
}

/// Whether a foreign key references its parent's primary key, column by column, as the identity map knows it.
inline bool names_primary_key(const ForeignKey& key, const Table& parent) noexcept {
    if (key.count != parent.key.size()) return false;
    for (std::size_t i = 0; i < key.count; ++i) {
        if (key.parent[i] != parent.key[i]) return false;
    }
    return true;
}

template <class Object>
class KeyIndex {
public:
    std::size_t size() const noexcept { return entries_.size(); }

    /// Null where there is none.
    Object* find(std::string_view key) const noexcept { return at(place_of(key)); }
    /// Its place among those that have been added, counted from 1; 0 where there is none.
    std::size_t place_of(std::string_view key) const noexcept { return slot_of(key, hash_of(key)).entry; }
    Object* at(std::size_t place) const noexcept { return place == 0 ? nullptr : entries_[place - 1].object; }
    /// False where the key has been added before. `object` may be null.
    bool add(std::string key, Object* object) {
        const std::uint64_t hash = hash_of(key);
        if (!slot_of(key, hash).is_empty()) return false;
        slots_.reserve(slots_.size() + 1);
        entries_.push_back({std::move(key), object});
        slots_.add({hash, entries_.size()});
        return true;
    }
    /// The object of a key that has been added.
    void set(std::string_view key, Object& object) noexcept {
        const Slot slot = slot_of(key, hash_of(key));
        if (!slot.is_empty()) entries_[slot.entry - 1].object = &object;
    }

private:
    struct Entry {
        std::string key;
        Object* object;
    };
    struct Slot {
        std::uint64_t key_hash = 0;
        std::size_t entry = 0;  ///< its place in entries_, counted from 1

        bool is_empty() const noexcept { return entry == 0; }
        std::uint64_t hash() const noexcept { return key_hash; }
    };

    static std::uint64_t hash_of(std::string_view key) noexcept { return std::hash<std::string_view>{}(key); }

    Slot slot_of(std::string_view key, std::uint64_t hash) const noexcept {
        if (slots_.has_no_places()) return {};
        return slots_.find(
            hash, [&](const Slot& slot) { return slot.key_hash == hash && entries_[slot.entry - 1].key == key; });
    }

    List<Entry> entries_;
    ProbeTable<Slot> slots_;
};

}  // namespace mica::detail
