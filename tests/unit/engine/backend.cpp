// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/backend.hpp>
#include <mica/sqlite/backend.hpp>

#include <support/caught.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace unit_engine_backend {
namespace {

using mica::Bytes;
using mica::Lifetime;
using mica::StorageClass;
using mica::ValueList;
using mica::test::blob_of;
using mica::test::caught;
using mica::test::Execution;
using mica::test::list_of;
using mica::test::RecordedValue;
using mica::test::RecordedValues;
using mica::test::Recording;
using mica::test::RecordingBackend;
using mica::test::RecordingConnection;
using mica::test::RecordingEngine;

struct WithoutVerbs : RecordingBackend {
    struct Database : RecordingBackend::Database {
        void run(mica::Verb) = delete;
    };
    static Database open(const Target&);
};

struct WithoutFinish : RecordingBackend {
    struct Statement : RecordingBackend::Statement {
        void finish() = delete;
    };
    struct Database : RecordingBackend::Database {
        Statement prepare(std::string_view, bool);
    };
    static Database open(const Target&);
};

struct WithoutCells : RecordingBackend {
    struct Statement : RecordingBackend::Statement {
        int cell(int) const;
    };
    struct Database : RecordingBackend::Database {
        Statement prepare(std::string_view, bool);
    };
    static Database open(const Target&);
};

static_assert(mica::Backend<mica::sqlite::Backend>);
static_assert(mica::Backend<RecordingBackend>);
static_assert(mica::TakesFunctions<mica::sqlite::Database>);
static_assert(!mica::TakesFunctions<RecordingBackend::Database>);
static_assert(!mica::Backend<WithoutVerbs>);
static_assert(!mica::Backend<WithoutFinish>);
static_assert(!mica::Backend<WithoutCells>);

struct BackendTest : testing::Test {
    RecordingBackend::Statement prepare(std::string_view sql) { return database.prepare(sql, true); }
    RecordingBackend::Statement run(std::string_view sql) {
        RecordingBackend::Statement statement = prepare(sql);
        statement.step();
        return statement;
    }

    Recording recording;
    RecordingBackend::Database database = RecordingBackend::open(RecordingBackend::parse("sqlite://", 0, false));
};

TEST_F(BackendTest, writes_down_a_value_of_every_storage_class_with_its_tag) {
    RecordingBackend::Statement statement = prepare("SELECT ?1, ?2, ?3, ?4, ?5");
    statement.bind_null(1);
    statement.bind(2, std::int64_t{7});
    statement.bind(3, 7.0);
    statement.bind(4, "7", Lifetime::copied);
    statement.bind(5, Bytes{std::array{std::byte{'7'}}}, Lifetime::copied);
    statement.step();
    EXPECT_EQ(recording.last(), (Execution{"SELECT ?1, ?2, ?3, ?4, ?5", {std::nullopt, 7, 7.0, "7", blob_of("7")}}));
}

TEST_F(BackendTest, tells_values_of_different_storage_classes_apart) {
    const RecordedValues values{std::nullopt, 7, 7.0, "7", blob_of("7"), list_of({7})};
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < values.size(); ++j) EXPECT_EQ(values[i] == values[j], i == j) << i << ' ' << j;
    }
}

TEST_F(BackendTest, writes_down_a_list_as_one_value) {
    ValueList list;
    list.integer(2);
    list.null();
    list.text("a", Lifetime::copied);
    RecordingBackend::Statement statement = prepare("SELECT value FROM mica_values(?1)");
    statement.bind(1, list, Lifetime::borrowed);
    statement.step();
    EXPECT_EQ(recording.last().values, RecordedValues{list_of({2, std::nullopt, "a"})});
}

TEST_F(BackendTest, counts_parameters_as_sqlite_does) {
    EXPECT_EQ(prepare("SELECT 1").parameter_count(), 0);
    EXPECT_EQ(prepare("SELECT ?, ?").parameter_count(), 2);
    EXPECT_EQ(prepare("SELECT ?2, ?1").parameter_count(), 2);
    EXPECT_EQ(prepare("SELECT ?12, ?").parameter_count(), 13);
    EXPECT_EQ(prepare("SELECT '?', \"a?\", ?").parameter_count(), 1);
}

TEST_F(BackendTest, gives_the_rows_of_an_answer_once_and_then_none) {
    recording.answer("SELECT", {.rows = {{1, "a"}, {2, "b"}}});
    RecordingBackend::Statement statement = prepare("SELECT id, name FROM t");
    EXPECT_EQ(statement.column_count(), 2);
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).integer(), 1);
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(1).text(), "b");
    EXPECT_FALSE(statement.step());
    statement.reset();
    EXPECT_FALSE(statement.step());
}

