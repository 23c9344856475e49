// SPDX-License-Identifier: BSL-1.0
// Whether an object is in a list: a hash table beside the list, made only where the list is long.
#pragma once

#include <mica/core/list.hpp>

#include <cstddef>

namespace mica::detail {

/// Knows nothing by itself: whoever changes the list tells it. `Object` is what the pointers point to.
template <class Object>
class PointerSet {
public:
    /// Whether `list` has an element for which `pointer_of` gives `wanted`. Throws std::bad_alloc.
    template <class List, class PointerOf>
    bool contains(const List& list, const Object* wanted, PointerOf pointer_of) {
        if (list.size() <= short_list) {
            for (const auto& element : list) {
                if (pointer_of(element) == wanted) return true;
            }
            return false;
        }
        if (slots_.empty()) {
            std::size_t size = 64;
            while (size < list.size() * 2) size *= 2;
            slots_.resize(size);
            for (const auto& element : list) slots_[place(pointer_of(element))] = pointer_of(element);
            used_ = list.size();
        }
        return slots_[place(wanted)] != nullptr;
    }
    /// An element has been added to the list.
    void add(const Object* pointer) noexcept {
        if (slots_.empty()) return;
        if (++used_ * 2 > slots_.size()) return forget();
        slots_[place(pointer)] = pointer;
    }
    /// An element has been taken from the list.
    void remove(const Object* pointer) noexcept {
        if (slots_.empty() || slots_[place(pointer)] == nullptr) return;
        --used_;
        const std::size_t mask = slots_.size() - 1;
        std::size_t gap = place(pointer);
        slots_[gap] = nullptr;
        for (std::size_t i = (gap + 1) & mask; slots_[i] != nullptr; i = (i + 1) & mask) {
            const std::size_t way = (i - home(slots_[i])) & mask;  // that it has come since its home
            if (way < ((i - gap) & mask)) continue;
            slots_[gap] = slots_[i];
            slots_[i] = nullptr;
            gap = i;
        }
    }
    /// The list has changed in some other way.
    void forget() noexcept { slots_.clear(); }

private:
    static constexpr std::size_t short_list = 16;

    /// Where the search for a pointer begins.
    std::size_t home(const Object* pointer) const noexcept {
        return (reinterpret_cast<std::size_t>(pointer) * 0x9E3779B97F4A7C15U >> 20U) & (slots_.size() - 1);
    }
    /// Where a pointer is, or would be.
    std::size_t place(const Object* pointer) const noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t i = home(pointer);
        while (slots_[i] != nullptr && slots_[i] != pointer) i = (i + 1) & mask;
        return i;
    }

    List<const Object*> slots_;
    std::size_t used_ = 0;
};

}  // namespace mica::detail
