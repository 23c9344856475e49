// SPDX-License-Identifier: BSL-1.0
// A list of encoded values that a statement binds as one parameter, so that its text does not depend on their number.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/core/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace mica {

namespace detail {

/// The values of a list, in one buffer each for the values and for their bytes, and how many lists they belong to.
class ListedValues {
    struct Entry {
        StorageClass storage = StorageClass::null;
        std::uint32_t position = 0;
        union {
            std::int64_t integer = 0;
            double real;
            std::size_t offset;  ///< into bytes_
        };
        std::size_t size = 0;
    };

public:
    /// The value at an index.
    class Cell {
    public:
        Cell(const Entry& entry, const char* bytes) noexcept : entry_(&entry), bytes_(bytes) {}

        StorageClass storage_class() const noexcept { return entry_->storage; }
        std::int64_t integer() const noexcept { return entry_->integer; }
        double real() const noexcept { return entry_->real; }
        std::string_view text() const noexcept { return {bytes_ + entry_->offset, entry_->size}; }
        Bytes blob() const noexcept {
            return {reinterpret_cast<const std::byte*>(bytes_ + entry_->offset), entry_->size};
        }

    private:
        const Entry* entry_;
        const char* bytes_;
    };

    Atomic<std::size_t> holders{1};

    ListedValues() = default;
    ListedValues(const ListedValues& other)
        : entries_(other.entries_), bytes_(other.bytes_), holds_nan_(other.holds_nan_) {}
    ListedValues& operator=(const ListedValues&) = delete;
    ~ListedValues() = default;

    void reserve(std::size_t count) { entries_.reserve(count); }
    std::size_t size() const noexcept { return entries_.size(); }
    bool holds_nan() const noexcept { return holds_nan_; }

    MICA_DECL void null();
    MICA_DECL void integer(std::int64_t value);
    MICA_DECL void real(double value);
    MICA_DECL void append(StorageClass storage, const char* data, std::size_t size);

    MICA_DECL bool is_sorted() const noexcept;
    MICA_DECL void sort();

    Cell cell(std::size_t index) const noexcept { return {entries_[index], bytes_.data()}; }
    std::size_t position(std::size_t index) const noexcept { return entries_[index].position; }

private:
    std::uint32_t end() const noexcept { return static_cast<std::uint32_t>(entries_.size()); }

    MICA_DECL bool is_less(const Entry& left, const Entry& right) const noexcept;

    /// Writes the sorted ranges from `left` to `middle` and from there to `end` as one to `out`.
    MICA_DECL void merge(std::size_t left, std::size_t middle, std::size_t end, Entry* out) const noexcept;

    List<Entry> entries_;
    std::string bytes_;
    bool holds_nan_ = false;
};

}  // namespace detail

/// Owns its values. A copy shares them until one of the two is changed, so that a statement that holds a list is copied
/// at no cost for its length. Filled through the members of a sink: null, integer, real, text, blob.
class ValueList {
public:
    constexpr ValueList() noexcept = default;
    constexpr ValueList(const ValueList& other) noexcept : values_(other.values_) {
        if (values_ != nullptr) values_->holders.increment();
    }
    constexpr ValueList(ValueList&& other) noexcept : values_(detail::exchange(other.values_, nullptr)) {}
    ValueList& operator=(ValueList other) noexcept {
        detail::swap(values_, other.values_);
        return *this;
    }
    constexpr ~ValueList() {
        if (!std::is_constant_evaluated()) let_go(values_);  // a constant is empty
    }

    void reserve(std::size_t count) { own().reserve(count); }
    std::size_t size() const noexcept { return values_ == nullptr ? 0 : values_->size(); }
    /// Whether a NaN was added, which no statement takes.
    bool holds_nan() const noexcept { return values_ != nullptr && values_->holds_nan(); }

    void null() { own().null(); }
    void integer(std::int64_t value) { own().integer(value); }
    void real(double value) { own().real(value); }
    void text(std::string_view value, Lifetime) { own().append(StorageClass::text, value.data(), value.size()); }
    void blob(Bytes value, Lifetime) {
        own().append(StorageClass::blob, reinterpret_cast<const char*>(value.data()), value.size());
    }

    /// Puts the values into ascending order: one storage class after the other, text and bytes by their bytes. It does
    /// not change what IN means, but SQLite collects a sorted list with a search less for each value.
    /// Cost: one pass where they are in order; else as a merge sort, with a buffer as large as the list.
    void sort() {
        if (values_ != nullptr && !values_->is_sorted()) own().sort();
    }

    /// Where the value at `index` stood before sort().
    std::size_t position(std::size_t index) const noexcept { return values_->position(index); }

    /// Sends the value at `index` to `sink`; its text and bytes live as long as this list.
    template <class Sink>
    void send(std::size_t index, Sink& sink) const {
        send_cell(values_->cell(index), sink);
    }

private:
    /// The values, to be changed by this list alone.
    detail::ListedValues& own() {
        if (values_ == nullptr || !values_->holders.is_one()) [[unlikely]]
            separate();
        return *values_;
    }
    [[gnu::noinline]] MICA_DECL void separate();
    MICA_DECL static void let_go(detail::ListedValues* values) noexcept;

    detail::ListedValues* values_ = nullptr;
};

static_assert(ValueSink<ValueList>);

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/value_list.ipp>
#endif