TEST_F(BackendTest, keeps_an_answer_for_the_text_it_is_meant_for) {
    recording.answer("SELECT b", {.rows = {{"b"}}});
    recording.answer("SELECT a", {.rows = {{"first"}}});
    recording.answer("SELECT a", {.rows = {{"second"}}});
    EXPECT_EQ(run("SELECT a").cell(0).text(), "first");
    EXPECT_EQ(run("SELECT b").cell(0).text(), "b");
    EXPECT_EQ(run("SELECT a").cell(0).text(), "second");
}

TEST_F(BackendTest, refuses_to_read_a_cell_in_another_storage_class) {
    recording.answer("SELECT", {.rows = {{"7"}}});
    const RecordingBackend::Statement statement = run("SELECT a");
    EXPECT_EQ(statement.cell(0).storage_class(), StorageClass::text);
    EXPECT_THROW(static_cast<void>(statement.cell(0).integer()), std::logic_error);
}

TEST_F(BackendTest, refuses_to_run_with_a_parameter_that_was_not_bound_for_this_run) {
    RecordingBackend::Statement statement = prepare("SELECT ?");
    EXPECT_THROW(statement.step(), std::logic_error);
    statement.bind(1, std::int64_t{1});
    statement.step();
    statement.reset();
    EXPECT_THROW(statement.step(), std::logic_error);
}

TEST_F(BackendTest, refuses_to_bind_while_it_runs_and_to_step_behind_the_end) {
    RecordingBackend::Statement statement = prepare("SELECT ?");
    statement.bind(1, std::int64_t{1});
    statement.step();
    EXPECT_THROW(statement.bind(1, std::int64_t{1}), std::logic_error);
    EXPECT_THROW(statement.step(), std::logic_error);
}

TEST_F(BackendTest, notices_that_borrowed_text_changed_while_the_statement_ran) {
    recording.answer("SELECT", {.rows = {{1}, {2}}});
    RecordingBackend::Statement statement = prepare("SELECT ?");
    std::string text = "before";
    statement.bind(1, text, Lifetime::borrowed);
    statement.step();
    text = "behind";
    EXPECT_THROW(statement.step(), std::logic_error);
}

TEST_F(BackendTest, does_not_look_at_copied_text_again) {
    recording.answer("SELECT", {.rows = {{1}, {2}}});
    RecordingBackend::Statement statement = prepare("SELECT ?");
    std::string text = "before";
    statement.bind(1, text, Lifetime::copied);
    text = "behind";
    statement.step();
    EXPECT_TRUE(statement.step());
    EXPECT_EQ(recording.last().values, RecordedValues{"before"});
}

TEST_F(BackendTest, fails_behind_the_rows_and_is_reset_then) {
    recording.answer("SELECT", {.rows = {{1}}, .failure = std::make_exception_ptr(std::runtime_error("gone"))});
    RecordingBackend::Statement statement = prepare("SELECT a");
    EXPECT_TRUE(statement.step());
    EXPECT_EQ(recording.running, 1);
    EXPECT_STREQ(caught<std::runtime_error>([&] { statement.step(); }).what(), "gone");
    EXPECT_EQ(recording.running, 0);
    EXPECT_FALSE(statement.step());
}

TEST_F(BackendTest, can_fail_where_it_is_stopped) {
    recording.answer("SELECT",
                     {.rows = {{1}, {2}}, .failure_at_finish = std::make_exception_ptr(std::runtime_error("late"))});
    RecordingBackend::Statement statement = run("SELECT a");
    EXPECT_EQ(caught<std::runtime_error>([&] { statement.finish(); }).what(), std::string{"late"});
    EXPECT_EQ(recording.running, 0);
    EXPECT_NO_THROW(statement.finish());
}

TEST_F(BackendTest, refuses_to_prepare_on_demand) {
    recording.refuse("SELECT", std::runtime_error("no such table"));
    EXPECT_THROW(prepare("SELECT a"), std::runtime_error);
    EXPECT_THROW(database.execute_script("SELECT a"), std::runtime_error);
    EXPECT_EQ(recording.statements, 0);
}

