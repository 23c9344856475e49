// SPDX-License-Identifier: BSL-1.0
#include <mica/core/row_changes.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace unit_row_changes {

using mica::RowChangeKind;
using mica::detail::RowChanges;

RowChanges three() {
    RowChanges changes;
    changes.add("main", "car", 1, RowChangeKind::insert);
    changes.add("main", "wheel", 7, RowChangeKind::update);
    changes.add("aux", "car", 2, RowChangeKind::remove);
    return changes;
}

TEST(RowChanges, keep_order_table_key_and_kind) {
    const RowChanges changes = three();
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[1].table, "wheel");
    EXPECT_EQ(changes[1].key, 7);
    EXPECT_EQ(changes[1].kind, RowChangeKind::update);
    EXPECT_EQ(changes[0].schema, "main");
    EXPECT_EQ(changes[2].schema, "aux");
    EXPECT_EQ(changes[2].table, "car");
}

TEST(RowChanges, can_be_undone_down_to_a_number) {
    RowChanges changes = three();
    changes.shrink(1);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].table, "car");
    changes.clear();
    EXPECT_TRUE(changes.empty());
}

TEST(RowChanges, keep_a_key_that_is_a_text) {
    RowChanges changes = three();
    changes.add("main", "setting", "colour", RowChangeKind::insert);
    changes.add("main", "setting", "size, 3", RowChangeKind::remove);
    changes.add("main", "car", 9, RowChangeKind::insert);
    RowChanges copy;
    copy.add("main", "setting", "first", RowChangeKind::insert);
    copy.append(changes);
    ASSERT_EQ(copy.size(), 7U);
    EXPECT_EQ(copy[0].key_text, "first");
    EXPECT_EQ(copy[4].key_text, "colour");
    EXPECT_EQ(copy[5].key_text, "size, 3");
    EXPECT_EQ(copy[6].key_text, "");
    EXPECT_EQ(copy[6].key, 9);
    changes.shrink(4);
    changes.add("main", "setting", "", RowChangeKind::update);
    EXPECT_EQ(changes[3].key_text, "colour");
    EXPECT_EQ(changes[4].key_text, "");
    EXPECT_EQ(changes[4].key, 0);
    EXPECT_TRUE(changes.may_touch("Setting"));
}

TEST(RowChanges, keep_many_texts_without_copying_them_again_and_again) {
    const auto begin = std::chrono::steady_clock::now();
    RowChanges changes;
    for (int i = 0; i < 200'000; ++i) changes.add("main", "setting", std::to_string(i), RowChangeKind::insert);
    RowChanges copy;
    copy.append(changes);
    EXPECT_EQ(copy[199'999].key_text, "199999");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{10});
}

TEST(RowChanges, say_at_their_end_that_more_is_unknown) {
    RowChanges changes = three();
    changes.add_unknown();
    ASSERT_EQ(changes.size(), 4U);
    EXPECT_EQ(changes.known(), 3U);
    EXPECT_EQ(changes[3].kind, RowChangeKind::unknown);
    EXPECT_TRUE(changes[3].table.empty());
    changes.shrink(0);
    EXPECT_EQ(changes.size(), 1U);
    EXPECT_TRUE(changes.has_unknown());
}

TEST(RowChanges, touch_their_tables_in_any_case_of_letters) {
    RowChanges changes = three();
    EXPECT_TRUE(changes.may_touch("Car"));
    EXPECT_TRUE(changes.may_touch("WHEEL"));
    EXPECT_FALSE(changes.may_touch("cars"));
    EXPECT_FALSE(changes.may_touch("motor"));
    changes.add_unknown();
    EXPECT_TRUE(changes.may_touch("motor"));
}

TEST(RowChanges, take_over_others) {
    RowChanges changes = three();
    RowChanges more = three();
    more.add_unknown();
    changes.append(more);
    EXPECT_EQ(changes.size(), 7U);
    EXPECT_EQ(changes[4].table, "wheel");
    EXPECT_TRUE(changes.has_unknown());
}

}  // namespace unit_row_changes
