// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/session/object/key_index.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace {

using mica::detail::encoded_columns;
using mica::detail::KeyIndex;
using mica::detail::SnapshotBuffer;
using mica::detail::SnapshotSink;

TEST(KeyIndex, finds_what_was_added_under_its_key) {
    int objects[100]{};
    KeyIndex<int> index;
    EXPECT_EQ(index.find("0"), nullptr);
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(index.add(std::to_string(i), &objects[i]));
    EXPECT_EQ(index.size(), 100U);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(index.find(std::to_string(i)), &objects[i]);
    EXPECT_EQ(index.find("100"), nullptr);
}

TEST(KeyIndex, keeps_the_first_of_a_key) {
    int objects[2]{};
    KeyIndex<int> index;
    EXPECT_TRUE(index.add("a", &objects[0]));
    EXPECT_FALSE(index.add("a", &objects[1]));
    EXPECT_EQ(index.find("a"), &objects[0]);
}

TEST(KeyIndex, an_object_may_come_later) {
    int object = 0;
    KeyIndex<int> index;
    index.set("a", object);
    EXPECT_TRUE(index.add("a", nullptr));
    EXPECT_EQ(index.find("a"), nullptr);
    index.set("a", object);
    EXPECT_EQ(index.find("a"), &object);
}

TEST(EncodedColumns, are_empty_where_one_is_null_and_where_there_is_no_row) {
    SnapshotBuffer snapshot;
    SnapshotSink sink{snapshot};
    sink.integer(7);
    sink.null();
    sink.integer(8);
    const std::uint16_t first_and_last[]{0, 2};
    const std::uint16_t first_two[]{0, 1};
    EXPECT_EQ(encoded_columns(snapshot, first_and_last, 2).size(), 18U);
    EXPECT_EQ(encoded_columns(snapshot, first_two, 2), "");
    EXPECT_EQ(encoded_columns("", first_two, 2), "");
}

}  // namespace
