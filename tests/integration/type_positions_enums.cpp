// SPDX-License-Identifier: BSL-1.0
// Enums as numbers and as names in every position.
#include <support/type_positions.hpp>

#include <cstdint>

namespace type_positions_enums {

enum class Fuel : std::uint8_t { petrol = 1, diesel, none = 200 };

}  // namespace type_positions_enums

namespace mica::test {

template <>
struct Samples<type_positions_enums::Fuel> {
    using enum type_positions_enums::Fuel;
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = true;
    static std::array<type_positions_enums::Fuel, 3> values() { return {petrol, diesel, none}; }
};
template <>
struct Samples<EnumText<type_positions_enums::Fuel>> {
    using Fuel = type_positions_enums::Fuel;
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = false;  // of a new child it would be no enumerator at first
    static std::array<EnumText<Fuel>, 3> values() { return {Fuel::diesel, Fuel::none, Fuel::petrol}; }
};

using Enums = testing::Types<type_positions_enums::Fuel, EnumText<type_positions_enums::Fuel>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Enums, TypePositions, Enums);

}  // namespace mica::test
