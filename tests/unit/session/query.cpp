// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace unit_session_query {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    int power = 0;
};

constexpr auto power = col<&Car::power>;

struct SessionQuery : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    SessionQuery() {
        engine.create_all<Car>();
        session.add_all(
            std::vector<Car>{{.name = "a", .power = 100}, {.name = "b", .power = 200}, {.name = "c", .power = 300}});
        session.commit();
    }
    static std::string names(const std::vector<Ref<Car>>& cars) {
        std::string all;
        for (const Ref<Car>& car : cars) all += car->name;
        return all;
    }
};

TEST_F(SessionQuery, gives_all_that_fit) {
    EXPECT_EQ(names(session.query<Car>().all()), "abc");
    EXPECT_EQ(names(session.query<Car>().where(power > 100).all()), "bc");
    EXPECT_EQ(names(session.query<Car>().where(power > 100).where(power < 300).all()), "b");
    EXPECT_TRUE(session.query<Car>().where(power > 300).all().empty());
}

TEST_F(SessionQuery, sorts_and_cuts) {
    const auto sorted = session.query<Car>().order_by(power.desc());
    EXPECT_EQ(names(sorted.all()), "cba");
    EXPECT_EQ(names(sorted.limit(2).all()), "cb");
    EXPECT_EQ(names(sorted.offset(1).all()), "ba");
    EXPECT_EQ(names(sorted.limit(1).offset(1).all()), "b");
    EXPECT_EQ(names(sorted.limit(0).all()), "");
}

TEST_F(SessionQuery, first_is_empty_where_there_is_none) {
    EXPECT_EQ(session.query<Car>().order_by(power.desc()).first()->name, "c");
    EXPECT_FALSE(session.query<Car>().where(power == 1).first());
}

TEST_F(SessionQuery, one_wants_exactly_one) {
    EXPECT_EQ(session.query<Car>().where(power == 200).one()->name, "b");
    const auto none = caught<NoResultFound>([&] { session.query<Car>().where(power == 1).one(); });
    EXPECT_NE(std::string{none.what()}.find(R"(FROM "Car")"), std::string::npos);
    EXPECT_THROW(session.query<Car>().one(), MultipleResultsFound);
    EXPECT_EQ(session.query<Car>().limit(1).one()->name, "a");
}

TEST_F(SessionQuery, one_or_none_allows_for_none) {
    EXPECT_EQ(session.query<Car>().where(power == 200).one_or_none()->name, "b");
    EXPECT_FALSE(session.query<Car>().where(power == 1).one_or_none());
    EXPECT_THROW(session.query<Car>().one_or_none(), MultipleResultsFound);
}

TEST_F(SessionQuery, counts_the_rows_it_would_give) {
    EXPECT_EQ(session.query<Car>().count(), 3);
    EXPECT_EQ(session.query<Car>().where(power > 100).count(), 2);
    EXPECT_EQ(session.query<Car>().where(power > 1000).count(), 0);
    EXPECT_EQ(session.query<Car>().limit(2).count(), 2);
    EXPECT_EQ(session.query<Car>().order_by(power).offset(1).count(), 2);
}

TEST_F(SessionQuery, tells_whether_there_is_a_row) {
    EXPECT_TRUE(session.query<Car>().exists());
    EXPECT_TRUE(session.query<Car>().where(power == 300).exists());
    EXPECT_FALSE(session.query<Car>().where(power == 301).exists());
    EXPECT_FALSE(session.query<Car>().offset(3).exists());
}

TEST_F(SessionQuery, gets_by_key_whatever_its_conditions) {
    EXPECT_EQ(session.query<Car>().where(power == 1).get(2)->name, "b");
    EXPECT_FALSE(session.query<Car>().get(9));
}

