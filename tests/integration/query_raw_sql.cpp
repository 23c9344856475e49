// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace query_raw {

struct Place {
    std::string city;
    int code = 0;
};
struct Person {
    std::string name;
    Place home;
    std::optional<double> height;
};
enum class Color { red, green };

namespace {

using mica::ProgrammingError;
using mica::SchemaMismatch;
using mica::test::caught;
using query_raw::Color;
using query_raw::Person;

struct QueryRaw : mica::test::MemoryDatabase<> {
    QueryRaw() {
        connection.execute(
            "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, city TEXT, code INTEGER, height REAL)");
        connection.execute(
            "INSERT INTO person (name, city, code, height) VALUES ('Ada', 'London', 7, 1.5), ('Bob', '', 8, NULL)");
    }
};

TEST_F(QueryRaw, reads_rows_into_aggregates_by_position) {
    const auto people = connection.execute<Person>("SELECT name, city, code, height FROM person ORDER BY id").all();
    ASSERT_EQ(people.size(), 2U);
    EXPECT_EQ(people[0].name, "Ada");
    EXPECT_EQ(people[0].home.city, "London");
    EXPECT_EQ(people[0].home.code, 7);
    EXPECT_EQ(people[0].height, 1.5);
    EXPECT_EQ(people[1].height, std::nullopt);
}

TEST_F(QueryRaw, reads_rows_into_tuples) {
    using Row = std::tuple<std::int64_t, std::string, std::optional<double>>;
    EXPECT_EQ(connection.execute<Row>("SELECT id, name, height FROM person WHERE code > ? ORDER BY id", 5).all(),
              (std::vector<Row>{{1, "Ada", 1.5}, {2, "Bob", std::nullopt}}));
}

TEST_F(QueryRaw, reads_rows_into_tuples_of_aggregates) {
    using Row = std::tuple<std::int64_t, Person>;
    const Row row = connection.execute<Row>("SELECT id, name, city, code, height FROM person WHERE id = 1").one();
    EXPECT_EQ(std::get<0>(row), 1);
    EXPECT_EQ(std::get<1>(row).home.city, "London");
}

TEST_F(QueryRaw, reads_rows_into_single_values) {
    EXPECT_EQ(connection.execute<int>("SELECT 1").scalar(), 1);
    EXPECT_EQ(connection.execute<std::string>("SELECT name FROM person WHERE id = ?", 2).one(), "Bob");
    EXPECT_EQ(connection.execute<Color>("SELECT 1").one(), Color::green);
    EXPECT_EQ(connection.execute<bool>("SELECT EXISTS (SELECT 1 FROM person)").one(), true);
    EXPECT_EQ(connection.execute<bool>("SELECT code = 7 FROM person ORDER BY id").all(),
              (std::vector<bool>{true, false}));
}

TEST_F(QueryRaw, binds_values_of_every_kind) {
    using namespace std::chrono_literals;
    const auto shown = [this](const auto& value) {
        return connection.execute<std::optional<std::string>>("SELECT typeof(?1) || ' ' || CAST(?1 AS TEXT)", value)
            .one();
    };
    EXPECT_EQ(shown(7), "integer 7");
    EXPECT_EQ(shown(true), "integer 1");
    EXPECT_EQ(shown(2.5), "real 2.5");
    EXPECT_EQ(shown("literal"), "text literal");
    EXPECT_EQ(shown(std::string{"string"}), "text string");
    EXPECT_EQ(shown(std::string_view{"view"}), "text view");
    EXPECT_EQ(shown(std::vector{std::byte{'b'}}), "blob b");
    EXPECT_EQ(shown(Color::green), "integer 1");
    EXPECT_EQ(shown(mica::EnumText<Color>{Color::green}), "text green");
    EXPECT_EQ(shown(std::chrono::sys_days{2012y / 10 / 15}), "text 2012-10-15");
    EXPECT_EQ(shown(std::optional<int>{3}), "integer 3");
    EXPECT_EQ(shown(std::optional<int>{}), std::nullopt);
    EXPECT_EQ(shown(std::nullopt), std::nullopt);
    EXPECT_EQ(shown(nullptr), std::nullopt);
}

TEST_F(QueryRaw, keeps_its_values_while_rows_are_read) {
    auto result = [this] {
        const std::string wanted = "London, but so long that it is not a small string";
        connection.execute("UPDATE person SET city = ?", wanted);
        return connection.execute<std::int64_t>("SELECT id FROM person WHERE city = ? ORDER BY id", wanted);
    }();
    EXPECT_EQ(result.all(), (std::vector<std::int64_t>{1, 2}));
}

TEST_F(QueryRaw, refuses_another_number_of_columns) {
    const auto few = caught<SchemaMismatch>(
        [this] { static_cast<void>(connection.execute<Person>("SELECT name, city, code FROM person")); });
    EXPECT_NE(std::string{few.what()}.find('3'), std::string::npos);
    EXPECT_NE(std::string{few.what()}.find('4'), std::string::npos);
    EXPECT_THROW(static_cast<void>(connection.execute<int>("SELECT 1, 2")), SchemaMismatch);
    EXPECT_THROW(static_cast<void>(connection.execute<std::tuple<int>>("SELECT 1, 2")), SchemaMismatch);
    EXPECT_THROW(static_cast<void>(connection.execute<int>("DELETE FROM person")), SchemaMismatch);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM person").one(), 2);
}

TEST_F(QueryRaw, refuses_another_number_of_columns_after_the_table_has_changed) {
    using Row = std::tuple<std::int64_t, std::string>;
    connection.execute("CREATE TABLE pair (a, b)");
    connection.execute("INSERT INTO pair VALUES (1, 'x')");
    EXPECT_EQ(connection.execute<Row>("SELECT * FROM pair").one(), (Row{1, "x"}));
    connection.execute("ALTER TABLE pair ADD COLUMN c");
    EXPECT_THROW(static_cast<void>(connection.execute<Row>("SELECT * FROM pair")), SchemaMismatch);
    connection.execute("DROP TABLE pair");
}

TEST_F(QueryRaw, refuses_another_number_of_values) {
    EXPECT_THROW(connection.execute("DELETE FROM person WHERE id = ?"), ProgrammingError);
    EXPECT_THROW(connection.execute("DELETE FROM person WHERE id = ?", 1, 2), ProgrammingError);
    EXPECT_THROW(connection.execute("DELETE FROM person", 1), ProgrammingError);
    EXPECT_THROW(static_cast<void>(connection.execute<int>("SELECT ? + ?", 1)), ProgrammingError);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM person").one(), 2);
}

TEST_F(QueryRaw, takes_a_numbered_parameter_once) {
    EXPECT_EQ(connection.execute<int>("SELECT ?1 + ?1 + ?2", 10, 1).one(), 21);
}

TEST_F(QueryRaw, takes_named_parameters_in_their_order) {
    EXPECT_EQ(connection.execute<int>("SELECT :first - @second - :first", 10, 1).one(), -1);
}

TEST_F(QueryRaw, tells_a_missing_table_or_column) {
    EXPECT_THROW(connection.execute("SELECT * FROM nobody"), SchemaMismatch);
    const auto error = caught<SchemaMismatch>([this] { connection.execute("SELECT age FROM person"); });
    EXPECT_EQ(error.sql(), "SELECT age FROM person");
    EXPECT_EQ(error.offset(), 7);
    EXPECT_NE(std::string{error.what()}.find("age"), std::string::npos);
}

TEST_F(QueryRaw, tells_a_typo_and_takes_no_double_quoted_text) {
    EXPECT_THROW(connection.execute("SELEC 1"), ProgrammingError);
    EXPECT_THROW(static_cast<void>(connection.execute<std::string>("SELECT \"typo\"")), SchemaMismatch);
}

TEST_F(QueryRaw, runs_one_statement_only) {
    EXPECT_THROW(connection.execute("DELETE FROM person; DELETE FROM person"), ProgrammingError);
    EXPECT_THROW(connection.execute(""), ProgrammingError);
    EXPECT_THROW(connection.execute("-- nothing"), ProgrammingError);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM person;  -- and a comment").one(), 2);
}

TEST_F(QueryRaw, drops_rows_that_nobody_asked_for) {
    connection.execute("SELECT * FROM person");
    connection.execute("PRAGMA table_info(person)");
    EXPECT_NO_THROW(connection.execute("DROP TABLE person"));
}

TEST_F(QueryRaw, runs_a_write_that_returns_rows_to_its_end) {
    connection.execute("INSERT INTO person (name) VALUES ('C'), ('D') RETURNING id");
    EXPECT_EQ(connection.execute<std::int64_t>("DELETE FROM person WHERE id > ? RETURNING id", 2).all(),
              (std::vector<std::int64_t>{3, 4}));
    EXPECT_EQ(connection.execute<std::int64_t>("UPDATE person SET code = 1 RETURNING id").first(), 1);
    EXPECT_EQ(connection.execute<int>("SELECT sum(code) FROM person").one(), 2);
}

TEST_F(QueryRaw, tells_that_a_write_could_not_be_committed_whose_first_row_was_asked_for) {
    connection.execute(
        "CREATE TABLE pet (id INTEGER PRIMARY KEY, person REFERENCES person DEFERRABLE INITIALLY DEFERRED)");
    const std::string_view sql = "INSERT INTO pet (person) VALUES (99) RETURNING id";
    EXPECT_THROW(static_cast<void>(connection.execute<int>(sql).first()), mica::IntegrityError);
    EXPECT_THROW(static_cast<void>(connection.execute<int>(sql).scalar()), mica::IntegrityError);
    EXPECT_THROW(static_cast<void>(connection.execute<int>(sql).one()), mica::IntegrityError);
    EXPECT_THROW(static_cast<void>(connection.execute<int>(sql).all()), mica::IntegrityError);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM pet").one(), 0);
    EXPECT_EQ(connection.execute<int>("INSERT INTO pet (person) VALUES (2), (1) RETURNING person").first(), 2);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM pet").one(), 2);
}

TEST_F(QueryRaw, keeps_the_case_of_names) {
    connection.execute("CREATE TABLE MixedCase (all_lowercase, ALL_UPPERCASE, MixedCase)");
    const auto names = connection.execute<std::string>("SELECT name FROM pragma_table_info('MixedCase')").all();
    EXPECT_EQ(names, (std::vector<std::string>{"all_lowercase", "ALL_UPPERCASE", "MixedCase"}));
}

TEST_F(QueryRaw, shows_no_value_in_an_error) {
    connection.execute("CREATE UNIQUE INDEX unique_name ON person (name)");
    const auto error = caught<mica::IntegrityError>(
        [this] { connection.execute("INSERT INTO person (name, city) VALUES (?, ?)", "Ada", "secret"); });
    EXPECT_EQ(std::string{error.what()}.find("secret"), std::string::npos);
    EXPECT_EQ(std::string{error.what()}.find("Ada"), std::string::npos);
}

}  // namespace
}  // namespace query_raw
