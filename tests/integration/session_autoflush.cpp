// SPDX-License-Identifier: BSL-1.0
// Changes are written before a query that reads their table, by whatever way, and before no other.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace integration_session_autoflush {

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
struct Boat {
    std::int64_t id = 0;
    std::string name{};
};
/// The same table as that of Maker.
struct Name {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("maker"); }
};

/// A change of a Maker waits.
struct Autoflush : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    Autoflush() {
        engine.create_all<Maker, Car, Boat>();
        session.add(Maker{.id = 1, .name = "Ferrari"});
        session.add(Car{.name = "F8", .maker = 1});
        session.commit();
        session.get<Maker>(1)->name = "Enzo";
    }
    template <class Query>
    bool writes_before(Query query) {
        const StatementLog log{engine};
        query();
        return log.starting_with("UPDATE").size() == 1;
    }
};

TEST_F(Autoflush, writes_nothing_for_queries_of_other_tables) {
    EXPECT_FALSE(writes_before([&] {
        session.query<Boat>().all();
        session.query<Car>().where(col<&Car::name> == "x").count();
        session.query<Car>().exists();
        session.all(select(col<&Car::name>));
        session.first(select<Boat>());
        session.execute(select(count()).from<Car>()).scalar();
        session.get<Car>(1);
        session.get<Boat>(5);
    }));
}

TEST_F(Autoflush, sees_the_table_of_the_query) {
    EXPECT_TRUE(writes_before([&] { session.query<Maker>().all(); }));
}

TEST_F(Autoflush, sees_the_table_of_an_untracked_query) {
    EXPECT_TRUE(writes_before([&] { EXPECT_EQ(session.scalar(select(col<&Maker::name>)), "Enzo"); }));
}

TEST_F(Autoflush, sees_the_table_by_another_struct_of_it) {
    EXPECT_TRUE(writes_before([&] { EXPECT_EQ(session.query<Name>().one()->name, "Enzo"); }));
    session.rollback();
    session.add(Maker{.id = 2, .name = "Lotus"});
    EXPECT_EQ(session.get<Name>(2)->name, "Lotus");
}
TEST_F(Autoflush, sees_a_joined_table) {
    EXPECT_TRUE(writes_before([&] { session.all(select(col<&Car::name>).join<Maker>()); }));
}

TEST_F(Autoflush, sees_an_alias) {
    EXPECT_TRUE(writes_before([&] {
        constexpr auto other = alias<Maker, "other">;
        session.all(select(col<&Car::name>).join(other, other.col<&Maker::id> == col<&Car::maker>));
    }));
}

TEST_F(Autoflush, sees_a_subquery_in_where) {
    EXPECT_TRUE(writes_before([&] {
        const auto makers = select(col<&Maker::id>).where(col<&Maker::name> == "Enzo");
        EXPECT_EQ(session.query<Car>().where(col<&Car::maker>.in(makers)).count(), 1);
    }));
}

TEST_F(Autoflush, sees_exists) {
    EXPECT_TRUE(writes_before([&] {
        const auto makers = select<Maker>().where(col<&Maker::id> == col<&Car::maker> && col<&Maker::name> == "Enzo");
        EXPECT_TRUE(session.query<Car>().where(exists(makers)).exists());
    }));
}

TEST_F(Autoflush, sees_a_scalar_subquery_in_the_list) {
    EXPECT_TRUE(writes_before([&] {
        const auto maker = select(col<&Maker::name>).where(col<&Maker::id> == col<&Car::maker>);
        EXPECT_EQ(session.scalar(select(maker.scalar_subquery()).from<Car>()), "Enzo");
    }));
}

TEST_F(Autoflush, sees_a_common_table_expression) {
    EXPECT_TRUE(writes_before([&] {
        const auto makers = cte<"makers">(select(col<&Maker::name>));
        EXPECT_EQ(session.scalar(select(makers.col<"name">).from(makers)), "Enzo");
    }));
}

TEST_F(Autoflush, sees_a_union) {
    EXPECT_TRUE(writes_before([&] {
        EXPECT_EQ(session.all(union_all(select(col<&Boat::name>), select(col<&Maker::name>))), Texts{"Enzo"});
    }));
}

TEST_F(Autoflush, writes_everything_before_text) {
    EXPECT_TRUE(writes_before([&] { session.execute<int>("SELECT 1").one(); }));
}

TEST_F(Autoflush, writes_everything_before_a_statement_that_writes) {
    EXPECT_TRUE(writes_before([&] { session.execute(delete_from<Boat>().all_rows()); }));
}

TEST_F(Autoflush, writes_everything_before_a_set_based_change) {
    EXPECT_TRUE(writes_before([&] { session.query<Boat>().remove(); }));
}

TEST_F(Autoflush, a_get_of_what_may_have_been_added_writes_it) {
    const auto boat = session.add(Boat{.id = 7, .name = "Titanic"});
    EXPECT_TRUE(session.get<Boat>(7) == boat);
}

TEST_F(Autoflush, can_be_switched_off_for_a_scope) {
    session.add(Boat{.id = 7, .name = "Titanic"});
    EXPECT_FALSE(writes_before([&] {
        const auto off = session.no_autoflush();
        EXPECT_EQ(session.query<Maker>().where(col<&Maker::name> == "Enzo").count(), 0);
        EXPECT_EQ(session.query<Boat>().count(), 0);
        EXPECT_FALSE(session.get<Boat>(7));
        const auto again = session.no_autoflush();
        session.execute("SELECT 1");
        EXPECT_EQ(session.query<Maker>().one()->name, "Enzo") << "an object keeps what is not written yet";
    }));
    EXPECT_EQ(session.query<Boat>().count(), 1);
    EXPECT_EQ(session.query<Maker>().where(col<&Maker::name> == "Enzo").count(), 1);
}

TEST_F(Autoflush, flush_and_commit_write_all_the_same_while_it_is_off) {
    const auto off = session.no_autoflush();
    EXPECT_TRUE(writes_before([&] { session.commit(); }));
}

TEST_F(Autoflush, a_half_built_object_fails_at_its_flush_and_names_itself) {
    const auto car = session.add(Car{.name = "half built"});
    EXPECT_EQ(session.query<Boat>().count(), 0) << "queries of other tables go on";
    const auto failure = caught<IntegrityError>([&] { session.query<Car>().all(); });
    EXPECT_EQ(failure.kind(), IntegrityError::foreign_key);
    EXPECT_EQ(failure.table(), "car");
    EXPECT_EQ(failure.columns(), Texts{"maker"});
    car->maker = 1;
    EXPECT_EQ(session.query<Car>().all().size(), 2U);
}

}  // namespace integration_session_autoflush
