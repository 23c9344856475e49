// SPDX-License-Identifier: BSL-1.0
// Objects by the encoded values of some of their columns: whom a row that was just read belongs to.
#pragma once

#include <mica/core/list.hpp>
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
    Object* find(std::string_view key) const noexcept {
        if (slots_.empty()) return nullptr;
        const std::size_t entry = slots_[place(key)];
        return entry == 0 ? nullptr : entries_[entry - 1].object;
    }
    /// False where the key has been added before. `object` may be null.
    bool add(std::string key, Object* object) {
        if ((entries_.size() + 1) * 2 > slots_.size()) grow();
        const std::size_t at = place(key);
        if (slots_[at] != 0) return false;
        entries_.push_back({std::move(key), object});
        slots_[at] = entries_.size();
        return true;
    }
    /// The object of a key that has been added.
    void set(std::string_view key, Object& object) noexcept {
        const std::size_t entry = slots_.empty() ? 0 : slots_[place(key)];
        if (entry != 0) entries_[entry - 1].object = &object;
    }

private:
    struct Entry {
        std::string key;
        Object* object;
    };

    /// Where a key is, or would be.
    std::size_t place(std::string_view key) const noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t i = std::hash<std::string_view>{}(key)&mask;
        while (slots_[i] != 0 && entries_[slots_[i] - 1].key != key) i = (i + 1) & mask;
        return i;
    }
    void grow() {
        List<std::size_t> slots;
        slots.resize(slots_.empty() ? 32 : slots_.size() * 2);
        slots_.swap(slots);
        for (std::size_t i = 0; i < entries_.size(); ++i) slots_[place(entries_[i].key)] = i + 1;
    }

    List<Entry> entries_;
    List<std::size_t> slots_;  ///< places in entries_, counted from 1
};

}  // namespace mica::detail
