// SPDX-License-Identifier: BSL-1.0
// The five storage classes that every layer speaks: what a codec makes, a statement binds and a cell holds.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica {

/// What a database cell holds (https://www.sqlite.org/datatype3.html, section 2), by SQLite's own numbers: each cell
/// that is read is asked for it.
enum class StorageClass : std::uint8_t { integer = 1, real, text, blob, null };

/// A view of a blob's bytes: a `std::span<const std::byte>`, and to and from one it converts. But <span> and what its
/// constructors ask of a pointer cost every user 2.5 MB.
class Bytes {
public:
    using value_type = std::byte;

    constexpr Bytes() noexcept = default;
    constexpr Bytes(const std::byte* data, std::size_t size) noexcept : data_(data), size_(size) {}
    /// Of a std::vector, std::array or std::span of bytes, which outlives it.
    template <class Range>
        requires requires(const Range& range, const std::byte*& data) { data = range.data(), range.size(); }
    constexpr Bytes(const Range& range) noexcept : Bytes(range.data(), range.size()) {}
    template <std::size_t count>
    constexpr Bytes(const std::byte (&array)[count]) noexcept : Bytes(array, count) {}

    constexpr const std::byte* begin() const noexcept { return data_; }
    constexpr const std::byte* end() const noexcept { return data_ + size_; }
    constexpr const std::byte* data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr const std::byte& operator[](std::size_t index) const noexcept { return data_[index]; }
    /// A part of it, which must be there.
    constexpr Bytes first(std::size_t count) const noexcept { return {data_, count}; }
    constexpr Bytes last(std::size_t count) const noexcept { return {end() - count, count}; }
    constexpr Bytes subspan(std::size_t offset) const noexcept { return last(size_ - offset); }
    constexpr Bytes subspan(std::size_t offset, std::size_t count) const noexcept { return {data_ + offset, count}; }

private:
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

/// How long bound text or bytes live: `borrowed` data outlives the statement's next reset, `copied` data need not.
enum class Lifetime : std::uint8_t { borrowed, copied };

/// What takes values one after the other: the parameters of a statement, a list, a snapshot, a text for people.
template <class Candidate>
concept ValueSink =
    requires(Candidate& sink, std::int64_t integer, double real, std::string_view text, Bytes blob, Lifetime lifetime) {
        sink.null();
        sink.integer(integer);
        sink.real(real);
        sink.text(text, lifetime);
        sink.blob(blob, lifetime);
    };

/// Sends what a cell holds. It answers storage_class(), integer(), real(), text(), blob(), whose data outlives the use.
template <class Cell, class Sink>
constexpr void send_cell(const Cell& cell, Sink& sink) {
    static_assert(ValueSink<Sink>);
    switch (cell.storage_class()) {
        case StorageClass::null: sink.null(); break;
        case StorageClass::integer: sink.integer(cell.integer()); break;
        case StorageClass::real: sink.real(cell.real()); break;
        case StorageClass::text: sink.text(cell.text(), Lifetime::borrowed); break;
        case StorageClass::blob: sink.blob(cell.blob(), Lifetime::borrowed); break;
    }
}

/// True for every NaN, which no cell can hold. By bits, since -ffast-math compiles isnan() away: exponent all ones,
/// fraction not zero, sign shifted out.
constexpr bool is_nan(double value) noexcept {
    return (std::bit_cast<std::uint64_t>(value) << 1) > std::uint64_t{0xffe0'0000'0000'0000};
}

/// That two doubles are one number: where exactly that is meant, and not nearly.
constexpr bool is_same_number(double left, double right) noexcept { return left <= right && left >= right; }

/// The name of a storage class as an error text shows it.
constexpr std::string_view name_of(StorageClass storage) noexcept {
    switch (storage) {
        case StorageClass::null: return "NULL";
        case StorageClass::integer: return "INTEGER";
        case StorageClass::real: return "REAL";
        case StorageClass::text: return "TEXT";
        case StorageClass::blob: return "BLOB";
    }
    return "unknown";
}

}  // namespace mica
