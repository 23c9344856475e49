// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/session/object/key_index.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace unit_session_key_index {
namespace {

using mica::ForeignKey;
using mica::TextFold;
using mica::detail::child_key;
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
    const ForeignKey first_and_last{.child = {0, 2}, .count = 2};
    const ForeignKey first_two{.child = {0, 1}, .count = 2};
    EXPECT_EQ(child_key(snapshot, first_and_last).size(), 18U);
    EXPECT_EQ(child_key(snapshot, first_two), "");
    EXPECT_EQ(child_key("", first_two), "");
}

TEST(EncodedColumns, are_the_same_of_texts_that_a_collation_takes_for_the_same) {
    SnapshotBuffer snapshot;
    SnapshotSink sink{snapshot};
    const auto text = [&](std::string_view value) { sink.text(value, mica::Lifetime::borrowed); };
    const std::string name(300, 'x');
    text(name + "Z\u00c4");
    text(name + "z\u00c4");
    text(name + "z\u00e4");
    text("a ");
    text("a");
    const auto key = [&](std::uint16_t column, TextFold fold) {
        return child_key(snapshot, ForeignKey{.child = {column}, .folds = {fold}, .count = 1});
    };
    EXPECT_EQ(key(0, TextFold::nocase), key(1, TextFold::nocase));
    EXPECT_NE(key(0, TextFold::none), key(1, TextFold::none));
    EXPECT_NE(key(1, TextFold::nocase), key(2, TextFold::nocase)) << "of ASCII only";
    EXPECT_EQ(key(3, TextFold::rtrim), key(4, TextFold::rtrim));
    EXPECT_NE(key(3, TextFold::nocase), key(4, TextFold::nocase));
}

}  // namespace
}  // namespace unit_session_key_index
