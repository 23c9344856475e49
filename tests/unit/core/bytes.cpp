// SPDX-License-Identifier: BSL-1.0
#include <mica/core/value.hpp>

#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace unit_core_bytes {
namespace {

using mica::Bytes;

constexpr std::array<std::byte, 4> sample{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};

TEST(Bytes, look_at_a_vector_an_array_and_a_span) {
    const std::vector<std::byte> vector(sample.begin(), sample.end());
    EXPECT_EQ(Bytes{vector}.data(), vector.data());
    EXPECT_EQ(Bytes{sample}.data(), sample.data());
    EXPECT_EQ(Bytes{std::span{sample}.first(2)}.size(), 2U);
    const std::byte plain[3]{};
    EXPECT_EQ(Bytes{plain}.size(), 3U);
}

TEST(Bytes, are_a_span_where_one_is_wanted) {
    const std::span<const std::byte> span = Bytes{sample};
    EXPECT_EQ(span.data(), sample.data());
    EXPECT_EQ(span.size(), 4U);
}

TEST(Bytes, are_of_nothing_but_bytes) {
    EXPECT_FALSE((std::convertible_to<std::vector<std::uint8_t>, Bytes>));
    EXPECT_FALSE((std::convertible_to<std::string, Bytes>));
    EXPECT_FALSE((std::convertible_to<const std::byte*, Bytes>));
}

TEST(Bytes, have_parts) {
    constexpr Bytes bytes{sample};
    static_assert(bytes.first(3).last(2).data() == sample.data() + 1);
    static_assert(bytes.subspan(3)[0] == std::byte{4} && bytes.subspan(3).size() == 1);
    static_assert(bytes.subspan(1, 2).size() == 2 && bytes.subspan(1, 2)[0] == std::byte{2});
    static_assert(Bytes{}.empty() && Bytes{}.data() == nullptr && Bytes{}.begin() == Bytes{}.end());
}

}  // namespace
}  // namespace unit_core_bytes
