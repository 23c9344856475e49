// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/codec.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/text.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace unit_codec_codec {
namespace {

using mica::DecodeFlaw;
using mica::is_optional;
using mica::Lifetime;
using mica::Storable;
using mica::storage_class_of;
using mica::StorageClass;
using mica::without_optional;
using mica::test::blob_cell;
using mica::test::flaw_of;
using mica::test::integer_cell;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::real_cell;
using mica::test::sent;
using mica::test::text_cell;

enum class Mood : std::uint8_t { calm, busy };

static_assert(is_optional<std::optional<int>> && !is_optional<int>);
static_assert(std::is_same_v<without_optional<std::optional<int>>, int> && std::is_same_v<without_optional<int>, int>);
static_assert(storage_class_of<std::optional<double>> == storage_class_of<double>);

// Not storable, and asking is no error.
static_assert(!Storable<std::optional<std::optional<int>>>);
static_assert(!Storable<void*> && !Storable<int&> && !Storable<std::vector<int>> && !Storable<struct Incomplete>);

constexpr std::array<std::byte, 1> one_byte{std::byte{65}};

/// Which cells a type takes, in the order NULL, INTEGER, REAL, TEXT, BLOB.
template <class Value>
std::array<DecodeFlaw, 5> flaws() {
    return {flaw_of<Value>(null_cell()), flaw_of<Value>(integer_cell(1)), flaw_of<Value>(real_cell(1)),
            flaw_of<Value>(text_cell("A")), flaw_of<Value>(blob_cell(one_byte))};
}

TEST(Codec, only_the_declared_storage_class_is_read_but_for_integers_into_doubles) {
    constexpr auto null = DecodeFlaw::null;
    constexpr auto wrong = DecodeFlaw::storage_class;
    constexpr auto read = DecodeFlaw::none;
    EXPECT_EQ(flaws<std::int64_t>(), (std::array{null, read, wrong, wrong, wrong}));
    EXPECT_EQ(flaws<bool>(), (std::array{null, read, wrong, wrong, wrong}));
    EXPECT_EQ(flaws<Mood>(), (std::array{null, read, wrong, wrong, wrong}));
    EXPECT_EQ(flaws<double>(), (std::array{null, read, read, wrong, wrong}));
    EXPECT_EQ(flaws<float>(), (std::array{null, read, read, wrong, wrong}));
    EXPECT_EQ(flaws<std::string>(), (std::array{null, wrong, wrong, read, wrong}));
    EXPECT_EQ(flaws<std::string_view>(), (std::array{null, wrong, wrong, read, wrong}));
    EXPECT_EQ(flaws<std::vector<std::byte>>(), (std::array{null, wrong, wrong, wrong, read}));
    EXPECT_EQ(flaws<std::vector<std::uint8_t>>(), (std::array{null, wrong, wrong, wrong, read}));
    EXPECT_EQ((flaws<std::array<std::byte, 1>>()), (std::array{null, wrong, wrong, wrong, read}));
    EXPECT_EQ(flaws<std::optional<std::string>>(), (std::array{read, wrong, wrong, read, wrong}));
}

TEST(Codec, an_optional_is_sent_as_its_value_or_as_null) {
    EXPECT_EQ(sent(std::optional<int>{}).storage, StorageClass::null);
    EXPECT_EQ(sent(std::optional<int>{5}).integer, 5);
    EXPECT_EQ(sent(std::optional<std::string>{"text"}).text, "text");
}

TEST(Codec, an_optional_that_held_a_value_is_emptied_by_null) {
    std::optional<std::string> text = "before";
    EXPECT_EQ(mica::decode(null_cell(), text), DecodeFlaw::none);
    EXPECT_EQ(text, std::nullopt);
}

TEST(Codec, the_storage_class_may_be_known_before_the_cell_is_asked) {
    std::int64_t number = 0;
    EXPECT_EQ(mica::decode(integer_cell(7), StorageClass::integer, number), DecodeFlaw::none);
    EXPECT_EQ(number, 7);
    EXPECT_EQ(mica::decode(integer_cell(7), StorageClass::null, number), DecodeFlaw::null);
}

}  // namespace
}  // namespace unit_codec_codec
