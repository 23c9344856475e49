// SPDX-License-Identifier: BSL-1.0
#include <mica/uuid.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_codec_uuid {
namespace {

using boost::uuids::uuid;
using mica::DecodeFlaw;
using mica::UuidText;
using mica::test::blob_cell;
using mica::test::flaw_of;
using mica::test::read_as;
using mica::test::round_trip;
using mica::test::sent;
using mica::test::text_cell;

uuid sample() {
    uuid value{};
    std::uint8_t next = 0x0f;
    for (auto& byte : value) byte = next = static_cast<std::uint8_t>(next + 0x11);
    return value;
}

TEST(Uuid, is_stored_as_16_bytes) {
    const auto stored = sent(sample());
    ASSERT_EQ(stored.blob.size(), 16U);
    EXPECT_EQ(stored.blob.front(), std::byte{0x20});
    EXPECT_EQ(round_trip(sample()), sample());
    EXPECT_EQ(round_trip(std::optional<uuid>{}), std::nullopt);
}

TEST(Uuid, is_no_other_number_of_bytes) {
    EXPECT_EQ(flaw_of<uuid>(blob_cell(std::vector<std::byte>(15))), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<uuid>(blob_cell(std::vector<std::byte>(17))), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<uuid>(blob_cell({})), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<uuid>(text_cell("67e55044-10b1-426f-9247-bb680e5fe0c8")), DecodeFlaw::storage_class);
}

TEST(Uuid, of_text_is_written_in_lower_case_with_hyphens) {
    EXPECT_EQ(sent(UuidText{sample()}).text, "20314253-6475-8697-a8b9-cadbecfd0e1f");
    EXPECT_EQ(sent(UuidText{}).text, "00000000-0000-0000-0000-000000000000");
    EXPECT_EQ(round_trip(UuidText{sample()}), sample());
}

TEST(Uuid, of_text_is_read_in_either_case) {
    EXPECT_EQ(read_as<UuidText>(text_cell("20314253-6475-8697-A8B9-CADBECFD0E1F")), sample());
}

TEST(Uuid, of_text_is_no_other_text) {
    for (const std::string_view text : {"", "2031425364758697a8b9cadbecfd0e1f", "20314253-6475-8697-a8b9-cadbecfd0e1",
                                        "20314253-6475-8697-a8b9-cadbecfd0e1f0", "20314253-6475-8697-a8b9-cadbecfd0e1g",
                                        "{20314253-6475-8697-a8b9-cadbecfd0e1}", "203142536-475-8697-a8b9-cadbecfd0e1f",
                                        "20314253-6475-8697-a8b9-cadbecfd0e1\xff"}) {
        EXPECT_EQ(flaw_of<UuidText>(text_cell(text)), DecodeFlaw::range) << text;
    }
}

}  // namespace
}  // namespace unit_codec_uuid
