// SPDX-License-Identifier: BSL-1.0
// An exception of the program's on its way through the database, and statements inside of statements.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace function_exceptions {

struct Item {
    std::int64_t id = 0;
    std::string name;
};

namespace {

using function_exceptions::Item;
using mica::col;
using mica::select;
using mica::test::caught;

/// No std::exception.
struct Trouble {
    int number = 0;
};

struct FunctionExceptions : mica::test::MemoryDatabase<Item> {
    FunctionExceptions() {
        insert<Item>({{1, "one"}, {2, "two"}, {3, "three"}});
        connection.create_function("troubled", [](int number) -> int {
            if (number == 2) throw Trouble{number};
            return number;
        });
        connection.create_function("exhausted", []() -> int { throw std::bad_alloc{}; });
    }
    int count() const { return connection.execute<int>("SELECT count(*) FROM Item").one(); }
};

TEST_F(FunctionExceptions, arrive_as_what_they_are) {
    int number = 0;
    try {
        connection.execute<int>("SELECT troubled(id) FROM Item").all();
    } catch (const Trouble& trouble) {
        number = trouble.number;
    }
    EXPECT_EQ(number, 2);
    EXPECT_EQ(count(), 3) << "the connection stays usable";
}

TEST_F(FunctionExceptions, come_out_of_the_step_that_met_them) {
    auto rows = connection.execute<int>("SELECT troubled(id) FROM Item ORDER BY id");
    auto row = rows.begin();
    EXPECT_EQ(*row, 1);
    EXPECT_THROW(++row, Trouble);
}

TEST_F(FunctionExceptions, are_bad_alloc_where_memory_ran_out) {
    EXPECT_THROW(connection.execute<int>("SELECT exhausted()").one(), std::bad_alloc);
    EXPECT_EQ(count(), 3);
}

TEST_F(FunctionExceptions, undo_what_their_statement_has_written) {
    EXPECT_THROW(connection.execute("UPDATE Item SET name = 'new' || troubled(id)"), Trouble);
    EXPECT_EQ(connection.all(select(col<&Item::name>).order_by(col<&Item::id>)),
              (std::vector<std::string>{"one", "two", "three"}));
}

TEST_F(FunctionExceptions, leave_a_transaction_open) {
    auto transaction = connection.begin();
    connection.execute("DELETE FROM Item WHERE id = 3");
    EXPECT_THROW(connection.execute("UPDATE Item SET name = 'new' || troubled(id)"), Trouble);
    EXPECT_TRUE(connection.in_transaction());
    transaction.commit();
    EXPECT_EQ(count(), 2);
}

TEST_F(FunctionExceptions, come_out_of_a_session) {
    mica::Session session{connection};
    EXPECT_THROW(session.execute("UPDATE Item SET name = 'new' || troubled(id)"), Trouble);
    EXPECT_EQ(session.execute<int>("SELECT count(*) FROM Item WHERE name LIKE 'new%'").one(), 0);
}

TEST_F(FunctionExceptions, come_out_of_a_RETURNING) {
    EXPECT_THROW(connection.execute<int>("UPDATE Item SET name = 'x' RETURNING troubled(id)").all(), Trouble);
    EXPECT_EQ(count(), 3);
}

TEST_F(FunctionExceptions, are_caught_where_a_function_runs_a_statement_of_its_own) {
    connection.create_function("name_of", [this](std::int64_t key) -> std::optional<std::string> {
        return connection.first(select(col<&Item::name>).where(col<&Item::id> == key));
    });
    connection.create_function("saved", [this](int number) -> int {
        try {
            return connection.execute<int>("SELECT troubled(?)", number).one();
        } catch (const Trouble&) {
            return -1;
        }
    });
    EXPECT_EQ(connection.execute<std::string>("SELECT name_of(4 - id) FROM Item ORDER BY id").all(),
              (std::vector<std::string>{"three", "two", "one"}));
    EXPECT_EQ(connection.execute<int>("SELECT saved(id) FROM Item ORDER BY id").all(), (std::vector<int>{1, -1, 3}));
}

TEST_F(FunctionExceptions, are_none_where_a_function_writes_on_its_own_connection) {
    connection.execute("CREATE TABLE seen (id INTEGER)");
    connection.create_function("noted", [this](std::int64_t key) {
        connection.execute("INSERT INTO seen VALUES (?)", key);
        return key;
    });
    EXPECT_EQ(connection.execute<int>("SELECT noted(id) FROM Item").all(), (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM seen").one(), 3);
}

TEST_F(FunctionExceptions, of_an_inner_statement_come_out_of_the_outer_one) {
    connection.create_function(
        "inner_one", [this](int number) { return connection.execute<int>("SELECT troubled(?)", number).one(); });
    EXPECT_THROW(connection.execute<int>("SELECT inner_one(id) FROM Item").all(), Trouble);
    connection.create_function("misread",
                               [this] { return connection.execute<int>("SELECT name FROM Item").all().front(); });
    EXPECT_THROW(connection.execute<int>("SELECT misread()").one(), mica::DataError);
    EXPECT_EQ(count(), 3);
}

TEST_F(FunctionExceptions, do_not_change_what_SQLite_says_of_other_failures) {
    EXPECT_THROW(connection.execute<int>("SELECT troubled(2)").one(), Trouble);
    EXPECT_THROW(connection.execute("INSERT INTO Item VALUES (1, 'again')"), mica::IntegrityError);
    EXPECT_THROW(connection.execute<int>("SELECT abs(-9223372036854775808)").one(), mica::DataError);
}

TEST_F(FunctionExceptions, of_constants_may_come_when_a_statement_is_prepared) {
    connection.create_function("fixed", []() -> int { throw Trouble{1}; }, mica::deterministic);
    connection.execute("CREATE INDEX by_name ON Item (name)");
    connection.execute("ANALYZE");
    EXPECT_THROW(connection.execute("SELECT id FROM Item WHERE name > fixed()"), Trouble);
    EXPECT_EQ(count(), 3);
}

}  // namespace
}  // namespace function_exceptions
