// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/codec.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/text.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace unit_custom_codec {

/// Text both ways, as 1-api.md shows it.
struct Color {
    int red = 0;
    int green = 0;
    friend bool operator==(const Color&, const Color&) = default;
};
/// decode takes its Storage itself, by reference.
struct Word {
    std::string letters;
    friend bool operator==(const Word&, const Word&) = default;
};
/// decode takes a view although the Storage owns.
struct Packet {
    std::vector<std::byte> bytes;
    friend bool operator==(const Packet&, const Packet&) = default;
};
/// decode takes its owning Storage.
struct Crate {
    std::vector<std::byte> bytes;
    friend bool operator==(const Crate&, const Crate&) = default;
};
struct Money {
    std::int64_t cents = 0;
    friend bool operator==(const Money&, const Money&) = default;
};
struct Celsius {
    double degrees = 0;
    friend bool operator==(const Celsius&, const Celsius&) = default;
};
/// Chained over a type that is narrower than its cell.
struct Level {
    std::int8_t steps = 0;
    friend bool operator==(const Level&, const Level&) = default;
};
/// Chained over an array of fixed length.
struct Key {
    std::array<std::byte, 2> bytes{};
    friend bool operator==(const Key&, const Key&) = default;
};
/// Chained over another user's codec.
struct Paint {
    Color color;
    friend bool operator==(const Paint&, const Paint&) = default;
};
/// Chained over a type that is stored as text without being text.
struct Birthday {
    std::chrono::sys_days day{};
    friend bool operator==(const Birthday&, const Birthday&) = default;
};
enum class Mood : std::uint8_t { calm, busy };
struct Person {
    Mood mood{};
    friend bool operator==(const Person&, const Person&) = default;
};
/// Asks fits before decode.
struct Even {
    std::int64_t number = 0;
    friend bool operator==(const Even&, const Even&) = default;
};
/// Parses in place of decoding.
struct Digit {
    char character = '0';
    friend bool operator==(const Digit&, const Digit&) = default;
};
struct NoCodec {};
struct OverNoCodec {};
struct OverOptional {};

/// Functions beside a user's type, found by argument-dependent lookup if mica calls its own without its namespace.
template <class Sink, class Options>
void encode(const Color&, Sink&, Options) = delete;
template <class Cell, class Options>
void decode(const Cell&, Options, Color&) = delete;

}  // namespace unit_custom_codec

