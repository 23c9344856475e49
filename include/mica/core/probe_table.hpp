// SPDX-License-Identifier: BSL-1.0
// An open hash table: linear probing, without tombstones, in one array.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

/// `Slot{}` is an empty place. A slot is small, answers is_empty() and, where it is not, hash(), whose low bits count.
template <class Slot>
class ProbeTable {
public:
    std::size_t size() const noexcept { return size_; }
    /// Whether it has no places at all, so that nothing can be looked for.
    bool has_no_places() const noexcept { return slots_.empty(); }
    /// Whether one more can be added.
    bool has_room() const noexcept { return (size_ + 1) * 4 <= slots_.size() * 3; }

    /// Makes room, so that adding up to this size cannot fail. Throws std::bad_alloc.
    void reserve(std::size_t size) {
        std::size_t places = slots_.size();
        while (size * 4 > places * 3) places = places == 0 ? 16 : places * 2;
        if (places != slots_.size()) grow(places);
    }
    void clear() noexcept {
        slots_.clear();
        size_ = 0;
    }

    /// The slot that is meant, or the empty one that ends the search.
    template <class IsMeant>
    const Slot& find(std::uint64_t hash, IsMeant is_meant) const noexcept {
        std::size_t i = home(hash);
        while (!slots_[i].is_empty() && !is_meant(slots_[i])) i = next(i);
        return slots_[i];
    }

    /// Adds what is not there yet. There must be room.
    void add(const Slot& slot) noexcept {
        place(slot);
        ++size_;
    }

    /// Takes one out that find() gave, and moves up what had to step aside for it.
    void erase(const Slot& slot) noexcept {
        auto gap = static_cast<std::size_t>(&slot - slots_.data());
        slots_[gap] = Slot{};
        --size_;
        for (std::size_t i = next(gap); !slots_[i].is_empty(); i = next(i)) {
            const std::size_t way = (i - home(slots_[i].hash())) & mask();  // that it has come since its home
            if (way < ((i - gap) & mask())) continue;
            slots_[gap] = detail::exchange(slots_[i], Slot{});
            gap = i;
        }
    }

private:
    std::size_t mask() const noexcept { return slots_.size() - 1; }
    std::size_t home(std::uint64_t hash) const noexcept { return hash & mask(); }
    std::size_t next(std::size_t i) const noexcept { return (i + 1) & mask(); }

    void place(const Slot& slot) noexcept {
        std::size_t i = home(slot.hash());
        while (!slots_[i].is_empty()) i = next(i);
        slots_[i] = slot;
    }

    [[gnu::noinline]] void grow(std::size_t places) {
        List<Slot> old;
        old.resize(places);
        old.swap(slots_);
        for (const Slot& slot : old) {
            if (!slot.is_empty()) place(slot);
        }
    }

    List<Slot> slots_;
    std::size_t size_ = 0;
};

}  // namespace mica::detail
