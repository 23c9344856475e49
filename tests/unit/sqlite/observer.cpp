// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/database.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unit_observer {

using mica::RowChangeKind;
using mica::sqlite::Database;
using mica::sqlite::OpenMode;
using mica::sqlite::Statement;

struct ObserverTest : testing::Test {
    Database database{"", {.mode = OpenMode::memory}};

    void run(std::string_view sql) { database.execute_script(sql); }

    /// What is committed, a word for each change.
    std::string taken() {
        std::string text;
        const auto changes = database.take_changes();
        for (std::size_t i = 0; i < changes.size(); ++i) {
            const mica::RowChange change = changes[i];
            constexpr std::string_view signs = "+=-?";
            text += signs[static_cast<std::size_t>(change.kind)];
            const bool has_number = change.kind != RowChangeKind::unknown && change.key_text.empty();
            text += std::string{change.table} + (has_number ? std::to_string(change.key) : "") +
                    (change.key_text.empty() ? "" : "(" + std::string{change.key_text} + ")") + " ";
        }
        return text;
    }
    std::string taken_after(std::string_view sql) {
        run(sql);
        return taken();
    }
};

struct ChangesTest : ObserverTest {
    void SetUp() override {
        run("CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE);"
            "CREATE TABLE w (id INTEGER PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE c (id INTEGER PRIMARY KEY, t REFERENCES t ON DELETE CASCADE);");
        database.watch_changes(true);
    }
};

TEST_F(ChangesTest, a_statement_outside_of_a_transaction_is_committed_at_once) {
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (1, 10), (2, 20)"), "+t1 +t2 ");
    EXPECT_EQ(taken_after("UPDATE t SET a = a + 1 WHERE id = 2"), "=t2 ");
    EXPECT_EQ(taken_after("DELETE FROM t WHERE id = 1"), "-t1 ");
    EXPECT_EQ(taken(), "");
}

TEST_F(ChangesTest, those_of_a_transaction_are_taken_when_it_is_committed) {
    EXPECT_EQ(taken_after("BEGIN; INSERT INTO t VALUES (1, 10); UPDATE t SET a = 11"), "");
    EXPECT_EQ(taken_after("COMMIT"), "+t1 =t1 ");
}

TEST_F(ChangesTest, those_of_a_transaction_that_is_rolled_back_are_forgotten) {
    EXPECT_EQ(taken_after("BEGIN; INSERT INTO t VALUES (1, 10); ROLLBACK"), "");
    EXPECT_EQ(taken_after("BEGIN; INSERT INTO t VALUES (1, 10); COMMIT; BEGIN; INSERT INTO t VALUES (2, 20); ROLLBACK"),
              "+t1 ");
}

TEST_F(ChangesTest, those_of_a_savepoint_that_is_rolled_back_are_forgotten) {
    run("BEGIN; INSERT INTO t VALUES (1, 10); SAVEPOINT a; INSERT INTO t VALUES (2, 20); SAVEPOINT b;"
        "INSERT INTO t VALUES (3, 30); RELEASE b; ROLLBACK TO a; INSERT INTO t VALUES (4, 40);"
        "ROLLBACK TRANSACTION TO SAVEPOINT \"A\"; INSERT INTO t VALUES (5, 50)");
    EXPECT_EQ(taken_after("COMMIT"), "+t1 +t5 ");
}

TEST_F(ChangesTest, a_savepoint_that_is_the_transaction_commits_when_it_is_released) {
    EXPECT_EQ(taken_after("SAVEPOINT a; INSERT INTO t VALUES (1, 10)"), "");
    EXPECT_EQ(taken_after("RELEASE a"), "+t1 ");
}

TEST_F(ChangesTest, those_of_a_statement_that_fails_are_forgotten) {
    run("BEGIN; INSERT INTO t VALUES (1, 10)");
    EXPECT_THROW(run("INSERT INTO t VALUES (2, 20), (3, 10)"), mica::IntegrityError);
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (4, 40); COMMIT"), "+t1 +t4 ");
    EXPECT_THROW(run("INSERT INTO t VALUES (5, 50), (6, 10)"), mica::IntegrityError);
    EXPECT_EQ(taken(), "");
}

