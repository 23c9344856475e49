// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/engine.hpp>
#include <mica/sqlite.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace unit_fetch {

struct Plate {
    std::string text;
};

}  // namespace unit_fetch

template <>
struct mica::Codec<unit_fetch::Plate> {
    using Storage = std::string;
    static std::string encode(const unit_fetch::Plate& plate) { return plate.text; }
    static unit_fetch::Plate decode(std::string_view stored) {
        if (stored == "stolen") throw std::invalid_argument("this plate is stolen");
        if (stored == "odd") throw 7;  // NOLINT: no std::exception on purpose
        if (stored == "full") throw std::bad_alloc();
        return {std::string{stored}};
    }
};

namespace unit_fetch {

using namespace mica;
using mica::test::caught;

struct Car {
    std::int64_t id = 0;
    std::string name;
    std::optional<int> year;
    std::uint8_t doors = 0;
    double price = 0;
    Plate plate;
    static constexpr auto mapping() { return table("car", not_strict); }
};

struct Fetch : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = engine.connect();

    Fetch() { connection.execute("CREATE TABLE car (id INTEGER PRIMARY KEY, name, year, doors, price, plate)"); }

    /// Reads a row with `value` in one column.
    template <class Value>
    Car read(std::string_view column, const Value& value) {
        connection.execute("INSERT INTO car VALUES (7, 'F8', 2020, 2, 1.5, 'B-1')");
        connection.execute("UPDATE car SET " + std::string{column} + " = ?", value);
        return connection.one(select<Car>());
    }
    template <class Value>
    std::string refusal(std::string_view column, const Value& value) {
        return caught<DataError>([&] { read(column, value); }).what();
    }
};

const std::string text = " [" + std::string{decltype(select<Car>())::sql()} + "]";

TEST_F(Fetch, reads_every_field_of_a_row) {
    const Car car = read("doors", 4);
    EXPECT_EQ(car.id, 7);
    EXPECT_EQ(car.name, "F8");
    EXPECT_EQ(car.year, 2020);
    EXPECT_EQ(car.doors, 4);
    EXPECT_EQ(car.price, 1.5);
    EXPECT_EQ(car.plate.text, "B-1");
}

TEST_F(Fetch, null_in_a_plain_field_names_table_column_and_rowid) {
    EXPECT_EQ(refusal("name", std::nullopt),
              R"(mica: column "car"."name" of rowid 7 is NULL, but its field is not std::optional)" + text);
}

TEST_F(Fetch, null_in_an_optional_field_is_empty) { EXPECT_EQ(read("year", std::nullopt).year, std::nullopt); }

TEST_F(Fetch, another_storage_class_is_refused) {
    EXPECT_EQ(refusal("year", "old"),
              R"(mica: column "car"."year" of rowid 7 holds TEXT where its field wants INTEGER)" + text);
}

TEST_F(Fetch, a_number_is_no_text) {
    EXPECT_EQ(refusal("name", 8),
              R"(mica: column "car"."name" of rowid 7 holds INTEGER where its field wants TEXT)" + text);
}

TEST_F(Fetch, text_that_looks_like_a_number_is_none) {
    EXPECT_EQ(refusal("price", "1.5"),
              R"(mica: column "car"."price" of rowid 7 holds TEXT where its field wants REAL)" + text);
}

TEST_F(Fetch, a_number_out_of_range_is_refused) {
    EXPECT_EQ(refusal("doors", 256),
              R"(mica: column "car"."doors" of rowid 7 holds INTEGER that does not fit its field)" + text);
}

TEST_F(Fetch, an_integer_is_read_into_a_double_where_that_is_exact) {
    EXPECT_EQ(read("price", 3).price, 3.0);
    connection.execute("DELETE FROM car");
    EXPECT_EQ(refusal("price", (std::int64_t{1} << 53) + 1),
              R"(mica: column "car"."price" of rowid 7 holds INTEGER that does not fit its field)" + text);
}

