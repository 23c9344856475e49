// SPDX-License-Identifier: BSL-1.0
#include <mica/core/value_list.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace unit_core_value_list {
namespace {

using mica::Bytes;
using mica::Lifetime;
using mica::ValueList;

static_assert(std::is_nothrow_move_constructible_v<ValueList>);

/// Writes down what it gets, one line a value.
struct Written {
    std::string lines;

    void null() { lines += "null\n"; }
    void integer(std::int64_t value) { lines += "integer " + std::to_string(value) + "\n"; }
    void real(double value) { lines += "real " + std::to_string(value) + "\n"; }
    void text(std::string_view value, Lifetime lifetime) { add("text ", value, lifetime); }
    void blob(Bytes value, Lifetime lifetime) {
        add("blob ", {reinterpret_cast<const char*>(value.data()), value.size()}, lifetime);
    }

private:
    void add(std::string_view kind, std::string_view value, Lifetime lifetime) {
        EXPECT_NE(value.data(), nullptr);
        EXPECT_EQ(lifetime, Lifetime::borrowed);
        lines += std::string(kind) + std::string(value) + "\n";
    }
};

std::string written(const ValueList& list) {
    Written sink;
    for (std::size_t i = 0; i < list.size(); ++i) list.send(i, sink);
    return sink.lines;
}

/// Keeps integers only.
struct Integers {
    std::vector<std::int64_t> values;

    void null() {}
    void integer(std::int64_t value) { values.push_back(value); }
    void real(double) {}
    void text(std::string_view, Lifetime) {}
    void blob(Bytes, Lifetime) {}
};

Bytes bytes(std::string_view text) { return {reinterpret_cast<const std::byte*>(text.data()), text.size()}; }

TEST(ValueList, is_empty_at_first) {
    EXPECT_EQ(ValueList().size(), 0U);
    EXPECT_FALSE(ValueList().holds_nan());
}

TEST(ValueList, sends_what_was_added_in_its_storage_class_and_order) {
    ValueList list;
    list.text("a", Lifetime::borrowed);
    list.null();
    list.integer(-7);
    list.real(0.5);
    list.blob(bytes("b"), Lifetime::borrowed);
    list.text("c", Lifetime::copied);
    EXPECT_EQ(list.size(), 6U);
    EXPECT_EQ(written(list), "text a\nnull\ninteger -7\nreal 0.500000\nblob b\ntext c\n");
}

TEST(ValueList, keeps_the_whole_64_bit_range) {
    using Limits = std::numeric_limits<std::int64_t>;
    ValueList list;
    list.integer(Limits::min());
    list.integer(Limits::max());
    EXPECT_EQ(written(list), "integer -9223372036854775808\ninteger 9223372036854775807\n");
}

TEST(ValueList, reserving_adds_nothing) {
    ValueList list;
    list.reserve(100);
    EXPECT_EQ(list.size(), 0U);
}

TEST(ValueList, owns_its_texts_whatever_lifetime_they_came_with) {
    ValueList list;
    std::string text = "a text that is too long to be kept in place";
    for (const Lifetime lifetime : {Lifetime::borrowed, Lifetime::copied}) list.text(text, lifetime);
    text.assign(text.size(), '#');
    EXPECT_EQ(written(list),
              "text a text that is too long to be kept in place\ntext a text that is too long to be kept in place\n");
}

TEST(ValueList, an_empty_text_and_an_empty_blob_have_an_address) {
    ValueList list;
    list.text("", Lifetime::borrowed);
    list.text(std::string_view(), Lifetime::borrowed);
    list.blob(bytes(""), Lifetime::borrowed);
    list.blob(Bytes(), Lifetime::borrowed);
    EXPECT_EQ(written(list), "text \ntext \nblob \nblob \n");  // and the sink's own check of the address
}

TEST(ValueList, a_text_with_an_embedded_nul_keeps_every_byte) {
    using namespace std::string_view_literals;
    ValueList list;
    list.text("a\0b\0"sv, Lifetime::borrowed);
    EXPECT_EQ(written(list), "text a\0b\0\n"sv);
}

TEST(ValueList, texts_stay_right_while_the_list_grows) {
    ValueList list;
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        list.text("text number " + std::to_string(i), Lifetime::copied);
        expected += "text text number " + std::to_string(i) + "\n";
    }
    EXPECT_EQ(written(list), expected);
}

TEST(ValueList, a_copy_keeps_its_texts) {
    ValueList list;
    list.text("first", Lifetime::borrowed);
    const ValueList copy = list;
    list = ValueList();
    list.text("other", Lifetime::borrowed);
    EXPECT_EQ(written(copy), "text first\n");
}

