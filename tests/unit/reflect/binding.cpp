// SPDX-License-Identifier: BSL-1.0
#include <mica/reflect/binding.hpp>

#include <support/many_fields.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace unit_reflect_binding {
namespace {

using mica::reflect::with_fields;
using mica::test::Fields;

struct Nothing {};
struct Car {
    std::string make;
    int year = 0;
    double power = 0;
};

struct AddressesOf {
    template <class... Values>
    constexpr auto operator()(Values&... values) const {
        return std::array<const void*, sizeof...(Values)>{&values...};
    }
};

TEST(WithFields, hands_over_references_to_the_fields_in_their_order) {
    Car car{"Ferrari", 2020, 710};
    with_fields(car, [&](auto&... fields) {
        static_assert(std::is_same_v<void(decltype(fields)...), void(std::string&, int&, double&)>);
    });
    EXPECT_EQ(with_fields(car, AddressesOf{}), (std::array<const void*, 3>{&car.make, &car.year, &car.power}));
}

TEST(WithFields, a_write_reaches_the_object) {
    Car car;
    with_fields(car, [](std::string& make, int& year, double&) {
        make = "Porsche";
        year = 1964;
    });
    EXPECT_EQ(car.make, "Porsche");
    EXPECT_EQ(car.year, 1964);
}

TEST(WithFields, a_const_object_has_const_fields) {
    const Car car{"Ferrari", 2020, 710};
    with_fields(car, [&](auto&... fields) {
        static_assert(std::is_same_v<void(decltype(fields)...), void(const std::string&, const int&, const double&)>);
    });
}

TEST(WithFields, gives_what_the_function_gives) {
    Car car{"Ferrari", 2020, 710};
    int& year = with_fields(car, [](std::string&, int& field, double&) -> int& { return field; });
    EXPECT_EQ(&year, &car.year);
    EXPECT_EQ(with_fields(car, [](const auto&... fields) { return sizeof...(fields); }), 3U);
}

TEST(WithFields, a_struct_without_fields_hands_over_nothing) {
    Nothing nothing;
    EXPECT_EQ(with_fields(nothing, [](auto&... fields) { return sizeof...(fields); }), 0U);
}

TEST(WithFields, takes_fields_that_can_only_be_moved) {
    struct Owner {
        std::unique_ptr<int> number;
        std::string text;
    };
    Owner owner{std::make_unique<int>(7), "seven"};
    EXPECT_EQ(with_fields(owner, [](std::unique_ptr<int>& number, std::string&) { return *number; }), 7);
}

struct CheckOrder {
    template <class... Values>
    constexpr bool operator()(Values&... values) const {
        int last = 0;
        return sizeof...(Values) > 0 && ((values == ++last) && ...);
    }
};

/// Whether all fields of `Fields<count>`, whose values count up from 1, come in their order.
template <int count>
constexpr bool comes_in_order() {
    const Fields<count> constant{};
    Fields<count> object{};
    return with_fields(constant, CheckOrder{}) && with_fields(object, CheckOrder{}) &&
           with_fields(object, [](auto&... values) { return sizeof...(values); }) == std::size_t{count};
}

template <int... indices>
constexpr bool all_come_in_order(std::integer_sequence<int, indices...>) {
    return (comes_in_order<indices + 1>() && ...);
}

static_assert(all_come_in_order(std::make_integer_sequence<int, 40>{}));

template <int... indices>
void expect_addresses_in_order(std::integer_sequence<int, indices...>) {
    const auto expect = []<int count>(std::integral_constant<int, count>) {
        Fields<count> object;
        const auto addresses = with_fields(object, AddressesOf{});
        ASSERT_EQ(addresses.size(), std::size_t{count});
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            EXPECT_EQ(addresses[i], &object.f1 + i) << count << " fields, field " << i;
        }
    };
    (expect(std::integral_constant<int, indices + 1>{}), ...);
}

TEST(WithFields, takes_from_1_to_40_fields_apart) { expect_addresses_in_order(std::make_integer_sequence<int, 40>{}); }

}  // namespace
}  // namespace unit_reflect_binding
