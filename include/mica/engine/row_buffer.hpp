// SPDX-License-Identifier: BSL-1.0
// The rows of a statement that has run to its end: what a result hands out where there is nothing left to step.
#pragma once

#include <mica/core/exchange.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace mica::detail {

/// Behind virtual functions, so that only statements with such rows pay for a vector of them.
template <class Row>
struct RowBuffer {
    RowBuffer() = default;
    RowBuffer(const RowBuffer&) = delete;
    RowBuffer& operator=(const RowBuffer&) = delete;
    virtual ~RowBuffer() = default;

    /// Moves the next row out; false where there is none.
    virtual bool take(Row& row) = 0;
    /// Appends all that are left.
    virtual void take_all(std::vector<Row>& taken) = 0;
};

template <class Row>
struct VectorBuffer final : RowBuffer<Row> {
    explicit VectorBuffer(std::vector<Row> read) noexcept : rows(std::move(read)) {}

    bool take(Row& row) override {
        if (next == rows.size()) return false;
        row = std::move(rows[next++]);
        return true;
    }
    void take_all(std::vector<Row>& taken) override {
        taken.reserve(taken.size() + rows.size() - next);
        for (; next != rows.size(); ++next) taken.push_back(std::move(rows[next]));
    }

    std::vector<Row> rows;
    std::size_t next = 0;
};

/// Owns the buffer of a result, if it has one.
template <class Row>
class BufferOwner {
public:
    BufferOwner() noexcept = default;
    explicit BufferOwner(RowBuffer<Row>* buffer) noexcept : buffer_(buffer) {}
    BufferOwner(BufferOwner&& other) noexcept : buffer_(detail::exchange(other.buffer_, nullptr)) {}
    BufferOwner& operator=(BufferOwner&& other) noexcept {
        detail::swap(buffer_, other.buffer_);
        return *this;
    }
    ~BufferOwner() { delete buffer_; }

    explicit operator bool() const noexcept { return buffer_ != nullptr; }
    RowBuffer<Row>* operator->() const noexcept { return buffer_; }

private:
    RowBuffer<Row>* buffer_ = nullptr;
};

}  // namespace mica::detail
