// SPDX-License-Identifier: BSL-1.0
// Whether an object is in a list: a hash table beside the list, made only where the list is long.
#pragma once

#include <mica/core/probe_table.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

/// Knows nothing by itself: whoever changes the list tells it. `Object` is what the pointers point to.
template <class Object>
class PointerSet {
public:
    /// Whether `list` has an element for which `pointer_of` gives `wanted`. Cost: a look at all of it where it is
    /// short, or learn() has not been called since forget().
    template <class List, class PointerOf>
    bool contains(const List& list, const Object* wanted, PointerOf pointer_of) const noexcept {
        if (!slots_.has_no_places()) return !slot_of(wanted).is_empty();
        for (const auto& element : list) {
            if (pointer_of(element) == wanted) return true;
        }
        return false;
    }
    /// Makes the table where it pays and is not there. Throws std::bad_alloc.
    template <class List, class PointerOf>
    void learn(const List& list, PointerOf pointer_of) {
        if (list.size() <= short_list || !slots_.has_no_places()) return;
        slots_.reserve(list.size() * 2);
        for (const auto& element : list) slots_.add({pointer_of(element)});
    }
    /// An element has been added to the list.
    void add(const Object* pointer) noexcept {
        if (slots_.has_no_places()) return;
        if (!slots_.has_room()) return forget();
        slots_.add({pointer});
    }
    /// An element has been taken from the list.
    void remove(const Object* pointer) noexcept {
        if (slots_.has_no_places()) return;
        const Slot& slot = slot_of(pointer);
        if (!slot.is_empty()) slots_.erase(slot);
    }
    /// The list has changed in some other way.
    void forget() noexcept { slots_.clear(); }

private:
    static constexpr std::size_t short_list = 16;

    struct Slot {
        const Object* pointer = nullptr;

        bool is_empty() const noexcept { return pointer == nullptr; }
        std::uint64_t hash() const noexcept {
            const std::uint64_t address = reinterpret_cast<std::uintptr_t>(pointer);
            return address * 0x9E3779B97F4A7C15U >> 20U;
        }
    };

    const Slot& slot_of(const Object* pointer) const noexcept {
        return slots_.find(Slot{pointer}.hash(), [pointer](const Slot& slot) { return slot.pointer == pointer; });
    }

    ProbeTable<Slot> slots_;
};

}  // namespace mica::detail
