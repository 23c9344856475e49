// SPDX-License-Identifier: BSL-1.0
// Types with a codec of their own, and paths, in every position.
#include <support/type_positions.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace type_positions_codecs {

/// Stored backwards, so that nothing works by accident.
struct Name {
    std::string text{};
    friend bool operator==(const Name&, const Name&) = default;
};

}  // namespace type_positions_codecs

template <>
struct mica::Codec<type_positions_codecs::Name> {
    using Storage = std::string;
    static std::string encode(const type_positions_codecs::Name& name) {
        return {name.text.rbegin(), name.text.rend()};
    }
    static type_positions_codecs::Name decode(std::string_view stored) { return {{stored.rbegin(), stored.rend()}}; }
};

namespace mica::test {

template <>
struct Samples<std::filesystem::path> {
    static constexpr bool is_ordered = false;
    static constexpr bool is_key = true;
    static std::array<std::filesystem::path, 3> values() { return {"/srv/a car.db", "b", ""}; }
};
template <>
struct Samples<type_positions_codecs::Name> {
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = true;
    static std::array<type_positions_codecs::Name, 3> values() { return {{{"za"}, {"yb"}, {"xc"}}}; }
};
using Codecs = testing::Types<std::filesystem::path, type_positions_codecs::Name>;
INSTANTIATE_TYPED_TEST_SUITE_P(Codecs, TypePositions, Codecs);

}  // namespace mica::test
