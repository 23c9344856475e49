// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace integration_transactions {

using namespace mica;
using namespace std::chrono_literals;
using mica::test::caught;

/// Two engines are two connections, as two programs would have.
struct TwoEngines : testing::Test {
    mica::test::TemporaryDirectory directory;
    std::string path = directory.file("cars.db");
    Engine one{"sqlite:///" + path, {.busy_timeout = 20ms}};
    Engine two{"sqlite:///" + path, {.busy_timeout = 20ms}};
    Connection first = one.connect();
    std::optional<Connection> second_;

    TwoEngines() {
        first.execute("CREATE TABLE t (a UNIQUE)");
        second_.emplace(two.connect());
    }
    Connection& second() { return *second_; }
    static std::int64_t sum(Connection& connection) {
        return connection.execute<std::int64_t>("SELECT coalesce(sum(a), 0) FROM t").scalar();
    }
    static void insert(Connection& connection, int value) { connection.execute("INSERT INTO t VALUES (?)", value); }
};

TEST_F(TwoEngines, see_each_others_commits_and_nothing_before) {
    auto transaction = first.begin();
    insert(first, 1);
    EXPECT_EQ(sum(first), 1);
    EXPECT_EQ(sum(second()), 0);
    transaction.commit();
    EXPECT_EQ(sum(second()), 1);
}

TEST_F(TwoEngines, a_deferred_transaction_reads_from_one_snapshot) {
    auto reading = second().begin(deferred);
    EXPECT_EQ(sum(second()), 0);
    insert(first, 1);
    EXPECT_EQ(sum(second()), 0);
    reading.commit();
    EXPECT_EQ(sum(second()), 1);
}

TEST_F(TwoEngines, a_second_writer_is_told_that_the_database_is_busy) {
    auto transaction = first.begin();
    const auto error = caught<OperationalError>([&] { static_cast<void>(second().begin()); });
    EXPECT_TRUE(error.is_busy());
    EXPECT_FALSE(error.is_locked());
    EXPECT_EQ(error.sql(), "BEGIN IMMEDIATE");
    EXPECT_FALSE(second().in_transaction());
    EXPECT_TRUE(caught<OperationalError>([&] { insert(second(), 1); }).is_busy());
    transaction.commit();
    EXPECT_NO_THROW(second().begin().commit());
}

TEST_F(TwoEngines, an_immediate_transaction_is_never_too_late_to_write) {
    auto transaction = first.begin();
    EXPECT_EQ(sum(first), 0);
    EXPECT_THROW(insert(second(), 1), OperationalError);
    insert(first, 2);
    transaction.commit();
    EXPECT_EQ(sum(second()), 2);
}

TEST_F(TwoEngines, a_deferred_transaction_whose_snapshot_is_old_cannot_write) {
    auto transaction = second().begin(deferred);
    EXPECT_EQ(sum(second()), 0);
    insert(first, 1);
    const auto error = caught<OperationalError>([&] { insert(second(), 2); });
    EXPECT_TRUE(error.is_busy());
    EXPECT_EQ(error.extended_code(), SQLITE_BUSY_SNAPSHOT);
    EXPECT_TRUE(transaction.is_active());
    transaction.rollback();
    insert(second(), 2);
    EXPECT_EQ(sum(first), 3);
}

TEST_F(TwoEngines, a_connection_given_back_in_a_transaction_frees_its_lock) {
    auto transaction = first.begin();
    insert(first, 1);
    {
        const Connection ended = std::move(first);
    }
    EXPECT_FALSE(transaction.is_active());
    insert(second(), 2);
    EXPECT_EQ(sum(second()), 2);
}

TEST_F(TwoEngines, a_result_that_is_not_read_to_its_end_keeps_nobody_from_writing) {
    insert(first, 1);
    insert(first, 2);
    auto rows = first.execute<int>("SELECT a FROM t");
    EXPECT_EQ(*rows.begin(), 1);
    insert(second(), 4);
    EXPECT_EQ(rows.all(), (std::vector{1, 2}));
    EXPECT_EQ(sum(first), 7);
}

/// Another program that holds the write lock until it is told to go.
class Locker {
public:
    explicit Locker(const std::string& path) {
        if (::pipe(locked_.data()) != 0 || ::pipe(go_.data()) != 0) throw std::runtime_error("no pipe");
        child_ = ::fork();
        if (child_ == 0) {
            sqlite3* database = nullptr;
            const bool locked = sqlite3_open(path.c_str(), &database) == SQLITE_OK &&
                                sqlite3_exec(database, "BEGIN IMMEDIATE; INSERT INTO t VALUES (100)", nullptr, nullptr,
                                             nullptr) == SQLITE_OK;
            const char answer = locked ? 'y' : 'n';
            char ignored = 0;
            if (::write(locked_[1], &answer, 1) == 1) static_cast<void>(::read(go_[0], &ignored, 1));
            sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
            sqlite3_close(database);
            ::_exit(0);
        }
        char answer = 'n';
        if (::read(locked_[0], &answer, 1) != 1 || answer != 'y') throw std::runtime_error("no lock");
    }
    Locker(const Locker&) = delete;
    Locker& operator=(const Locker&) = delete;
    ~Locker() {
        end();
        for (const int file : {locked_[0], locked_[1], go_[0], go_[1]}) ::close(file);
    }
    void end() {
        if (std::exchange(ended_, true)) return;
        static_cast<void>(!::write(go_[1], "g", 1));
        ::waitpid(child_, nullptr, 0);
    }

private:
    std::array<int, 2> locked_{};
    std::array<int, 2> go_{};
    ::pid_t child_ = 0;
    bool ended_ = false;
};

