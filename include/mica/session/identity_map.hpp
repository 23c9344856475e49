// SPDX-License-Identifier: BSL-1.0
// One object for each key: a hash table of tracked objects, of all entities at once. It owns none of them.
#pragma once

#include <mica/session/tracked.hpp>

#include <cstddef>
#include <string>
#include <string_view>  // std::hash of it
#include <utility>

namespace mica::detail {

class IdentityMap {
public:
    std::size_t size() const noexcept { return size_; }

    /// The object of a table's key, null where none is tracked.
    Tracked* find(const Table& table, std::string_view key) const noexcept {
        if (slots_.empty()) return nullptr;
        const std::size_t hash = hash_of(table, key);
        for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
            const Slot& slot = slots_[i];
            if (slot.tracked == nullptr) return nullptr;
            if (slot.hash == hash && &slot.tracked->table() == &table && slot.tracked->key == key) return slot.tracked;
        }
    }

    /// Adds an object under its `key`, which must not be in the map yet. Throws std::bad_alloc, and changes nothing
    /// then.
    void insert(Tracked& tracked) {
        reserve(size_ + 1);
        place({hash_of(tracked.table(), tracked.key), &tracked});
        ++size_;
    }

    /// Makes room, so that inserts up to this size cannot fail.
    void reserve(std::size_t size) {
        while (size * 4 > slots_.size() * 3) grow();
    }

    /// Takes an object out that may be in.
    void erase(Tracked& tracked) noexcept {
        if (slots_.empty()) return;
        std::size_t i = hash_of(tracked.table(), tracked.key) & mask();
        for (; slots_[i].tracked != &tracked; i = (i + 1) & mask()) {
            if (slots_[i].tracked == nullptr) return;
        }
        slots_[i] = {};
        --size_;
        close_gap(i);
    }

    /// Moves an object to another key.
    void rename(Tracked& tracked, std::string key) noexcept {
        erase(tracked);
        tracked.key = std::move(key);
        place({hash_of(tracked.table(), tracked.key), &tracked});
        ++size_;
    }

private:
    struct Slot {
        std::size_t hash = 0;
        Tracked* tracked = nullptr;
    };

    static std::size_t hash_of(const Table& table, std::string_view key) noexcept {
        const std::size_t of_table = reinterpret_cast<std::size_t>(&table) * 0x9E3779B97F4A7C15U;
        return std::hash<std::string_view>{}(key) ^ of_table;
    }
    std::size_t mask() const noexcept { return slots_.size() - 1; }

    void place(const Slot& slot) noexcept {
        std::size_t i = slot.hash & mask();
        while (slots_[i].tracked != nullptr) i = (i + 1) & mask();
        slots_[i] = slot;
    }

    void grow() {
        List<Slot> old;
        old.resize(slots_.empty() ? 16 : slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old) {
            if (slot.tracked != nullptr) place(slot);
        }
    }

    /// Moves up what had to step aside for the removed one (linear probing without tombstones).
    void close_gap(std::size_t gap) noexcept {
        for (std::size_t i = (gap + 1) & mask(); slots_[i].tracked != nullptr; i = (i + 1) & mask()) {
            const std::size_t home = slots_[i].hash & mask();
            if (((i - home) & mask()) >= ((i - gap) & mask())) {
                slots_[gap] = std::exchange(slots_[i], {});
                gap = i;
            }
        }
    }

    List<Slot> slots_;
    std::size_t size_ = 0;
};

}  // namespace mica::detail
