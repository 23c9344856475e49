// SPDX-License-Identifier: BSL-1.0
// Which columns of a table are to be written.
#pragma once

#include <mica/core/list.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace mica::detail {

/// A set of columns; up to 64 of a table's need no memory of their own.
class ColumnSet {
public:
    bool empty() const noexcept { return *this == ColumnSet{}; }
    bool has(std::size_t column) const noexcept {
        if (column < width) return (first_ & bit(column)) != 0;
        const std::size_t word = column / width - 1;
        return word < more_.size() && (more_[word] & bit(column)) != 0;
    }
    void add(std::size_t column) {
        if (column < width) {
            first_ |= bit(column);
            return;
        }
        const std::size_t word = column / width - 1;
        if (word >= more_.size()) more_.resize(word + 1);
        more_[word] |= bit(column);
    }

    /// In the order of the table.
    template <class Use>
    void for_each(const Use& use) const {
        for_each_in(first_, 0, use);
        for (std::size_t word = 0; word < more_.size(); ++word) for_each_in(more_[word], (word + 1) * width, use);
    }
    List<std::uint16_t> list() const {
        List<std::uint16_t> columns;
        for_each([&columns](std::size_t column) { columns.push_back(static_cast<std::uint16_t>(column)); });
        return columns;
    }

    friend bool operator==(const ColumnSet& left, const ColumnSet& right) noexcept = default;

private:
    static constexpr std::size_t width = 64;

    static std::uint64_t bit(std::size_t column) noexcept { return std::uint64_t{1} << column % width; }
    template <class Use>
    static void for_each_in(std::uint64_t word, std::size_t first, const Use& use) {
        for (; word != 0; word &= word - 1) use(first + static_cast<std::size_t>(std::countr_zero(word)));
    }

    std::uint64_t first_ = 0;
    List<std::uint64_t> more_{};  ///< of those behind them, without empty words at the end
};

}  // namespace mica::detail
