// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/engine.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/sqlite.hpp>

#include <support/caught.hpp>
#include <support/echo_text.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace unit_engine {

using namespace mica;
using namespace std::chrono_literals;
using mica::test::caught;
using mica::test::StatementLog;

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::int64_t maker_id = 0;
    static constexpr auto mapping() {
        return table("car", foreign_key<&Car::maker_id, &Maker::id>, mica::index<&Car::maker_id>);
    }
};
struct Wheel {
    std::int64_t id = 0;
    std::int64_t car_id = 0;
    static constexpr auto mapping() { return table("a wheel", foreign_key<&Wheel::car_id, &Car::id>); }
};

static_assert(!std::is_copy_constructible_v<Engine> && !std::is_copy_assignable_v<Engine>);
static_assert(std::is_nothrow_move_constructible_v<Engine> && std::is_nothrow_move_assignable_v<Engine>);

std::vector<std::string> tables(const Engine& engine) {
    return engine.connect()
        .execute<std::string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
        .all();
}

TEST(Engine, creates_parents_before_children_in_one_transaction) {
    const Engine engine{"sqlite://"};
    const StatementLog log{engine};
    engine.create_all<Wheel, Car, Maker>();
    std::string order;  // the first letter of each table, and an i for an index
    for (const std::string& text : log.texts()) {
        const std::size_t name = text.find("CREATE TABLE IF NOT EXISTS \"");
        if (name != text.npos) order += text[name + 28];
        if (text.find("CREATE INDEX IF NOT EXISTS") != text.npos) order += 'i';
    }
    EXPECT_EQ(order, "Mciai");
    EXPECT_EQ(log.starting_with("BEGIN"), std::vector<std::string>{"BEGIN IMMEDIATE"});
    EXPECT_EQ(log.texts().back(), "COMMIT");
}

TEST(Engine, drops_children_before_parents_in_one_transaction) {
    const Engine engine{"sqlite://"};
    engine.create_all<Maker, Car, Wheel>();
    const StatementLog log{engine};
    engine.drop_all<Maker, Car, Wheel>();
    EXPECT_EQ(log.starting_with("DROP"),
              (std::vector<std::string>{R"(DROP TABLE IF EXISTS "a wheel")", R"(DROP TABLE IF EXISTS "car")",
                                        R"(DROP TABLE IF EXISTS "Maker")"}));
    EXPECT_EQ(log.texts().front(), "BEGIN IMMEDIATE");
    EXPECT_EQ(log.texts().back(), "COMMIT");
    EXPECT_TRUE(tables(engine).empty());
}

TEST(Engine, takes_entities_or_a_schema) {
    using Garage = Schema<Maker, Car>;
    const Engine engine{"sqlite://"};
    engine.create_all<Garage>();
    EXPECT_EQ(tables(engine), (std::vector<std::string>{"Maker", "car"}));
    engine.drop_all<Garage>();
    EXPECT_TRUE(tables(engine).empty());
}

TEST(Engine, dropping_what_is_not_there_does_nothing) {
    const Engine engine{"sqlite://"};
    EXPECT_NO_THROW((engine.drop_all<Maker, Car>()));
}

TEST(Engine, creates_and_drops_beside_an_idle_connection) {
    const Engine engine{"sqlite://"};
    const Connection connection = engine.connect();
    engine.create_all<Maker>();
    connection.execute("DELETE FROM Maker");
    engine.drop_all<Maker>();
    EXPECT_THROW(connection.execute("DELETE FROM Maker"), SchemaMismatch);
}

TEST(Engine, refuses_to_create_beside_a_transaction_of_its_own_thread) {
    const Engine engine{"sqlite://"};
    const Connection connection = engine.connect();
    const auto transaction = connection.begin();
    EXPECT_THROW(engine.create_all<Maker>(), OperationalError);
    EXPECT_THROW(engine.drop_all<Maker>(), OperationalError);
    EXPECT_NO_THROW(connection.create_all<Maker>());
}

TEST(Engine, moves) {
    Engine first{"sqlite://"};
    first.create_all<Maker>();
    Engine second = std::move(first);
    EXPECT_EQ(tables(second), std::vector<std::string>{"Maker"});
    first = Engine{"sqlite://"};
    EXPECT_TRUE(tables(first).empty());
    second = std::move(first);
    EXPECT_TRUE(tables(second).empty());
}

TEST(Engine, two_databases_in_memory_have_nothing_in_common) {
    const Engine one{"sqlite://"};
    const Engine two{"sqlite:///:memory:"};
    one.create_all<Maker>();
    EXPECT_TRUE(tables(two).empty());
}

TEST(Engine, refuses_a_url_at_once) {
    EXPECT_THROW(Engine{"cars.db"}, ProgrammingError);
    EXPECT_THROW(Engine{"sqlite:///cars.db?spoiler=1"}, ProgrammingError);
}

int busy_timeout(const Engine& engine) { return engine.connect().execute<int>("PRAGMA busy_timeout").scalar(); }

TEST(Engine, waits_for_locks_as_long_as_it_is_told) {
    EXPECT_EQ(busy_timeout(Engine{"sqlite://"}), 5000);
    EXPECT_EQ(busy_timeout(Engine{"sqlite://", {.busy_timeout = 3s}}), 3000);
    EXPECT_EQ(busy_timeout(Engine{"sqlite://?busy_timeout=7", {.busy_timeout = 3s}}), 7);
    EXPECT_EQ(busy_timeout(Engine{"sqlite://", {.busy_timeout = std::chrono::milliseconds::max()}}), 0x7fff'ffff);
    EXPECT_THROW(busy_timeout(Engine{"sqlite://", {.busy_timeout = -1ms}}), ProgrammingError);
    EXPECT_THROW(busy_timeout(Engine{"sqlite://", {.busy_timeout = std::chrono::milliseconds::min()}}),
                 ProgrammingError);
}

TEST(Engine, shows_statements_without_their_values) {
    const Engine engine{"sqlite://", {.echo = Echo::sql}};
    testing::internal::CaptureStderr();
    engine.create_all<Maker>();
    {
        Connection connection = engine.connect();
        auto transaction = connection.begin();
        connection.execute(insert_into<Maker>().values(Maker{.name = "Ferrari secret"}));
        connection.execute("INSERT INTO Maker (name) VALUES (?)", "Porsche secret");
        auto savepoint = connection.begin_nested();
        savepoint.rollback();
    }
    const std::string shown = test::without_times(testing::internal::GetCapturedStderr());
    EXPECT_EQ(shown,
              "mica: BEGIN IMMEDIATE\n"
              "mica: " +
                  std::string{ddl<Maker>.substr(0, 13)} + "IF NOT EXISTS " + std::string{ddl<Maker>.substr(13)} +
                  "\n"
                  "mica: COMMIT\n"
                  "mica: BEGIN IMMEDIATE\n"
                  "mica: INSERT INTO \"Maker\" (\"id\", \"name\") VALUES (?1, ?2)\n"
                  "mica: INSERT INTO Maker (name) VALUES (?)\n"
                  "mica: SAVEPOINT mica\n"
                  "mica: ROLLBACK TO mica\n"
                  "mica: RELEASE mica\n"
                  "mica: ROLLBACK\n");
}

}  // namespace unit_engine
