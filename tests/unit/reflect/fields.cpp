// SPDX-License-Identifier: BSL-1.0
#include <mica/reflect/fields.hpp>

#include <support/many_fields.hpp>

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unit_fields {

struct Car {
    std::int64_t id = 0;
    std::string make;
    std::optional<int> year;
};

/// Types whose own names hold everything that the compilers put around a field's name.
template <class First, class... More>
struct Crowd {
    First value;
};
struct Odd {
    Crowd<void (*)(int), const char&, int Car::*> function;
    std::map<std::string, std::vector<std::pair<int, int>>> map;
    std::array<std::byte, 16> bytes;
    Crowd<std::integral_constant<char, '&'>> ampersand;
    Crowd<std::integral_constant<char, ')'>> parenthesis;
    int (*pointer_to_array)[3];
    const volatile void* pointer;
    int last;
};

struct Names {
    int _;
    int _leading;
    int __Two;
    int trailing_;
    int UPPER;
    int camelCase;
    int a1b2c3;
    int value;
    int specimen;
    int operator_;
    int a_very_long_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on;
};

struct Unicode {
    int größe;
    int 測試;
    int méil;
    int имя_x;
    int после;
};

template <class Value>
struct Box {
    Value content;
    int weight;
};

struct Outer {
    struct Inner {
        int deep;
        std::string deeper;
    };
    Inner inner;
    int other;
};

struct Ends {
    struct Empty {};
    Empty first;
    Empty second;
    char third;
};

struct MoveOnly {
    std::unique_ptr<int> owner;
    int number;
};

using mica::reflect::field_addresses;
using mica::reflect::field_names;
using mica::test::Fields;

template <class Owner>
std::vector<std::string_view> names() {
    return {field_names<Owner>.begin(), field_names<Owner>.end()};
}

using Names_ = std::vector<std::string_view>;

TEST(FieldNames, are_those_of_the_struct_in_their_order) { EXPECT_EQ(names<Car>(), (Names_{"id", "make", "year"})); }

TEST(FieldNames, are_constants) {
    static_assert(field_names<Car>[1] == "make");
    static_assert(field_names<Car>.size() == 3);
}

TEST(FieldNames, are_found_behind_any_type) {
    EXPECT_EQ(names<Odd>(),
              (Names_{"function", "map", "bytes", "ampersand", "parenthesis", "pointer_to_array", "pointer", "last"}));
}

TEST(FieldNames, may_be_any_identifier) {
    EXPECT_EQ(
        names<Names>(),
        (Names_{"_", "_leading", "__Two", "trailing_", "UPPER", "camelCase", "a1b2c3", "value", "specimen", "operator_",
                "a_very_long_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_and_on_"
                "and_on_and_on"}));
}

TEST(FieldNames, may_be_in_any_script) {
    EXPECT_EQ(names<Unicode>(), (Names_{"größe", "測試", "méil", "имя_x", "после"}));
}

TEST(FieldNames, of_a_class_template) {
    EXPECT_EQ(names<Box<int>>(), (Names_{"content", "weight"}));
    EXPECT_EQ(names<Box<Box<Car>>>(), (Names_{"content", "weight"}));
    EXPECT_EQ((names<Box<std::pair<int, Car>>>()), (Names_{"content", "weight"}));
}

TEST(FieldNames, of_a_struct_within_a_struct) {
    EXPECT_EQ(names<Outer>(), (Names_{"inner", "other"}));
    EXPECT_EQ(names<Outer::Inner>(), (Names_{"deep", "deeper"}));
}

TEST(FieldNames, of_fields_without_bytes_of_their_own) {
    EXPECT_EQ(names<Ends>(), (Names_{"first", "second", "third"}));
}

TEST(FieldNames, of_fields_that_can_only_be_moved) { EXPECT_EQ(names<MoveOnly>(), (Names_{"owner", "number"})); }

TEST(FieldNames, of_a_struct_without_fields) { EXPECT_EQ(names<Ends::Empty>(), Names_{}); }

TEST(FieldNames, of_a_local_struct) {
    struct Local {
        int here;
        std::string there;
    };
    EXPECT_EQ(names<Local>(), (Names_{"here", "there"}));
    EXPECT_EQ(names<Box<Local>>(), (Names_{"content", "weight"}));
}

TEST(FieldNames, of_a_struct_in_a_lambda) {
    [] {
        struct Hidden {
            int away;
            double farther;
        };
        EXPECT_EQ(names<Hidden>(), (Names_{"away", "farther"}));
    }();
}

template <class Value>
std::vector<std::string_view> names_of_a_local_struct() {
    struct Local {
        Value first;
        int second;
    };
    return names<Local>();
}

TEST(FieldNames, of_a_local_struct_of_a_function_template) {
    EXPECT_EQ(names_of_a_local_struct<Car>(), (Names_{"first", "second"}));
}

template <int... indices>
void expect_names(std::integer_sequence<int, indices...>) {
    const auto expect = []<int count>(std::integral_constant<int, count>) {
        ASSERT_EQ(field_names<Fields<count>>.size(), std::size_t{count});
        for (std::size_t i = 0; i < std::size_t{count}; ++i) {
            EXPECT_EQ(field_names<Fields<count>>[i], "f" + std::to_string(i + 1)) << count << " fields";
        }
    };
    (expect(std::integral_constant<int, indices + 1>{}), ...);
}

TEST(FieldNames, of_1_to_40_fields) { expect_names(std::make_integer_sequence<int, 40>{}); }

TEST(FieldAddresses, differ_between_fields_and_between_structs) {
    std::vector<const void*> all;
    for (const void* address : field_addresses<Car>) all.push_back(address);
    for (const void* address : field_addresses<Odd>) all.push_back(address);
    for (const void* address : field_addresses<Box<int>>) all.push_back(address);
    for (const void* address : field_addresses<Box<long>>) all.push_back(address);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_NE(all[i], nullptr);
        for (std::size_t j = 0; j < i; ++j) EXPECT_NE(all[i], all[j]) << i << ' ' << j;
    }
}

TEST(FieldAddresses, are_constants) {
    static_assert(field_addresses<Car>[0] != field_addresses<Car>[1]);
    static_assert(field_addresses<Car>[2] == &mica::reflect::detail::specimen<Car>.value.year);
}

namespace {

struct Nameless {
    int kept;
    std::optional<int> secret;
};

TEST(FieldNames, of_a_struct_in_an_anonymous_namespace) {
    using mica::reflect::field_names;
    static_assert(field_names<Nameless>[0] == "kept" && field_names<Nameless>[1] == "secret");
    EXPECT_EQ(field_names<unit_fields::Box<Nameless>>[0], "content");
}

}  // namespace
}  // namespace unit_fields

struct GlobalStruct {
    int global_field;
};

TEST(FieldNames, of_a_struct_of_no_namespace) {
    EXPECT_EQ(mica::reflect::field_names<GlobalStruct>[0], "global_field");
}
