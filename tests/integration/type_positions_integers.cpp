// SPDX-License-Identifier: BSL-1.0
// Integers in every position.
#include <support/type_positions.hpp>

#include <concepts>
#include <cstdint>
#include <limits>

namespace mica::test {

template <class Number>
    requires(std::integral<Number>)
struct Samples<Number> {
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = true;
    static std::array<Number, 3> values() {
        using Limits = std::numeric_limits<Number>;
        return {Limits::lowest() == 0 ? Number{1} : Limits::lowest(), Number{7}, Limits::max()};
    }
};
using Integers = testing::Types<std::int8_t, std::int64_t, std::uint32_t>;
INSTANTIATE_TYPED_TEST_SUITE_P(Integers, TypePositions, Integers);

}  // namespace mica::test
