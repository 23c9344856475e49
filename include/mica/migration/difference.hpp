// SPDX-License-Identifier: BSL-1.0
// In what the tables of a database differ from those that structs describe, as data and as text for people.
#pragma once

#include <mica/core/text.hpp>
#include <mica/migration/table_info.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica {

enum class DifferenceKind : unsigned char {
    table,
    column,
    type,
    nullability,
    default_value,
    collation,
    generated,
    primary_key,
    autoincremented,
    unique,
    check,
    foreign_key,
    index,
    strict,
    rowid,
    virtual_table,
};

/// One thing that differs. Where it is missing in the database, `actual` is empty; where no struct asks for it,
/// `expected` is.
template <class Text>
struct BasicDifferenceItem {
    DifferenceKind kind;
    Text table;   ///< with its schema in front, where that is not the main one
    Text column;  ///< empty for what belongs to the table or to several columns
    Text expected;
    Text actual;
    Text text;  ///< all of that as a line for people
};

/// All that differs, table by table; empty where nothing does. A template, so that only programs that look at it
/// compile it.
template <class Item>
class BasicDifference {
public:
    BasicDifference() = default;
    explicit BasicDifference(std::vector<Item> items) noexcept : items_(std::move(items)) {}

    bool empty() const noexcept { return items_.empty(); }
    std::size_t size() const noexcept { return items_.size(); }
    auto begin() const noexcept { return items_.begin(); }
    auto end() const noexcept { return items_.end(); }
    const Item& operator[](std::size_t index) const noexcept { return items_[index]; }

    /// A line for each item; empty where nothing differs.
    std::string to_string() const {
        std::string text;
        for (const Item& item : items_) detail::append(text, {item.text, "\n"});
        return text;
    }

    /// Into any stream that takes text.
    template <class Stream>
    friend auto operator<<(Stream& stream, const BasicDifference& difference)
        -> decltype(stream << std::string_view{}) {
        return stream << difference.to_string();
    }

private:
    std::vector<Item> items_;
};

using DifferenceItem = BasicDifferenceItem<std::string>;
using Difference = BasicDifference<DifferenceItem>;

namespace detail {

/// Compares meanings, not spellings: INT and INTEGER, quotes, blanks, the names of constraints and indexes, the order
/// of columns and a UNIQUE that is an index make no difference. Tables that are not among `expected` have no say.
template <class Text = std::string>
[[gnu::cold]] BasicDifference<BasicDifferenceItem<Text>> compare_tables(
    const std::vector<BasicTableInfo<Text>>& expected, const std::vector<BasicTableInfo<Text>>& actual);

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/migration/impl/difference.ipp>
#endif
