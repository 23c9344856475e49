// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace integration_session_failed_flush {

struct Plate {
    std::string text{};
};

}  // namespace integration_session_failed_flush

template <>
struct mica::Codec<integration_session_failed_flush::Plate> {
    using Storage = std::string;
    static std::string encode(const integration_session_failed_flush::Plate& plate) {
        if (plate.text == "bad") throw std::invalid_argument("this plate cannot be written");
        return plate.text;
    }
    static integration_session_failed_flush::Plate decode(std::string_view stored) { return {std::string{stored}}; }
};

namespace integration_session_failed_flush {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct Owner {
    std::int64_t id = 0;
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    double price = 0;
    std::int64_t owner = 1;
    Plate plate{};
    static constexpr auto mapping() {
        return table("car", unique<&Car::name>, foreign_key<&Car::owner, &Owner::id>, check(col<&Car::price> >= 0.0));
    }
};

/// A session with one change of each kind, of which one more will fail.
struct FailedFlush : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Car> changed;
    Ref<Car> removed;
    Ref<Car> added;

    FailedFlush() {
        engine.create_all<Owner, Car>();
        session.add(Owner{.id = 1});
        changed = session.add(Car{.name = "changed"});
        removed = session.add(Car{.name = "removed"});
        session.commit();
        changed->name = "changed!";
        session.remove(removed);
        added = session.add(Car{.name = "added"});
    }

    Texts stored() { return engine.connect().execute<std::string>("SELECT name FROM car ORDER BY id").all(); }

    /// Adds `bad`, sees it fail twice, repairs it, and finds everything written.
    template <class Expected, class Repair>
    void fails_and_recovers(Car bad, Repair repair) {
        const auto culprit = session.add(std::move(bad));
        const auto last = session.add(Car{.name = "last"});
        for (int i = 0; i < 2; ++i) {
            EXPECT_THROW(session.commit(), Expected);
            EXPECT_EQ(added->id, 0) << "no key of a row that is not there";
            EXPECT_EQ(last->id, 0);
            EXPECT_EQ(changed->name, "changed!");
        }
        repair(*culprit);
        session.commit();
        EXPECT_EQ(stored(), (Texts{"changed!", "added", "good", "last"}));
        EXPECT_NE(added->id, 0);
        EXPECT_TRUE(session.get<Car>(added->id) == added);
        EXPECT_TRUE(session.get<Car>(culprit->id) == culprit);
    }

    /// The same, but given up.
    template <class Expected>
    void fails_and_is_rolled_back(Car bad) {
        session.add(std::move(bad));
        EXPECT_THROW(session.commit(), Expected);
        session.rollback();
        EXPECT_FALSE(session.in_transaction());
        EXPECT_EQ(stored(), (Texts{"changed", "removed"}));
        EXPECT_EQ(changed->name, "changed");
        EXPECT_EQ(added->id, 0);
        EXPECT_TRUE(session.get<Car>(removed->id) == removed);
        session.commit();
        changed->name = "again";
        session.commit();
        EXPECT_EQ(stored(), (Texts{"again", "removed"}));
    }
};

TEST_F(FailedFlush, unique_violation) {
    fails_and_recovers<IntegrityError>({.name = "added"}, [](Car& car) { car.name = "good"; });
}

TEST_F(FailedFlush, unique_violation_rolled_back) { fails_and_is_rolled_back<IntegrityError>({.name = "added"}); }

TEST_F(FailedFlush, foreign_key_violation) {
    fails_and_recovers<IntegrityError>({.name = "good", .owner = 99}, [](Car& car) { car.owner = 1; });
}

TEST_F(FailedFlush, foreign_key_violation_rolled_back) {
    fails_and_is_rolled_back<IntegrityError>({.name = "good", .owner = 99});
}

TEST_F(FailedFlush, check_violation) {
    fails_and_recovers<IntegrityError>({.name = "good", .price = -1}, [](Car& car) { car.price = 1; });
}

TEST_F(FailedFlush, check_violation_rolled_back) {
    fails_and_is_rolled_back<IntegrityError>({.name = "good", .price = -1});
}