TEST_F(BackendTest, reports_changes_and_keys_of_writes_only) {
    const auto run = [&](std::string_view sql) {
        RecordingBackend::Statement statement = prepare(sql);
        while (statement.step()) {
        }
        const RecordingBackend::Summary summary = statement.summary();
        return std::pair(summary.changed(), summary.generated_key());
    };
    recording.answer("INSERT", {.last_insert_id = 41});
    EXPECT_EQ(run("INSERT INTO t DEFAULT VALUES"), std::pair(INT64_C(1), INT64_C(41)));
    EXPECT_EQ(run("INSERT INTO t DEFAULT VALUES"), std::pair(INT64_C(1), INT64_C(42)));
    recording.answer("UPDATE", {.changes = 5});
    EXPECT_EQ(run("UPDATE t SET a = 1"), std::pair(INT64_C(5), INT64_C(42)));
    const std::int64_t before = database.revision();
    run("SELECT a");
    EXPECT_EQ(database.revision(), before);
}

TEST_F(BackendTest, follows_transactions) {
    EXPECT_FALSE(database.in_transaction());
    run("BEGIN IMMEDIATE");
    EXPECT_TRUE(database.in_transaction());
    EXPECT_THROW(run("BEGIN"), std::logic_error);
    run("SAVEPOINT a");
    run("ROLLBACK TO a");
    run("RELEASE a");
    EXPECT_TRUE(database.in_transaction());
    EXPECT_THROW(run("RELEASE a"), std::logic_error);
    run("COMMIT");
    EXPECT_FALSE(database.in_transaction());
    EXPECT_THROW(run("ROLLBACK"), std::logic_error);
}

TEST_F(BackendTest, follows_verbs) {
    database.run(mica::begin_of(mica::deferred));
    database.run(mica::Verb::savepoint);
    database.run(mica::Verb::release);
    EXPECT_TRUE(database.in_transaction());
    database.run(mica::Verb::commit);
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(recording.texts(),
              (std::vector<std::string>{"BEGIN DEFERRED", "SAVEPOINT mica", "RELEASE mica", "COMMIT"}));
    EXPECT_TRUE(recording.prepared.empty());
}

TEST_F(BackendTest, ends_a_transaction_that_a_savepoint_began_with_that_savepoint) {
    run("SAVEPOINT a");
    run("SAVEPOINT a");
    run("RELEASE a");
    EXPECT_TRUE(database.in_transaction());
    run("RELEASE a");
    EXPECT_FALSE(database.in_transaction());
}

TEST_F(BackendTest, can_end_a_transaction_by_a_failure) {
    run("BEGIN");
    recording.fail("INSERT", std::runtime_error("disk full"), true);
    EXPECT_THROW(run("INSERT INTO t DEFAULT VALUES"), std::runtime_error);
    EXPECT_FALSE(database.in_transaction());
}

TEST_F(BackendTest, counts_statements_through_moves) {
    RecordingBackend::Statement first = prepare("SELECT 1");
    RecordingBackend::Statement second = prepare("SELECT 2");
    EXPECT_EQ(recording.statements, 2);
    first = std::move(second);
    EXPECT_EQ(first.sql(), "SELECT 2");
    EXPECT_EQ(recording.statements, 1);
}

TEST(BackendSeam, opens_nothing_before_the_first_connection) {
    Recording recording;
    const RecordingEngine engine{"sqlite:///cars.db"};
    EXPECT_TRUE(recording.targets.empty());
    static_cast<void>(engine.connect());
    static_cast<void>(engine.connect());
    EXPECT_EQ(recording.targets, std::vector<std::string>{"sqlite:///cars.db"});
}

TEST(BackendSeam, can_be_asked_again_after_it_failed_to_open) {
    Recording recording;
    const RecordingEngine engine{"sqlite://"};
    recording.refuses_to_open = std::make_exception_ptr(std::runtime_error("no such file"));
    EXPECT_THROW(static_cast<void>(engine.connect()), std::runtime_error);
    recording.refuses_to_open = nullptr;
    engine.connect().execute("SELECT 1");
    EXPECT_EQ(recording.texts(), std::vector<std::string>{"SELECT 1"});
}

TEST(BackendSeam, passes_raw_sql_with_its_values) {
    Recording recording;
    const RecordingEngine engine{"sqlite://"};
    engine.connect().execute("UPDATE t SET a = ?, b = ?, c = ?, d = ?", 1, 2.5, "three", std::nullopt);
    EXPECT_EQ(recording.last(),
              (Execution{"UPDATE t SET a = ?, b = ?, c = ?, d = ?", {1, 2.5, "three", std::nullopt}}));
}

TEST(BackendSeam, reads_replayed_rows) {
    Recording recording;
    const RecordingEngine engine{"sqlite://"};
    recording.answer("SELECT", {.rows = {{1, "a"}, {2, "b"}}});
    using Row = std::tuple<int, std::string>;
    const auto rows = engine.connect().execute<Row>("SELECT id, name FROM t").all();
    EXPECT_EQ(rows, (std::vector<Row>{{1, "a"}, {2, "b"}}));
}

