// SPDX-License-Identifier: BSL-1.0
// Memory for the snapshots that are made one after the other: one allocation for many of them.
#pragma once

#include <mica/core/atomic.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

namespace mica::detail {

/// Where the bytes of a snapshot are: behind eight bytes of which the low six are their number, and the high two how
/// many words of eight bytes lie between the beginning of their slab and here. That is 0 for a block of its own.
class SnapshotBlock {
public:
    static constexpr std::size_t head = 8;

    static std::size_t size(const char* block) noexcept { return word(block) & most_size; }
    static void set(char* block, std::size_t size, std::size_t place) noexcept {
        const std::uint64_t word = size | std::uint64_t{place} << 48U;
        std::memcpy(block, &word, head);
    }
    /// In any thread.
    [[gnu::noinline]] static void release(char* block) noexcept {
        const std::uint64_t place = word(block) >> 48U;
        char* const begin = block - static_cast<std::ptrdiff_t>(place * 8);
        if (place == 0 || reinterpret_cast<Users*>(begin)->decrement_to_zero()) ::operator delete(begin);
    }

    /// What a slab begins with: the blocks in it, and who fills it.
    using Users = Atomic<std::int64_t>;
    static_assert(sizeof(Users) == 8);

private:
    static constexpr std::uint64_t most_size = (std::uint64_t{1} << 48U) - 1;

    static std::uint64_t word(const char* block) noexcept {
        std::uint64_t word = 0;
        std::memcpy(&word, block, head);
        return word;
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
        const std::size_t needed = (SnapshotBlock::head + size + 7) & ~std::size_t{7};
        if (needed > left_ && !open(needed)) return alone(size);
        char* const block = slab_ + used_;
        SnapshotBlock::set(block, size, used_ / 8);
        users().increment();
        used_ += needed;
        left_ -= needed;
        return block;
    }
    static char* alone(std::size_t size) {
        auto* const block = static_cast<char*>(::operator new(SnapshotBlock::head + size));
        SnapshotBlock::set(block, size, 0);
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
