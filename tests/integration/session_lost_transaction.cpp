// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/page_limit.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace integration_session_lost_transaction {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct Owner {
    std::int64_t id = 0;
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::int64_t owner = 1;
    static constexpr auto mapping() { return table("car", foreign_key<&Car::owner, &Owner::id>); }
};

/// A database that has room for a few pages only: what does not fit makes SQLite roll back the whole transaction.
struct LostTransaction : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db")};
    Session session{engine};
    Ref<Owner> owner;
    Ref<Car> changed;
    Ref<Car> removed;

    LostTransaction() {
        engine.create_all<Owner, Car>();
        mica::test::limit_pages(engine, 20);
        owner = session.add(Owner{.id = 1});
        changed = session.add(Car{.name = "changed"});
        removed = session.add(Car{.name = "removed"});
        session.commit();
    }

    Texts stored() { return engine.connect().execute<std::string>("SELECT id || name FROM car ORDER BY id").all(); }
    static Car too_big() { return {.name = std::string(1'000'000, 'x')}; }
};

TEST_F(LostTransaction, a_full_disk_leaves_every_change_to_be_written) {
    changed->name = "changed!";
    session.remove(removed);
    const auto big = session.add(too_big());
    const auto last = session.add(Car{.name = "last"});
    EXPECT_TRUE(caught<OperationalError>([&] { session.commit(); }).is_full());
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(big->id, 0);
    EXPECT_EQ(last->id, 0);
    EXPECT_TRUE(caught<OperationalError>([&] { session.commit(); }).is_full()) << "still too big";
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
    big->name = "small";
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1changed!", "3small", "4last"}));
    EXPECT_EQ(big->id, 3);
}

TEST_F(LostTransaction, a_full_disk_leaves_what_was_flushed_before_to_be_written_again) {
    const auto other = session.add(Owner{});
    session.flush();
    changed->owner = other->id;
    changed->name = "changed!";
    session.remove(removed);
    const auto added = session.add(Car{.name = "added", .owner = other->id});
    session.flush();
    const std::int64_t id = added->id;
    const auto big = session.add(too_big());
    EXPECT_THROW(session.flush(), OperationalError);
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
    EXPECT_EQ(added->id, id) << "the key stays, for others refer to it";
    session.remove(big);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1changed!", std::to_string(id) + "added"}));
    EXPECT_TRUE(session.get<Car>(id) == added);
    EXPECT_EQ(session.query<Car>().where(col<&Car::owner> == other->id).count(), 2);
}

struct Street {
    std::string name{};
    static constexpr auto mapping() { return table("street", primary_key<&Street::name>); }
};
struct House {
    std::int64_t id = 0;
    std::string street{};
    std::int64_t number = 0;
    static constexpr auto mapping() {
        return table("house", foreign_key<&House::street, &Street::name>.on_update(cascade));
    }
};

struct LostNames : LostTransaction {
    LostNames() {
        engine.create_all<Street, House>();
        session.commit();
    }
    /// Loses the transaction, and writes all of it again.
    void lose_and_commit() {
        const auto big = session.add(too_big());
        EXPECT_TRUE(caught<OperationalError>([&] { session.commit(); }).is_full());
        session.remove(big);
        session.commit();
    }
    std::string named() { return engine.connect().execute<std::string>("SELECT street FROM house").one(); }
};

TEST_F(LostNames, a_new_row_refers_to_the_row_that_it_was_written_with_whoever_takes_its_key) {
    const auto elm = session.add(Street{.name = "elm"});
    const auto oak = session.add(Street{.name = "oak"});
    const auto house = session.add(House{.street = "elm"});
    session.flush();
    std::swap(elm->name, oak->name);
    lose_and_commit();
    EXPECT_EQ(house->street, "oak");
    EXPECT_EQ(named(), "oak");
}

TEST_F(LostNames, a_row_that_was_there_refers_to_a_row_that_is_renamed_once_more) {
    const auto elm = session.add(Street{.name = "elm"});
    const auto house = session.add(House{.street = "elm"});
    session.commit();
    elm->name = "oak";
    house->number = 1;
    session.flush();
    elm->name = "ash";
    session.add(Street{.name = "oak"});
    lose_and_commit();
    EXPECT_EQ(house->street, "ash");
    EXPECT_EQ(named(), "ash");
}

TEST_F(LostNames, a_row_that_the_program_has_given_to_another_one_is_that_ones) {
    const auto elm = session.add(Street{.name = "elm"});
    const auto oak = session.add(Street{.name = "oak"});
    const auto house = session.add(House{.street = "elm"});
    session.flush();
    elm->name = "ash";
    house->street = "oak";
    lose_and_commit();
    EXPECT_EQ(named(), "oak");
    EXPECT_EQ(oak->name, "oak");
}

TEST_F(LostTransaction, what_was_lost_can_be_given_up) {
    const auto added = session.add(Car{.name = "added"});
    changed->name = "changed!";
    session.flush();
    session.add(too_big());
    EXPECT_THROW(session.flush(), OperationalError);
    session.rollback();
    EXPECT_EQ(changed->name, "changed");
    EXPECT_EQ(added->id, 0);
    EXPECT_THROW(session.remove(added), ProgrammingError);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
}

