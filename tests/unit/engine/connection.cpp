// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/engine.hpp>
#include <mica/engine/prepared.hpp>
#include <mica/query/select/select.hpp>
#include <mica/query/write/update.hpp>
#include <mica/sqlite.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace unit_connection {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;

struct Car {
    std::int64_t id = 0;
    std::string name;
    int power = 0;
    static constexpr auto mapping() { return table("car", unique<&Car::name>); }
};

static_assert(!std::is_copy_constructible_v<Connection> && std::is_nothrow_move_constructible_v<Connection>);

struct ConnectionTest : testing::Test {
    Engine engine{"sqlite://"};
    std::optional<Connection> held;

    ConnectionTest() {
        engine.create_all<Car>();
        held.emplace(engine.connect());
    }
    Connection& connection() { return *held; }
    std::vector<std::string> names() { return connection().all(select(col<&Car::name>).order_by(col<&Car::id>)); }
    void insert_three() {
        connection().execute(insert_into<Car>().values(
            std::vector<Car>{{.name = "a", .power = 1}, {.name = "b", .power = 2}, {.name = "c", .power = 2}}));
    }
};

TEST_F(ConnectionTest, inserts_one_object_and_tells_its_key) {
    const auto result = connection().execute(insert_into<Car>().values(Car{.name = "F8"}));
    EXPECT_EQ(result.rows_affected(), 1);
    EXPECT_EQ(result.last_insert_id(), 1);
    EXPECT_EQ(names(), std::vector<std::string>{"F8"});
}

TEST_F(ConnectionTest, inserts_several_objects_as_one) {
    insert_three();
    EXPECT_EQ(names(), (std::vector<std::string>{"a", "b", "c"}));
    const std::vector<Car> clash{{.name = "d"}, {.name = "a"}};
    EXPECT_THROW(connection().execute(insert_into<Car>().values(clash)), IntegrityError);
    EXPECT_EQ(names(), (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_FALSE(connection().in_transaction());
    const auto none = connection().execute(insert_into<Car>().values(std::vector<Car>{}));
    EXPECT_EQ(none.rows_affected(), 0);
}

TEST_F(ConnectionTest, inserting_several_is_all_or_nothing_inside_a_transaction_too) {
    auto transaction = connection().begin();
    connection().execute(insert_into<Car>().values(Car{.name = "kept"}));
    const std::vector<Car> clash{{.name = "d"}, {.name = "kept"}};
    EXPECT_THROW(connection().execute(insert_into<Car>().values(clash)), IntegrityError);
    transaction.commit();
    EXPECT_EQ(names(), std::vector<std::string>{"kept"});
}

TEST_F(ConnectionTest, counts_what_it_changes) {
    insert_three();
    const auto power = col<&Car::power>;
    EXPECT_EQ(connection().execute(update<Car>().set(power = 5).where(power == 2)).rows_affected(), 2);
    EXPECT_EQ(connection().execute(update<Car>().set(power = 5).where(power == 2)).rows_affected(), 0);
    EXPECT_EQ(connection().execute(delete_from<Car>().where(power == 5)).rows_affected(), 2);
    EXPECT_EQ(connection().execute(delete_from<Car>().all_rows()).rows_affected(), 1);
}

TEST_F(ConnectionTest, reads_all_one_first_and_a_scalar) {
    EXPECT_TRUE(connection().all(select<Car>()).empty());
    EXPECT_EQ(connection().first(select(col<&Car::name>)), std::nullopt);
    EXPECT_THROW(connection().one(select<Car>()), NoResultFound);
    EXPECT_THROW(connection().scalar(select<Car>()), NoResultFound);
    insert_three();
    EXPECT_EQ(connection().all(select<Car>()).size(), 3U);
    EXPECT_EQ(connection().first(select(col<&Car::name>).order_by(col<&Car::name>.desc())), "c");
    EXPECT_EQ(connection().one(select<Car>().where(col<&Car::power> == 1)).name, "a");
    EXPECT_THROW(connection().one(select<Car>()), MultipleResultsFound);
    EXPECT_EQ(connection().scalar(select(col<&Car::name>, col<&Car::power>).order_by(col<&Car::id>)), "a");
}

TEST_F(ConnectionTest, first_asks_an_ordered_query_for_one_row_only) {
    insert_three();
    held.reset();
    const StatementLog log{engine};
    held.emplace(engine.connect());
    connection().first(select(col<&Car::name>).order_by(col<&Car::name>));
    connection().first(select(col<&Car::name>).order_by(col<&Car::name>).limit(2));
    ASSERT_EQ(log.texts().size(), 2U);
    EXPECT_TRUE(log.texts()[0].ends_with(" LIMIT ?1")) << log.texts()[0];
    EXPECT_EQ(log.texts()[0], log.texts()[1]);
    EXPECT_EQ(connection().first(select(col<&Car::name>).order_by(col<&Car::name>).limit(2).offset(1)), "b");
}

TEST_F(ConnectionTest, a_result_owns_the_values_of_its_statement) {
    insert_three();
    const auto start = [&] {
        const std::string name = "b";
        return connection().execute(select(col<&Car::name>).where(col<&Car::name> >= name).order_by(col<&Car::name>));
    };
    EXPECT_EQ(start().all(), (std::vector<std::string>{"b", "c"}));
}

TEST_F(ConnectionTest, prepares_a_statement_type_once) {
    insert_three();
    for (int power = 0; power < 5; ++power) {
        connection().all(select<Car>().where(col<&Car::power> == power));
    }
    sqlite3* const handle = connection().open().database.handle();
    int prepared = 0;
    for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(handle, each)) != nullptr;) {
        if (std::string_view{sqlite3_sql(each)}.starts_with("SELECT")) ++prepared;
    }
    EXPECT_EQ(prepared, 1);
}