/// Where the first text of a list lies.
const char* place_of_text(const ValueList& list) {
    struct Place {
        const char* data = nullptr;
        void null() {}
        void integer(std::int64_t) {}
        void real(double) {}
        void text(std::string_view value, Lifetime) { data = value.data(); }
        void blob(Bytes, Lifetime) {}
    } place;
    list.send(0, place);
    return place.data;
}

TEST(ValueList, a_copy_shares_its_values_until_either_is_changed) {
    ValueList list;
    list.text("second", Lifetime::copied);
    list.text("first", Lifetime::copied);
    ValueList copy = list;
    const ValueList third{copy};
    EXPECT_EQ(place_of_text(copy), place_of_text(list));
    copy.sort();
    EXPECT_NE(place_of_text(copy), place_of_text(list));
    EXPECT_EQ(place_of_text(third), place_of_text(list));
    EXPECT_EQ(written(copy), "text first\ntext second\n");
    EXPECT_EQ(written(third), "text second\ntext first\n");
}

TEST(ValueList, takes_values_again_once_it_was_moved_from) {
    ValueList list;
    list.integer(1);
    ValueList taken = std::move(list);
    list.integer(2);
    EXPECT_EQ(written(list) + written(taken), "integer 2\ninteger 1\n");
    taken = list;
    list.integer(3);
    EXPECT_EQ(written(taken), "integer 2\n");
}

TEST(ValueList, moving_takes_the_values_along) {
    ValueList list;
    list.text("first", Lifetime::borrowed);
    const ValueList moved = std::move(list);
    EXPECT_EQ(written(moved), "text first\n");
}

TEST(ValueList, knows_of_every_nan) {
    using Limits = std::numeric_limits<double>;
    for (const double value : {Limits::quiet_NaN(), -Limits::quiet_NaN(), Limits::signaling_NaN()}) {
        ValueList list;
        list.real(value);
        list.real(1);
        EXPECT_TRUE(list.holds_nan());
    }
}

TEST(ValueList, an_infinity_is_no_nan) {
    ValueList list;
    list.real(std::numeric_limits<double>::infinity());
    list.real(-std::numeric_limits<double>::infinity());
    EXPECT_FALSE(list.holds_nan());
}

TEST(ValueList, sorts_integers_as_std_sort_does) {
    std::mt19937_64 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same numbers in every run
    for (std::size_t count = 0; count < 70; ++count) {
        ValueList list;
        std::vector<std::int64_t> expected;
        for (std::size_t i = 0; i < count; ++i) {
            const auto value = static_cast<std::int64_t>(random() % 50) - 25;
            list.integer(value);
            expected.push_back(value);
        }
        list.sort();
        std::sort(expected.begin(), expected.end());
        Integers sorted;
        for (std::size_t i = 0; i < list.size(); ++i) list.send(i, sorted);
        EXPECT_EQ(sorted.values, expected);
    }
}

TEST(ValueList, sorts_texts_and_blobs_by_their_unsigned_bytes) {
    using namespace std::string_view_literals;
    ValueList list;
    for (const std::string_view value : {"b"sv, "\xff"sv, "a\0b"sv, ""sv, "ab"sv, "a"sv}) {
        list.blob(bytes(value), Lifetime::borrowed);
        list.text(value, Lifetime::borrowed);
    }
    list.sort();
    EXPECT_EQ(written(list),
              "text \ntext a\ntext a\0b\ntext ab\ntext b\ntext \xff\n"
              "blob \nblob a\nblob a\0b\nblob ab\nblob b\nblob \xff\n"sv);
}

TEST(ValueList, remembers_where_a_sorted_value_stood) {
    ValueList list;
    list.text("b", Lifetime::borrowed);
    list.integer(7);
    list.null();
    list.integer(3);
    EXPECT_EQ(list.position(3), 3U);
    list.sort();
    EXPECT_EQ(written(list), "null\ninteger 3\ninteger 7\ntext b\n");
    const std::vector<std::size_t> positions{list.position(0), list.position(1), list.position(2), list.position(3)};
    EXPECT_EQ(positions, (std::vector<std::size_t>{2, 3, 1, 0}));
}

TEST(ValueList, sorts_one_storage_class_after_the_other) {
    ValueList list;
    list.blob(bytes("b"), Lifetime::borrowed);
    list.text("t", Lifetime::borrowed);
    list.real(2.5);
    list.real(-1);
    list.integer(9);
    list.null();
    list.integer(3);
    list.sort();
    EXPECT_EQ(written(list), "null\ninteger 3\ninteger 9\nreal -1.000000\nreal 2.500000\ntext t\nblob b\n");
}

TEST(ValueList, sorting_survives_a_nan) {
    ValueList list;
    for (const double value : {3.0, std::numeric_limits<double>::quiet_NaN(), 2.0, 1.0}) list.real(value);
    list.sort();
    EXPECT_EQ(list.size(), 4U);
    EXPECT_TRUE(list.holds_nan());
}

}  // namespace
}  // namespace unit_core_value_list
