// SPDX-License-Identifier: BSL-1.0
// Memory for the snapshots that are made one after the other: one allocation for many of them.
#pragma once

#include <mica/core/atomic.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

namespace mica::detail {

/// Where the bytes of a snapshot are: behind two numbers of two bytes, how many bytes lie between the beginning of
/// their slab and here, 0 for a block of its own, and their size. One that does not fit there is eight bytes before
/// them.
class SnapshotBlock {
public:
    static constexpr std::size_t head = 4;

    static std::size_t size(const char* block) noexcept {
        const std::uint16_t size = number(block + 2);
        if (size != is_large) [[likely]]
            return size;
        std::uint64_t large = 0;
        std::memcpy(&large, block - sizeof large, sizeof large);
        return large;
    }
    /// Of a slab.
    static void set(char* block, std::size_t size, std::size_t place) noexcept {
        const std::uint16_t numbers[]{static_cast<std::uint16_t>(place), static_cast<std::uint16_t>(size)};
        std::memcpy(block, numbers, head);
    }
    /// One of its own. Throws std::bad_alloc.
    static char* make(std::size_t size) {
        const std::size_t before = size < is_large ? 0 : sizeof(std::uint64_t);
        char* const block = static_cast<char*>(::operator new(before + head + size)) + before;
        set(block, before == 0 ? size : is_large, 0);
        const std::uint64_t large = size;
        if (before != 0) std::memcpy(block - before, &large, before);
        return block;
    }
    /// In any thread.
    [[gnu::noinline]] static void release(char* block) noexcept {
        const std::uint16_t place = number(block);
        if (place == 0) return ::operator delete(number(block + 2) == is_large ? block - sizeof(std::uint64_t) : block);
        char* const begin = block - place;
        if (reinterpret_cast<Users*>(begin)->decrement_to_zero()) ::operator delete(begin);
    }

    /// What a slab begins with: the blocks in it, and who fills it.
    using Users = Atomic<std::int64_t>;
    static_assert(sizeof(Users) == 8);

private:
    static constexpr std::uint16_t is_large = 0xffff;

    static std::uint16_t number(const char* at) noexcept {
        std::uint16_t number = 0;
        std::memcpy(&number, at, sizeof number);
        return number;
    }
};

/// Gives out blocks. The first has memory of its own, and each slab room for twice what came before: little is lost
/// where few are made. A slab stays until the last of its blocks has gone, so it is small.
class SnapshotSlabs {
public:
    SnapshotSlabs() noexcept = default;
    SnapshotSlabs(const SnapshotSlabs&) = delete;
    SnapshotSlabs& operator=(const SnapshotSlabs&) = delete;
    ~SnapshotSlabs() { leave(); }

    /// A block for so many bytes. Throws std::bad_alloc.
    char* take(std::size_t size) {
        const std::size_t needed = SnapshotBlock::head + size;
        if (needed > left_ && !open(needed)) return SnapshotBlock::make(size);
        char* const block = slab_ + used_;
        SnapshotBlock::set(block, size, used_);
        users().increment();
        used_ += needed;
        left_ -= needed;
        return block;
    }

private:
    static constexpr std::size_t largest = 4096;

    SnapshotBlock::Users& users() const noexcept { return *reinterpret_cast<SnapshotBlock::Users*>(slab_); }

    /// False where the block is better alone.
    [[gnu::noinline]] bool open(std::size_t needed) {
        const std::size_t size = next_;
        next_ = 2 * (next_ < needed ? needed : next_);
        if (next_ > largest) next_ = largest;
        if (size < 2 * needed) return false;
        auto* const slab = static_cast<char*>(::operator new(sizeof(SnapshotBlock::Users) + size));
        leave();
        slab_ = slab;
        ::new (static_cast<void*>(slab)) SnapshotBlock::Users{1};
        used_ = sizeof(SnapshotBlock::Users);
        left_ = size;
        return true;
    }
    void leave() noexcept {
        if (slab_ != nullptr && users().decrement_to_zero()) ::operator delete(slab_);
    }

    char* slab_ = nullptr;
    std::size_t used_ = 0;
    std::size_t left_ = 0;
    std::size_t next_ = 0;  ///< the size of the slab to come
};

}  // namespace mica::detail
