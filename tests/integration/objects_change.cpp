// SPDX-License-Identifier: BSL-1.0
// connection.update() and remove(): objects and ranges of them, found by their keys.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace integration_objects_change {

struct Size {
    int width = 0;
    std::optional<int> height{};
    bool operator==(const Size&) const = default;
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::optional<int> power{};
    Size size{};
    std::string note{};
    int twice = 0;
    static constexpr auto mapping() {
        return mica::table("car", mica::unique<&Car::name>, mica::ignore<&Car::note>,
                           mica::generated<&Car::twice>(mica::col<&Car::id> * 2));
    }
};
struct Seat {
    int place = 0;
    std::string taken_by{};
    int row = 0;
    static constexpr auto mapping() {
        return mica::table("seat", mica::primary_key<&Seat::row, &Seat::place>, mica::without_rowid);
    }
};
struct Page {
    std::int64_t id = 0;
    std::string text{};
    int version = 0;
    static constexpr auto mapping() {
        return mica::table("page", mica::version<&Page::version>, mica::unique<&Page::text>);
    }
};
struct Tiny {
    std::int64_t id = 0;
    std::int8_t version = 0;
    static constexpr auto mapping() { return mica::table("tiny", mica::version<&Tiny::version>); }
};
struct Part {
    std::int64_t id = 0;
    std::int64_t car_id = 0;
    static constexpr auto mapping() { return mica::table("part", mica::foreign_key<&Part::car_id, &Car::id>); }
};

namespace {

using integration_objects_change::Car;
using integration_objects_change::Page;
using integration_objects_change::Part;
using integration_objects_change::Seat;
using integration_objects_change::Size;
using integration_objects_change::Tiny;
using mica::test::caught;
using Names = std::vector<std::string>;

struct ObjectsChange : mica::test::MemoryDatabase<Car, Seat, Page, Tiny, Part> {
    std::vector<Car> cars{{.name = "a"}, {.name = "b", .power = 2}, {.name = "c", .size = {3, 4}}};
    std::vector<Page> pages{{.text = "a"}, {.text = "b"}, {.text = "c"}};