TEST_F(SessionQuery, updates_all_rows_that_fit_and_tells_how_many) {
    EXPECT_EQ(session.query<Car>().where(power > 100).update(power = power + 1, col<&Car::name> = "x"), 2);
    EXPECT_EQ(session.query<Car>().update(power = 0), 3);
    EXPECT_EQ(session.query<Car>().where(power > 0).update(power = 1), 0);
    session.commit();
    const auto rows = engine.connect().all(select(col<&Car::name>).order_by(col<&Car::id>));
    EXPECT_EQ(rows, (std::vector<std::string>{"a", "x", "x"}));
}

TEST_F(SessionQuery, removes_all_rows_that_fit_and_tells_how_many) {
    EXPECT_EQ(session.query<Car>().where(power == 200).remove(), 1);
    EXPECT_EQ(session.query<Car>().where(power == 200).remove(), 0);
    EXPECT_EQ(session.query<Car>().count(), 2);
    EXPECT_EQ(session.query<Car>().remove(), 2);
    EXPECT_FALSE(session.query<Car>().exists());
}

TEST_F(SessionQuery, a_set_based_update_leaves_objects_in_memory_alone_until_a_query_meets_them) {
    const Ref<Car> car = session.get<Car>(1);
    session.query<Car>().update(power = 7);
    EXPECT_EQ(car->power, 100);
    EXPECT_EQ(session.query<Car>().where(power == 7).all().front(), car);
    EXPECT_EQ(car->power, 7);
    session.query<Car>().update(power = 8);
    EXPECT_TRUE(session.get<Car>(1) == car);
    EXPECT_EQ(car->power, 8);
    session.query<Car>().update(power = 7);
    car->name = "renamed";
    session.commit();
    EXPECT_EQ(engine.connect().scalar(select(power).where(col<&Car::id> == 1)), 7)
        << "only the changed column is written";
}

TEST_F(SessionQuery, is_walked_through_by_a_loop) {
    std::string all;
    for (auto& car : session.query<Car>().where(power > 100).order_by(power)) {
        all += car->name;
        car->power += 1;
    }
    EXPECT_EQ(all, "bc");
    session.commit();
    EXPECT_EQ(engine.connect().scalar(select(power).where(col<&Car::id> == 3)), 301);
}

TEST_F(SessionQuery, runs_again_each_time) {
    auto query = session.query<Car>();
    int rows = 0;
    for (const auto& car : query) rows += car ? 1 : 0;
    session.add(Car{.name = "d"});
    for (const auto& car : query) rows += car ? 1 : 0;
    EXPECT_EQ(rows, 7);
    EXPECT_EQ(query.all().size(), 4U);
}

TEST_F(SessionQuery, an_exception_in_the_loop_leaves_the_session_usable) {
    const auto loop = [&] {
        for (const auto& car : session.query<Car>()) {
            car->name = "half";
            throw 1;
        }
    };
    EXPECT_THROW(loop(), int);
    EXPECT_EQ(session.query<Car>().where(col<&Car::name> == "half").count(), 1);
    session.rollback();
    EXPECT_EQ(names(session.query<Car>().all()), "abc");
}

TEST_F(SessionQuery, can_add_and_commit_inside_its_loop) {
    for (const auto& car : session.query<Car>()) {
        session.add(Car{.name = car->name + "2"});
        session.commit();
    }
    EXPECT_EQ(session.query<Car>().count(), 6);
}

TEST_F(SessionQuery, is_a_value_that_can_be_kept_and_refined) {
    const auto strong = session.query<Car>().where(power > 100);
    const auto copy = strong;
    EXPECT_EQ(copy.where(power < 300).count(), 1);
    EXPECT_EQ(strong.count(), 2);
}

TEST_F(SessionQuery, each_question_costs_one_statement) {
    session.rollback();
    const StatementLog log{engine};
    session.query<Car>().first();
    session.query<Car>().where(power == 200).one();
    session.query<Car>().where(power == 200).exists();
    EXPECT_EQ(log.starting_with("SELECT").size(), 3U);
}

}  // namespace unit_session_query