TEST_F(LostTransaction, what_is_given_up_leaves_an_object_its_row_although_another_had_its_key) {
    session.remove(removed);
    session.flush();
    const auto other = session.add(Car{.name = "other"});
    session.flush();
    ASSERT_EQ(other->id, removed->id);
    other->id = 3;
    session.flush();
    session.add(too_big());
    EXPECT_TRUE(caught<OperationalError>([&] { session.commit(); }).is_full());
    session.rollback();
    EXPECT_EQ(session.get<Car>(2), removed);
    removed->name = "changed";
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1changed", "2changed"}));
}

TEST_F(LostTransaction, an_object_added_and_removed_in_it_is_not_written_again) {
    const auto passing = session.add(Car{.name = "passing"});
    session.flush();
    session.remove(passing);
    session.flush();
    const auto big = session.add(too_big());
    EXPECT_THROW(session.flush(), OperationalError);
    session.remove(big);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
}

TEST_F(LostTransaction, a_statement_of_ones_own_that_was_lost_with_it_is_not_forgotten_silently) {
    session.query<Car>().where(col<&Car::id> == 1).update(col<&Car::name> = "by statement");
    session.add(too_big());
    EXPECT_TRUE(caught<OperationalError>([&] { session.flush(); }).is_full());
    EXPECT_TRUE(session.in_transaction());
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.commit(); }).what(),
                 "mica: the database has ended this session's transaction by itself; call rollback()");
    EXPECT_THROW(session.query<Owner>().all(), ProgrammingError);
    session.rollback();
    EXPECT_EQ(session.query<Car>().count(), 2);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
}

TEST_F(LostTransaction, inside_of_a_savepoint_only_a_rollback_is_left) {
    changed->name = "outer";
    Ref<Car> inner;
    const auto fill = [&] {
        session.nested([&] {
            changed->name = "inner";
            inner = session.add(Car{.name = "inner"});
            session.flush();
            session.add(too_big());
        });
    };
    EXPECT_TRUE(caught<OperationalError>(fill).is_full());
    EXPECT_EQ(changed->name, "outer") << "the savepoint is undone in memory";
    EXPECT_EQ(inner->id, 0);
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.commit(); }).what(),
                 "mica: the database has ended this session's transaction by itself; call rollback()");
    session.rollback();
    EXPECT_EQ(changed->name, "changed");
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
    session.nested([&] { changed->name = "again"; });
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1again", "2removed"}));
}

TEST_F(LostTransaction, savepoints_by_hand_undo_their_objects_in_either_order) {
    changed->name = "outermost";
    auto outer = session.begin_nested();
    changed->name = "outer";
    auto inner = session.begin_nested();
    changed->name = "inner";
    session.add(too_big());
    EXPECT_TRUE(caught<OperationalError>([&] { session.flush(); }).is_full());
    EXPECT_STREQ(caught<ProgrammingError>([&] { inner.commit(); }).what(),
                 "mica: the database has ended this session's transaction by itself; call rollback()");
    outer.rollback();
    EXPECT_EQ(changed->name, "outermost");
    changed->name = "later";
    inner.rollback();
    EXPECT_EQ(changed->name, "later") << "the inner one has ended with the outer one";
    session.rollback();
    EXPECT_EQ(changed->name, "changed");
}

TEST_F(LostTransaction, behind_a_savepoint_every_change_is_left_to_be_written) {
    session.nested([&] { changed->name = "kept"; });
    const auto big = session.add(too_big());
    EXPECT_TRUE(caught<OperationalError>([&] { session.commit(); }).is_full());
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
    session.remove(big);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1kept", "2removed"}));
}

TEST_F(LostTransaction, a_statement_that_loses_it_says_so) {
    EXPECT_THROW(session.execute("INSERT INTO car VALUES (9, zeroblob(1000000), 1)"), DatabaseError);
    EXPECT_THROW(session.execute("INSERT OR ROLLBACK INTO car VALUES (1, 'twin', 1)"), IntegrityError);
    EXPECT_THROW(session.commit(), ProgrammingError);
    session.rollback();
    EXPECT_NO_THROW(session.query<Car>().all());
}

TEST_F(LostTransaction, a_trigger_that_rolls_back_leaves_every_change_to_be_written) {
    engine.connect().execute(
        "CREATE TRIGGER t BEFORE INSERT ON car WHEN new.name = 'bad' "
        "BEGIN SELECT RAISE(ROLLBACK, 'not this one'); END");
    changed->name = "changed!";
    const auto bad = session.add(Car{.name = "bad"});
    EXPECT_EQ(caught<IntegrityError>([&] { session.commit(); }).kind(), IntegrityError::other);
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
    bad->name = "good";
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1changed!", "2removed", "3good"}));
}

TEST_F(LostTransaction, a_commit_that_the_database_turns_into_a_rollback_can_be_repeated) {
    sqlite3* const handle = engine.connect().open().database.handle();
    bool refuse = true;
    sqlite3_commit_hook(handle, [](void* wanted) { return *static_cast<bool*>(wanted) ? 1 : 0; }, &refuse);
    const auto added = session.add(Car{.name = "added"});
    EXPECT_THROW(session.commit(), IntegrityError);
    EXPECT_FALSE(session.in_transaction());
    refuse = false;
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed"}));
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1changed", "2removed", "3added"}));
    EXPECT_EQ(added->id, 3);
    sqlite3_commit_hook(handle, nullptr, nullptr);
}

}  // namespace integration_session_lost_transaction
