// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/column.hpp>
#include <mica/schema/table.hpp>

#include <support/many_fields.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_column {

using namespace mica;

/// Stands in for an expression, of which this layer needs no more.
struct Anything {
    static constexpr void render(SqlWriter& writer) { writer.text("1"); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

struct Coordinates {
    double latitude = 0;
    std::optional<double> longitude;
};
struct Address {
    std::string city;
    Coordinates at;
};
struct Number {
    std::int64_t value = 0;
};
struct Nothing {};

struct Person {
    std::int64_t id = 0;
    Address home;
    std::string name;
    std::vector<int> ignored;
    Nothing nothing;
    std::optional<std::int32_t> age;
    Number number;
    Coordinates last_seen;
    static constexpr auto mapping() {
        return table("person", ignore<&Person::ignored>, column<&Person::name>("full name"),
                     column<&Person::last_seen>("seen"), generated<&Person::last_seen>(Anything{}),
                     generated<&Person::age>(Anything{}));
    }
};

std::vector<std::string_view> names(const Table& table) {
    std::vector<std::string_view> names;
    for (const Column& column : table.columns) names.push_back(column.name);
    return names;
}

/// The names of the columns that answer with true.
std::vector<std::string_view> names_where(bool Column::* question) {
    std::vector<std::string_view> names;
    for (const Column& column : table_of<Person>().columns) {
        if (column.*question) names.push_back(column.name);
    }
    return names;
}

using Names = std::vector<std::string_view>;

TEST(Column, embedded_objects_stand_where_their_field_stands_with_its_name_before_theirs) {
    EXPECT_EQ(names(table_of<Person>()), (Names{"id", "home_city", "home_at_latitude", "home_at_longitude", "full name",
                                                "age", "number_value", "seen_latitude", "seen_longitude"}));
}

TEST(Column, knows_the_field_of_the_struct_that_it_is_a_part_of) {
    const Table& person = table_of<Person>();
    const auto& addresses = reflect::field_addresses<Person>;
    EXPECT_EQ(person.columns[0].field, addresses[0]);
    for (const std::size_t i : {1U, 2U, 3U}) EXPECT_EQ(person.columns[i].field, addresses[1]);
    EXPECT_EQ(person.columns[4].field, addresses[2]);
    for (const std::size_t i : {7U, 8U}) EXPECT_EQ(person.columns[i].field, addresses[7]);
}

TEST(Column, has_the_storage_class_of_its_field) {
    const auto columns = table_of<Person>().columns;
    EXPECT_EQ(columns[0].storage, StorageClass::integer);
    EXPECT_EQ(columns[1].storage, StorageClass::text);
    EXPECT_EQ(columns[2].storage, StorageClass::real);
    EXPECT_EQ(columns[4].storage, StorageClass::text);
}

TEST(Column, is_nullable_where_its_field_is_optional) {
    EXPECT_EQ(names_where(&Column::nullable), (Names{"home_at_longitude", "age", "seen_longitude"}));
}

TEST(Column, is_a_key_where_the_mapping_says_so) { EXPECT_EQ(names_where(&Column::is_key), Names{"id"}); }

TEST(Column, is_generated_with_all_columns_of_its_field) {
    EXPECT_EQ(names_where(&Column::is_generated), (Names{"age", "seen_latitude", "seen_longitude"}));
}

/// Nothing could be written back into the middle of an embedded object.
TEST(Column, of_an_embedded_object_is_never_generated_by_the_database) {
    EXPECT_EQ(names_where(&Column::generatable), Names{"id"});
}

TEST(Column, forty_fields_are_forty_columns) {
    const auto columns = table_of<mica::test::Fields<40>>().columns;
    ASSERT_EQ(columns.size(), 40U);
    EXPECT_EQ(columns[0].name, "f1");
    EXPECT_EQ(columns[39].name, "f40");
}

struct Wheel {
    int size = 0;
    int width = 0;
};
struct Axle {
    Wheel left;
    Wheel right;
};
struct Truck {
    std::int64_t id = 0;
    Axle front;
    Axle back;
};

TEST(Column, one_type_may_be_embedded_several_times_and_several_deep) {
    EXPECT_EQ(names(table_of<Truck>()),
              (Names{"id", "front_left_size", "front_left_width", "front_right_size", "front_right_width",
                     "back_left_size", "back_left_width", "back_right_size", "back_right_width"}));
}

TEST(Column, the_names_are_constants) {
    static_assert(table_of<Truck>().columns[4].name == "front_right_width");
    static_assert(table_of<Person>().columns.size() == 9);
}

}  // namespace unit_column
