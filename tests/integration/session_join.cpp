// SPDX-License-Identifier: BSL-1.0
// session.query<T>() with other tables beside it, and with parts that are known only at run time.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace integration_session_join {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Maker {
    std::int64_t id = 0;
    std::string name{};
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::int64_t maker = 0;
    static constexpr auto mapping() { return table("car", foreign_key<&Car::maker, &Maker::id>); }
};

struct SessionJoin : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    SessionJoin() {
        engine.create_all<Maker, Car>();
        session.add(Maker{.id = 1, .name = "Ferrari"});
        session.add(Maker{.id = 2, .name = "Lotus"});
        session.add_all(
            std::vector<Car>{{.name = "F8", .maker = 1}, {.name = "Emira", .maker = 2}, {.name = "F40", .maker = 1}});
        session.commit();
    }
    template <class Entity>
    static Texts names(const std::vector<Ref<Entity>>& refs) {
        Texts names;
        for (const auto& ref : refs) names.push_back(ref->name);
        return names;
    }
};

TEST_F(SessionJoin, finds_objects_by_what_they_reference) {
    const auto cars = session.query<Car>().join<Maker>().where(col<&Maker::name> == "Ferrari").order_by(col<&Car::id>);
    EXPECT_EQ(names(cars.all()), (Texts{"F8", "F40"}));
    EXPECT_EQ(cars.count(), 2);
    EXPECT_TRUE(cars.exists());
    EXPECT_EQ(cars.first()->name, "F8");
    EXPECT_TRUE(cars.first() == session.get<Car>(1));
}

TEST_F(SessionJoin, takes_a_condition_and_sorts_by_the_other_table) {
    const auto cars = session.query<Car>()
                          .join<Maker>(col<&Maker::id> == col<&Car::maker>)
                          .order_by(col<&Maker::name>.desc(), col<&Car::name>);
    EXPECT_EQ(names(cars.all()), (Texts{"Emira", "F40", "F8"}));
}

TEST_F(SessionJoin, keeps_objects_without_a_partner_in_a_left_join) {
    session.add(Maker{.id = 3, .name = "Trabant"});
    const auto without = session.query<Maker>().left_join<Car>().where(col<&Car::id>.is_null());
    EXPECT_EQ(names(without.all()), Texts{"Trabant"});
}

TEST_F(SessionJoin, gives_an_object_once_for_each_row_unless_it_is_distinct) {
    const auto makers = session.query<Maker>().join<Car>().order_by(col<&Maker::id>);
    EXPECT_EQ(names(makers.all()), (Texts{"Ferrari", "Ferrari", "Lotus"}));
    EXPECT_EQ(names(makers.distinct().all()), (Texts{"Ferrari", "Lotus"}));
    EXPECT_EQ(makers.distinct().count(), 2);
}

TEST_F(SessionJoin, joins_an_alias) {
    constexpr auto other = alias<Car, "other">;
    const auto twins =
        session.query<Car>()
            .join(other, other.col<&Car::maker> == col<&Car::maker> && other.col<&Car::id> != col<&Car::id>)
            .order_by(col<&Car::id>);
    EXPECT_EQ(names(twins.all()), (Texts{"F8", "F40"}));
}

TEST_F(SessionJoin, flushes_what_is_pending_in_any_table_that_it_reads) {
    session.get<Maker>(1)->name = "Enzo";
    const StatementLog log{engine};
    EXPECT_EQ(session.query<Car>().join<Maker>().where(col<&Maker::name> == "Enzo").count(), 2);
    EXPECT_EQ(log.starting_with("UPDATE").size(), 1U);
}

TEST_F(SessionJoin, filters_and_orders_chosen_at_run_time) {
    Filter<Car> filter;
    filter &= col<&Car::maker> == 1;
    const auto cars = session.query<Car>().where(filter).order_by(Order<Car>{col<&Car::name>});
    EXPECT_EQ(names(cars.all()), (Texts{"F40", "F8"}));
    EXPECT_EQ(cars.count(), 2);
    EXPECT_TRUE(cars.exists());
    EXPECT_THROW(cars.one(), MultipleResultsFound);
    filter &= col<&Car::name> == "none";
    EXPECT_THROW(session.query<Car>().where(filter).one(), NoResultFound);
    EXPECT_EQ(session.query<Car>().where_if(false, col<&Car::maker> == 1).count(), 3);
    EXPECT_EQ(session.query<Car>().where_if(true, col<&Car::maker> == 1).count(), 2);
    EXPECT_EQ(session.query<Car>().where(filter).update(col<&Car::name> = "x"), 0);
}

TEST_F(SessionJoin, a_filter_may_read_anything_so_everything_is_flushed) {
    session.get<Maker>(1)->name = "Enzo";
    const StatementLog log{engine};
    Filter<Car> filter;
    EXPECT_EQ(session.query<Car>().where(filter).count(), 3);
    EXPECT_EQ(log.starting_with("UPDATE").size(), 1U);
}

}  // namespace integration_session_join