TEST_F(ChangesTest, a_failure_that_ends_the_transaction_takes_them_along) {
    run("BEGIN; INSERT INTO t VALUES (1, 10)");
    EXPECT_THROW(run("INSERT OR ROLLBACK INTO t VALUES (2, 10)"), mica::IntegrityError);
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (3, 30)"), "+t3 ");
}

TEST_F(ChangesTest, a_delete_of_all_rows_is_told_row_by_row) {
    run("INSERT INTO t VALUES (1, 10), (2, 20)");
    EXPECT_EQ(taken(), "+t1 +t2 ");
    EXPECT_EQ(taken_after("DELETE FROM t"), "-t1 -t2 ");
}

TEST_F(ChangesTest, a_statement_prepared_before_tells_too) {
    database.watch_changes(false);
    run("INSERT INTO t VALUES (1, 10), (2, 20)");
    Statement all = database.prepare("DELETE FROM t");
    database.watch_changes(true);
    while (all.step()) {
    }
    all.reset();
    EXPECT_EQ(taken(), "-t1 -t2 ");
}

TEST_F(ChangesTest, those_of_triggers_and_foreign_keys_are_told) {
    run("CREATE TABLE log (id INTEGER PRIMARY KEY);"
        "CREATE TRIGGER tr AFTER INSERT ON c BEGIN INSERT INTO log VALUES (new.id + 100); END;"
        "INSERT INTO t VALUES (1, 10); INSERT INTO c VALUES (5, 1)");
    EXPECT_EQ(taken(), "+t1 +c5 +log105 ");
    EXPECT_EQ(taken_after("DELETE FROM t"), "-t1 -c5 ");
}

/// Debian's has it; what stands for another database may not.
bool has_preupdate_hook() { return mica::sqlite::detail::preupdate_hook() != nullptr; }

TEST_F(ChangesTest, rows_that_replace_deletes_are_told) {
    if (!has_preupdate_hook()) GTEST_SKIP() << "this SQLite tells nothing before it changes a row";
    run("INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)");
    taken();
    EXPECT_EQ(taken_after("REPLACE INTO t VALUES (1, 11)"), "-t1 +t1 ");
    EXPECT_EQ(taken_after("INSERT OR REPLACE INTO t VALUES (9, 20)"), "-t2 +t9 ") << "by another key";
    EXPECT_EQ(taken_after("UPDATE OR REPLACE t SET a = 30 WHERE id = 9"), "-t3 =t9 ");
    EXPECT_EQ(taken_after("INSERT OR REPLACE INTO t VALUES (4, 40)"), "+t4 ") << "nothing stood in the way";
}

TEST_F(ChangesTest, rows_that_replace_deletes_by_the_tables_own_constraint_are_told) {
    if (!has_preupdate_hook()) GTEST_SKIP() << "this SQLite tells nothing before it changes a row";
    run("CREATE TABLE r (id INTEGER PRIMARY KEY, a UNIQUE ON CONFLICT REPLACE); INSERT INTO r VALUES (1, 10)");
    taken();
    EXPECT_EQ(taken_after("INSERT INTO r VALUES (2, 10)"), "-r1 +r2 ");
}

TEST_F(ChangesTest, rows_that_replace_deletes_are_forgotten_with_a_statement_that_fails) {
    run("CREATE TABLE r (id INTEGER PRIMARY KEY, a UNIQUE ON CONFLICT REPLACE, b CHECK (b > 0));"
        "INSERT INTO r VALUES (1, 10, 1); BEGIN");
    taken();
    EXPECT_THROW(run("INSERT INTO r VALUES (2, 10, 1), (3, 10, 0)"), mica::IntegrityError);
    EXPECT_EQ(taken_after("INSERT INTO r VALUES (4, 40, 1); COMMIT"), "+r4 ");
}

