// SPDX-License-Identifier: BSL-1.0
// Memory for tracked objects that are made one after the other, as by a query: one allocation for many of them.
#pragma once

#include <mica/core/atomic.hpp>

#include <cstddef>
#include <cstdint>
#include <new>

#if defined(__SANITIZE_ADDRESS__)
#define MICA_OBJECTS_ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MICA_OBJECTS_ALONE 1
#endif
#endif

namespace mica::detail {

/// Gives out places for objects of one size. The first has memory of its own, and each slab room for twice what came
/// before: little is lost where few are made. A slab stays until the last of its objects has gone, so it is small.
/// Under AddressSanitizer each object has memory of its own, so that it sees who uses one that has gone.
class ObjectSlabs {
public:
    ObjectSlabs() noexcept = default;
    ObjectSlabs(const ObjectSlabs&) = delete;
    ObjectSlabs& operator=(const ObjectSlabs&) = delete;
    ~ObjectSlabs() { leave(); }

    static constexpr std::size_t alignment = 8;

    /// Where an object goes, and its number in its slab, counted from 1; 0 where it is alone.
    struct Place {
        void* memory;
        std::uint8_t number;
    };

    /// Throws std::bad_alloc.
    Place take(std::size_t size) {
        if (size != size_ || used_ == count_) open(size);
        if (count_ == 0) return {::operator new(size), 0};
        char* const memory = slab_ + sizeof(Users) + used_++ * size;
        return {memory, static_cast<std::uint8_t>(used_)};
    }
    /// Of an object that has gone. In any thread.
    static void release(void* memory, std::size_t size, std::uint8_t number) noexcept {
        if (number == 0) return ::operator delete(memory);
        char* const slab = static_cast<char*>(memory) - std::size_t{number - 1U} * size - sizeof(Users);
        if (reinterpret_cast<Users*>(slab)->decrement_to_zero()) ::operator delete(slab);
    }

private:
    /// What a slab begins with: how many objects are in it or may still come.
    using Users = Atomic<std::int64_t>;
    static_assert(sizeof(Users) == alignment);

    static constexpr std::size_t largest = 4096 - 2 * sizeof(Users);  // with what the allocator adds: a round number

    static constexpr std::size_t most = 255;  // in a slab, for Place::number

    [[gnu::noinline]] void open(std::size_t size) {
        leave();
        if (size != size_) next_ = 0;
        size_ = size;
#if !defined(MICA_OBJECTS_ALONE)
        std::size_t count = next_;
        next_ = next_ == 0 ? 2 : 2 * next_;
        if (next_ > most) next_ = most;
        if (count * size > largest) count = largest / size;
        if (count < 2) return;
        slab_ = static_cast<char*>(::operator new(sizeof(Users) + count * size));
        ::new (static_cast<void*>(slab_)) Users{static_cast<std::int64_t>(count)};
        count_ = count;
#endif
    }
    /// No more come to the slab that is open.
    void leave() noexcept {
        for (bool is_last = false; used_ < count_ && !is_last; ++used_) {
            is_last = reinterpret_cast<Users*>(slab_)->decrement_to_zero();
            if (is_last) ::operator delete(slab_);
        }
        used_ = 0;
        count_ = 0;
    }

    char* slab_ = nullptr;
    std::size_t size_ = 0;
    std::size_t used_ = 0;
    std::size_t count_ = 0;
    std::size_t next_ = 0;  ///< how many the slab to come has room for
};

}  // namespace mica::detail
