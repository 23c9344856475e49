// SPDX-License-Identifier: BSL-1.0
// What a session sends: nothing before it must, parents first, changed columns only.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sql_session {

struct Author {
    std::int64_t id = 0;
    std::string name;
    int born = 0;
    int died = 0;
};

struct Book {
    std::int64_t id = 0;
    std::string title;
    std::int64_t author_id = 0;
    static constexpr auto mapping() { return mica::table("book", mica::foreign_key<&Book::author_id, &Author::id>); }
};

struct Stock {
    std::string shop;
    int shelf = 0;
    int count = 0;
    static constexpr auto mapping() { return mica::table("stock", mica::primary_key<&Stock::shelf, &Stock::shop>); }
};

namespace {

using mica::col;
using mica::test::Execution;
using sql_session::Author;
using sql_session::Book;
using sql_session::Stock;
using Executions = std::vector<Execution>;
using Texts = std::vector<std::string>;

constexpr const char* insert_author = R"(INSERT INTO "Author" ("id", "name", "born", "died") VALUES (?1, ?2, ?3, ?4))";
constexpr const char* insert_new_author = R"(INSERT INTO "Author" ("name", "born", "died") VALUES (?1, ?2, ?3))";
constexpr const char* insert_new_book = R"(INSERT INTO "book" ("title", "author_id") VALUES (?1, ?2))";
constexpr const char* select_author = R"(SELECT "id", "name", "born", "died" FROM "Author" WHERE "id" = ?1)";

struct SqlSession : mica::test::RecordedEngine {
    mica::test::RecordingSession session{engine};

