// SPDX-License-Identifier: BSL-1.0
// What would be written, told without writing it.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace integration_session_plan {

using namespace mica;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Maker {
    std::int64_t id = 0;
    std::string name{};
};
struct Tank {
    int litres = 0;
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::optional<double> price{};
    std::vector<std::byte> photo{};
    Tank tank{};
    std::int64_t maker = 1;
    std::int64_t revision = 0;
    static constexpr auto mapping() {
        return table("car", foreign_key<&Car::maker, &Maker::id>, version<&Car::revision>);
    }
};
struct Stock {
    std::string shop{};
    int shelf = 0;
    int count = 0;
    static constexpr auto mapping() { return table("stock", primary_key<&Stock::shelf, &Stock::shop>); }
};

std::string to_text(const PlannedChange& change) {
    constexpr const char* kinds[]{"insert ", "update ", "remove "};
    std::string text = kinds[static_cast<int>(change.kind)];
    text += std::string{change.table} + " [" + change.key + "]";
    for (const auto column : change.columns) text += " " + std::string{column};
    return text;
}
std::string to_text(const ColumnChange& change) {
    return std::string{change.column} + ": " + change.before.value_or("NULL") + " -> " + change.after.value_or("NULL");
}
template <class Changes>
Texts to_texts(const Changes& changes) {
    Texts texts;
    for (const auto& change : changes) texts.push_back(to_text(change));
    return texts;
}

struct Plan : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Maker> maker;
    Ref<Car> car;

    Plan() {
        engine.create_all<Maker, Car, Stock>();
        maker = session.add(Maker{.name = "Ferrari"});
        car = session.add(Car{.name = "F8", .price = 2.5});
        session.commit();
    }
};

TEST_F(Plan, is_empty_where_nothing_has_changed) {
    EXPECT_TRUE(session.plan().empty());
    EXPECT_TRUE(session.changes(car).empty());
    EXPECT_FALSE(session.is_modified(car));
}

TEST_F(Plan, lists_what_a_flush_would_write_in_its_order) {
    const auto stock = session.add(Stock{.shop = "north", .shelf = 3});
    session.commit();
    session.add(Car{.name = "new"});
    car->name = "F9";
    car->tank.litres = 80;
    session.add(Maker{.id = 9, .name = "Lotus"});
    maker->name = "Enzo";
    stock->count = 1;
    session.remove(session.add(Car{.name = "never written"}));
    EXPECT_EQ(to_texts(session.plan()),
              (Texts{"insert Maker [9] id name", "update Maker [1] name",
                     "insert car [] name price photo tank_litres maker revision",
                     "update car [1] name tank_litres revision", "update stock [3, north] count"}));
}

TEST_F(Plan, removes_children_first) {
    session.remove(maker);
    session.remove(car);
    EXPECT_EQ(to_texts(session.plan()), (Texts{"remove car [1]", "remove Maker [1]"}));
}

TEST_F(Plan, executes_nothing) {
    car->name = "F9";
    session.add(Car{.name = "new"});
    const StatementLog log{engine};
    EXPECT_EQ(session.plan().size(), 2U);
    EXPECT_EQ(session.changes(car).size(), 1U);
    EXPECT_TRUE(session.is_modified(car));
    EXPECT_EQ(log.texts(), Texts{});
    EXPECT_FALSE(session.in_transaction());
}

TEST_F(Plan, names_a_row_by_the_key_that_the_database_knows) {
    const auto lonely = session.add(Maker{.id = 7});
    session.commit();
    lonely->id = 5;
    EXPECT_EQ(to_texts(session.plan()), Texts{"update Maker [7] id"});
}

TEST_F(Plan, lists_by_tables_what_a_flush_would_refuse) {
    maker->id = 5;
    EXPECT_EQ(to_texts(session.plan()), Texts{"update Maker [1] id"});
    const auto refusal = mica::test::caught<mica::IntegrityError>([&] { session.flush(); });
    EXPECT_EQ(refusal.kind(), mica::IntegrityError::foreign_key);
    EXPECT_STREQ(refusal.what(),
                 "mica: row 1 of table \"car\" refers to its old key, and the foreign key has no ON UPDATE CASCADE, on "
                 "updating row 1 of table \"Maker\"");
    EXPECT_EQ(maker->id, 5);
}

TEST_F(Plan, lists_every_statement_where_rows_take_each_others_keys) {
    const auto other = session.add(Stock{.shop = "a", .shelf = 1});
    const auto stock = session.add(Stock{.shop = "b", .shelf = 1});
    session.commit();
    std::swap(other->shop, stock->shop);
    const auto plan = session.plan();
    ASSERT_EQ(plan.size(), 3U);
    const StatementLog log{engine};
    session.flush();
    EXPECT_EQ(log.starting_with("UPDATE").size(), 3U);
    EXPECT_EQ(to_text(plan[0]), "update stock [1, a] shelf");
    EXPECT_EQ(to_text(plan[1]), "update stock [1, b] shop");
}

TEST_F(Plan, tells_the_values_of_a_changed_object) {
    car->name = "F9";
    car->price.reset();
    car->photo = {std::byte{0x0a}, std::byte{0xff}};
    EXPECT_EQ(to_texts(session.changes(car)), (Texts{"name: F8 -> F9", "price: 2.5 -> NULL", "photo: x'' -> x'0aff'"}));
    car->price = 0.1;
    const auto changes = session.changes(car);
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[1].column, "price");
    EXPECT_EQ(changes[1].after, "0.1");
    session.commit();
    EXPECT_TRUE(session.changes(car).empty());
}

TEST_F(Plan, tells_all_values_of_a_new_object_and_of_one_to_be_removed) {
    const auto added = session.add(Maker{.id = 7, .name = "Lotus"});
    EXPECT_EQ(to_texts(session.changes(added)), (Texts{"id: NULL -> 7", "name: NULL -> Lotus"}));
    EXPECT_TRUE(session.is_modified(added));
    session.remove(maker);
    EXPECT_EQ(to_texts(session.changes(maker)), (Texts{"id: 1 -> NULL", "name: Ferrari -> NULL"}));
    EXPECT_TRUE(session.is_modified(maker));
    session.rollback();
    EXPECT_FALSE(session.is_modified(maker));
    EXPECT_FALSE(session.is_modified(added));
    EXPECT_TRUE(session.changes(added).empty());
}

TEST_F(Plan, of_what_another_session_tracks_there_is_none) {
    Session other{engine};
    car->name = "F9";
    EXPECT_FALSE(other.is_modified(car));
    EXPECT_FALSE(other.is_modified(Ref<Car>{}));
    EXPECT_TRUE(other.changes(car).empty());
    EXPECT_TRUE(other.changes(Ref<Car>{}).empty());
}

TEST_F(Plan, a_change_taken_back_is_none) {
    car->name = "F9";
    car->name = "F8";
    EXPECT_FALSE(session.is_modified(car));
    EXPECT_TRUE(session.plan().empty());
}

}  // namespace integration_session_plan