TEST_F(ConnectionTest, binds_the_values_of_a_text_in_their_order) {
    using Row = std::tuple<int, double, std::string, std::optional<int>, bool, std::optional<std::string>>;
    const std::string text = "x";
    const Row row = connection()
                        .execute<Row>("SELECT ?, ?, ?, ?, ?, ?", 1, 2.5, text, std::nullopt, true, std::optional{text})
                        .one();
    EXPECT_EQ(row, Row(1, 2.5, "x", std::nullopt, true, "x"));
}

TEST_F(ConnectionTest, binds_every_kind_of_text) {
    const char* const pointer = "a";
    const std::string_view view = "b";
    EXPECT_EQ(connection().execute<std::string>("SELECT ? || ? || ?", pointer, view, "c").one(), "abc");
    EXPECT_EQ(connection().execute<std::string>("SELECT ?", std::string_view{}).one(), "");
}

TEST_F(ConnectionTest, takes_as_many_values_as_there_are_parameters) {
    EXPECT_STREQ(caught<ProgrammingError>([&] { connection().execute("SELECT ?"); }).what(),
                 "mica: the statement has 1 parameter, 0 values were given [SELECT ?]");
    EXPECT_THROW(connection().execute("SELECT 1", 1), ProgrammingError);
    EXPECT_THROW(connection().execute<int>("SELECT ?, ?", 1), ProgrammingError);
    EXPECT_EQ(connection().execute<int>("SELECT ?1 + ?1", 2).one(), 4);
}

TEST_F(ConnectionTest, a_row_type_must_have_as_many_columns_as_the_text) {
    EXPECT_STREQ(caught<SchemaMismatch>([&] { connection().execute<int>("SELECT 1, 2"); }).what(),
                 "mica: the statement has 2 columns, the row type reads 1 [SELECT 1, 2]");
    EXPECT_THROW(connection().execute<Car>("SELECT 1, 2"), SchemaMismatch);
    EXPECT_THROW(connection().execute<int>("DELETE FROM car"), SchemaMismatch);
}

TEST_F(ConnectionTest, the_columns_of_a_text_are_counted_again_after_the_table_has_changed) {
    connection().execute("CREATE TABLE t (a)");
    connection().execute("INSERT INTO t VALUES (1)");
    EXPECT_EQ(connection().execute<int>("SELECT * FROM t").one(), 1);
    connection().execute("ALTER TABLE t ADD COLUMN b");
    EXPECT_THROW(connection().execute<int>("SELECT * FROM t"), SchemaMismatch);
    using Row = std::tuple<int, std::optional<int>>;
    EXPECT_EQ(connection().execute<Row>("SELECT * FROM t").one(), Row(1, std::nullopt));
}

TEST_F(ConnectionTest, rows_of_a_text_that_nobody_reads_are_dropped) {
    connection().execute("SELECT * FROM car");
    connection().execute("PRAGMA user_version");
    EXPECT_EQ(
        connection().execute("INSERT INTO car (name, power) VALUES ('a', 1), ('b', 2) RETURNING id").rows_affected(),
        2);
    EXPECT_EQ(names().size(), 2U);
}

TEST_F(ConnectionTest, rows_that_an_insert_returns_can_be_read) {
    auto ids =
        connection().execute<std::int64_t>("INSERT INTO car (name, power) VALUES ('a', 1), ('b', 2) RETURNING id");
    EXPECT_EQ(ids.all(), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(names().size(), 2U);
}

TEST_F(ConnectionTest, runs_one_statement_at_a_time) {
    EXPECT_THROW(connection().execute("DELETE FROM car; DELETE FROM car"), ProgrammingError);
    EXPECT_THROW(connection().execute(""), ProgrammingError);
    EXPECT_NO_THROW(connection().execute("DELETE FROM car; -- done"));
}

TEST_F(ConnectionTest, a_value_that_cannot_be_bound_leaves_it_usable) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(connection().execute("SELECT ?", nan), DataError);
    EXPECT_EQ(connection().execute<double>("SELECT ?", 1.5).one(), 1.5);
    EXPECT_THROW(connection().execute<double>("SELECT ?", nan), DataError);
    EXPECT_EQ(connection().execute<double>("SELECT ?", 1.5).one(), 1.5);
}