    /// What was sent, without the texts that begin and end transactions and savepoints.
    Executions sent() const {
        Executions sent;
        for (const Execution& execution : recording.executed) {
            const std::string& sql = execution.sql;
            const bool is_control = sql.starts_with("BEGIN") || sql.starts_with("COMMIT") ||
                                    sql.starts_with("SAVEPOINT") || sql.starts_with("RELEASE") ||
                                    sql.starts_with("ROLLBACK");
            if (!is_control) sent.push_back(execution);
        }
        return sent;
    }
    /// An object that the session has read.
    mica::Ref<Author> author() {
        recording.answer("SELECT", {.rows = {{7, "Ada", 1815, 1852}}});
        auto author = session.get<Author>(7);
        recording.forget();
        return author;
    }
};

TEST_F(SqlSession, opens_nothing_and_sends_nothing_before_its_first_statement) {
    session.add(Author{.name = "Ada"});
    EXPECT_TRUE(recording.targets.empty());
    EXPECT_FALSE(session.in_transaction());
}

TEST_F(SqlSession, sends_nothing_for_an_empty_commit_and_rollback) {
    session.commit();
    session.flush();
    session.rollback();
    EXPECT_TRUE(recording.targets.empty());
}

TEST_F(SqlSession, begins_immediately_and_commits) {
    session.add(Author{.name = "Ada"});
    session.commit();
    const Texts texts = recording.texts();
    EXPECT_EQ(texts.front(), "BEGIN IMMEDIATE");
    EXPECT_EQ(texts.back(), "COMMIT");
    EXPECT_EQ(sent(), (Executions{{insert_new_author, {"Ada", 0, 0}}}));
}

TEST_F(SqlSession, writes_the_key_back_that_the_database_chose) {
    recording.answer("INSERT", {.last_insert_id = 41});
    const auto author = session.add(Author{.name = "Ada"});
    session.flush();
    EXPECT_EQ(author->id, 41);
}

TEST_F(SqlSession, inserts_parents_first_in_the_order_they_were_added) {
    session.add(Book{.title = "b", .author_id = 1});
    session.add(Author{.id = 1, .name = "a"});
    session.add(Author{.id = 2, .name = "c"});
    session.commit();
    EXPECT_EQ(
        sent(),
        (Executions{{insert_author, {1, "a", 0, 0}}, {insert_author, {2, "c", 0, 0}}, {insert_new_book, {"b", 1}}}));
}

TEST_F(SqlSession, puts_a_flush_of_several_changes_into_a_savepoint) {
    session.add_all(std::vector<Author>{{.id = 1, .name = "a"}, {.id = 2, .name = "b"}});
    session.flush();
    EXPECT_EQ(recording.texts(),
              (Texts{"BEGIN IMMEDIATE", "SAVEPOINT mica", insert_author, insert_author, "RELEASE mica"}));
}

TEST_F(SqlSession, updates_changed_columns_only) {
    const auto author = this->author();
    author->born = 1816;
    session.flush();
    EXPECT_EQ(sent(), (Executions{{R"(UPDATE "Author" SET "born" = ?1 WHERE "id" = ?2)", {1816, 7}}}));
}

TEST_F(SqlSession, updates_several_columns_in_the_order_of_the_table) {
    const auto author = this->author();
    author->died = 1;
    author->name = "A";
    session.flush();
    EXPECT_EQ(sent(), (Executions{{R"(UPDATE "Author" SET "name" = ?1, "died" = ?2 WHERE "id" = ?3)", {"A", 1, 7}}}));
}

TEST_F(SqlSession, sends_nothing_for_a_value_that_was_assigned_but_not_changed) {
    const auto author = this->author();
    author->name = "Ada";
    session.commit();
    EXPECT_EQ(sent(), Executions{});
}

TEST_F(SqlSession, sends_an_update_once) {
    const auto author = this->author();
    author->name = "A";
    session.flush();
    session.flush();
    EXPECT_EQ(sent().size(), 1U);
}

TEST_F(SqlSession, finds_the_row_of_a_changed_key_by_the_key_it_had) {
    const auto author = this->author();
    author->id = 8;
    session.flush();
    EXPECT_EQ(sent(), (Executions{{R"(UPDATE "Author" SET "id" = ?1 WHERE "id" = ?2)", {8, 7}}}));
}

TEST_F(SqlSession, updates_by_a_composite_key_in_the_keys_order) {
    const auto stock = session.add(Stock{"north", 3, 10});
    session.flush();
    recording.forget();
    stock->count = 9;
    session.flush();
    EXPECT_EQ(sent(),
              (Executions{{R"(UPDATE "stock" SET "count" = ?1 WHERE "shelf" = ?2 AND "shop" = ?3)", {9, 3, "north"}}}));
}

TEST_F(SqlSession, removes_by_key_and_children_first) {
    const auto author = session.add(Author{.id = 1, .name = "a"});
    const auto book = session.add(Book{.id = 5, .title = "", .author_id = 1});
    session.flush();
    recording.forget();
    session.remove(author);
    session.remove(book);
    session.flush();
    EXPECT_EQ(sent(), (Executions{{R"(DELETE FROM "book" WHERE "id" = ?1)", {5}},
                                  {R"(DELETE FROM "Author" WHERE "id" = ?1)", {1}}}));
}

TEST_F(SqlSession, sends_nothing_for_an_object_that_was_added_and_removed) {
    session.remove(session.add(Author{.id = 1, .name = "a"}));
    session.commit();
    EXPECT_TRUE(recording.targets.empty());
}

TEST_F(SqlSession, gets_by_key) {
    recording.answer("SELECT", {.rows = {{7, "Ada", 1815, 1852}}});
    EXPECT_EQ(session.get<Author>(7)->name, "Ada");
    EXPECT_EQ(sent(), (Executions{{select_author, {7}}}));
}

TEST_F(SqlSession, gets_by_a_composite_key_in_the_keys_order) {
    EXPECT_FALSE(session.get<Stock>(3, "north"));
    EXPECT_EQ(sent(), (Executions{{R"(SELECT "shop", "shelf", "count" FROM "stock" WHERE "shelf" = ?1 AND "shop" = ?2)",
                                   {3, "north"}}}));
}

TEST_F(SqlSession, gets_what_it_knows_without_a_statement) {
    const auto author = this->author();
    EXPECT_EQ(session.get<Author>(7), author);
    EXPECT_EQ(session.query<Author>().get(7), author);
    EXPECT_EQ(sent(), Executions{});
}

TEST_F(SqlSession, counts_the_rows_of_a_query) {
    recording.answer("SELECT count", {.rows = {{3}}});
    EXPECT_EQ(session.query<Author>().where(col<&Author::born> > 1800).limit(5).count(), 3);
    EXPECT_EQ(sent(), (Executions{{R"(SELECT count(*) FROM (SELECT "Author"."id", "Author"."name", "Author"."born", )"
                                   R"("Author"."died" FROM "Author" WHERE "Author"."born" > ?1 LIMIT ?2))",
                                   {1800, 5}}}));
}

TEST_F(SqlSession, asks_whether_a_query_has_rows) {
    recording.answer("SELECT EXISTS", {.rows = {{1}}});
    EXPECT_TRUE(session.query<Author>().where(col<&Author::name> == "Ada").exists());
    EXPECT_EQ(sent(), (Executions{{R"(SELECT EXISTS (SELECT "Author"."id", "Author"."name", "Author"."born", )"
                                   R"("Author"."died" FROM "Author" WHERE "Author"."name" = ?1))",
                                   {"Ada"}}}));
}

TEST_F(SqlSession, queries_with_all_clauses) {
    recording.answer("SELECT", {.rows = {{7, "Ada", 1815, 1852}}});
    const auto found = session.query<Author>()
                           .where(col<&Author::born> > 1)
                           .where(col<&Author::died> < 2)
                           .order_by(col<&Author::name>.desc())
                           .limit(3)
                           .offset(4)
                           .all();
    EXPECT_EQ(found.size(), 1U);
    EXPECT_EQ(sent(),
              (Executions{{R"(SELECT "Author"."id", "Author"."name", "Author"."born", "Author"."died" FROM "Author" )"
                           R"(WHERE "Author"."born" > ?1 AND "Author"."died" < ?2 )"
                           R"(ORDER BY "Author"."name" DESC LIMIT ?3 OFFSET ?4)",
                           {1, 2, 3, 4}}}));
}

TEST_F(SqlSession, flushes_before_a_query_of_the_changed_table_only) {
    const auto author = this->author();
    author->name = "A";
    static_cast<void>(session.query<Book>().all());
    EXPECT_EQ(sent().size(), 1U);
    static_cast<void>(session.query<Author>().all());
    ASSERT_EQ(sent().size(), 3U);
    EXPECT_EQ(sent()[1].sql, R"(UPDATE "Author" SET "name" = ?1 WHERE "id" = ?2)");
}

TEST_F(SqlSession, changes_and_removes_sets) {
    recording.answer("UPDATE", {.changes = 4});
    recording.answer("DELETE", {.changes = 3});
    EXPECT_EQ(session.query<Author>().where(col<&Author::born> > 1).update(col<&Author::died> = 2), 4);
    EXPECT_EQ(session.query<Author>().where(col<&Author::born> > 1).remove(), 3);
    EXPECT_EQ(sent(), (Executions{{R"(UPDATE "Author" SET "died" = ?1 WHERE "Author"."born" > ?2)", {2, 1}},
                                  {R"(DELETE FROM "Author" WHERE "Author"."born" > ?1)", {1}}}));
}

TEST_F(SqlSession, changes_and_removes_every_row_without_a_condition) {
    static_cast<void>(session.query<Author>().update(col<&Author::died> = 2));
    static_cast<void>(session.query<Author>().remove());
    EXPECT_EQ(sent(), (Executions{{R"(UPDATE "Author" SET "died" = ?1)", {2}}, {R"(DELETE FROM "Author")"}}));
}

TEST_F(SqlSession, flushes_before_a_statement_of_ones_own) {
    session.add(Author{.id = 1, .name = "a"});
    session.execute("UPDATE x SET y = ?", 2);
    ASSERT_EQ(sent().size(), 2U);
    EXPECT_EQ(sent()[0].sql, insert_author);
    EXPECT_EQ(sent()[1], (Execution{"UPDATE x SET y = ?", {2}}));
}

TEST_F(SqlSession, rolls_back) {
    session.add(Author{.id = 1, .name = "a"});
    session.flush();
    session.rollback();
    EXPECT_EQ(recording.texts().back(), "ROLLBACK");
    EXPECT_EQ(recording.running, 0);
}

TEST_F(SqlSession, first_asks_for_one_row) {
    const std::string select =
        R"(SELECT "Author"."id", "Author"."name", "Author"."born", "Author"."died" FROM "Author")";
    static_cast<void>(session.query<Author>().first());
    EXPECT_EQ(recording.last(), (Execution{select + " LIMIT ?1", {1}}));
    static_cast<void>(session.query<Author>().order_by(col<&Author::born>).first());
    EXPECT_EQ(recording.last(), (Execution{select + R"( ORDER BY "Author"."born" LIMIT ?1)", {1}}));
    static_cast<void>(session.query<Author>().limit(5).first());
    EXPECT_EQ(recording.last(), (Execution{select + " LIMIT ?1", {5}}));
}

TEST_F(SqlSession, counts_without_sorting) {
    const auto sorted = session.query<Author>().where(col<&Author::born> > 1900).order_by(col<&Author::name>);
    const std::string rows =
        R"((SELECT "Author"."id", "Author"."name", "Author"."born", "Author"."died" FROM "Author" WHERE "Author"."born" > ?1)";
    recording.answer("SELECT count", {.rows = {{2}}});
    static_cast<void>(sorted.count());
    EXPECT_EQ(recording.last(), (Execution{"SELECT count(*) FROM " + rows + ")", {1900}}));
    recording.answer("SELECT EXISTS", {.rows = {{1}}});
    static_cast<void>(sorted.exists());
    EXPECT_EQ(recording.last(), (Execution{"SELECT EXISTS " + rows + ")", {1900}}));
    recording.answer("SELECT count", {.rows = {{2}}});
    static_cast<void>(sorted.limit(2).count());
    EXPECT_EQ(recording.last(),
              (Execution{"SELECT count(*) FROM " + rows + R"( ORDER BY "Author"."name" LIMIT ?2))", {1900, 2}}));
}

}  // namespace
}  // namespace sql_session