TEST_F(Fetch, what_a_codec_throws_becomes_a_data_error_that_tells_where) {
    EXPECT_EQ(refusal("plate", "stolen"),
              R"(mica: column "car"."plate" of rowid 7 was refused by its codec: this plate is stolen)" + text);
    connection.execute("DELETE FROM car");
    EXPECT_EQ(refusal("plate", "odd"), R"(mica: column "car"."plate" of rowid 7 was refused by its codec: )"
                                       "an exception that is no std::exception" +
                                           text);
}

TEST_F(Fetch, lack_of_memory_stays_what_it_is) { EXPECT_THROW(read("plate", "full"), std::bad_alloc); }

TEST_F(Fetch, an_error_never_shows_the_value) {
    EXPECT_EQ(refusal("year", "secret").find("secret"), std::string::npos);
}

TEST_F(Fetch, an_unknown_origin_is_named_by_its_column) {
    connection.execute("INSERT INTO car VALUES (7, 'F8', 2020, 2, 1.5, 'B-1')");
    const auto error = caught<DataError>([&] { connection.execute<int>("SELECT name AS label FROM car").all(); });
    EXPECT_STREQ(error.what(),
                 R"(mica: column "label" holds TEXT where its field wants INTEGER [SELECT name AS label FROM car])");
    EXPECT_EQ(error.code(), 0);
    EXPECT_EQ(error.sql(), "SELECT name AS label FROM car");
}

struct Engine3 {
    int cylinders = 0;
    std::optional<int> turbos;
};
struct Truck {
    std::int64_t id = 0;
    Engine3 motor;
    std::vector<int> notes;
    std::string name;
    static constexpr auto mapping() { return table("truck", ignore<&Truck::notes>); }
};

TEST_F(Fetch, embedded_fields_take_columns_and_ignored_ones_do_not) {
    static_assert(mica::detail::column_count<Truck>() == 4);
    const auto truck = connection.execute<Truck>("SELECT 1, 8, NULL, 'big'").one();
    EXPECT_EQ(truck.motor.cylinders, 8);
    EXPECT_EQ(truck.motor.turbos, std::nullopt);
    EXPECT_EQ(truck.name, "big");
}

TEST_F(Fetch, tuples_nest) {
    using Row = std::tuple<int, std::tuple<std::string, Engine3>, std::optional<double>>;
    static_assert(mica::detail::column_count<Row>() == 5);
    const Row row = connection.execute<Row>("SELECT 1, 'a', 2, 3, NULL").one();
    EXPECT_EQ(std::get<0>(row), 1);
    EXPECT_EQ(std::get<0>(std::get<1>(row)), "a");
    EXPECT_EQ(std::get<1>(std::get<1>(row)).turbos, 3);
    EXPECT_EQ(std::get<2>(row), std::nullopt);
}

TEST_F(Fetch, a_failure_in_the_middle_of_many_rows_leaves_the_statement_usable) {
    connection.execute("INSERT INTO car VALUES (1, 'a', 1, 1, 1, ''), (2, NULL, 1, 1, 1, ''), (3, 'c', 1, 1, 1, '')");
    EXPECT_THROW(connection.all(select<Car>()), DataError);
    connection.execute("UPDATE car SET name = 'b' WHERE name IS NULL");
    EXPECT_EQ(connection.all(select<Car>()).size(), 3U);
}

TEST(HoldsView, is_true_for_rows_that_dangle_once_the_statement_goes_on) {
    struct View {
        int number = 0;
        std::optional<std::string_view> text;
    };
    struct Nested {
        View view;
    };
    static_assert(mica::detail::holds_view<std::string_view>());
    static_assert(mica::detail::holds_view<std::optional<std::string_view>>());
    static_assert(mica::detail::holds_view<std::tuple<int, std::string_view>>());
    static_assert(mica::detail::holds_view<View>());
    static_assert(mica::detail::holds_view<Nested>());
    static_assert(!mica::detail::holds_view<std::string>());
    static_assert(!mica::detail::holds_view<std::tuple<int, std::string>>());
    static_assert(!mica::detail::holds_view<Car>());
}

}  // namespace unit_fetch
