// SPDX-License-Identifier: BSL-1.0
#include <mica/reflect/member.hpp>

#include <support/many_fields.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

namespace unit_reflect_member {
namespace {

using mica::reflect::address_of;
using mica::reflect::field_addresses;
using mica::reflect::FieldOf;
using mica::reflect::index_of;
using mica::reflect::OwnerOf;
using mica::test::Fields;

struct Car {
    std::int64_t id = 0;
    std::string make;
    std::optional<int> year;
};
template <class Value>
struct Box {
    Value content;
    std::unique_ptr<Value> other;
};

static_assert(std::is_same_v<OwnerOf<&Car::make>, Car>);
static_assert(std::is_same_v<OwnerOf<&Box<Car>::content>, Box<Car>>);
static_assert(std::is_same_v<FieldOf<&Car::make>, std::string>);
static_assert(std::is_same_v<FieldOf<&Car::year>, std::optional<int>>);
static_assert(std::is_same_v<FieldOf<&Box<int>::other>, std::unique_ptr<int>>);

static_assert(index_of<&Car::id> == 0 && index_of<&Car::make> == 1 && index_of<&Car::year> == 2);
static_assert(index_of<&Box<int>::content> == 0 && index_of<&Box<int>::other> == 1);
static_assert(index_of<&Fields<40>::f1> == 0 && index_of<&Fields<40>::f40> == 39);
static_assert(index_of<&Fields<24>::f24> == 23 && index_of<&Fields<25>::f25> == 24);

static_assert(address_of(&Car::year) == field_addresses<Car>[2]);
static_assert(address_of(&Car::year) != address_of(&Car::make));

TEST(Member, a_local_structs_field_is_found_too) {
    struct Local {
        int first;
        std::string second;
    };
    EXPECT_EQ((index_of<&Local::second>), 1U);
}

TEST(Member, the_address_of_another_structs_field_is_not_found) {
    EXPECT_EQ(mica::reflect::index_of_address(field_addresses<Car>, address_of(&Fields<1>::f1)), 3U);
    EXPECT_EQ(mica::reflect::index_of_address(field_addresses<Car>, nullptr), 3U);
}

}  // namespace
}  // namespace unit_reflect_member
