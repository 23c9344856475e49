// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/engine.hpp>
#include <mica/session/core/unit_of_work.hpp>
#include <mica/session/object/ref.hpp>
#include <mica/sqlite.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace unit_unit_of_work {

using namespace mica;
using namespace mica::detail;

struct Car {
    std::int64_t id = 0;
    std::string name{};
};
struct Boat {
    std::int64_t id = 0;
};

struct Work : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = create_and_connect();
    UnitOfWork<mica::sqlite::Backend> work;

    Connection create_and_connect() {
        engine.create_all<Car, Boat>();
        return engine.connect();
    }
    template <class Entity>
    Ref<Entity> add(Entity entity) {
        Ref<Entity> ref{new TrackedObject<Entity>{operations_of<Entity>, std::move(entity)}};
        work.add(*ref.tracked());
        return ref;
    }
    Ref<Car> watch(Car car) {
        Ref<Car> ref{new TrackedObject<Car>{operations_of<Car>, std::move(car)}};
        Tracked& tracked = *ref.tracked();
        tracked.snapshot = current_snapshot(tracked);
        const KeyView key = KeyView::of_row(tracked);
        work.attach(tracked, key, key.hash());
        return ref;
    }
    Tracked* find(std::int64_t id) const {
        SnapshotBuffer key;
        SnapshotSink{key}.integer(id);
        return work.find(KeyView::of(table_of<Car>(), key));
    }
    void flush() { work.flush(connection.open()); }
    /// "id name" of every row.
    std::vector<std::string> rows() {
        return connection.execute<std::string>("SELECT id || ' ' || name FROM Car ORDER BY id").all();
    }
};

TEST_F(Work, has_no_changes_at_first) {
    EXPECT_FALSE(work.has_changes());
    EXPECT_FALSE(work.is_adding_to(table_of<Car>()));
    flush();
    EXPECT_TRUE(rows().empty());
}

TEST_F(Work, knows_of_which_table_its_changes_are) {
    const auto car = add(Car{.name = "F8"});
    EXPECT_TRUE(work.has_changes());
    EXPECT_TRUE(work.has_changes(&table_of<Car>()));
    EXPECT_FALSE(work.has_changes(&table_of<Boat>()));
    EXPECT_TRUE(work.is_adding_to(table_of<Car>()));
    EXPECT_FALSE(work.is_adding_to(table_of<Boat>()));
    flush();
    EXPECT_FALSE(work.has_changes());
    EXPECT_FALSE(work.is_adding_to(table_of<Car>()));
    car->name = "F9";
    EXPECT_TRUE(work.has_changes(&table_of<Car>()));
    EXPECT_FALSE(work.is_adding_to(table_of<Car>()));
}

TEST_F(Work, does_not_take_the_same_object_twice) {
    const auto car = add(Car{});
    EXPECT_THROW(work.add(*car.tracked()), ProgrammingError);
    UnitOfWork<mica::sqlite::Backend> other;
    EXPECT_THROW(other.add(*car.tracked()), ProgrammingError);
    EXPECT_THROW(other.remove(*car.tracked()), ProgrammingError);
}

TEST_F(Work, forgets_an_added_object_that_is_removed_before_its_insertion) {
    const auto car = add(Car{.name = "F8"});
    work.remove(*car.tracked());
    EXPECT_FALSE(work.has_changes());
    EXPECT_FALSE(work.is_adding_to(table_of<Car>()));
    EXPECT_EQ(car->name, "F8");
    EXPECT_EQ(car.tracked()->references.load(), 1);
    EXPECT_THROW(work.remove(*car.tracked()), ProgrammingError);
}

TEST_F(Work, finds_what_it_has_inserted) {
    const auto car = add(Car{.name = "F8"});
    EXPECT_EQ(find(1), nullptr);
    flush();
    EXPECT_EQ(car->id, 1);
    EXPECT_EQ(find(1), car.tracked());
    EXPECT_EQ(rows(), std::vector<std::string>{"1 F8"});
}

TEST_F(Work, lets_go_of_what_it_has_removed) {
    const auto car = add(Car{.name = "F8"});
    flush();
    work.remove(*car.tracked());
    EXPECT_TRUE(work.has_changes());
    EXPECT_EQ(find(1), car.tracked());
    flush();
    EXPECT_EQ(find(1), nullptr);
    EXPECT_TRUE(rows().empty());
    EXPECT_EQ(car.tracked()->session, nullptr);
}

