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

/// One text for all that a column takes for the same.
[[gnu::cold, gnu::noinline]] inline std::string folded_text(std::string_view text, TextFold fold) {
    if (fold == TextFold::rtrim) text = text.substr(0, text.find_last_not_of(' ') + 1);
    std::string folded{text};
    for (char& each : folded) {
        if (fold == TextFold::nocase && each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    }
    return folded;
}
inline void append_folded(std::string& encoded, const SnapshotCell& cell, TextFold fold) {
    if (fold == TextFold::none || cell.storage_class() != StorageClass::text) [[likely]] {
        encoded += cell.encoded();
        return;
    }
    const std::string text = folded_text(cell.text(), fold);
    const std::size_t size = encoded.size();
    encoded.resize(size + most_of_cell + text.size());
    encoded.resize(
        static_cast<std::size_t>(write_bytes(encoded.data() + size, StorageClass::text, text) - encoded.data()));
}
/// The same of a row that was just read.
template <class Cell>
void append_folded(SnapshotBuffer& encoded, const Cell& cell, TextFold fold) {
    if (fold == TextFold::none || cell.storage_class() != StorageClass::text) [[likely]]
        return append_cell(cell, encoded);
    SnapshotSink{encoded}.text(folded_text(cell.text(), fold), Lifetime::copied);
}

/// The values of the columns of a foreign key in a row of one of its sides, encoded one behind the other, as the
/// database compares them; empty where one of them is NULL, for then they name no row, and for an object that has none.
inline std::string encoded_columns(std::string_view snapshot, const std::uint16_t* columns, const ForeignKey& key) {
    std::string encoded;
    for (std::size_t i = 0; i < key.count && !snapshot.empty(); ++i) {
        const SnapshotCell cell = cell_at(snapshot, columns[i]);
        if (cell.storage_class() == StorageClass::null) return {};
        append_folded(encoded, cell, key.folds[i]);
    }
    return encoded;
}
inline std::string child_key(std::string_view snapshot, const ForeignKey& key) {
    return encoded_columns(snapshot, key.child.data(), key);
}
inline std::string parent_key(std::string_view snapshot, const ForeignKey& key) {
    return encoded_columns(snapshot, key.parent.data(), key);
}

/// The primary key of a row, as those of foreign keys that name it.
inline std::string encoded_key(const Table& table, std::string_view snapshot) {
    std::string encoded;
    for (const std::size_t column : table.key)
        append_folded(encoded, cell_at(snapshot, column), fold_of(table, column));
    return encoded;
}

/// Whether a foreign key references its parent's primary key, column by column.
inline bool names_primary_key(const ForeignKey& key, const Table& parent) noexcept {
    if (key.count != parent.key.size()) return false;
    for (std::size_t i = 0; i < key.count; ++i) {
        if (key.parent[i] != parent.key[i]) return false;
    }
    return true;
}

/// The same, and so that the identity map finds it by the encoded values.
inline bool is_in_identity_map(const ForeignKey& key, const Table& parent) noexcept {
    return !key.is_folded && names_primary_key(key, parent);
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
