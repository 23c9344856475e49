// SPDX-License-Identifier: BSL-1.0
// Names and places of fields are constants, whatever the compiler puts around them.
#include <mica/reflect/member.hpp>
#include <mica/reflect/type_name.hpp>

#include <support/many_fields.hpp>

#include <optional>
#include <string>

namespace compile_time_names {

template <class Value>
struct Box {
    Value content;
    int größe;
};
struct Car {
    std::string make;
    std::optional<Box<std::string>> trunk;
};

static_assert(mica::reflect::type_name<Car> == "Car");
static_assert(mica::reflect::field_names<Car>[0] == "make" && mica::reflect::field_names<Car>[1] == "trunk");
static_assert(mica::reflect::field_names<Box<Car>>[1] == "größe");
static_assert(mica::reflect::index_of<&Box<Car>::größe> == 1);
static_assert(mica::reflect::field_names<mica::test::Fields<40>>[39] == "f40");

}  // namespace compile_time_names

namespace {

struct Nameless {
    int kept;
    compile_time_names::Car car;
};
static_assert(mica::reflect::type_name<Nameless> == "Nameless");
static_assert(mica::reflect::field_names<Nameless>[1] == "car");

}  // namespace
