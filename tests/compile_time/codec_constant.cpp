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
#include <string_view>

namespace compile_time_codec {

using mica::DecodeFlaw;
using mica::EnumText;
using mica::test::flaw_of;
using mica::test::integer_cell;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::real_cell;
using mica::test::text_cell;
using namespace std::chrono;

/// Keeps one value without allocation, which not every standard library can do in constant evaluation.
struct Sink {
    mica::test::FakeCell cell;
    std::array<char, 64> characters{};
    std::array<std::byte, 64> bytes{};

    constexpr void null() { cell = null_cell(); }
    constexpr void integer(std::int64_t value) { cell = integer_cell(value); }
    constexpr void real(double value) { cell = real_cell(value); }
    constexpr void text(std::string_view value, mica::Lifetime) {
        for (std::size_t i = 0; i < value.size(); ++i) characters[i] = value[i];
        cell = text_cell({characters.data(), value.size()});
    }
    constexpr void blob(mica::Bytes value, mica::Lifetime) {
        for (std::size_t i = 0; i < value.size(); ++i) bytes[i] = value[i];
        cell = mica::test::blob_cell({bytes.data(), value.size()});
    }
};

/// Whether `value` comes back from the cell that it was sent to.
template <class Value>
constexpr bool comes_back(const Value& value) {
    Sink sink;
    mica::encode(value, sink, mica::Lifetime::borrowed);
    return read_as<Value>(sink.cell) == value;
}

template <class Value>
constexpr bool is_stored_as(const Value& value, std::string_view text) {
    Sink sink;
    mica::encode(value, sink, mica::Lifetime::borrowed);
    return sink.cell.text() == text;
}

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

static_assert(comes_back(std::int8_t{-128}) && comes_back(INT64_MIN) && comes_back(true) && comes_back(false));
static_assert(comes_back(0.1) && comes_back(0.1F));
static_assert(comes_back(Color::green) && comes_back(EnumText{Color::green}));
static_assert(comes_back(std::optional<int>{}) && comes_back(std::optional<int>{5}));
static_assert(comes_back(std::array{std::byte{7}, std::byte{8}}));
static_assert(comes_back(2000y / February / 29d) && comes_back(sys_days{1850y / November / 10d}));
static_assert(comes_back(sys_time<nanoseconds>{-1ns}) && comes_back(90min) && comes_back(duration<double>{0.1}));
static_assert(comes_back(Money{5}));

static_assert(is_stored_as(EnumText{Color::red}, "red"));
static_assert(is_stored_as(std::string_view{"text"}, "text"));
static_assert(is_stored_as(sys_days{2012y / October / 15d}, "2012-10-15"));
static_assert(is_stored_as(sys_time<microseconds>{-1us}, "1969-12-31 23:59:59.999999"));

static_assert(read_as<std::string_view>(text_cell("text")) == "text");
static_assert(flaw_of<sys_days>(text_cell("1900-02-29")) == DecodeFlaw::range);

static_assert(flaw_of<Money>(integer_cell(std::int64_t{1} << 31)) == DecodeFlaw::range);
static_assert(flaw_of<std::uint8_t>(integer_cell(256)) == DecodeFlaw::range);
static_assert(flaw_of<bool>(integer_cell(2)) == DecodeFlaw::range);
static_assert(flaw_of<double>(integer_cell(9007199254740993)) == DecodeFlaw::range);
static_assert(flaw_of<int>(null_cell()) == DecodeFlaw::null);
static_assert(flaw_of<int>(real_cell(1)) == DecodeFlaw::storage_class);

}  // namespace compile_time_codec