namespace mica {

template <>
struct Codec<unit_custom_codec::Color> {
    using Storage = std::string;
    static std::string encode(const unit_custom_codec::Color& value) {
        return std::to_string(value.red) + "/" + std::to_string(value.green);
    }
    static unit_custom_codec::Color decode(std::string_view stored) {
        const std::size_t slash = stored.find('/');
        if (slash == std::string_view::npos) throw std::invalid_argument("no color");
        return {std::stoi(std::string{stored.substr(0, slash)}), std::stoi(std::string{stored.substr(slash + 1)})};
    }
};

template <>
struct Codec<unit_custom_codec::Word> {
    using Storage = std::string;
    static const std::string& encode(const unit_custom_codec::Word& value) { return value.letters; }
    static unit_custom_codec::Word decode(const std::string& stored) { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Packet> {
    using Storage = std::vector<std::byte>;
    static Bytes encode(const unit_custom_codec::Packet& value) { return value.bytes; }
    static unit_custom_codec::Packet decode(Bytes stored) { return {{stored.begin(), stored.end()}}; }
};

template <>
struct Codec<unit_custom_codec::Crate> {
    using Storage = std::vector<std::byte>;
    static std::vector<std::byte> encode(const unit_custom_codec::Crate& value) { return value.bytes; }
    static unit_custom_codec::Crate decode(const std::vector<std::byte>& stored) { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Money> {
    using Storage = std::int64_t;
    static constexpr Storage encode(const unit_custom_codec::Money& value) noexcept { return value.cents; }
    static constexpr unit_custom_codec::Money decode(Storage stored) noexcept { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Celsius> {
    using Storage = double;
    static double encode(const unit_custom_codec::Celsius& value) { return value.degrees; }
    static unit_custom_codec::Celsius decode(double stored) { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Level> {
    using Storage = std::int8_t;
    static Storage encode(const unit_custom_codec::Level& value) { return value.steps; }
    static unit_custom_codec::Level decode(Storage stored) { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Key> {
    using Storage = std::array<std::byte, 2>;
    static Storage encode(const unit_custom_codec::Key& value) { return value.bytes; }
    static unit_custom_codec::Key decode(const Storage& stored) { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Paint> {
    using Storage = unit_custom_codec::Color;
    static Storage encode(const unit_custom_codec::Paint& value) { return value.color; }
    static unit_custom_codec::Paint decode(const Storage& stored) { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Birthday> {
    using Storage = std::chrono::sys_days;
    static Storage encode(const unit_custom_codec::Birthday& value) { return value.day; }
    static unit_custom_codec::Birthday decode(Storage stored) { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Person> {
    using Storage = EnumText<unit_custom_codec::Mood>;
    static Storage encode(const unit_custom_codec::Person& value) { return value.mood; }
    static unit_custom_codec::Person decode(Storage stored) { return {stored}; }
};

template <>
struct Codec<unit_custom_codec::Even> {
    using Storage = std::int64_t;
    static Storage encode(const unit_custom_codec::Even& value) { return value.number; }
    static bool fits(Storage stored) { return stored % 2 == 0; }
    static unit_custom_codec::Even decode(Storage stored) {
        if (stored % 2 != 0) throw std::logic_error("decode was called with what does not fit");
        return {stored};
    }
};

template <>
struct Codec<unit_custom_codec::Digit> {
    using Storage = std::string;
    static std::string encode(const unit_custom_codec::Digit& value) { return std::string(1, value.character); }
    static bool parse(std::string_view stored, unit_custom_codec::Digit& out) {
        if (stored.size() != 1 || stored[0] < '0' || stored[0] > '9') return false;
        out.character = stored[0];
        return true;
    }
};

template <>
struct Codec<unit_custom_codec::OverNoCodec> {
    using Storage = unit_custom_codec::NoCodec;
};

template <>
struct Codec<unit_custom_codec::OverOptional> {
    using Storage = std::optional<int>;
};

}  // namespace mica

namespace unit_custom_codec {

using mica::DecodeFlaw;
using mica::Lifetime;
using mica::Storable;
using mica::storage_class_of;
using mica::StorageClass;
using mica::test::blob_cell;
using mica::test::flaw_of;
using mica::test::integer_cell;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::real_cell;
using mica::test::round_trip;
using mica::test::sent;
using mica::test::text_cell;

static_assert(Storable<Color> && storage_class_of<Color> == StorageClass::text);
static_assert(Storable<Packet> && storage_class_of<Packet> == StorageClass::blob);
static_assert(Storable<Money> && storage_class_of<Money> == StorageClass::integer);
static_assert(Storable<Celsius> && storage_class_of<Celsius> == StorageClass::real);
static_assert(storage_class_of<std::optional<Celsius>> == StorageClass::real);

// The storage class is that of the end of the chain.
static_assert(storage_class_of<Level> == StorageClass::integer);
static_assert(storage_class_of<Key> == StorageClass::blob);
static_assert(storage_class_of<Paint> == StorageClass::text);
static_assert(storage_class_of<Birthday> == StorageClass::text);
static_assert(storage_class_of<Person> == StorageClass::text);

// What has no codec, or one that leads nowhere, is not storable, and asking is no error.
static_assert(!Storable<NoCodec>);
static_assert(!Storable<std::optional<NoCodec>>);
static_assert(!Storable<OverNoCodec>);
static_assert(!Storable<OverOptional>);
static_assert(!Storable<std::optional<std::optional<int>>>);
static_assert(!Storable<void*>);
static_assert(!Storable<int&>);
static_assert(!Storable<std::vector<int>>);

constexpr std::array two_bytes{std::byte{1}, std::byte{2}};
constexpr std::array three_bytes{std::byte{1}, std::byte{2}, std::byte{3}};

TEST(CustomCodec, encodes_into_its_storage) {
    EXPECT_EQ(sent(Color{1, 2}).text, "1/2");
    EXPECT_EQ(sent(Money{-5}).integer, -5);
    EXPECT_EQ(sent(Celsius{1.5}).real, 1.5);
    EXPECT_EQ(sent(Packet{{two_bytes.begin(), two_bytes.end()}}).blob.size(), 2U);
}

TEST(CustomCodec, decode_may_take_a_view_where_its_storage_owns) {
    EXPECT_EQ(read_as<Color>(text_cell("3/4")), (Color{3, 4}));
    EXPECT_EQ(read_as<Packet>(blob_cell(two_bytes)).bytes.size(), 2U);
}

TEST(CustomCodec, decode_may_take_its_storage_itself) {
    EXPECT_EQ(read_as<Word>(text_cell("word")), Word{"word"});
    EXPECT_EQ(read_as<Crate>(blob_cell(two_bytes)).bytes.size(), 2U);
    EXPECT_EQ(read_as<Money>(integer_cell(7)), Money{7});
    EXPECT_EQ(read_as<Celsius>(real_cell(7.5)), Celsius{7.5});
}

TEST(CustomCodec, a_round_trip_gives_the_same_value) {
    EXPECT_EQ(round_trip(Color{255, 0}), (Color{255, 0}));
    EXPECT_EQ(round_trip(Word{"a"}), Word{"a"});
    EXPECT_EQ(round_trip(Packet{}), Packet{});
    EXPECT_EQ(round_trip(Crate{{std::byte{9}}}), Crate{{std::byte{9}}});
    EXPECT_EQ(round_trip(Money{INT64_MIN}), Money{INT64_MIN});
    EXPECT_EQ(round_trip(Celsius{-273.15}), Celsius{-273.15});
}

TEST(CustomCodec, a_codec_over_a_narrow_integer_refuses_what_that_cannot_hold) {
    EXPECT_EQ(sent(Level{-128}).integer, -128);
    EXPECT_EQ(read_as<Level>(integer_cell(127)), Level{127});
    EXPECT_EQ(flaw_of<Level>(integer_cell(128)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Level>(text_cell("1")), DecodeFlaw::storage_class);
}

TEST(CustomCodec, a_codec_over_an_array_refuses_another_length) {
    EXPECT_EQ(round_trip(Key{two_bytes}), Key{two_bytes});
    EXPECT_EQ(flaw_of<Key>(blob_cell(three_bytes)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Key>(blob_cell({})), DecodeFlaw::range);
}

TEST(CustomCodec, a_codec_may_stand_on_another_users_codec) {
    EXPECT_EQ(sent(Paint{{5, 6}}).text, "5/6");
    EXPECT_EQ(read_as<Paint>(text_cell("7/8")), (Paint{{7, 8}}));
}

TEST(CustomCodec, a_codec_may_stand_on_a_date) {
    using namespace std::chrono;
    const Birthday birthday{sys_days{2000y / February / 29d}};
    EXPECT_EQ(sent(birthday).text, "2000-02-29");
    EXPECT_EQ(round_trip(birthday), birthday);
    EXPECT_EQ(flaw_of<Birthday>(text_cell("1900-02-29")), DecodeFlaw::range);
}

TEST(CustomCodec, a_codec_may_stand_on_the_names_of_an_enum) {
    EXPECT_EQ(sent(Person{Mood::busy}).text, "busy");
    EXPECT_EQ(read_as<Person>(text_cell("busy")), Person{Mood::busy});
    EXPECT_EQ(flaw_of<Person>(text_cell("angry")), DecodeFlaw::range);
}

TEST(CustomCodec, fits_is_asked_before_decode) {
    EXPECT_EQ(read_as<Even>(integer_cell(4)), Even{4});
    EXPECT_EQ(flaw_of<Even>(integer_cell(5)), DecodeFlaw::range);
}

TEST(CustomCodec, parse_is_called_in_place_of_decode) {
    EXPECT_EQ(read_as<Digit>(text_cell("7")), Digit{'7'});
    EXPECT_EQ(flaw_of<Digit>(text_cell("77")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Digit>(text_cell("")), DecodeFlaw::range);
}

TEST(CustomCodec, null_never_reaches_a_codec) {
    EXPECT_EQ(flaw_of<Color>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<Packet>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<Money>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<Celsius>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<Level>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<Paint>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(read_as<std::optional<Color>>(null_cell()), std::nullopt);
    EXPECT_EQ(read_as<std::optional<Paint>>(null_cell()), std::nullopt);
}

TEST(CustomCodec, a_cell_of_another_storage_class_never_reaches_a_codec) {
    EXPECT_EQ(flaw_of<Color>(integer_cell(1)), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<Color>(blob_cell(two_bytes)), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<Packet>(text_cell("ab")), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<Money>(real_cell(1)), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<Celsius>(text_cell("1.5")), DecodeFlaw::storage_class);
}

TEST(CustomCodec, an_optional_is_null_or_its_value) {
    EXPECT_EQ(sent(std::optional<Color>{}).storage, StorageClass::null);
    EXPECT_EQ(sent(std::optional<Color>{Color{1, 1}}).text, "1/1");
    EXPECT_EQ(round_trip(std::optional<Level>{Level{3}}), Level{3});
    EXPECT_EQ(round_trip(std::optional<Level>{}), std::nullopt);
}

TEST(CustomCodec, an_optional_is_as_strict_as_what_it_holds) {
    EXPECT_EQ(flaw_of<std::optional<Level>>(integer_cell(128)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<std::optional<Color>>(integer_cell(1)), DecodeFlaw::storage_class);
}

TEST(CustomCodec, reading_null_empties_an_optional_that_held_a_value) {
    std::optional<Money> money = Money{3};
    EXPECT_EQ(mica::decode(null_cell(), money), DecodeFlaw::none);
    EXPECT_EQ(money, std::nullopt);
}

TEST(CustomCodec, what_decode_throws_passes_through) {
    EXPECT_THROW(read_as<Color>(text_cell("red")), std::invalid_argument);
    EXPECT_THROW(read_as<std::optional<Paint>>(text_cell("red")), std::invalid_argument);
}

TEST(CustomCodec, text_that_the_value_owns_is_borrowed_as_long_as_the_value_lives) {
    const Word word{"borrowed"};
    EXPECT_EQ(sent(word, Lifetime::borrowed).lifetime, Lifetime::borrowed);
    EXPECT_EQ(sent(word, Lifetime::borrowed).data, word.letters.data());
    EXPECT_EQ(sent(word, Lifetime::copied).lifetime, Lifetime::copied);
}

TEST(CustomCodec, bytes_that_the_value_owns_are_borrowed_as_long_as_the_value_lives) {
    const Packet packet{{std::byte{1}}};
    EXPECT_EQ(sent(packet, Lifetime::borrowed).lifetime, Lifetime::borrowed);
    EXPECT_EQ(sent(packet, Lifetime::borrowed).data, packet.bytes.data());
}

TEST(CustomCodec, what_encode_makes_anew_is_copied) {
    EXPECT_EQ(sent(Color{}, Lifetime::borrowed).lifetime, Lifetime::copied);
    EXPECT_EQ(sent(Crate{{std::byte{1}}}, Lifetime::borrowed).lifetime, Lifetime::copied);
    EXPECT_EQ(sent(Key{}, Lifetime::borrowed).lifetime, Lifetime::copied);
    EXPECT_EQ(sent(Paint{}, Lifetime::borrowed).lifetime, Lifetime::copied);
    EXPECT_EQ(sent(Birthday{}, Lifetime::borrowed).lifetime, Lifetime::copied);
    EXPECT_EQ(sent(std::optional<Color>{Color{}}, Lifetime::borrowed).lifetime, Lifetime::copied);
}

}  // namespace unit_custom_codec
