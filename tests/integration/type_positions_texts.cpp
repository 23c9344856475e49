// SPDX-License-Identifier: BSL-1.0
// Texts and bytes in every position.
#include <support/type_positions.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mica::test {

template <>
struct Samples<std::string> {
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = true;
    static std::array<std::string, 3> values() { return {"", std::string{"a\0b", 3}, "🐍 m’a réveillé"}; }
};
template <class Bytes>
struct ByteSamples {
    using Byte = typename Bytes::value_type;
    static constexpr bool is_ordered = false;
    static constexpr bool is_key = true;
    static std::array<Bytes, 3> values() {
        return {Bytes{Byte{1}, Byte{0}}, Bytes{Byte{0x37}, Byte{0xe7}}, Bytes{Byte{0xff}, Byte{0}}};
    }
};
template <class Byte>
struct Samples<std::vector<Byte>> : ByteSamples<std::vector<Byte>> {};
template <>
struct Samples<std::array<std::byte, 2>> : ByteSamples<std::array<std::byte, 2>> {};
using Texts = testing::Types<std::string, std::vector<std::byte>, std::vector<std::uint8_t>, std::array<std::byte, 2>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Texts, TypePositions, Texts);

}  // namespace mica::test
