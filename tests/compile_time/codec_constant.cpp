// SPDX-License-Identifier: BSL-1.0
// Codecs work in constant evaluation, which is how a value becomes a literal of DDL.
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/text.hpp>

#include <support/fake_cell.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace compile_time_codec {

using mica::DecodeFlaw;
using mica::EnumText;
using mica::StorageClass;
using namespace mica::test;
using namespace std::chrono;

enum class Color : std::uint8_t { red, green };

struct Money {
    std::int64_t cents = 0;
    friend constexpr bool operator==(Money, Money) = default;
};

}  // namespace compile_time_codec

template <>
struct mica::Codec<compile_time_codec::Money> {
    using Storage = std::int32_t;
    static constexpr Storage encode(compile_time_codec::Money value) noexcept {
        return static_cast<Storage>(value.cents);
    }
    static constexpr compile_time_codec::Money decode(Storage stored) noexcept { return {stored}; }
};

namespace compile_time_codec {

static_assert(round_trip(std::int8_t{-128}) == -128);
static_assert(round_trip(INT64_MIN) == INT64_MIN);
static_assert(round_trip(true) && !round_trip(false));
static_assert(round_trip(0.1) == 0.1);
static_assert(round_trip(0.1F) == 0.1F);
static_assert(round_trip(Color::green) == Color::green);
static_assert(round_trip(EnumText{Color::green}) == Color::green);
static_assert(read_as<std::string_view>(text_cell("text")) == "text");
static_assert(read_as<std::string>(text_cell("text")) == "text");

static_assert(sent(EnumText{Color::red}).text == "red");
static_assert(sent(std::optional<int>{}).storage == StorageClass::null);
static_assert(sent(std::array{std::byte{7}}).blob[0] == std::byte{7});

static_assert(sent(sys_days{2012y / October / 15d}).text == "2012-10-15");
static_assert(sent(sys_time<microseconds>{-1us}).text == "1969-12-31 23:59:59.999999");
static_assert(round_trip(2000y / February / 29d) == 2000y / February / 29d);
static_assert(round_trip(90min) == 90min);
static_assert(flaw_of<sys_days>(text_cell("1900-02-29")) == DecodeFlaw::range);

static_assert(round_trip(Money{5}) == Money{5});
static_assert(flaw_of<Money>(integer_cell(std::int64_t{1} << 31)) == DecodeFlaw::range);
static_assert(flaw_of<std::uint8_t>(integer_cell(256)) == DecodeFlaw::range);
static_assert(flaw_of<bool>(integer_cell(2)) == DecodeFlaw::range);
static_assert(flaw_of<double>(integer_cell(9007199254740993)) == DecodeFlaw::range);
static_assert(flaw_of<int>(null_cell()) == DecodeFlaw::null);
static_assert(flaw_of<int>(real_cell(1)) == DecodeFlaw::storage_class);

}  // namespace compile_time_codec
