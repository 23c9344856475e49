// SPDX-License-Identifier: BSL-1.0
// Which columns of a table are to be written.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

namespace mica::detail {

/// A set of columns; up to 64 of a table's need no memory of their own. Small, for every change has one.
class ColumnSet {
public:
    ColumnSet() noexcept = default;
    ColumnSet(const ColumnSet& other) : ColumnSet() {
        other.for_each([this](std::size_t column) { add(column); });
    }
    ColumnSet(ColumnSet&& other) noexcept
        : first_(detail::exchange(other.first_, {})), more_(detail::exchange(other.more_, nullptr)) {}
    // Not by value: an implicit assignment around it would promise not to throw, and the copy may.
    ColumnSet& operator=(const ColumnSet& other) { return *this = ColumnSet{other}; }
    ColumnSet& operator=(ColumnSet&& other) noexcept {
        ColumnSet taken{std::move(other)};
        detail::swap(first_, taken.first_);
        detail::swap(more_, taken.more_);
        return *this;
    }
    ~ColumnSet() {
        if (more_ != nullptr) ::operator delete(more_);
    }

    bool empty() const noexcept { return first_ == 0 && more_ == nullptr; }
    bool has(std::size_t column) const noexcept {
        if (column < width) return (first_ & bit(column)) != 0;
        return column / width < words() && (word(column / width) & bit(column)) != 0;
    }
    void add(std::size_t column) {
        if (column < width) {
            first_ |= bit(column);
        } else {
            if (column / width >= words()) lengthen(column / width);
            more_[column / width] |= bit(column);
        }
    }

    bool overlaps(const ColumnSet& other) const noexcept {
        if ((first_ & other.first_) != 0) return true;
        if (more_ == nullptr || other.more_ == nullptr) return false;
        const std::size_t shared = words() < other.words() ? words() : other.words();
        for (std::size_t i = 1; i < shared; ++i) {
            if ((word(i) & other.word(i)) != 0) return true;
        }
        return false;
    }

    /// In the order of the table.
    template <class Use>
    void for_each(const Use& use) const {
        const std::size_t count = words();
        for (std::size_t i = 0; i < count; ++i) {
            for (std::uint64_t rest = word(i); rest != 0; rest &= rest - 1) {
                use(i * width + static_cast<std::size_t>(std::countr_zero(rest)));
            }
        }
    }
    List<std::uint16_t> list() const {
        List<std::uint16_t> columns;
        for_each([&columns](std::size_t column) { columns.push_back(static_cast<std::uint16_t>(column)); });
        return columns;
    }

    friend bool operator==(const ColumnSet& left, const ColumnSet& right) noexcept {
        if (left.first_ != right.first_) return false;
        if (left.more_ == nullptr && right.more_ == nullptr) return true;
        if (left.words() != right.words()) return false;
        for (std::size_t i = 1; i < left.words(); ++i) {
            if (left.word(i) != right.word(i)) return false;
        }
        return true;
    }

private:
    static constexpr std::size_t width = 64;

    static std::uint64_t bit(std::size_t column) noexcept { return std::uint64_t{1} << column % width; }
    std::size_t words() const noexcept { return more_ == nullptr ? 1 : std::size_t{more_[0]} + 1; }
    std::uint64_t word(std::size_t i) const noexcept { return i == 0 ? first_ : more_[i]; }

    [[gnu::cold, gnu::noinline]] void lengthen(std::size_t last) {
        auto* const more = static_cast<std::uint64_t*>(::operator new((last + 1) * sizeof(std::uint64_t)));
        std::memset(more, 0, (last + 1) * sizeof(std::uint64_t));
        for (std::size_t i = 1; i < words(); ++i) more[i] = more_[i];
        more[0] = last;
        ::operator delete(more_);
        more_ = more;
    }

    std::uint64_t first_ = 0;
    std::uint64_t* more_ = nullptr;  ///< how many further words there are, then they; the last one is not 0
};

}  // namespace mica::detail
