// SPDX-License-Identifier: BSL-1.0
// One object for each key: a hash table of tracked objects, of all entities at once. It owns none of them.
#pragma once

#include <mica/core/probe_table.hpp>
#include <mica/session/object/tracked.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>  // std::hash of it

namespace mica::detail {

/// A key of a table: its values encoded one behind the other, or those in the snapshot of a row.
class KeyView {
public:
    static KeyView of(const Table& table, std::string_view key) noexcept { return {table, key, false}; }
    static KeyView of_row(const Table& table, std::string_view snapshot) noexcept { return {table, snapshot, true}; }
    static KeyView of_row(const Tracked& tracked) noexcept { return of_row(tracked.table(), tracked.snapshot); }

    const Table& table() const noexcept { return *table_; }
    bool is_integer() const noexcept { return size() == 1 && first_.storage_class() == StorageClass::integer; }

    bool equals(const KeyView& other) const noexcept {
        for (std::size_t i = 0; i < size(); ++i) {
            if (!cell(i).equals(other.cell(i))) return false;
        }
        return true;
    }

    /// Different integers of one table have different hashes.
    std::uint64_t hash() const noexcept {
        const std::uint64_t hash = mixed(reinterpret_cast<std::uintptr_t>(table_), first_);
        return size() == 1 ? hash : hash_of_all(hash);
    }

private:
    KeyView(const Table& table, std::string_view bytes, bool is_row) noexcept
        : table_(&table), bytes_(bytes), is_row_(is_row), first_(cell_at(bytes, place(0))) {}

    static std::uint64_t mixed(std::uint64_t hash, const SnapshotCell& cell) noexcept {
        const bool is_number = cell.storage_class() == StorageClass::integer;
        hash ^= is_number ? static_cast<std::uint64_t>(cell.integer()) : hash_of(cell);
        hash *= 0x9E3779B97F4A7C15U;
        return hash ^ hash >> 32U;
    }
    // Apart from the above, which is short then where the key is one integer.
    [[gnu::noinline]] static std::uint64_t hash_of(const SnapshotCell& cell) noexcept {
        return std::hash<std::string_view>{}(cell.encoded());
    }
    [[gnu::noinline]] std::uint64_t hash_of_all(std::uint64_t hash) const noexcept {
        for (std::size_t i = 1; i < size(); ++i) hash = mixed(hash, cell(i));
        return hash;
    }

    std::size_t size() const noexcept { return table_->key.size(); }
    std::size_t place(std::size_t i) const noexcept { return is_row_ ? table_->key[i] : i; }
    SnapshotCell cell(std::size_t i) const noexcept { return i == 0 ? first_ : cell_at(bytes_, place(i)); }

    const Table* table_;
    std::string_view bytes_;
    bool is_row_;
    SnapshotCell first_;
};

/// Whether the row of an object has another key than it had as `row`.
inline bool has_other_key(const Tracked& tracked, std::string_view row) noexcept {
    if (row.empty() || tracked.snapshot.empty()) return false;
    return !KeyView::of_row(tracked.table(), row).equals(KeyView::of_row(tracked));
}

template <class Lazy>
class BasicIdentityMap {
public:
    std::size_t size() const noexcept { return slots_.size(); }

    /// The object of a key, null where none is tracked.
    Tracked* find(const KeyView& key) const noexcept { return find(key, key.hash()); }
    Tracked* find(const KeyView& key, std::uint64_t hash) const noexcept {
        if (slots_.has_no_places()) return nullptr;
        return slots_
            .find(hash,
                  [&](const Slot& slot) {
                      if (slot.key_hash != hash || &slot.tracked->table() != &key.table()) return false;
                      // Without a look at the snapshot, which is elsewhere in memory.
                      if (slot.tracked->has_integer_key && key.is_integer()) return true;
                      return key.equals(KeyView::of_row(*slot.tracked));
                  })
            .tracked;
    }

    /// Another object with the key of one that is in the map, null where there is none.
    Tracked* find_other(const Tracked& tracked) const noexcept {
        const KeyView key = KeyView::of_row(tracked);
        const std::uint64_t hash = key.hash();
        return slots_
            .find(hash,
                  [&](const Slot& slot) {
                      return slot.tracked != &tracked && slot.key_hash == hash &&
                             &slot.tracked->table() == &tracked.table() && KeyView::of_row(*slot.tracked).equals(key);
                  })
            .tracked;
    }

    /// Adds an object under the key of its snapshot, which must not be in the map yet. Throws std::bad_alloc, and
    /// changes nothing then.
    void insert(Tracked& tracked) {
        const KeyView key = KeyView::of_row(tracked);
        insert(tracked, key, key.hash());
    }
    void insert(Tracked& tracked, const KeyView& key, std::uint64_t hash) {
        reserve(size() + 1);
        add(tracked, key, hash);
    }

    /// Makes room, so that inserts up to this size cannot fail.
    void reserve(std::size_t size) { slots_.reserve(size); }

    /// Takes an object out that may be in.
    void erase(Tracked& tracked) noexcept {
        if (!tracked.snapshot.empty()) erase(tracked, KeyView::of_row(tracked).hash());
    }

    /// Exchanges the snapshot of an object that is in the map. Whether its key is another now.
    bool swap_snapshot(Tracked& tracked, Snapshot& snapshot) noexcept {
        const std::uint64_t hash = KeyView::of_row(tracked).hash();
        tracked.snapshot.swap(snapshot);
        if (KeyView::of_row(tracked).hash() == hash) return false;
        erase(tracked, hash);
        const KeyView key = KeyView::of_row(tracked);
        add(tracked, key, key.hash());
        return true;
    }

private:
    struct Slot {
        std::uint64_t key_hash = 0;
        Tracked* tracked = nullptr;

        bool is_empty() const noexcept { return tracked == nullptr; }
        std::uint64_t hash() const noexcept { return key_hash; }
    };

    void add(Tracked& tracked, const KeyView& key, std::uint64_t hash) noexcept {
        tracked.has_integer_key = key.is_integer();
        slots_.add({hash, &tracked});
    }
    void erase(const Tracked& tracked, std::uint64_t hash) noexcept {
        if (slots_.has_no_places()) return;
        const Slot& slot = slots_.find(hash, [&](const Slot& it) { return it.tracked == &tracked; });
        if (!slot.is_empty()) slots_.erase(slot);
    }

    ProbeTable<Slot> slots_;
};

}  // namespace mica::detail