TEST_F(ChangesTest, what_replace_deletes_does_not_hide_rows_that_are_not_named) {
    run("CREATE VIRTUAL TABLE f USING fts5(a);"
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO f VALUES (new.a); END; INSERT INTO t VALUES (1, 10)");
    taken();
    const std::string text = taken_after("REPLACE INTO t VALUES (1, 11)");
    EXPECT_EQ(text.substr(0, 4), has_preupdate_hook() ? "-t1 " : "+t1 ");
    EXPECT_NE(text.find('?'), text.npos) << text;
}

TEST_F(ChangesTest, nor_does_what_replace_deletes_of_a_table_without_rowid) {
    run("CREATE VIRTUAL TABLE f USING fts5(a); INSERT INTO w VALUES (1);"
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO f VALUES (new.a); REPLACE INTO w VALUES (1); END");
    taken();
    const std::string text = taken_after("INSERT INTO t VALUES (1, 10)");
    EXPECT_NE(text.find('?'), text.npos) << text;
}

TEST_F(ChangesTest, a_row_with_the_key_0_is_told_as_others_are) {
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (0, 10)"), "+t0 ");
    EXPECT_EQ(taken_after("DELETE FROM t"), "-t0 ");
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (0, 10), (1, 20)"), "+t0 +t1 ");
    EXPECT_EQ(taken_after("REPLACE INTO t VALUES (2, 10)"), has_preupdate_hook() ? "-t0 +t2 " : "+t2 ? ");
}

TEST_F(ChangesTest, a_row_that_gets_another_key_is_told_as_removed_and_inserted) {
    if (!has_preupdate_hook()) GTEST_SKIP() << "this SQLite tells nothing before it changes a row";
    run("INSERT INTO t VALUES (0, 1), (1, 10), (2, 20), (5, 50)");
    taken();
    EXPECT_EQ(taken_after("UPDATE t SET id = 7, a = 0 WHERE id = 1"), "-t1 +t7 ");
    EXPECT_EQ(taken_after("UPDATE t SET id = 8 WHERE id = 0"), "-t0 +t8 ");
    EXPECT_EQ(taken_after("UPDATE t SET id = id WHERE id = 7"), "=t7 ");
    EXPECT_EQ(taken_after("UPDATE OR REPLACE t SET id = 5 WHERE id = 2"), "-t5 -t2 +t5 ");
    EXPECT_EQ(taken_after("UPDATE t SET id = id + 100 WHERE id > 6"), "-t7 +t107 -t8 +t108 ");
}

TEST_F(ObserverTest, without_the_preupdate_hook_a_statement_that_says_replace_has_changed_unknown_rows) {
    run("CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE); INSERT INTO t VALUES (1, 10)");
    mica::sqlite::detail::Observer plain{database.handle(), nullptr};
    plain.watch_changes(true);
    const auto changes_of = [&](std::string_view sql) {
        run(sql);
        const auto changes = plain.take_changes(false);
        return std::to_string(changes.known()) + (changes.has_unknown() ? "?" : "");
    };
    EXPECT_EQ(changes_of("INSERT INTO t VALUES (2, 20)"), "1");
    EXPECT_EQ(changes_of("INSERT OR REPLACE INTO t VALUES (3, 10)"), "1?");
    EXPECT_EQ(changes_of("replace into t values (3, 11)"), "1?");
    EXPECT_EQ(changes_of("UPDATE OR Replace t SET a = 20 WHERE id = 3"), "1?");
    EXPECT_EQ(changes_of("DELETE FROM t"), "1");
}

TEST_F(ChangesTest, that_are_as_good_as_committed_are_taken_inside_of_a_transaction) {
    run("BEGIN; INSERT INTO t VALUES (1, 10)");
    EXPECT_EQ(database.take_changes(true).size(), 1U);
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (2, 20); ROLLBACK"), "");
}

struct KeyedChangesTest : ChangesTest {
    void SetUp() override {
        if (!has_preupdate_hook()) GTEST_SKIP() << "this SQLite tells nothing before it changes a row";
        ChangesTest::SetUp();
        run("CREATE TABLE n (v, name TEXT PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE p (a, b, c UNIQUE, PRIMARY KEY (c, a)) WITHOUT ROWID;"
            "CREATE TABLE ch (x TEXT PRIMARY KEY, n REFERENCES n ON DELETE CASCADE ON UPDATE CASCADE) WITHOUT ROWID");
        taken();
    }
};

TEST_F(KeyedChangesTest, of_a_table_without_rowid_tell_its_integer) {
    EXPECT_EQ(taken_after("INSERT INTO w VALUES (1), (0), (-7)"), "+w1 +w0 +w-7 ");
    EXPECT_EQ(taken_after("UPDATE w SET id = id WHERE id = 1"), "=w1 ");
    EXPECT_EQ(taken_after("UPDATE w SET id = 5 WHERE id = 1"), "-w1 +w5 ");
    EXPECT_EQ(taken_after("DELETE FROM w WHERE id > 0"), "-w5 ");
    EXPECT_EQ(taken_after("DELETE FROM w"), "-w-7 -w0 ");
    EXPECT_EQ(taken_after("DELETE FROM w"), "");
}

TEST_F(KeyedChangesTest, of_a_table_without_rowid_tell_its_key_as_text) {
    EXPECT_EQ(taken_after("INSERT INTO n VALUES (1, 'Lotus'), (2, '')"), "+n(Lotus) +n0 ") << "an empty text is empty";
    EXPECT_EQ(taken_after("UPDATE n SET v = 3 WHERE v = 1"), "=n(Lotus) ");
    EXPECT_EQ(taken_after("UPDATE n SET name = 'Alpine' WHERE v = 3"), "-n(Lotus) +n(Alpine) ");
    EXPECT_EQ(taken_after("INSERT INTO p VALUES (1, 2, x'0aff'), (1.5, 2, 'z')"), "+p(x'0aff', 1) +p(z, 1.5) ");
    EXPECT_EQ(taken_after("INSERT INTO n VALUES (9, 'Alpine') ON CONFLICT DO UPDATE SET v = 9"), "=n(Alpine) ");
}

TEST_F(KeyedChangesTest, of_a_table_without_rowid_tell_what_replace_deletes) {
    run("INSERT INTO p VALUES (1, 1, 10), (2, 2, 20), (3, 3, 30)");
    taken();
    EXPECT_EQ(taken_after("REPLACE INTO p VALUES (1, 9, 10)"), "-p(10, 1) +p(10, 1) ");
    EXPECT_EQ(taken_after("INSERT OR REPLACE INTO p VALUES (7, 9, 10)"), "-p(10, 1) +p(10, 7) ");
    EXPECT_EQ(taken_after("UPDATE OR REPLACE p SET c = 20 WHERE c = 10"), "-p(20, 2) -p(10, 7) +p(20, 7) ");
}

TEST_F(KeyedChangesTest, of_a_table_without_rowid_tell_of_cascades) {
    run("INSERT INTO n VALUES (1, 'a'); INSERT INTO ch VALUES ('x', 'a')");
    taken();
    EXPECT_EQ(taken_after("UPDATE n SET name = 'b'"), "-n(a) +n(b) =ch(x) ");
    EXPECT_EQ(taken_after("REPLACE INTO n VALUES (2, 'b')"), "-n(b) -ch(x) +n(b) ");
    run("INSERT INTO ch VALUES ('y', 'b')");
    taken();
    EXPECT_EQ(taken_after("DELETE FROM n"), "-n(b) -ch(y) ");
}

TEST_F(KeyedChangesTest, of_a_table_without_rowid_are_undone_with_savepoints_and_statements) {
    run("BEGIN; INSERT INTO n VALUES (1, 'a'); SAVEPOINT s; INSERT INTO n VALUES (1, 'b'); INSERT INTO t VALUES (1, 1);"
        "INSERT INTO n VALUES (1, 'c'); ROLLBACK TO s; INSERT INTO n VALUES (1, 'd')");
    EXPECT_THROW(run("INSERT INTO n VALUES (1, 'e'), (1, 'a')"), mica::IntegrityError);
    EXPECT_EQ(taken_after("INSERT INTO n VALUES (1, 'f'); COMMIT"), "+n(a) +n(d) +n(f) ");
}

TEST_F(KeyedChangesTest, of_a_table_without_rowid_follow_its_schema) {
    run("INSERT INTO n VALUES (1, 'a')");
    Statement insert = database.prepare("INSERT INTO n VALUES (?, ?)");
    const auto step = [&](int first, std::string_view second) {
        insert.bind(1, std::int64_t{first});
        insert.bind(2, second, mica::Lifetime::borrowed);
        while (insert.step()) {
        }
        insert.reset();
    };
    step(2, "b");
    run("DROP TABLE ch; DROP TABLE n; CREATE TABLE n (v PRIMARY KEY, name) WITHOUT ROWID");
    taken();
    step(3, "c");
    EXPECT_EQ(taken(), "+n3 ");
    run("DROP TABLE n; CREATE TABLE n (v INTEGER PRIMARY KEY, name)");
    taken();
    step(4, "d");
    EXPECT_EQ(taken(), "+n4 ");
}

TEST_F(KeyedChangesTest, of_a_table_without_rowid_may_have_columns_named_as_the_rowid) {
    run("CREATE TABLE r (rowid TEXT, oid TEXT, PRIMARY KEY (oid)) WITHOUT ROWID; CREATE TEMP TABLE x (k PRIMARY KEY) "
        "WITHOUT ROWID");
    EXPECT_EQ(taken_after("INSERT INTO r VALUES ('a', 'b'); INSERT INTO x VALUES ('t')"), "+r(b) +x(t) ");
}

TEST_F(KeyedChangesTest, of_a_table_without_rowid_that_computes_columns_are_unknown) {
    run("CREATE TABLE g (d AS (name || '!'), name TEXT PRIMARY KEY) WITHOUT ROWID");
    EXPECT_EQ(taken_after("INSERT INTO g VALUES ('a')"), "? ");
}

TEST_F(ObserverTest, without_the_preupdate_hook_rows_without_rowid_are_unknown) {
    run("CREATE TABLE w (id INTEGER PRIMARY KEY) WITHOUT ROWID");
    mica::sqlite::detail::Observer plain{database.handle(), nullptr};
    plain.watch_changes(true);
    const auto changes_of = [&](std::string_view sql) {
        run(sql);
        const auto changes = plain.take_changes(false);
        return std::to_string(changes.known()) + (changes.has_unknown() ? "?" : "");
    };
    EXPECT_EQ(changes_of("INSERT INTO w VALUES (1)"), "0?");
    EXPECT_EQ(changes_of("BEGIN; INSERT INTO w VALUES (3); ROLLBACK"), "0");
    EXPECT_EQ(changes_of("DELETE FROM w WHERE id = 77"), "0");
    EXPECT_EQ(changes_of("DELETE FROM w"), "0?");
}

TEST_F(ChangesTest, a_failed_statement_does_not_hide_those_of_tables_without_rowid) {
    run("INSERT INTO t VALUES (1, 10); BEGIN");
    EXPECT_THROW(run("INSERT INTO w VALUES (1); INSERT INTO t VALUES (2, 20), (3, 10)"), mica::IntegrityError);
    EXPECT_EQ(taken_after("COMMIT"), has_preupdate_hook() ? "+t1 +w1 " : "+t1 ? ");
}

TEST_F(ChangesTest, of_a_statement_that_gives_rows_are_told_where_only_the_first_is_read) {
    Statement insert = database.prepare("INSERT INTO t VALUES (1, 10), (2, 20) RETURNING id");
    ASSERT_TRUE(insert.step());
    insert.reset();
    EXPECT_EQ(taken(), "+t1 +t2 ");
    run("BEGIN");
    ASSERT_TRUE((insert = database.prepare("UPDATE t SET a = a + 1 RETURNING id")).step());
    insert.reset();
    EXPECT_EQ(taken_after("COMMIT"), "=t1 =t2 ");
}

TEST_F(ChangesTest, of_a_virtual_table_it_is_known_that_something_has_changed) {
    run("CREATE VIRTUAL TABLE f USING fts5(a)");
    taken();
    const std::string text = taken_after("INSERT INTO f VALUES ('x')");
    EXPECT_NE(text.find('?'), text.npos) << text;
}

TEST_F(ChangesTest, a_table_can_be_dropped) {
    run("INSERT INTO t VALUES (1, 10); INSERT INTO c VALUES (1, 1); DROP TABLE c; DROP TABLE IF EXISTS w; DROP TABLE t;"
        "CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE INDEX i ON t (id); DROP INDEX i; CREATE TEMP TABLE x (a);"
        "DROP TABLE x; CREATE VIEW v AS SELECT 1; DROP VIEW v");
    EXPECT_FALSE(database.has_table("", "c"));
    EXPECT_FALSE(database.has_table("", "w"));
    EXPECT_TRUE(database.has_table("", "t"));
    EXPECT_FALSE(database.has_table("temp", "x"));
    taken();
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (1)"), "+t1 ");
    EXPECT_EQ(taken_after("DELETE FROM t"), "-t1 ");
}

TEST_F(ChangesTest, a_table_may_be_altered_and_the_database_vacuumed) {
    run("INSERT INTO t VALUES (1, 10); ALTER TABLE t ADD COLUMN b; ALTER TABLE t RENAME TO u; ALTER TABLE u DROP "
        "COLUMN b;"
        "VACUUM; ANALYZE; REINDEX");
    EXPECT_EQ(taken().substr(0, 4), "+t1 ");
    EXPECT_EQ(taken_after("INSERT INTO u VALUES (2, 20)"), "+u2 ");
}

TEST_F(ChangesTest, a_query_that_is_being_read_does_not_matter) {
    run("INSERT INTO t VALUES (1, 10), (2, 20)");
    taken();
    Statement reading = database.prepare("SELECT * FROM t");
    ASSERT_TRUE(reading.step());
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (3, 30)"), "+t3 ");
    run("BEGIN; INSERT INTO t VALUES (4, 40)");
    reading.reset();
    EXPECT_EQ(taken_after("COMMIT"), "+t4 ");
}

TEST_F(ChangesTest, what_an_open_transaction_has_done_before_is_unknown) {
    database.watch_changes(false);
    run("BEGIN; INSERT INTO t VALUES (1, 10)");
    database.watch_changes(true);
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (2, 20); COMMIT"), "+t2 ? ");
}

TEST_F(ChangesTest, a_rollback_to_a_savepoint_from_before_leaves_it_unknown) {
    database.watch_changes(false);
    run("BEGIN; SAVEPOINT a");
    database.watch_changes(true);
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (2, 20); ROLLBACK TO a; COMMIT"), "? ");
}

TEST_F(ChangesTest, nothing_is_kept_where_nobody_watches) {
    database.watch_changes(false);
    EXPECT_EQ(taken_after("INSERT INTO t VALUES (1, 10)"), "");
}

TEST_F(ChangesTest, follow_the_database_where_it_moves) {
    Database moved = std::move(database);
    moved.execute_script("INSERT INTO t VALUES (1, 10)");
    EXPECT_EQ(moved.take_changes().size(), 1U);
    database = std::move(moved);
}

TEST_F(ObserverTest, counts_the_rows_of_each_statement) {
    Statement three = database.prepare("VALUES (1), (2), (3)");
    Statement none = database.prepare("SELECT 1 WHERE 0");
    database.count_rows(three);
    ASSERT_TRUE(three.step());
    database.count_rows(none);
    EXPECT_FALSE(none.step());
    ASSERT_TRUE(three.step());
    EXPECT_EQ(database.rows_of(none), 0);
    EXPECT_EQ(database.rows_of(three), 2);
    EXPECT_EQ(database.rows_of(three), 0) << "that has ended the count";
}

struct Reports {
    std::vector<std::string> texts{};
    bool throws = false;
    static void take(void* context, const mica::DatabaseError& error) {
        auto& self = *static_cast<Reports*>(context);
        self.texts.emplace_back(error.what());
        if (self.throws) throw std::runtime_error("from the listener");
    }
};

TEST_F(ObserverTest, reports_errors_before_they_are_thrown) {
    run("CREATE TABLE t (a UNIQUE)");
    Reports reports;
    database.report_errors(&Reports::take, &reports);
    EXPECT_THROW(run("INSERT INTO t VALUES (1), (1)"), mica::IntegrityError);
    EXPECT_THROW((void)database.prepare("SELEKT"), mica::ProgrammingError);
    EXPECT_THROW((void)database.prepare("SELECT * FROM missing"), mica::SchemaMismatch);
    EXPECT_EQ(reports.texts.size(), 3U);
    database.report_errors(nullptr, nullptr);
    EXPECT_THROW((void)database.prepare("SELEKT"), mica::ProgrammingError);
    EXPECT_EQ(reports.texts.size(), 3U);
}

TEST_F(ObserverTest, reports_no_errors_of_another_connection) {
    Reports reports;
    database.report_errors(&Reports::take, &reports);
    Database other{"", {.mode = OpenMode::memory}};
    EXPECT_THROW((void)other.prepare("SELEKT"), mica::ProgrammingError);
    EXPECT_TRUE(reports.texts.empty());
}

TEST_F(ObserverTest, what_a_listener_throws_takes_the_errors_place_and_the_statement_can_be_used_again) {
    run("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)");
    Statement insert = database.prepare("INSERT INTO t VALUES (?)");
    Reports reports{.throws = true};
    database.report_errors(&Reports::take, &reports);
    insert.bind(1, std::int64_t{1});
    EXPECT_THROW(insert.step(), std::runtime_error);
    insert.bind(1, std::int64_t{2});
    EXPECT_FALSE(insert.step());
}

}  // namespace unit_observer