TEST(TwoPrograms, one_waits_for_the_other_and_says_so_in_the_end) {
    const mica::test::TemporaryDirectory directory;
    const std::string path = directory.file("cars.db");
    const Engine engine{"sqlite:///" + path, {.busy_timeout = 30ms}};
    engine.connect().execute("CREATE TABLE t (a)");
    Locker other{path};
    Connection connection = engine.connect();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_TRUE(caught<OperationalError>([&] { static_cast<void>(connection.begin()); }).is_busy());
    EXPECT_GE(std::chrono::steady_clock::now() - start, 20ms);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM t").one(), 0) << "reading goes on";
    other.end();
    auto transaction = connection.begin();
    EXPECT_EQ(connection.execute<int>("SELECT a FROM t").one(), 100);
    transaction.commit();
}

struct OneEngine : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = engine.connect();

    OneEngine() {
        connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
        connection.execute("CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    }
    std::int64_t children() { return connection.execute<std::int64_t>("SELECT count(*) FROM c").scalar(); }
};

TEST_F(OneEngine, a_deferred_foreign_key_fails_at_commit_and_can_be_put_right) {
    auto transaction = connection.begin();
    connection.execute("INSERT INTO c VALUES (1, 7)");
    const auto error = caught<IntegrityError>([&] { transaction.commit(); });
    EXPECT_EQ(error.kind(), IntegrityError::foreign_key);
    EXPECT_EQ(error.sql(), "COMMIT");
    EXPECT_TRUE(transaction.is_active());
    EXPECT_TRUE(connection.in_transaction());
    connection.execute("INSERT INTO p VALUES (7)");
    transaction.commit();
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(children(), 1);
}

TEST_F(OneEngine, a_deferred_foreign_key_that_stays_wrong_is_rolled_back) {
    {
        auto transaction = connection.begin();
        connection.execute("INSERT INTO c VALUES (1, 7)");
        EXPECT_THROW(transaction.commit(), IntegrityError);
    }
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(children(), 0);
}

TEST_F(OneEngine, a_transaction_that_the_database_has_ended_cannot_be_committed) {
    connection.execute("INSERT INTO p VALUES (1)");
    auto transaction = connection.begin();
    connection.execute("INSERT INTO p VALUES (2)");
    auto savepoint = connection.begin_nested();
    EXPECT_THROW(connection.execute("INSERT OR ROLLBACK INTO p VALUES (1)"), IntegrityError);
    EXPECT_FALSE(connection.in_transaction());
    savepoint.rollback();
    EXPECT_STREQ(caught<ProgrammingError>([&] { transaction.commit(); }).what(),
                 "mica: the database has already ended this transaction");
    transaction.rollback();
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM p").scalar(), 1);
    auto next = connection.begin();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_FALSE(savepoint.is_active());
    connection.execute("INSERT INTO p VALUES (3)");
    next.commit();
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM p").scalar(), 2);
}

TEST_F(OneEngine, a_savepoint_whose_transaction_the_database_has_ended_cannot_be_committed) {
    auto savepoint = connection.begin_nested();
    auto inner = connection.begin_nested();
    connection.execute("INSERT INTO p VALUES (1)");
    EXPECT_THROW(connection.execute("INSERT OR ROLLBACK INTO p VALUES (1)"), IntegrityError);
    EXPECT_THROW(inner.commit(), DatabaseError);
    EXPECT_THROW(savepoint.commit(), ProgrammingError);
    inner.rollback();
    savepoint.rollback();
    EXPECT_NO_THROW(connection.begin_nested().commit());
}

TEST_F(OneEngine, schema_and_data_change_together_or_not_at_all) {
    {
        const auto transaction = connection.begin();
        connection.execute("ALTER TABLE p ADD COLUMN name TEXT");
        connection.execute("INSERT INTO p VALUES (1, 'a')");
        connection.execute("CREATE INDEX i ON p (name)");
    }
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM pragma_table_info('p')").one(), 1);
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM sqlite_schema WHERE type = 'index'").one(), 0);
}

TEST_F(OneEngine, rows_can_be_read_on_across_a_rollback) {
    connection.execute("INSERT INTO p VALUES (1), (2), (3)");
    std::vector<int> seen;
    for (const int id : connection.execute<int>("SELECT id FROM p ORDER BY id")) {
        auto transaction = connection.begin();
        connection.execute("INSERT INTO c (p) VALUES (?)", id);
        if (id == 2) continue;
        transaction.commit();
        seen.push_back(id);
    }
    EXPECT_EQ(seen, (std::vector{1, 3}));
    EXPECT_EQ(connection.execute<int>("SELECT p FROM c ORDER BY p").all(), (std::vector{1, 3}));
}

TEST_F(OneEngine, rows_of_two_runs_of_one_statement_survive_a_rollback) {
    connection.execute("INSERT INTO p VALUES (1), (2)");
    auto transaction = connection.begin();
    auto one = connection.execute<int>("SELECT id FROM p");
    auto two = connection.execute<int>("SELECT id FROM p");
    transaction.rollback();
    EXPECT_EQ(two.all(), (std::vector{1, 2}));
    EXPECT_EQ(one.all(), (std::vector{1, 2}));
}

TEST_F(OneEngine, commit_waits_for_rows_that_an_insert_still_returns) {
    auto transaction = connection.begin();
    auto ids = connection.execute<int>("INSERT INTO p VALUES (1), (2) RETURNING id");
    EXPECT_TRUE(caught<OperationalError>([&] { transaction.commit(); }).is_busy());
    EXPECT_TRUE(transaction.is_active());
    EXPECT_EQ(ids.all(), (std::vector{1, 2}));
    transaction.commit();
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM p").one(), 2);
}

}  // namespace integration_transactions
