// SPDX-License-Identifier: BSL-1.0
// Floating-point numbers and decimals in every position.
#include <mica/decimal.hpp>

#include <support/type_positions.hpp>

#include <limits>

namespace mica::test {

template <>
struct Samples<float> {
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = false;
    static std::array<float, 3> values() { return {-0.1F, 7, std::numeric_limits<float>::max()}; }
};
template <>
struct Samples<double> {
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = false;
    static std::array<double, 3> values() { return {-15.7563, 0.1, std::numeric_limits<double>::infinity()}; }
};
template <int scale>
struct Samples<decimal<scale>> {
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = true;
    static std::array<decimal<scale>, 3> values() {
        using Number = decimal<scale>;
        return {Number::from_units(-50), Number::from_units(900), Number::from_units(1000)};
    }
};
using Reals = testing::Types<float, double, decimal<2>, decimal<18>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Reals, TypePositions, Reals);

}  // namespace mica::test
