// SPDX-License-Identifier: BSL-1.0
#include <mica/reflect/type_name.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

struct GlobalCar {};

namespace unit_type_name {

struct Car {};
struct Outer {
    struct Inner {};
};
template <class Value>
struct Box {
    struct Content {};
};
template <class Value, int number>
struct Numbered {};
struct 測試 {};
struct order {};
struct Incomplete;

namespace deeper::and_deeper {
struct Car {};
}  // namespace deeper::and_deeper
inline namespace v1 {
struct Versioned {};
}  // namespace v1

namespace {
struct Nameless {};
namespace nested {
struct Nameless {};
}  // namespace nested
}  // namespace

using mica::reflect::type_name;

static_assert(type_name<Car> == "Car");
static_assert(type_name<GlobalCar> == "GlobalCar");
static_assert(type_name<deeper::and_deeper::Car> == "Car");
static_assert(type_name<Versioned> == "Versioned");
static_assert(type_name<Outer::Inner> == "Inner");
static_assert(type_name<測試> == "測試");
static_assert(type_name<order> == "order");
static_assert(type_name<Incomplete> == "Incomplete");
static_assert(type_name<Nameless> == "Nameless");
static_assert(type_name<nested::Nameless> == "Nameless");
static_assert(type_name<Box<int>::Content> == "Content");
static_assert(type_name<Box<Nameless>::Content> == "Content");
static_assert(type_name<Box<Box<deeper::and_deeper::Car>>::Content> == "Content");

// Of a class template's name the arguments are a part, in the compiler's own spelling.
static_assert(type_name<Box<int>> == "Box<int>");
static_assert(type_name<Numbered<int, 3>>.starts_with("Numbered<int, 3"));
static_assert(type_name<Box<deeper::and_deeper::Car>>.starts_with("Box<") &&
              type_name<Box<deeper::and_deeper::Car>>.ends_with("Car>"));

TEST(TypeName, of_a_local_struct) {
    struct Local {};
    EXPECT_EQ(type_name<Local>, "Local");
}

TEST(TypeName, of_a_struct_in_a_lambda) {
    [] {
        struct Hidden {};
        EXPECT_EQ(type_name<Hidden>, "Hidden");
    }();
}

template <class Value>
std::string_view name_of_a_local_struct() {
    struct Local {};
    return type_name<Local>;
}

TEST(TypeName, of_a_local_struct_of_a_function_template) {
    EXPECT_EQ(name_of_a_local_struct<Car>(), "Local");
    EXPECT_EQ(name_of_a_local_struct<Box<std::string>>(), "Local");
}

struct Host {
    template <class Value>
    std::string_view operator<(Value) const {
        struct Local {};
        return type_name<Local>;
    }
    std::string_view operator()() const {
        struct Local {};
        return type_name<Local>;
    }
};

TEST(TypeName, of_a_local_struct_of_an_operator) {
    EXPECT_EQ(Host{} < 1, "Local");
    EXPECT_EQ(Host{}(), "Local");
}

}  // namespace unit_type_name
