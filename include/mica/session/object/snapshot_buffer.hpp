// SPDX-License-Identifier: BSL-1.0
// Where rows and keys are encoded: memory that is used again, so that only what is kept of them is allocated.
#pragma once

#include <mica/core/exchange.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>

namespace mica::detail {

/// Growing bytes. What is short needs no memory but the buffer's own.
class SnapshotBuffer {
public:
    SnapshotBuffer() noexcept {}  // NOLINT: defaulted, `{}` would fill it with zeros first
    SnapshotBuffer(const SnapshotBuffer&) = delete;
    SnapshotBuffer& operator=(const SnapshotBuffer&) = delete;
    ~SnapshotBuffer() {
        if (begin_ != own_) ::operator delete(begin_);
    }

    std::string_view view() const noexcept {
        return {static_cast<const char*>(begin_), static_cast<std::size_t>(end_ - begin_)};
    }
    operator std::string_view() const noexcept { return view(); }
    void clear() noexcept { end_ = begin_; }

    /// Makes it longer; gives the place of the new bytes, which are to be written.
    char* extend(std::size_t count) {
        if (static_cast<std::size_t>(limit_ - end_) < count) [[unlikely]]
            grow(count);
        return detail::exchange(end_, end_ + count);
    }

    /// Makes room for so many bytes more. What is written there, from the place that it gives on, counts when end_at()
    /// has told of it.
    char* reserve(std::size_t count) {
        if (static_cast<std::size_t>(limit_ - end_) < count) [[unlikely]]
            grow(count);
        return end_;
    }
    void end_at(char* end) noexcept { end_ = end; }

private:
    [[gnu::cold, gnu::noinline]] void grow(std::size_t count) {
        const std::size_t used = view().size();
        const std::size_t capacity = (used + count) * 2;
        char* const bytes = static_cast<char*>(::operator new(capacity));
        std::memcpy(bytes, begin_, used);
        if (begin_ != own_) ::operator delete(begin_);
        begin_ = bytes;
        end_ = bytes + used;
        limit_ = bytes + capacity;
    }

    char own_[192];
    char* begin_ = own_;
    char* end_ = own_;
    char* limit_ = own_ + sizeof own_;
};

}  // namespace mica::detail
