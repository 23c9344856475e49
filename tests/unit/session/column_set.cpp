// SPDX-License-Identifier: BSL-1.0
#include <mica/session/object/column_set.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace unit_column_set {

using mica::detail::ColumnSet;
using mica::detail::List;

ColumnSet set_of(const std::vector<std::size_t>& columns) {
    ColumnSet set;
    for (const std::size_t column : columns) set.add(column);
    return set;
}

std::vector<int> columns_of(const ColumnSet& set) {
    const List<std::uint16_t> columns = set.list();
    return {columns.begin(), columns.end()};
}

TEST(ColumnSet, is_empty_at_first) {
    const ColumnSet set;
    EXPECT_TRUE(set.empty());
    EXPECT_FALSE(set.has(0));
    EXPECT_FALSE(set.has(64));
    EXPECT_TRUE(columns_of(set).empty());
}

TEST(ColumnSet, gives_its_columns_in_the_tables_order) {
    EXPECT_EQ(columns_of(set_of({7, 0, 63, 7})), (std::vector<int>{0, 7, 63}));
    EXPECT_EQ(columns_of(set_of({1999, 64, 3, 200, 65})), (std::vector<int>{3, 64, 65, 200, 1999}));
}

TEST(ColumnSet, knows_what_it_has) {
    const ColumnSet set = set_of({3, 130});
    EXPECT_FALSE(set.empty());
    EXPECT_TRUE(set.has(3));
    EXPECT_TRUE(set.has(130));
    EXPECT_FALSE(set.has(2));
    EXPECT_FALSE(set.has(66));
    EXPECT_FALSE(set.has(194));
    EXPECT_FALSE(set_of({130}).empty());
}

TEST(ColumnSet, equals_one_that_has_the_same) {
    EXPECT_EQ(set_of({1, 100}), set_of({100, 1}));
    EXPECT_FALSE(set_of({1, 100}) == set_of({1}));
    EXPECT_FALSE(set_of({1, 100}) == set_of({1, 101}));
    EXPECT_FALSE(set_of({1}) == set_of({2}));
}

TEST(ColumnSet, is_copied_and_moved_with_all_of_it) {
    ColumnSet set = set_of({1, 100});
    const ColumnSet copy = set;
    const ColumnSet moved = std::move(set);
    EXPECT_EQ(copy, moved);
    EXPECT_EQ(columns_of(copy), (std::vector<int>{1, 100}));
    set = copy;
    EXPECT_EQ(set, copy);
}

}  // namespace unit_column_set
