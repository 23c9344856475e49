// SPDX-License-Identifier: BSL-1.0
// What is prepared and when: once for each statement type and connection, whatever the values.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sql_cache {

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

namespace {

using mica::col;
using mica::select;
using mica::test::RecordedValues;
using sql_cache::Car;
using Texts = std::vector<std::string>;

struct SqlStatementCache : mica::test::RecordedSql {
    std::size_t prepares() const { return recording.prepared.size(); }
};

auto newer_than(int year) { return select<Car>().where(col<&Car::year> > year); }

TEST_F(SqlStatementCache, prepares_a_statement_type_once) {
    for (int year = 0; year < 5; ++year) EXPECT_EQ(run(newer_than(year)).values, RecordedValues{year});
    EXPECT_EQ(recording.prepared, Texts{std::string{newer_than(0).sql()}});
}

TEST_F(SqlStatementCache, prepares_once_for_all_ways_to_run_a_statement) {
    for (int i = 0; i < 3; ++i) recording.answer("SELECT", {.rows = {{1, "a", 2}}});
    const auto query = newer_than(1);
    static_cast<void>(connection.all(query));
    static_cast<void>(connection.first(query));
    static_cast<void>(connection.one(query));
    static_cast<void>(connection.execute(query));
    EXPECT_EQ(prepares(), 1U);
}

TEST_F(SqlStatementCache, keeps_statement_types_apart) {
    run(select<Car>().where(col<&Car::year> > 1));
    run(select<Car>().where(col<&Car::year> < 1));
    run(select<Car>().where(col<&Car::year> > 1).limit(1));
    EXPECT_EQ(prepares(), 3U);
    run(select<Car>().where(col<&Car::year> < 2));
    EXPECT_EQ(prepares(), 3U);
}

TEST_F(SqlStatementCache, prepares_nothing_for_a_longer_list) {
    run(select<Car>().where(col<&Car::year>.in(std::vector<int>(1))));
    run(select<Car>().where(col<&Car::year>.in(std::vector<int>(5000))));
    EXPECT_EQ(prepares(), 1U);
}

TEST_F(SqlStatementCache, prepares_writes_once) {
    for (int i = 0; i < 3; ++i) {
        connection.execute(mica::insert_into<Car>().values(Car{.make = "a"}));
        connection.execute(mica::update<Car>().set(col<&Car::year> = i).where(col<&Car::id> == i));
        connection.execute(mica::delete_from<Car>().where(col<&Car::id> == i));
    }
    EXPECT_EQ(prepares(), 3U);
}

TEST_F(SqlStatementCache, keeps_the_statements_for_the_next_who_leases_the_connection) {
    run(newer_than(1));
    {
        const auto given_back = std::move(connection);
    }
    static_cast<void>(engine.connect().all(newer_than(2)));
    EXPECT_EQ(prepares(), 1U);
}

TEST_F(SqlStatementCache, prepares_again_for_another_engine) {
    run(newer_than(1));
    const mica::test::RecordingEngine other{"sqlite://"};
    static_cast<void>(other.connect().all(newer_than(1)));
    EXPECT_EQ(prepares(), 2U);
}

TEST_F(SqlStatementCache, prepares_a_twin_while_the_statement_is_streaming) {
    recording.answer("SELECT", {.rows = {{1, "outer", 1}, {2, "outer", 2}}});
    recording.answer("SELECT", {.rows = {{3, "inner", 3}}});
    std::vector<std::string> makes;
    for (const Car& outer : connection.execute(newer_than(1))) {
        makes.push_back(outer.make);
        for (const Car& inner : connection.execute(newer_than(2))) makes.push_back(inner.make);
    }
    EXPECT_EQ(makes, (Texts{"outer", "inner", "outer"}));
    EXPECT_EQ(prepares(), 3U);
    EXPECT_EQ(recording.statements, 1);
    EXPECT_EQ(recording.running, 0);
}

TEST_F(SqlStatementCache, gives_a_statement_back_at_the_end_of_its_rows) {
    recording.answer("SELECT", {.rows = {{1, "a", 1}}});
    auto result = connection.execute(newer_than(1));
    EXPECT_EQ(recording.running, 1);
    static_cast<void>(result.all());
    EXPECT_EQ(recording.running, 0);
    run(newer_than(2));
    EXPECT_EQ(prepares(), 1U);
}

TEST_F(SqlStatementCache, gives_a_statement_back_when_its_result_is_dropped) {
    recording.answer("SELECT", {.rows = {{1, "a", 1}, {2, "b", 2}}});
    static_cast<void>(connection.execute(newer_than(1)));
    EXPECT_EQ(recording.running, 0);
    run(newer_than(2));
    EXPECT_EQ(prepares(), 1U);
}

TEST_F(SqlStatementCache, gives_a_statement_back_after_a_failure) {
    recording.fail("SELECT", std::runtime_error("no"));
    EXPECT_THROW(static_cast<void>(connection.all(newer_than(1))), std::runtime_error);
    EXPECT_EQ(recording.running, 0);
    static_cast<void>(connection.all(newer_than(1)));
    EXPECT_EQ(prepares(), 1U);
}

TEST_F(SqlStatementCache, keeps_trying_after_preparing_failed) {
    recording.refuse("SELECT", std::runtime_error("no such table"));
    EXPECT_THROW(run(newer_than(1)), std::runtime_error);
    EXPECT_THROW(run(newer_than(1)), std::runtime_error);
    EXPECT_EQ(prepares(), 2U);
    EXPECT_EQ(recording.statements, 0);
}

TEST_F(SqlStatementCache, prepares_a_text_once) {
    for (int i = 0; i < 3; ++i) connection.execute("UPDATE t SET a = ?", i);
    EXPECT_EQ(recording.prepared, Texts{"UPDATE t SET a = ?"});
}

TEST_F(SqlStatementCache, keeps_the_64_texts_that_were_used_last) {
    const auto text = [](int i) { return "SELECT " + std::to_string(i); };
    for (int i = 0; i < 64; ++i) connection.execute(text(i));
    connection.execute(text(0));
    EXPECT_EQ(prepares(), 64U);
    connection.execute(text(64));  // takes the place of 1, the oldest now
    EXPECT_EQ(prepares(), 65U);
    EXPECT_EQ(recording.statements, 64);
    connection.execute(text(0));
    connection.execute(text(2));
    EXPECT_EQ(prepares(), 65U);
    connection.execute(text(1));
    EXPECT_EQ(prepares(), 66U);
}

TEST_F(SqlStatementCache, never_drops_a_text_that_is_streaming) {
    recording.answer("SELECT a", {.rows = {{1}, {2}}});
    auto result = connection.execute<int>("SELECT a FROM t");
    for (int i = 0; i < 70; ++i) connection.execute("SELECT " + std::to_string(i));
    EXPECT_EQ(recording.running, 1);
    EXPECT_EQ(recording.statements, 64);
    EXPECT_EQ(result.all(), (std::vector<int>{1, 2}));
}

TEST_F(SqlStatementCache, runs_more_texts_at_once_than_it_keeps) {
    std::vector<mica::BasicResult<mica::test::RecordingBackend, int>> results;
    for (int i = 0; i < 70; ++i) {
        recording.answer("SELECT", {.rows = {{i}, {i}}});
        results.push_back(connection.execute<int>("SELECT a" + std::to_string(i)));
    }
    EXPECT_EQ(recording.running, 70);
    for (int i = 0; i < 70; ++i) EXPECT_EQ(results[static_cast<std::size_t>(i)].all(), (std::vector<int>{i, i}));
    EXPECT_EQ(recording.running, 0);
    EXPECT_EQ(recording.statements, 64);
}

TEST_F(SqlStatementCache, prepares_a_twin_of_a_text_that_is_streaming) {
    recording.answer("SELECT a", {.rows = {{1}, {2}}});
    recording.answer("SELECT a", {.rows = {{3}}});
    int sum = 0;
    for (const int outer : connection.execute<int>("SELECT a FROM t")) {
        sum += outer;
        for (const int inner : connection.execute<int>("SELECT a FROM t")) sum += 10 * inner;
        recording.answer("SELECT a", {.rows = {{4}}});
    }
    EXPECT_EQ(sum, 1 + 30 + 2 + 40);
    EXPECT_EQ(recording.statements, 1);
}

}  // namespace
}  // namespace sql_cache