TEST_F(FailedFlush, nan) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    fails_and_recovers<DataError>({.name = "good", .price = nan}, [](Car& car) { car.price = 1; });
}

TEST_F(FailedFlush, nan_rolled_back) {
    fails_and_is_rolled_back<DataError>({.name = "good", .price = std::numeric_limits<double>::quiet_NaN()});
}

TEST_F(FailedFlush, codec_that_throws) {
    fails_and_recovers<std::invalid_argument>({.name = "good", .plate = {"bad"}},
                                              [](Car& car) { car.plate.text = ""; });
}

TEST_F(FailedFlush, codec_that_throws_rolled_back) {
    fails_and_is_rolled_back<std::invalid_argument>({.name = "good", .plate = {"bad"}});
}

TEST_F(FailedFlush, a_tracked_object_that_cannot_be_written_is_restored_by_a_rollback) {
    session.commit();
    changed->plate.text = "bad";
    added->name = "other";
    EXPECT_THROW(session.commit(), std::invalid_argument);
    EXPECT_THROW(session.query<Car>().all(), std::invalid_argument);
    session.rollback();
    EXPECT_EQ(changed->plate.text, "");
    EXPECT_EQ(added->name, "added");
    EXPECT_NO_THROW(session.commit());
}

TEST_F(FailedFlush, not_null_violation_of_a_table_that_others_have_made) {
    session.rollback();
    session.execute(
        "CREATE TRIGGER strict BEFORE INSERT ON car WHEN new.price = 13 "
        "BEGIN INSERT INTO car (name, price) VALUES (NULL, 0); END");
    session.commit();
    const auto car = session.add(Car{.name = "good", .price = 13});
    EXPECT_EQ(caught<IntegrityError>([&] { session.commit(); }).kind(), IntegrityError::not_null);
    EXPECT_EQ(car->id, 0);
    car->price = 14;
    session.commit();
    EXPECT_EQ(stored(), (Texts{"changed", "removed", "good"}));
}

TEST_F(FailedFlush, a_failing_update_in_the_middle_of_many) {
    session.rollback();
    std::vector<Ref<Car>> cars;
    for (int i = 0; i < 20; ++i) cars.push_back(session.add(Car{.name = "n" + std::to_string(i)}));
    session.commit();
    for (const auto& car : cars) car->price = 1;
    cars[10]->price = -1;
    EXPECT_EQ(caught<IntegrityError>([&] { session.flush(); }).kind(), IntegrityError::check);
    EXPECT_EQ(cars[0]->price, 1) << "the change is still to be written";
    cars[10]->price = 2;
    session.commit();
    EXPECT_EQ(session.execute<int>("SELECT count(*) FROM car WHERE price = 1").one(), 19);
    EXPECT_EQ(session.execute<double>("SELECT max(price) FROM car").one(), 2);
}

TEST_F(FailedFlush, a_failing_removal_in_the_middle_of_many) {
    session.commit();
    const auto owner = session.get<Owner>(1);
    session.remove(owner);
    session.remove(changed);
    EXPECT_EQ(caught<IntegrityError>([&] { session.flush(); }).kind(), IntegrityError::foreign_key);
    EXPECT_FALSE(session.get<Owner>(1)) << "it is still to be removed";
    session.remove(added);
    session.commit();
    EXPECT_TRUE(stored().empty());
    EXPECT_EQ(session.query<Owner>().count(), 0);
}

TEST_F(FailedFlush, a_flush_that_follows_another_undoes_only_itself) {
    session.flush();
    const auto bad = session.add(Car{.name = "added"});
    EXPECT_THROW(session.flush(), IntegrityError);
    EXPECT_TRUE(session.in_transaction());
    EXPECT_NE(added->id, 0);
    session.remove(bad);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"changed!", "added"}));
}

