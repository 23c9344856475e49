// SPDX-License-Identifier: BSL-1.0
// Full-text indexes: their DDL, and what searches them.
#include <support/golden.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sql_full_text {

struct Post {
    std::int64_t id = 0;
    std::string title;
    std::optional<std::string> body;
    int stars = 0;
};
struct PostSearch {
    std::string title;
    std::optional<std::string> body;
    static constexpr auto mapping() { return mica::fts5<&Post::title, &Post::body>.content<Post>().tokenize("porter"); }
};
struct Chapter {
    std::int64_t number = 0;
    std::string text;
    static constexpr auto mapping() {
        return mica::table("it's a \"chapter\"", mica::primary_key<&Chapter::number>).schema("book");
    }
};
struct ChapterSearch {
    std::int64_t rowid = 0;
    std::string text;
    static constexpr auto mapping() {
        return mica::table(
                   "a \"search\"",
                   mica::fts5<&Chapter::text>.content<Chapter>().tokenize("unicode61 tokenchars '-'").prefix("2 3"))
            .schema("book");
    }
};
struct Note {
    std::int64_t id = 0;
    std::string text;
    int kind = 0;
    static constexpr auto mapping() { return mica::fts5<&Note::text>; }
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using mica::test::show_ddl;
using sql_full_text::ChapterSearch;
using sql_full_text::Note;
using sql_full_text::Post;
using sql_full_text::PostSearch;

struct SqlFullText : mica::test::RecordedSql {};

TEST_F(SqlFullText, has_triggers_on_its_content_and_begins_with_its_rows) { show_ddl<PostSearch>(); }

TEST_F(SqlFullText, has_any_name_and_is_in_any_schema) {
    show_ddl<ChapterSearch>();
    mica::test::show(&mica::detail::render_drop<ChapterSearch>);
}

TEST_F(SqlFullText, of_its_own_rows_searches_the_fields_that_are_named) { show_ddl<Note>(); }

TEST_F(SqlFullText, is_searched_in_all_columns_or_in_one) {
    EXPECT_EQ(run(select<PostSearch>().where(mica::match<PostSearch>("fast"))),
              (Execution{R"(SELECT "PostSearch"."title", "PostSearch"."body" FROM "PostSearch" )"
                         R"(WHERE "PostSearch"."PostSearch" MATCH ?1)",
                         {"fast"}}));
    EXPECT_EQ(
        run(select(col<&PostSearch::title>).where(col<&PostSearch::body>.match("fast"))),
        (Execution{R"(SELECT "PostSearch"."title" FROM "PostSearch" WHERE "PostSearch"."body" MATCH ?1)", {"fast"}}));
}

TEST_F(SqlFullText, joins_its_content_by_the_key) {
    EXPECT_EQ(run(select(col<&Post::title>)
                      .join<PostSearch>()
                      .where(mica::match<PostSearch>("fast"))
                      .order_by(mica::rank<PostSearch>(), mica::rowid<PostSearch>())),
              (Execution{R"(SELECT "Post"."title" FROM "Post" JOIN "PostSearch" ON "PostSearch"."rowid" = "Post"."id" )"
                         R"(WHERE "PostSearch"."PostSearch" MATCH ?1 )"
                         R"(ORDER BY "PostSearch"."rank", "PostSearch"."rowid")",
                         {"fast"}}));
    EXPECT_EQ(run(select(mica::rank<PostSearch>()).join<Post>()),
              (Execution{R"(SELECT "PostSearch"."rank" FROM "PostSearch" )"
                         R"(JOIN "Post" ON "PostSearch"."rowid" = "Post"."id")",
                         {}}));
}

TEST_F(SqlFullText, says_what_it_found) {
    EXPECT_EQ(run(select(mica::bm25<PostSearch>(), mica::bm25<PostSearch>(10, 0.5))),
              (Execution{R"(SELECT bm25("PostSearch"."PostSearch"), bm25("PostSearch"."PostSearch", ?1, ?2) )"
                         R"(FROM "PostSearch")",
                         {10, 0.5}}));
    EXPECT_EQ(
        run(select(mica::highlight<&PostSearch::body>("[", "]"))),
        (Execution{R"(SELECT highlight("PostSearch"."PostSearch", ?1, ?2, ?3) FROM "PostSearch")", {1, "[", "]"}}));
    EXPECT_EQ(
        run(select(mica::snippet<&PostSearch::title>("[", "]", "…", 5), mica::snippet<PostSearch>("[", "]", "…", 5))),
        (Execution{R"(SELECT snippet("PostSearch"."PostSearch", ?1, ?2, ?3, ?4, ?5), )"
                   R"(snippet("PostSearch"."PostSearch", ?6, ?7, ?8, ?9, ?10) FROM "PostSearch")",
                   {0, "[", "]", "…", 5, -1, "[", "]", "…", 5}}));
}

TEST_F(SqlFullText, counts_its_columns_without_the_key) {
    EXPECT_EQ(run(select(mica::highlight<&Note::text>("[", "]"))),
              (Execution{R"(SELECT highlight("Note"."Note", ?1, ?2, ?3) FROM "Note")", {0, "[", "]"}}));
}

TEST_F(SqlFullText, is_searched_under_another_name) {
    constexpr auto found = mica::alias<PostSearch, "found">;
    EXPECT_EQ(run(select(mica::rank(found), mica::rowid(found)).where(mica::match(found, "fast"))),
              (Execution{R"(SELECT "found"."rank", "found"."rowid" FROM "PostSearch" AS "found" )"
                         R"(WHERE "found"."PostSearch" MATCH ?1)",
                         {"fast"}}));
}

TEST_F(SqlFullText, is_told_what_to_do_by_an_insert) {
    EXPECT_EQ(run(mica::rebuild<PostSearch>()),
              (Execution{R"(INSERT INTO "PostSearch" ("PostSearch") VALUES ('rebuild'))", {}}));
    EXPECT_EQ(run(mica::optimize<Note>()), (Execution{R"(INSERT INTO "Note" ("Note") VALUES ('optimize'))", {}}));
    EXPECT_EQ(run(mica::check_index<PostSearch>()),
              (Execution{R"(INSERT INTO "PostSearch" ("PostSearch", rank) VALUES ('integrity-check', 1))", {}}));
}

}  // namespace
}  // namespace sql_full_text
