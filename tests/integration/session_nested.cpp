// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace integration_session_nested {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    int power = 0;
    static constexpr auto mapping() { return table("car", unique<&Car::name>, check(col<&Car::power> >= 0)); }
};

struct Stop {};

struct Nested : testing::Test {
    Engine engine{"sqlite://"};
    std::optional<Session> session_;
    Session& session;
    Ref<Car> car;

    Nested() : session(session_.emplace(engine)) {
        engine.create_all<Car>();
        car = session.add(Car{.name = "a", .power = 1});
        session.commit();
    }
    Texts stored() { return engine.connect().execute<std::string>("SELECT name || power FROM car ORDER BY id").all(); }
    Texts seen() { return session.execute<std::string>("SELECT name || power FROM car ORDER BY id").all(); }
};

TEST_F(Nested, keeps_what_it_did_when_it_returns) {
    session.nested([&] {
        car->power = 2;
        session.add(Car{.name = "b"});
    });
    session.commit();
    EXPECT_EQ(stored(), (Texts{"a2", "b0"}));
}

TEST_F(Nested, gives_what_its_action_gives) {
    const Ref<Car> added = session.nested([&] { return session.add(Car{.name = "b"}); });
    EXPECT_EQ(added->id, 2) << "it has been flushed";
    EXPECT_EQ(session.nested([] { return 7; }), 7);
}

TEST_F(Nested, a_throw_undoes_the_inner_part_only) {
    car->power = 2;
    const auto outer = session.add(Car{.name = "outer"});
    Ref<Car> inner;
    EXPECT_THROW(session.nested([&] {
        car->power = 3;
        outer->name = "changed";
        inner = session.add(Car{.name = "inner"});
        session.flush();
        EXPECT_EQ(inner->id, 3);
        car->name = "not flushed";
        throw Stop{};
    }),
                 Stop);
    EXPECT_EQ(car->power, 2);
    EXPECT_EQ(car->name, "a");
    EXPECT_EQ(outer->name, "outer");
    EXPECT_EQ(outer->id, 2) << "its row is still there";
    EXPECT_EQ(inner->id, 0) << "its row is not";
    EXPECT_FALSE(session.is_modified(inner));
    EXPECT_EQ(seen(), (Texts{"a2", "outer0"}));
    session.commit();
    EXPECT_EQ(stored(), (Texts{"a2", "outer0"}));
}

TEST_F(Nested, a_throw_forgets_what_was_added_and_not_written) {
    EXPECT_THROW(session.nested([&] {
        session.add(Car{.name = "b"});
        throw Stop{};
    }),
                 Stop);
    session.commit();
    EXPECT_EQ(stored(), Texts{"a1"});
}

TEST_F(Nested, a_throw_brings_back_what_was_removed) {
    EXPECT_THROW(session.nested([&] {
        session.remove(car);
        session.flush();
        EXPECT_FALSE(session.get<Car>(1));
        throw Stop{};
    }),
                 Stop);
    EXPECT_TRUE(session.get<Car>(1) == car);
    car->power = 5;
    session.commit();
    EXPECT_EQ(stored(), Texts{"a5"});
}

TEST_F(Nested, a_failing_flush_at_its_end_undoes_it) {
    const auto bad = [&] {
        session.nested([&] {
            car->power = 9;
            session.add(Car{.name = "a"});
        });
    };
    EXPECT_EQ(caught<IntegrityError>(bad).kind(), IntegrityError::unique);
    EXPECT_EQ(car->power, 1);
    session.add(Car{.name = "b"});
    session.commit();
    EXPECT_EQ(stored(), (Texts{"a1", "b0"}));
}

TEST_F(Nested, a_failing_flush_before_it_runs_nothing_of_it) {
    session.add(Car{.name = "a"});
    bool ran = false;
    EXPECT_THROW(session.nested([&] { ran = true; }), IntegrityError);
    EXPECT_FALSE(ran);
    session.rollback();
    EXPECT_EQ(stored(), Texts{"a1"});
}

TEST_F(Nested, a_rollback_of_the_whole_undoes_what_was_kept) {
    Ref<Car> inner;
    session.nested([&] {
        car->power = 2;
        inner = session.add(Car{.name = "b"});
    });
    session.rollback();
    EXPECT_EQ(car->power, 1);
    EXPECT_EQ(inner->id, 0);
    EXPECT_EQ(stored(), Texts{"a1"});
}

TEST_F(Nested, goes_three_deep_and_each_undoes_itself) {
    auto first = session.begin_nested();
    car->power = 2;
    auto second = session.begin_nested();
    car->power = 3;
    auto third = session.begin_nested();
    car->power = 4;
    session.flush();
    third.rollback();
    EXPECT_EQ(car->power, 3);
    EXPECT_EQ(seen(), Texts{"a3"});
    second.rollback();
    EXPECT_EQ(car->power, 2);
    EXPECT_EQ(seen(), Texts{"a2"});
    first.commit();
    session.commit();
    EXPECT_EQ(stored(), Texts{"a2"});
}