/// A session for which a trigger refuses the one change that there is, and keeps what has happened by then.
struct FlushOfOneStatement : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Owner> owner;
    Ref<Car> car;

    FlushOfOneStatement() {
        engine.create_all<Owner, Car>();
        engine.connect().execute(
            "CREATE TRIGGER fail AFTER UPDATE OF name ON car BEGIN SELECT RAISE(FAIL, 'not this name'); END");
        owner = session.add(Owner{.id = 1});
        car = session.add(Car{.name = "first"});
        session.commit();
    }
    std::string stored() { return engine.connect().execute<std::string>("SELECT name FROM car").one(); }
};

TEST_F(FlushOfOneStatement, leaves_nothing_that_a_trigger_keeps) {
    car->name = "second";
    EXPECT_THROW(session.flush(), IntegrityError);
    EXPECT_EQ(car->name, "second");
    car->name = "first";
    session.commit();
    EXPECT_EQ(stored(), "first");
}

TEST_F(FlushOfOneStatement, keeps_what_was_flushed_before_to_be_written_again) {
    car->price = 2;
    session.flush();
    car->name = "second";
    EXPECT_THROW(session.flush(), IntegrityError);
    car->name = "first";
    session.commit();
    EXPECT_EQ(stored(), "first");
    EXPECT_EQ(engine.connect().get<Car>(car->id).value().price, 2);
}

TEST_F(FlushOfOneStatement, leaves_only_rollback_behind_a_statement_of_ones_own) {
    session.execute("UPDATE car SET price = 2");
    car->name = "second";
    EXPECT_THROW(session.flush(), IntegrityError);
    EXPECT_THROW(session.commit(), ProgrammingError);
    session.rollback();
    EXPECT_EQ(car->name, "first");
    EXPECT_EQ(stored(), "first");
}

TEST_F(FlushOfOneStatement, leaves_only_rollback_to_the_connection_that_its_session_was_given) {
    Connection connection = engine.connect();
    session.rollback();
    auto transaction = connection.begin();
    connection.execute("UPDATE car SET price = 2");
    Session inner{connection};
    inner.get<Car>(car->id)->name = "second";
    EXPECT_THROW(inner.flush(), IntegrityError);
    EXPECT_THROW(connection.execute(update<Car>().set(col<&Car::price> = 3).all_rows()), ProgrammingError);
    EXPECT_THROW(transaction.commit(), DatabaseError);
    transaction.rollback();
    EXPECT_EQ(stored(), "first");
}

TEST_F(FailedFlush, a_query_that_has_to_flush_first_reports_it_and_can_be_run_again) {
    const auto bad = session.add(Car{.name = "added"});
    EXPECT_THROW(session.query<Car>().all(), IntegrityError);
    EXPECT_THROW(session.query<Car>().count(), IntegrityError);
    EXPECT_NO_THROW(session.query<Owner>().all()) << "of another table";
    bad->name = "good";
    EXPECT_EQ(session.query<Car>().count(), 3);
}

struct Late {
    std::int64_t id = 0;
    std::int64_t owner = 0;
    static constexpr auto mapping() { return table("late", foreign_key<&Late::owner, &Owner::id>.deferrable()); }
};

TEST_F(FailedFlush, a_deferred_violation_fails_at_commit_and_can_be_put_right) {
    engine.create_all<Late>();
    const auto late = session.add(Late{.owner = 5});
    EXPECT_NO_THROW(session.flush());
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(caught<IntegrityError>([&] { session.commit(); }).kind(), IntegrityError::foreign_key);
        EXPECT_TRUE(session.in_transaction());
        EXPECT_EQ(late->id, 1);
    }
    session.add(Owner{.id = 5});
    session.commit();
    EXPECT_FALSE(session.in_transaction());
    Session other{engine};
    EXPECT_EQ(other.get<Late>(1)->owner, 5);
}

TEST_F(FailedFlush, a_deferred_violation_can_be_given_up) {
    engine.create_all<Late>();
    const auto late = session.add(Late{.owner = 5});
    EXPECT_THROW(session.commit(), IntegrityError);
    session.rollback();
    EXPECT_EQ(late->id, 0);
    EXPECT_EQ(stored(), (Texts{"changed", "removed"}));
}

}  // namespace integration_session_failed_flush
