// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace integration_errors {

struct Plate {
    std::string text{};
};

}  // namespace integration_errors

template <>
struct mica::Codec<integration_errors::Plate> {
    using Storage = std::string;
    static std::string encode(const integration_errors::Plate& plate) {
        if (plate.text == "unwritable") throw std::invalid_argument("unwritable");
        return plate.text;
    }
    static integration_errors::Plate decode(std::string_view stored) {
        if (stored == "unreadable") throw std::invalid_argument("unreadable");
        return {std::string{stored}};
    }
};

namespace integration_errors {

using namespace mica;
using mica::test::caught;

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

struct Errors : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = prepare();

    Connection prepare() {
        engine.create_all<Owner, Car>();
        Connection made = engine.connect();
        made.execute(insert_into<Owner>().values(Owner{.id = 1}));
        made.execute(insert_into<Car>().values(Car{.name = "first"}));
        return made;
    }
    void insert(Car car) { connection.execute(insert_into<Car>().values(std::move(car))); }
    std::int64_t count() { return connection.execute<std::int64_t>("SELECT count(*) FROM car").scalar(); }

    /// Lets `action` fail alone, in a transaction and in a savepoint; each time nothing is left of it, nothing is still
    /// running, and the connection works.
    template <class Expected, class Action>
    void fails(Action action) {
        const std::int64_t before = count();
        EXPECT_THROW(action(), Expected);
        expect_idle();
        EXPECT_FALSE(connection.in_transaction());
        EXPECT_EQ(count(), before);
        {
            auto transaction = connection.begin();
            insert({.name = "kept"});
            EXPECT_THROW(action(), Expected);
            expect_idle();
            EXPECT_TRUE(transaction.is_active());
            {
                auto savepoint = connection.begin_nested();
                insert({.name = "undone"});
                EXPECT_THROW(action(), Expected);
                EXPECT_TRUE(savepoint.is_active());
            }
            transaction.commit();
        }
        EXPECT_EQ(count(), before + 1);
        connection.execute("DELETE FROM car WHERE name = 'kept'");
    }
    void expect_idle() {
        sqlite3* const handle = connection.open().database.handle();
        for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(handle, each)) != nullptr;) {
            EXPECT_EQ(sqlite3_stmt_busy(each), 0) << sqlite3_sql(each);
        }
    }
};

TEST_F(Errors, unique_violation) {
    fails<IntegrityError>([&] { insert({.name = "first"}); });
    const auto error = caught<IntegrityError>([&] { insert({.name = "first"}); });
    EXPECT_EQ(error.kind(), IntegrityError::unique);
    EXPECT_EQ(error.table(), "car");
    EXPECT_EQ(error.columns(), std::vector<std::string>{"name"});
}

TEST_F(Errors, primary_key_violation) {
    fails<IntegrityError>([&] { insert({.id = 1, .name = "x"}); });
}

TEST_F(Errors, foreign_key_violation) {
    fails<IntegrityError>([&] { insert({.name = "x", .owner = 9}); });
    fails<IntegrityError>([&] { connection.execute("DELETE FROM Owner"); });
}

TEST_F(Errors, check_violation) {
    fails<IntegrityError>([&] { insert({.name = "x", .price = -1}); });
}

TEST_F(Errors, not_null_violation) {
    fails<IntegrityError>([&] { connection.execute("INSERT INTO car (name) VALUES (NULL)"); });
}

TEST_F(Errors, datatype_violation) {
    fails<IntegrityError>([&] { connection.execute("UPDATE car SET price = ?", "dear"); });
}

TEST_F(Errors, nan) {
    fails<DataError>([&] { insert({.name = "x", .price = std::numeric_limits<double>::quiet_NaN()}); });
}

TEST_F(Errors, codec_that_does_not_encode) {
    fails<std::invalid_argument>([&] { insert({.name = "x", .plate = {"unwritable"}}); });
}

TEST_F(Errors, codec_that_does_not_decode) {
    connection.execute("UPDATE car SET plate = 'unreadable'");
    fails<DataError>([&] { connection.all(select<Car>()); });
    fails<DataError>([&] { connection.one(select<Car>()); });
    fails<DataError>([&] { connection.first(select<Car>()); });
    fails<DataError>([&] {
        for (const Car& car : connection.execute(select<Car>())) static_cast<void>(car);
    });
}

