// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/blob.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace unit_codec_blob {
namespace {

using mica::DecodeFlaw;
using mica::Lifetime;
using mica::StorageClass;
using mica::test::blob_cell;
using mica::test::flaw_of;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::round_trip;
using mica::test::sent;
using mica::test::text_cell;

using Bytes = std::vector<std::byte>;
using Octets = std::vector<std::uint8_t>;
using Three = std::array<std::byte, 3>;

constexpr Three sample{std::byte{0x37}, std::byte{0xe7}, std::byte{0x9f}};

static_assert(mica::storage_class_of<Bytes> == StorageClass::blob);
static_assert(mica::storage_class_of<Octets> == StorageClass::blob);
static_assert(mica::storage_class_of<Three> == StorageClass::blob);
static_assert(mica::storage_class_of<std::array<std::uint8_t, 3>> == StorageClass::blob);
static_assert(!mica::Storable<std::array<int, 3>> && !mica::Storable<std::vector<char>>);

TEST(BlobCodec, keeps_every_byte) {
    Bytes bytes;
    Octets octets;
    for (int i = 0; i < 256; ++i) {
        bytes.push_back(static_cast<std::byte>(i));
        octets.push_back(static_cast<std::uint8_t>(i));
    }
    EXPECT_EQ(round_trip(bytes), bytes);
    EXPECT_EQ(round_trip(octets), octets);
    EXPECT_EQ(sent(octets).blob, bytes);
}

TEST(BlobCodec, an_array_of_octets_is_as_one_of_bytes) {
    using ThreeOctets = std::array<std::uint8_t, 3>;
    constexpr ThreeOctets octets{0x37, 0xe7, 0x9f};
    EXPECT_EQ(round_trip(octets), octets);
    EXPECT_EQ(sent(octets).blob, (Bytes{sample.begin(), sample.end()}));
    EXPECT_EQ(flaw_of<ThreeOctets>(blob_cell({sample.data(), 2})), DecodeFlaw::range);
}

TEST(BlobCodec, an_empty_blob_is_not_null) {
    EXPECT_EQ(sent(Bytes{}).storage, StorageClass::blob);
    EXPECT_EQ(sent(Octets{}).storage, StorageClass::blob);
    EXPECT_EQ(sent(std::optional<Bytes>{Bytes{}}).storage, StorageClass::blob);
    EXPECT_EQ(read_as<Bytes>(blob_cell({})), Bytes{});
    EXPECT_EQ(read_as<Octets>(blob_cell({})), Octets{});
    EXPECT_EQ(read_as<std::optional<Octets>>(blob_cell({})), Octets{});
}

TEST(BlobCodec, null_is_refused_but_for_an_optional) {
    EXPECT_EQ(flaw_of<Bytes>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<Octets>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<Three>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(read_as<std::optional<Bytes>>(null_cell()), std::nullopt);
    EXPECT_EQ(read_as<std::optional<Three>>(null_cell()), std::nullopt);
}

TEST(BlobCodec, text_is_not_read_as_bytes) {
    EXPECT_EQ(flaw_of<Bytes>(text_cell("abc")), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<Three>(text_cell("abc")), DecodeFlaw::storage_class);
}

TEST(BlobCodec, an_array_takes_exactly_its_own_length) {
    const std::array<std::byte, 4> four{};
    EXPECT_EQ(round_trip(sample), sample);
    EXPECT_EQ(flaw_of<Three>(blob_cell(mica::Bytes{sample}.first(2))), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Three>(blob_cell(four)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Three>(blob_cell({})), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<std::optional<Three>>(blob_cell(four)), DecodeFlaw::range);
}

TEST(BlobCodec, an_array_of_no_bytes_takes_the_empty_blob) {
    using None = std::array<std::byte, 0>;
    EXPECT_EQ(sent(None{}).storage, StorageClass::blob);
    EXPECT_EQ(flaw_of<None>(blob_cell({})), DecodeFlaw::none);
    EXPECT_EQ(flaw_of<None>(blob_cell(sample)), DecodeFlaw::range);
}

TEST(BlobCodec, replaces_what_the_vector_held) {
    Bytes out(100);
    EXPECT_EQ(mica::decode(blob_cell(sample), out), DecodeFlaw::none);
    EXPECT_EQ(out, (Bytes{sample.begin(), sample.end()}));
}

TEST(BlobCodec, sends_a_view_of_the_values_own_bytes) {
    const Bytes bytes(3);
    const Octets octets(3);
    EXPECT_EQ(sent(bytes, Lifetime::borrowed).data, bytes.data());
    EXPECT_EQ(sent(octets, Lifetime::borrowed).data, octets.data());
    EXPECT_EQ(sent(sample, Lifetime::borrowed).data, sample.data());
    EXPECT_EQ(sent(sample, Lifetime::borrowed).lifetime, Lifetime::borrowed);
    EXPECT_EQ(sent(bytes, Lifetime::copied).lifetime, Lifetime::copied);
}

}  // namespace
}  // namespace unit_codec_blob