    ObjectsChange() {
        connection.insert(cars);
        connection.insert(pages);
    }
    Names names() { return connection.execute<std::string>("SELECT name FROM car ORDER BY id").all(); }
    Names texts() { return connection.execute<std::string>("SELECT text || version FROM page ORDER BY id").all(); }
};

TEST_F(ObjectsChange, an_object_is_written_to_the_row_with_its_key) {
    cars[1].name = "B";
    cars[1].power.reset();
    cars[1].size = {5, 6};
    EXPECT_EQ(connection.update(cars[1]), 1);
    const Car stored = connection.get<Car>(2).value();
    EXPECT_EQ(stored.power, std::nullopt);
    EXPECT_EQ(stored.size, (Size{5, 6}));
    EXPECT_EQ(stored.twice, 4);
    EXPECT_EQ(names(), (Names{"a", "B", "c"}));
}

TEST_F(ObjectsChange, objects_are_written_in_the_order_of_their_range) {
    for (Car& car : cars) car.name += "!";
    EXPECT_EQ(connection.update(cars), 3);
    EXPECT_EQ(names(), (Names{"a!", "b!", "c!"}));
    EXPECT_EQ(connection.update({Car{.id = 2, .name = "x"}, Car{.id = 2, .name = "y"}}), 2);
    EXPECT_EQ(names(), (Names{"a!", "y", "c!"}));
}

TEST_F(ObjectsChange, views_and_const_objects_are_written_too) {
    const Car changed{.id = 3, .name = "C"};
    EXPECT_EQ(connection.update(changed), 1);
    const auto shouted = [](const Car& car) { return Car{.id = car.id, .name = car.name + "!"}; };
    EXPECT_EQ(connection.update(cars | std::views::take(2) | std::views::transform(shouted)), 2);
    EXPECT_EQ(names(), (Names{"a!", "b!", "C"}));
}

TEST_F(ObjectsChange, an_object_without_a_row_is_not_counted) {
    const std::vector<Car> some{{.id = 1, .name = "x"}, {.id = 99, .name = "y"}, {.id = 0, .name = "z"}};
    EXPECT_EQ(connection.update(some), 1);
    EXPECT_EQ(connection.update(Car{.id = 99}), 0);
    EXPECT_EQ(names(), (Names{"x", "b", "c"}));
    EXPECT_EQ(connection.remove(some), 1);
    EXPECT_EQ(connection.remove(Car{.id = 99}), 0);
    EXPECT_EQ(names(), (Names{"b", "c"}));
}

TEST_F(ObjectsChange, a_composite_key_is_found_whole) {
    connection.insert({Seat{1, "Ada", 1}, Seat{2, "Bob", 1}, Seat{1, "Cleo", 2}});
    EXPECT_EQ(connection.update(Seat{1, "Dora", 2}), 1);
    EXPECT_EQ(connection.get<Seat>(2, 1)->taken_by, "Dora");
    EXPECT_EQ(connection.remove({Seat{1, "", 1}, Seat{2, "", 2}}), 1);
    EXPECT_EQ(connection.execute<std::string>("SELECT group_concat(taken_by) FROM seat").one(), "Bob,Dora");
}

TEST_F(ObjectsChange, a_failure_in_the_middle_changes_nothing) {
    cars[0].name = "A";
    cars[1].name = "c";
    const auto error = caught<mica::IntegrityError>([&] { connection.update(cars); });
    EXPECT_EQ(error.kind(), mica::ConstraintKind::unique);
    EXPECT_EQ(names(), (Names{"a", "b", "c"}));
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(ObjectsChange, a_failure_inside_of_a_transaction_undoes_only_its_own) {
    auto transaction = connection.begin();
    connection.update(Car{.id = 1, .name = "A"});
    connection.insert(Part{.car_id = 3});
    EXPECT_THROW(connection.update({Car{.id = 2, .name = "B"}, Car{.id = 3, .name = "A"}}), mica::IntegrityError);
    EXPECT_THROW(connection.remove(cars), mica::IntegrityError);
    EXPECT_TRUE(connection.in_transaction());
    transaction.commit();
    EXPECT_EQ(names(), (Names{"A", "b", "c"}));
}

TEST_F(ObjectsChange, a_row_that_is_referenced_stays_and_all_others_with_it) {
    connection.insert(Part{.car_id = 3});
    EXPECT_EQ(caught<mica::IntegrityError>([&] { connection.remove(cars); }).kind(), mica::ConstraintKind::foreign_key);
    EXPECT_EQ(names(), (Names{"a", "b", "c"}));
}

TEST_F(ObjectsChange, a_version_counts_in_row_and_object) {
    for (Page& page : pages) page.text += "!";
    EXPECT_EQ(connection.update(pages), 3);
    EXPECT_EQ(connection.update(pages[1]), 1);
    EXPECT_EQ(pages[0].version, 1);
    EXPECT_EQ(pages[1].version, 2);
    EXPECT_EQ(texts(), (Names{"a!1", "b!2", "c!1"}));
    EXPECT_EQ(connection.remove(pages), 3);
}

TEST_F(ObjectsChange, a_const_object_keeps_its_version) {
    const Page page = pages[0];
    EXPECT_EQ(connection.update(page), 1);
    EXPECT_EQ(page.version, 0);
    EXPECT_EQ(texts()[0], "a1");
}

TEST_F(ObjectsChange, a_stale_object_undoes_all_and_leaves_every_version_as_it_was) {
    connection.execute("UPDATE page SET version = 8 WHERE id = 3");
    for (Page& page : pages) page.text += "!";
    const auto error = caught<mica::StaleDataError>([&] { connection.update(pages); });
    EXPECT_EQ(error.expected_version(), 0);
    EXPECT_EQ(error.actual_version(), 8);
    EXPECT_STREQ(
        error.what(),
        "mica: the row of object 2 in table \"page\" is no longer what was read: version 0 was read, version 8 "
        "is there");
    EXPECT_EQ(pages[0].version, 0);
    EXPECT_EQ(texts(), (Names{"a0", "b0", "c8"}));
    EXPECT_THROW(connection.remove(pages), mica::StaleDataError);
    EXPECT_EQ(texts(), (Names{"a0", "b0", "c8"}));
}

TEST_F(ObjectsChange, a_versioned_object_without_a_row_is_stale) {
    connection.execute("DELETE FROM page WHERE id = 2");
    EXPECT_EQ(caught<mica::StaleDataError>([&] { connection.update(pages); }).actual_version(), std::nullopt);
    EXPECT_STREQ(caught<mica::StaleDataError>([&] { connection.remove(pages[1]); }).what(),
                 "mica: object 0 has no row in table \"page\"");
    EXPECT_EQ(texts(), (Names{"a0", "c0"}));
}

TEST_F(ObjectsChange, a_failure_leaves_the_versions_of_those_before_it) {
    pages[0].text = "A";
    pages[1].text = "c";
    EXPECT_THROW(connection.update(pages), mica::IntegrityError);
    EXPECT_EQ(pages[0].version, 0);
    EXPECT_EQ(texts(), (Names{"a0", "b0", "c0"}));
}

TEST_F(ObjectsChange, a_version_that_does_not_fit_its_field_changes_nothing) {
    Tiny tiny{.version = 127};
    connection.insert(tiny);
    EXPECT_THROW(connection.update(tiny), mica::DataError);
    EXPECT_EQ(tiny.version, 127);
    EXPECT_EQ(connection.execute<int>("SELECT version FROM tiny").one(), 127);
}

TEST_F(ObjectsChange, ten_thousand_objects) {
    std::vector<Car> many(10'000);
    for (std::size_t i = 0; i < many.size(); ++i) many[i].name = std::to_string(i);
    connection.insert(many);
    for (Car& car : many) car.power = 7;
    EXPECT_EQ(connection.update(many), 10'000);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM car WHERE power = 7").one(), 10'000);
    EXPECT_EQ(connection.remove(many), 10'000);
    EXPECT_EQ(names(), (Names{"a", "b", "c"}));
}

}  // namespace
}  // namespace integration_objects_change
