// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace integration_session_merge {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    int power = 0;
    int note = 0;
    static constexpr auto mapping() { return table("car", ignore<&Car::note>); }
};
struct Stock {
    std::string shop{};
    int shelf = 0;
    int count = 0;
    static constexpr auto mapping() { return table("stock", primary_key<&Stock::shop, &Stock::shelf>); }
};
struct Page {
    std::int64_t id = 0;
    std::string text{};
    std::int64_t revision = 0;
    static constexpr auto mapping() { return table("page", version<&Page::revision>); }
};
struct Engraved {
    std::int64_t id = 0;
    std::string name{};
    std::unique_ptr<std::string> plate{};
    static constexpr auto mapping() { return table("engraved", ignore<&Engraved::plate>); }
};

struct Merge : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    Merge() {
        engine.create_all<Car, Stock, Page, Engraved>();
        engine.connect().execute("INSERT INTO car VALUES (1, 'a', 10), (2, 'b', 20)");
        engine.connect().execute("INSERT INTO stock VALUES ('north', 3, 7)");
        engine.connect().execute("INSERT INTO page VALUES (1, 'p', 5)");
    }
    Texts stored() {
        return engine.connect().execute<std::string>("SELECT id || name || power FROM car ORDER BY id").all();
    }
};

TEST_F(Merge, gives_a_tracked_object_the_values) {
    const auto car = session.get<Car>(1);
    car->note = 9;
    const auto merged = session.merge(Car{.id = 1, .name = "a", .power = 11, .note = 3});
    EXPECT_TRUE(merged == car);
    EXPECT_EQ(car->power, 11);
    EXPECT_EQ(car->note, 9) << "no column";
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1a11", "2b20"}));
}

TEST_F(Merge, reads_a_row_that_is_not_tracked_and_writes_the_difference) {
    const StatementLog log{engine};
    const auto car = session.merge(Car{.id = 2, .name = "b", .power = 21});
    EXPECT_TRUE(session.get<Car>(2) == car);
    session.commit();
    EXPECT_EQ(log.starting_with("SELECT").size(), 1U);
    EXPECT_EQ(log.starting_with("UPDATE"), Texts{R"(UPDATE "car" SET "power" = ?1 WHERE "id" = ?2)"});
}

TEST_F(Merge, of_equal_values_writes_nothing) {
    const StatementLog log{engine};
    session.merge(Car{.id = 2, .name = "b", .power = 20});
    session.commit();
    EXPECT_TRUE(log.starting_with("UPDATE").empty());
}

TEST_F(Merge, inserts_where_there_is_no_row) {
    const auto car = session.merge(Car{.id = 7, .name = "new", .power = 70});
    const auto chosen = session.merge(Car{.name = "keyless"});
    session.commit();
    EXPECT_EQ(car->id, 7);
    EXPECT_EQ(chosen->id, 8);
    EXPECT_EQ(stored(), (Texts{"1a10", "2b20", "7new70", "8keyless0"}));
}

TEST_F(Merge, of_a_row_that_was_added_and_not_written_meets_it) {
    const auto added = session.add(Car{.id = 7, .name = "new"});
    const auto merged = session.merge(Car{.id = 7, .name = "newer"});
    EXPECT_TRUE(merged == added);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1a10", "2b20", "7newer0"}));
}

TEST_F(Merge, of_a_row_that_is_to_be_removed_replaces_it) {
    session.remove(session.get<Car>(1));
    const auto merged = session.merge(Car{.id = 1, .name = "reborn"});
    session.commit();
    EXPECT_EQ(merged->id, 1);
    EXPECT_EQ(stored(), (Texts{"1reborn0", "2b20"}));
}

TEST_F(Merge, finds_composite_keys) {
    const auto stock = session.merge(Stock{.shop = "north", .shelf = 3, .count = 8});
    EXPECT_TRUE(session.get<Stock>("north", 3) == stock);
    session.merge(Stock{.shop = "south", .shelf = 0, .count = 1});
    session.commit();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count FROM stock ORDER BY shop").all(), (std::vector<int>{8, 1}));
}

TEST_F(Merge, refuses_a_value_of_another_version) {
    const auto stale = caught<StaleDataError>([&] { session.merge(Page{.id = 1, .text = "old copy", .revision = 4}); });
    EXPECT_EQ(stale.expected_version(), 4);
    EXPECT_EQ(stale.actual_version(), 5);
    EXPECT_EQ(session.get<Page>(1)->text, "p");
    session.merge(Page{.id = 1, .text = "copy", .revision = 5});
    session.commit();
    EXPECT_EQ(engine.connect().execute<std::string>("SELECT text || revision FROM page").one(), "copy6");
}

TEST_F(Merge, copies_a_variable_and_takes_what_can_only_be_moved) {
    const Car value{.id = 1, .name = "copy"};
    session.merge(value);
    EXPECT_EQ(value.name, "copy");
    const auto engraved = session.merge(Engraved{.name = "e", .plate = std::make_unique<std::string>("B-1")});
    session.commit();
    EXPECT_EQ(*engraved->plate, "B-1");
}

TEST_F(Merge, is_undone_by_a_rollback) {
    const auto car = session.get<Car>(1);
    session.merge(Car{.id = 1, .name = "other"});
    const auto added = session.merge(Car{.name = "new"});
    session.flush();
    session.rollback();
    EXPECT_EQ(car->name, "a");
    EXPECT_EQ(added->id, 0);
    EXPECT_EQ(stored(), (Texts{"1a10", "2b20"}));
}

TEST_F(Merge, brings_back_what_was_detached) {
    const auto car = session.get<Car>(1);
    Car value = session.detach(car);
    session.commit();
    value.power = 99;
    const auto merged = session.merge(std::move(value));
    EXPECT_FALSE(merged == car);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1a99", "2b20"}));
}

}  // namespace integration_session_merge
