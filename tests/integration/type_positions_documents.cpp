// SPDX-License-Identifier: BSL-1.0
// UUIDs and JSON documents in every position.
#include <mica/json.hpp>
#include <mica/uuid.hpp>

#include <support/type_positions.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace type_positions_documents {

struct Meta {
    std::string name{};
    std::vector<int> numbers{};
    friend bool operator==(const Meta&, const Meta&) = default;
};

inline boost::uuids::uuid uuid(std::uint8_t first, std::uint8_t last) {
    boost::uuids::uuid value{};
    *value.begin() = first;
    *(value.begin() + 15) = last;
    return value;
}

}  // namespace type_positions_documents

namespace mica::test {

template <class Uuid>
struct UuidSamples {
    static constexpr bool is_ordered = true;
    static constexpr bool is_key = true;
    static std::array<Uuid, 3> values() {
        using type_positions_documents::uuid;
        return {uuid(0, 1), uuid(0x7f, 0xff), uuid(0xab, 0)};
    }
};
template <>
struct Samples<boost::uuids::uuid> : UuidSamples<boost::uuids::uuid> {};
template <>
struct Samples<UuidText> : UuidSamples<UuidText> {};
template <>
struct Samples<json<type_positions_documents::Meta>> {
    using Meta = type_positions_documents::Meta;
    static constexpr bool is_ordered = false;
    static constexpr bool is_key = false;
    static std::array<json<Meta>, 3> values() { return {Meta{"a", {1, 2}}, Meta{}, Meta{"\"é\"", {-1}}}; }
};

using Documents = testing::Types<boost::uuids::uuid, UuidText, json<type_positions_documents::Meta>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Documents, TypePositions, Documents);

}  // namespace mica::test