TEST_F(Errors, row_too_many_and_row_missing) {
    fails<MultipleResultsFound>([&] { connection.execute<int>("SELECT 1 UNION SELECT 2").one(); });
    fails<NoResultFound>([&] { connection.one(select<Car>().where(col<&Car::name> == "nobody")); });
}

TEST_F(Errors, error_while_running) {
    fails<DataError>([&] { connection.execute("SELECT abs(-9223372036854775807 - 1)"); });
}

TEST_F(Errors, syntax_missing_table_and_missing_column) {
    fails<ProgrammingError>([&] { connection.execute("SELEKT"); });
    fails<SchemaMismatch>([&] { connection.execute("SELECT * FROM missing"); });
    fails<SchemaMismatch>([&] { connection.execute("SELECT missing FROM car"); });
    const auto error = caught<SchemaMismatch>([&] { connection.execute("SELECT missing FROM car"); });
    EXPECT_EQ(error.offset(), 7);
    EXPECT_EQ(error.sql(), "SELECT missing FROM car");
}

TEST_F(Errors, wrong_number_of_values_or_columns) {
    fails<ProgrammingError>([&] { connection.execute("SELECT ?"); });
    fails<SchemaMismatch>([&] { connection.execute<int>("SELECT 1, 2"); });
}

TEST_F(Errors, an_exception_of_the_callers_inside_a_loop) {
    fails<int>([&] {
        for (const Car& car : connection.execute(select<Car>())) throw static_cast<int>(car.id);
    });
}

TEST_F(Errors, values_are_never_in_their_text) {
    const auto texts = {
        std::string{caught<IntegrityError>([&] {
                        insert({.name = "s3cret"});
                        insert({.name = "s3cret"});
                    }).what()},
        std::string{caught<IntegrityError>([&] { connection.execute("UPDATE car SET price = ?", "s3cret"); }).what()},
        std::string{caught<DataError>([&] { connection.execute("SELECT json_extract('{}', ?)", "s3cret"); }).what()},
    };
    for (const std::string& text : texts) EXPECT_EQ(text.find("s3cret"), std::string::npos) << text;
}

TEST(FullDatabase, says_so_and_works_again_when_there_is_room) {
    const mica::test::TemporaryDirectory directory;
    const Engine engine{"sqlite:///" + directory.file("cars.db")};
    Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a BLOB)");
    connection.execute("PRAGMA max_page_count = 10");
    const auto error =
        caught<OperationalError>([&] { connection.execute("INSERT INTO t VALUES (zeroblob(1000000))"); });
    EXPECT_TRUE(error.is_full());
    EXPECT_EQ(error.code(), SQLITE_FULL);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM t").one(), 0);
    connection.execute("INSERT INTO t VALUES (zeroblob(10))");
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM t").one(), 1);
}

TEST(FullDatabase, may_end_the_transaction_which_notices) {
    const Engine engine{"sqlite://"};
    Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a BLOB)");
    connection.execute("PRAGMA max_page_count = 10");
    {
        auto transaction = connection.begin();
        connection.execute("INSERT INTO t VALUES (1)");
        auto savepoint = connection.begin_nested();
        EXPECT_THROW(connection.execute("INSERT INTO t VALUES (zeroblob(1000000))"), OperationalError);
        ASSERT_FALSE(connection.in_transaction()) << "SQLite has rolled all of it back";
        EXPECT_THROW(savepoint.commit(), DatabaseError);
        EXPECT_THROW(transaction.commit(), ProgrammingError);
    }
    auto transaction = connection.begin();
    connection.execute("INSERT INTO t VALUES (2)");
    transaction.commit();
    EXPECT_EQ(connection.execute<int>("SELECT a FROM t").one(), 2);
}

TEST(Interrupted, says_so_and_works_again) {
    const Engine engine{"sqlite://"};
    Connection connection = engine.connect();
    sqlite3* const handle = connection.open().database.handle();
    sqlite3_progress_handler(handle, 1000, [](void*) { return 1; }, nullptr);
    constexpr std::string_view endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    EXPECT_TRUE(caught<InterruptedError>([&] { connection.execute(endless); }).is_interrupted());
    sqlite3_progress_handler(handle, 0, nullptr, nullptr);
    EXPECT_EQ(connection.execute<int>("SELECT 1").one(), 1);
}

}  // namespace integration_errors