TEST_F(ConnectionTest, a_missing_table_is_a_schema_mismatch_each_time_until_it_is_there) {
    connection().execute("DROP TABLE car");
    for (int i = 0; i < 2; ++i) {
        const auto error = caught<SchemaMismatch>([&] { connection().all(select<Car>()); });
        EXPECT_EQ(error.code(), SQLITE_ERROR);
        EXPECT_EQ(error.sql(), decltype(select<Car>())::sql());
    }
    connection().execute(ddl<Car>);
    EXPECT_TRUE(connection().all(select<Car>()).empty());
}

TEST_F(ConnectionTest, moves_and_stays_the_same_connection) {
    insert_three();
    Connection moved = std::move(*held);
    held.reset();
    EXPECT_EQ(moved.all(select<Car>()).size(), 3U);
    {
        auto transaction = moved.begin();
        Connection again = std::move(moved);
        EXPECT_TRUE(again.in_transaction());
        moved = std::move(again);
        EXPECT_TRUE(transaction.is_active());
        transaction.commit();
    }
    EXPECT_EQ(moved.all(select<Car>()).size(), 3U);
}

TEST_F(ConnectionTest, its_end_rolls_back_and_resets) {
    insert_three();
    auto open = connection().execute(select<Car>());
    auto transaction = connection().begin();
    connection().execute(delete_from<Car>().all_rows());
    held.reset();
    held.emplace(engine.connect());
    EXPECT_FALSE(connection().in_transaction());
    EXPECT_EQ(names().size(), 3U);
}

TEST_F(ConnectionTest, assigning_another_gives_the_first_one_back) {
    const Engine other{"sqlite://"};
    auto transaction = connection().begin();
    *held = other.connect();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_THROW(names(), SchemaMismatch) << "the other database has no table";
    EXPECT_NO_THROW(static_cast<void>(engine.connect()));
}

TEST_F(ConnectionTest, runs_nothing_once_it_has_been_moved_from) {
    insert_three();
    const Connection moved = std::move(*held);
    const auto refuses = [](auto action) {
        EXPECT_STREQ(caught<ProgrammingError>(action).what(), "mica: this connection has been moved from");
    };
    refuses([&] { connection().all(select<Car>()); });
    refuses([&] { connection().execute("DELETE FROM car"); });
    refuses([&] { connection().insert(Car{.name = "d"}); });
    refuses([&] { static_cast<void>(connection().begin()); });
    refuses([&] { static_cast<void>(connection().begin_nested()); });
    EXPECT_FALSE(connection().in_transaction());
    EXPECT_EQ(moved.all(select<Car>()).size(), 3U);
}

TEST_F(ConnectionTest, that_has_been_moved_from_can_be_assigned_to) {
    insert_three();
    Connection moved = std::move(*held);
    *held = std::move(moved);
    EXPECT_EQ(names().size(), 3U);
    Connection& itself = *held;
    *held = std::move(itself);
    EXPECT_EQ(names().size(), 3U);
}

TEST_F(ConnectionTest, its_return_ends_the_statements_that_it_has_prepared) {
    insert_three();
    const auto by_name = connection().prepare(select<Car>().where(col<&Car::name> == param<std::string>));
    const auto rename = connection().prepare(update<Car>().set(col<&Car::name> = param<std::string>).all_rows());
    const auto copy = by_name;
    EXPECT_EQ(copy("a").all().size(), 1U);
    held.reset();
    const auto error = caught<ProgrammingError>([&] { by_name("a"); });
    EXPECT_STREQ(error.what(), "mica: this prepared statement belongs to a connection that was given back");
    held.emplace(engine.connect());
    const auto transaction = connection().begin();
    EXPECT_THROW(rename("x"), ProgrammingError) << "the next holder's connection is not its own";
    EXPECT_THROW(copy("a"), ProgrammingError);
    EXPECT_EQ(names().size(), 3U);
}

TEST_F(ConnectionTest, a_prepared_statement_outlives_its_engine) {
    auto other = std::make_optional<Engine>("sqlite://");
    other->create_all<Car>();
    std::optional<Connection> theirs{other->connect()};
    const auto all = theirs->prepare(select<Car>().where(col<&Car::power> == param<int>));
    theirs.reset();
    other.reset();
    EXPECT_THROW(all(1), ProgrammingError);
}

}  // namespace unit_connection