TEST_F(Work, a_rollback_undoes_insert_update_and_removal_in_memory) {
    connection.execute("INSERT INTO Car VALUES (1, 'kept'), (2, 'gone')");
    const auto kept = watch({1, "kept"});
    const auto gone = watch({2, "gone"});
    const auto added = add(Car{.name = "new"});
    auto transaction = connection.begin();
    kept->name = "changed";
    work.remove(*gone.tracked());
    flush();
    EXPECT_EQ(rows(), (std::vector<std::string>{"1 changed", "3 new"}));
    transaction.rollback();
    work.rollback();
    EXPECT_EQ(kept->name, "kept");
    EXPECT_EQ(added->id, 0);
    EXPECT_EQ(added->name, "new");
    EXPECT_EQ(added.tracked()->session, nullptr);
    EXPECT_EQ(find(2), gone.tracked());
    EXPECT_FALSE(work.has_changes());
    gone->name = "changed too";
    flush();
    EXPECT_EQ(rows(), (std::vector<std::string>{"1 kept", "2 changed too"}));
}

TEST_F(Work, a_rollback_undoes_several_flushes) {
    connection.execute("INSERT INTO Car VALUES (1, 'a')");
    const auto car = watch({1, "a"});
    auto transaction = connection.begin();
    car->name = "b";
    flush();
    car->id = 5;
    flush();
    work.remove(*car.tracked());
    flush();
    transaction.rollback();
    work.rollback();
    EXPECT_EQ(car->id, 1);
    EXPECT_EQ(car->name, "a");
    EXPECT_FALSE(work.has_changes());
    EXPECT_EQ(find(1), car.tracked());
    EXPECT_EQ(find(5), nullptr);
}

TEST_F(Work, a_rollback_ends_at_the_last_commit) {
    const auto car = add(Car{.name = "a"});
    flush();
    work.commit();
    car->name = "b";
    flush();
    work.commit();
    car->name = "c";
    work.rollback();
    EXPECT_EQ(car->name, "b");
    EXPECT_EQ(car->id, 1);
}

TEST_F(Work, what_was_inserted_and_removed_again_stays_out_after_a_rollback) {
    auto transaction = connection.begin();
    const auto car = add(Car{.name = "a"});
    flush();
    work.remove(*car.tracked());
    flush();
    transaction.rollback();
    work.rollback();
    EXPECT_EQ(car->id, 0);
    EXPECT_EQ(car.tracked()->session, nullptr);
    EXPECT_FALSE(work.has_changes());
}

TEST_F(Work, what_the_database_has_undone_by_itself_is_to_be_written_again) {
    connection.execute("INSERT INTO Car VALUES (1, 'kept'), (2, 'gone')");
    const auto kept = watch({1, "kept"});
    const auto gone = watch({2, "gone"});
    auto transaction = connection.begin();
    const auto added = add(Car{.name = "new"});
    const auto passing = add(Car{.name = "passing"});
    kept->name = "changed";
    kept->id = 10;
    work.remove(*gone.tracked());
    flush();
    work.remove(*passing.tracked());
    flush();
    transaction.rollback();
    work.reopen();
    EXPECT_EQ(rows(), (std::vector<std::string>{"1 kept", "2 gone"}));
    EXPECT_EQ(kept->name, "changed");
    EXPECT_EQ(added->id, 3) << "others may have taken its key already";
    EXPECT_TRUE(work.is_adding_to(table_of<Car>()));
    flush();
    EXPECT_EQ(rows(), (std::vector<std::string>{"3 new", "10 changed"}));
    EXPECT_EQ(added->id, 3);
}

TEST_F(Work, a_rollback_after_that_is_as_any_other) {
    auto transaction = connection.begin();
    const auto added = add(Car{.name = "new"});
    flush();
    transaction.rollback();
    work.reopen();
    work.rollback();
    EXPECT_EQ(added->id, 0);
    EXPECT_EQ(added.tracked()->session, nullptr);
    EXPECT_FALSE(work.has_changes());
    EXPECT_FALSE(work.is_adding_to(table_of<Car>()));
}

TEST_F(Work, drops_everything_at_its_end) {
    auto car = add(Car{.name = "a"});
    {
        UnitOfWork<mica::sqlite::Backend> other;
        Ref<Car> second{new TrackedObject<Car>{operations_of<Car>, Car{}}};
        other.add(*second.tracked());
        EXPECT_EQ(second.tracked()->references.load(), 2);
        car = second;
    }
    EXPECT_EQ(car.tracked()->references.load(), 1);
    EXPECT_EQ(car.tracked()->session, nullptr);
}

}  // namespace unit_unit_of_work