TEST(BackendSeam, reads_no_row_behind_a_failed_step) {
    Recording recording;
    const RecordingEngine engine{"sqlite://"};
    const auto connection = engine.connect();
    recording.answer("SELECT", {.rows = {{1}}, .failure = std::make_exception_ptr(std::runtime_error("interrupted"))});
    auto result = connection.execute<std::optional<int>>("SELECT a FROM t");
    auto row = result.begin();
    EXPECT_THROW(++row, std::runtime_error);
    EXPECT_TRUE(row == result.end());
    EXPECT_TRUE(result.all().empty());
    EXPECT_EQ(result.first(), std::nullopt);
    EXPECT_EQ(recording.executed.size(), 1U);
}

TEST(BackendSeam, ends_a_result_whose_rows_could_not_be_read_to_their_end) {
    Recording recording;
    const RecordingEngine engine{"sqlite://"};
    const auto connection = engine.connect();
    for (int i = 0; i < 2; ++i) {
        recording.answer("SELECT",
                         {.rows = {{1}}, .failure = std::make_exception_ptr(std::runtime_error("interrupted"))});
    }
    auto all = connection.execute<int>("SELECT a FROM t");
    EXPECT_THROW(static_cast<void>(all.all()), std::runtime_error);
    EXPECT_TRUE(all.all().empty());
    auto one = connection.execute<int>("SELECT a FROM t");
    EXPECT_THROW(static_cast<void>(one.one()), std::runtime_error);
    EXPECT_TRUE(one.all().empty());
    recording.answer("SELECT", {.rows = {{1}, {"text"}, {3}}, .columns = {"a"}});
    auto strange = connection.execute<int>("SELECT a FROM t");
    EXPECT_THROW(static_cast<void>(strange.all()), mica::DataError);
    EXPECT_EQ(recording.running, 0);
    EXPECT_EQ(recording.executed.size(), 3U);
}

TEST(BackendSeam, tells_a_failure_of_ending_a_statement_early) {
    Recording recording;
    const RecordingEngine engine{"sqlite://"};
    const auto connection = engine.connect();
    for (int i = 0; i < 2; ++i) {
        recording.answer(
            "INSERT", {.rows = {{1}, {2}}, .failure_at_finish = std::make_exception_ptr(std::runtime_error("late"))});
    }
    const std::string_view sql = "INSERT INTO t DEFAULT VALUES RETURNING id";
    EXPECT_THROW(static_cast<void>(connection.execute<int>(sql).first()), std::runtime_error);
    EXPECT_THROW(static_cast<void>(connection.execute<int>(sql).scalar()), std::runtime_error);
    EXPECT_EQ(recording.running, 0);
}

TEST(BackendSeam, finalizes_every_statement_at_the_end_of_the_engine) {
    Recording recording;
    {
        const RecordingEngine engine{"sqlite://"};
        RecordingConnection connection = engine.connect();
        connection.execute("SELECT 1");
        connection.execute("SELECT 2");
        EXPECT_EQ(recording.statements, 2);
    }
    EXPECT_EQ(recording.statements, 0);
    EXPECT_EQ(recording.running, 0);
}

struct OtherWordsBackend : RecordingBackend {
    struct Database : RecordingBackend::Database {
        using RecordingBackend::Database::Database;

        static std::string_view text_of(mica::Verb verb) {
            switch (verb) {
                case mica::Verb::begin_deferred: return "BEGIN READ";
                case mica::Verb::begin_immediate: return "BEGIN WRITE";
                case mica::Verb::begin_exclusive: return "BEGIN ALONE";
                default: return RecordingBackend::Database::text_of(verb);
            }
        }
        void run(mica::Verb verb) { execute_script(text_of(verb)); }
    };
    static Database open(const Target& target) { return Database{*target.recording}; }
};

TEST(BackendSeam, begins_transactions_in_its_own_words) {
    Recording recording;
    const mica::BasicEngine<OtherWordsBackend> engine{"sqlite://"};
    auto connection = engine.connect();
    connection.begin().commit();
    connection.begin(mica::deferred).commit();
    connection.begin(mica::exclusive).commit();
    EXPECT_EQ(recording.texts(),
              (std::vector<std::string>{"BEGIN WRITE", "COMMIT", "BEGIN READ", "COMMIT", "BEGIN ALONE", "COMMIT"}));
}

}  // namespace
}  // namespace unit_engine_backend
