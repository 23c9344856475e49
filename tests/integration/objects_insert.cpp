// SPDX-License-Identifier: BSL-1.0
// connection.insert(): objects and ranges of them, their keys, and what is left where it fails.
#include <support/caught.hpp>
#include <support/memory_database.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace integration_objects_insert {

enum class Fuel { petrol, electric };

struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> power{};
    Fuel fuel = Fuel::petrol;
    static constexpr auto mapping() { return mica::table("car", mica::unique<&Car::name>); }
};
struct Country {
    std::string id{};
    std::string name{};
};
struct Seat {
    int row = 0;
    int place = 0;
    static constexpr auto mapping() {
        return mica::table("seat", mica::primary_key<&Seat::row, &Seat::place>, mica::without_rowid);
    }
};
struct Tiny {
    std::int8_t id = 0;
};

namespace {

using namespace std::chrono_literals;
using integration_objects_insert::Car;
using integration_objects_insert::Country;
using integration_objects_insert::Fuel;
using integration_objects_insert::Seat;
using integration_objects_insert::Tiny;
using mica::test::caught;
using Ids = std::vector<std::int64_t>;

struct ObjectsInsert : mica::test::MemoryDatabase<Car, Country, Seat, Tiny> {
    std::int64_t cars() { return connection.execute<std::int64_t>("SELECT count(*) FROM car").one(); }
};

template <class Range>
Ids ids_of(const Range& cars) {
    Ids ids;
    for (const auto& car : cars) ids.push_back(car.id);
    return ids;
}

TEST_F(ObjectsInsert, an_object_gets_the_key_that_the_database_chose) {
    Car car{.name = "Emira", .power = 400};
    EXPECT_EQ(connection.insert(car), 1);
    EXPECT_EQ(car.id, 1);
    EXPECT_EQ(connection.get<Car>(1)->name, "Emira");
}

TEST_F(ObjectsInsert, objects_get_their_keys_in_the_order_of_the_range) {
    std::vector<Car> cars{{.name = "a"}, {.id = 7, .name = "b"}, {.name = "c"}, {.id = 3, .name = "d"}, {.name = "e"}};
    EXPECT_EQ(connection.insert(cars), 5);
    EXPECT_EQ(ids_of(cars), (Ids{1, 7, 8, 3, 9}));
    EXPECT_EQ(connection.get<Car>(8)->name, "c");
}

TEST_F(ObjectsInsert, values_are_stored_as_those_of_insert_into) {
    connection.insert(Car{.name = "e", .power = {}, .fuel = Fuel::electric});
    using Row = std::tuple<std::string, std::optional<int>, int>;
    EXPECT_EQ(connection.execute<Row>("SELECT name, power, fuel FROM car").one(), (Row{"e", std::nullopt, 1}));
    EXPECT_EQ(connection.one(mica::select<Car>()).fuel, Fuel::electric);
}

TEST_F(ObjectsInsert, const_objects_and_temporaries_are_inserted_as_they_are) {
    const std::vector<Car> cars{{.name = "a"}, {.name = "b"}};
    EXPECT_EQ(connection.insert(cars), 2);
    const Car car{.name = "c"};
    EXPECT_EQ(connection.insert(car), 1);
    EXPECT_EQ(connection.insert(Car{.name = "d"}), 1);
    EXPECT_EQ(connection.insert(std::vector<Car>{{.name = "e"}}), 1);
    EXPECT_EQ(connection.insert({Car{.name = "f"}, Car{.name = "g"}}), 2);
    EXPECT_EQ(cars[0].id, 0);
    EXPECT_EQ(this->cars(), 7);
}

TEST_F(ObjectsInsert, any_range_is_taken) {
    std::array<Car, 2> array{Car{.name = "a"}, Car{.name = "b"}};
    connection.insert(array);
    std::list<Car> list{{.name = "c"}};
    connection.insert(list);
    Car plain[2]{{.name = "d"}, {.name = "e"}};
    connection.insert(plain);
    std::vector<Car> vector{{.name = "f"}, {.name = "g"}, {.name = "h"}};
    connection.insert(std::span{vector}.subspan(1));
    EXPECT_EQ(ids_of(array), (Ids{1, 2}));
    EXPECT_EQ(ids_of(list), (Ids{3}));
    EXPECT_EQ(ids_of(plain), (Ids{4, 5}));
    EXPECT_EQ(ids_of(vector), (Ids{0, 6, 7}));
}

TEST_F(ObjectsInsert, a_view_leads_to_the_objects_behind_it) {
    std::vector<Car> cars{{.name = "a"}, {.name = "b"}, {.name = "c"}};
    const auto is_new = [](const Car& car) { return car.id == 0 && car.name != "b"; };
    EXPECT_EQ(connection.insert(cars | std::views::filter(is_new)), 2);
    EXPECT_EQ(ids_of(cars), (Ids{1, 0, 2}));
}

TEST_F(ObjectsInsert, a_view_may_make_its_objects) {
    const auto make = [](int power) { return Car{.name = std::to_string(power), .power = power}; };
    EXPECT_EQ(connection.insert(std::views::iota(0, 5) | std::views::transform(make)), 5);
    EXPECT_EQ(connection.get<Car>(5)->power, 4);
}

TEST_F(ObjectsInsert, rows_that_are_being_read_can_be_inserted_elsewhere) {
    connection.insert({Car{.name = "a"}, Car{.name = "b"}});
    mica::Engine other{"sqlite://"};
    other.create_all<Car>();
    mica::Connection copy = other.connect();
    auto rows = connection.execute(mica::select<Car>());
    EXPECT_EQ(copy.insert(rows), 2);
    EXPECT_EQ(copy.get<Car>(2)->name, "b");
}

TEST_F(ObjectsInsert, a_range_that_is_walked_over_once_keeps_its_objects_as_they_are) {
    struct Once {
        struct End {};
        std::vector<Car>* cars;
        std::size_t at = 0;
        Car& operator*() const { return (*cars)[at]; }
        Once& operator++() { return ++at, *this; }
        void operator++(int) { ++at; }
        bool operator!=(End) const { return at != cars->size(); }
        Once begin() const { return *this; }
        End end() const { return {}; }
    };
    std::vector<Car> cars{{.name = "a"}, {.name = "b"}};
    EXPECT_EQ(connection.insert(Once{&cars}), 2);
    EXPECT_EQ(ids_of(cars), (Ids{0, 0}));
    EXPECT_EQ(this->cars(), 2);
}

TEST_F(ObjectsInsert, no_objects_need_not_even_a_table) {
    connection.execute("DROP TABLE car");
    EXPECT_EQ(connection.insert(std::vector<Car>{}), 0);
}

TEST_F(ObjectsInsert, ten_thousand_objects) {
    std::vector<Car> cars(10'000);
    for (std::size_t i = 0; i < cars.size(); ++i) cars[i].name = std::to_string(i);
    EXPECT_EQ(connection.insert(cars), 10'000);
    for (std::size_t i = 0; i < cars.size(); ++i) ASSERT_EQ(cars[i].id, static_cast<std::int64_t>(i + 1));
    EXPECT_EQ(connection.get<Car>(10'000)->name, "9999");
}

TEST_F(ObjectsInsert, a_text_key_and_a_composite_key_are_stored_as_given) {
    std::vector<Country> countries{{"IT", "Italia"}, {"", "nowhere"}};
    EXPECT_EQ(connection.insert(countries), 2);
    EXPECT_EQ(countries[1].id, "");
    std::vector<Seat> seats{{0, 0}, {0, 1}};
    EXPECT_EQ(connection.insert(seats), 2);
    EXPECT_EQ(seats[0].row, 0);
    EXPECT_TRUE(connection.get<Seat>(0, 1));
}

TEST_F(ObjectsInsert, a_failure_in_the_middle_inserts_nothing_and_changes_no_object) {
    std::vector<Car> cars{{.name = "a"}, {.name = "b"}, {.name = "a"}, {.name = "c"}};
    const auto error = caught<mica::IntegrityError>([&] { connection.insert(cars); });
    EXPECT_EQ(error.kind(), mica::ConstraintKind::unique);
    EXPECT_EQ(ids_of(cars), (Ids{0, 0, 0, 0}));
    EXPECT_EQ(this->cars(), 0);
    EXPECT_FALSE(connection.in_transaction());
    cars[2].name = "d";
    EXPECT_EQ(connection.insert(cars), 4);
}

TEST_F(ObjectsInsert, a_failure_inside_of_a_transaction_undoes_only_its_own) {
    auto transaction = connection.begin();
    connection.insert(Car{.name = "before"});
    std::vector<Car> cars{{.name = "a"}, {.name = "before"}};
    EXPECT_THROW(connection.insert(cars), mica::IntegrityError);
    connection.insert(Car{.name = "after"});
    transaction.commit();
    EXPECT_EQ(ids_of(cars), (Ids{0, 0}));
    EXPECT_EQ(this->cars(), 2);
}

TEST_F(ObjectsInsert, a_range_that_throws_inserts_nothing) {
    const auto make = [](int i) {
        if (i == 3) throw std::runtime_error("no more");
        return Car{.name = std::to_string(i)};
    };
    EXPECT_THROW(connection.insert(std::views::iota(0, 5) | std::views::transform(make)), std::runtime_error);
    EXPECT_EQ(cars(), 0);
}

TEST_F(ObjectsInsert, rolling_back_removes_the_rows_and_leaves_the_objects) {
    std::vector<Car> cars{{.name = "a"}};
    {
        const auto transaction = connection.begin();
        connection.insert(cars);
    }
    EXPECT_EQ(ids_of(cars), (Ids{1}));
    EXPECT_EQ(this->cars(), 0);
}

TEST_F(ObjectsInsert, a_chosen_key_that_does_not_fit_its_field_inserts_nothing) {
    connection.insert(Tiny{127});
    Tiny one;
    EXPECT_THROW(connection.insert(one), mica::DataError);
    std::vector<Tiny> several(2);
    EXPECT_THROW(connection.insert(several), mica::DataError);
    EXPECT_EQ(one.id, 0);
    EXPECT_EQ(several[0].id, 0);
    EXPECT_EQ(connection.all(mica::select<Tiny>()).size(), 1U);
}

TEST_F(ObjectsInsert, a_row_that_a_trigger_drops_is_not_counted) {
    connection.execute(
        "CREATE TRIGGER drop_b BEFORE INSERT ON car WHEN NEW.name = 'b' BEGIN SELECT RAISE(IGNORE); END");
    std::vector<Car> cars{{.name = "a"}, {.name = "b"}, {.name = "c"}};
    EXPECT_EQ(connection.insert(cars), 2);
    EXPECT_EQ(ids_of(cars), (Ids{1, 0, 2}));
}

TEST_F(ObjectsInsert, a_deferred_key_that_is_not_resolved_fails_at_the_end) {
    connection.execute("CREATE TABLE owner (id INTEGER PRIMARY KEY)");
    connection.execute("CREATE TRIGGER own AFTER INSERT ON car BEGIN INSERT INTO owned VALUES (NEW.id, 77); END");
    connection.execute("CREATE TABLE owned (id INTEGER, owner INTEGER REFERENCES owner DEFERRABLE INITIALLY DEFERRED)");
    std::vector<Car> cars{{.name = "a"}};
    EXPECT_THROW(connection.insert(cars), mica::IntegrityError);
    EXPECT_EQ(ids_of(cars), (Ids{0}));
    EXPECT_EQ(this->cars(), 0);
    EXPECT_FALSE(connection.in_transaction());
}

TEST(ObjectsInsertIntoAFile, a_busy_or_read_only_database_takes_nothing) {
    const mica::test::TemporaryDirectory directory;
    mica::Engine engine{"sqlite:///" + directory.file("cars.db"), {.busy_timeout = 1ms}};
    engine.create_all<Car>();
    std::vector<Car> cars{{.name = "a"}, {.name = "b"}};

    mica::Engine other{"sqlite:///" + directory.file("cars.db"), {.busy_timeout = 1ms}};
    mica::Connection holder = other.connect();
    auto transaction = holder.begin();
    mica::Connection connection = engine.connect();
    EXPECT_TRUE(caught<mica::OperationalError>([&] { connection.insert(cars); }).is_busy());
    EXPECT_EQ(ids_of(cars), (Ids{0, 0}));
    transaction.rollback();
    EXPECT_EQ(connection.insert(cars), 2);

    mica::Engine read_only{"sqlite:///" + directory.file("cars.db") + "?mode=ro"};
    mica::Connection reading = read_only.connect();
    EXPECT_TRUE(caught<mica::OperationalError>([&] { reading.insert(cars); }).is_read_only());
    EXPECT_EQ(reading.get_many<Car>({2, 1}).size(), 2U);
}

}  // namespace
}  // namespace integration_objects_insert