TEST_F(Nested, the_end_of_an_outer_one_ends_those_inside) {
    auto first = session.begin_nested();
    car->power = 2;
    auto second = session.begin_nested();
    car->power = 3;
    first.rollback();
    EXPECT_FALSE(second.is_active());
    EXPECT_EQ(car->power, 1);
    second.rollback();
    EXPECT_STREQ(caught<ProgrammingError>([&] { second.commit(); }).what(), "mica: this savepoint has ended");
    EXPECT_EQ(car->power, 1);
    car->power = 4;
    session.commit();
    EXPECT_EQ(stored(), Texts{"a4"});
}

TEST_F(Nested, a_commit_of_an_outer_one_keeps_those_inside) {
    auto first = session.begin_nested();
    auto second = session.begin_nested();
    car->power = 3;
    first.commit();
    EXPECT_FALSE(second.is_active());
    session.commit();
    EXPECT_EQ(stored(), Texts{"a3"});
}

TEST_F(Nested, the_sessions_commit_ends_all_of_them) {
    auto first = session.begin_nested();
    auto second = session.begin_nested();
    car->power = 3;
    session.commit();
    EXPECT_FALSE(first.is_active());
    first.rollback();
    EXPECT_EQ(car->power, 3);
    EXPECT_EQ(stored(), Texts{"a3"});
}

TEST_F(Nested, the_sessions_rollback_ends_all_of_them) {
    auto first = session.begin_nested();
    car->power = 3;
    session.flush();
    session.rollback();
    EXPECT_FALSE(first.is_active());
    EXPECT_EQ(car->power, 1);
    car->power = 5;
    session.flush();
    first.rollback();
    EXPECT_EQ(car->power, 5) << "a later transaction is none of its business";
    session.commit();
}

TEST_F(Nested, its_scope_rolls_back_what_was_not_committed) {
    {
        const auto scope = session.begin_nested();
        car->power = 3;
        session.flush();
    }
    EXPECT_EQ(car->power, 1);
    EXPECT_TRUE(session.in_transaction());
    session.commit();
    EXPECT_EQ(stored(), Texts{"a1"});
}

TEST_F(Nested, its_scope_can_be_moved) {
    auto outer = session.begin_nested();
    auto scope = session.begin_nested();
    car->power = 3;
    auto other = std::move(scope);
    EXPECT_TRUE(other.is_active());
    other.rollback();
    EXPECT_EQ(car->power, 1);
    outer.commit();
}

TEST_F(Nested, its_scope_may_outlive_the_transaction_and_the_session) {
    auto scope = session.begin_nested();
    car->power = 3;
    session_.reset();
    EXPECT_FALSE(scope.is_active());
    scope.rollback();
    EXPECT_EQ(car->power, 3);
    EXPECT_EQ(stored(), Texts{"a1"});
}

TEST_F(Nested, is_a_savepoint_released_or_rolled_back_and_released) {
    session.flush();
    const StatementLog log{engine};
    session.nested([&] {
        car->power = 2;
        session.flush();
    });
    EXPECT_THROW(session.nested([] { throw Stop{}; }), Stop);
    session.commit();
    EXPECT_EQ(log.texts(),
              (Texts{"BEGIN IMMEDIATE", "SAVEPOINT mica", R"(UPDATE "car" SET "power" = ?1 WHERE "id" = ?2)",
                     "RELEASE mica", "SAVEPOINT mica", "ROLLBACK TO mica", "RELEASE mica", "COMMIT"}));
}

TEST_F(Nested, a_flush_that_fails_inside_leaves_the_rest_of_it_usable) {
    session.nested([&] {
        car->power = -1;
        EXPECT_THROW(session.flush(), IntegrityError);
        EXPECT_EQ(car->power, -1);
        car->power = 6;
        session.add(Car{.name = "b"});
    });
    session.commit();
    EXPECT_EQ(stored(), (Texts{"a6", "b0"}));
}

TEST_F(Nested, undoes_statements_of_ones_own_and_what_was_read_behind_them) {
    EXPECT_THROW(session.nested([&] {
        session.execute("UPDATE car SET power = 50");
        session.execute("INSERT INTO car VALUES (9, 'ghost', 1)");
        EXPECT_EQ(session.get<Car>(1)->power, 50);
        EXPECT_TRUE(session.get<Car>(9));
        throw Stop{};
    }),
                 Stop);
    EXPECT_EQ(car->power, 1);
    EXPECT_FALSE(session.get<Car>(9));
    EXPECT_TRUE(session.get<Car>(1) == car);
    session.commit();
    EXPECT_EQ(stored(), Texts{"a1"});
}

TEST_F(Nested, what_was_read_inside_stays_tracked) {
    session.add(Car{.name = "b"});
    session.commit();
    Session other{engine};
    Ref<Car> read;
    EXPECT_THROW(other.nested([&] {
        read = other.get<Car>(2);
        read->power = 7;
        throw Stop{};
    }),
                 Stop);
    EXPECT_EQ(read->power, 0);
    EXPECT_TRUE(other.get<Car>(2) == read);
}

}  // namespace integration_session_nested
