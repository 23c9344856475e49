// SPDX-License-Identifier: BSL-1.0
// ON CONFLICT: what becomes of the row in the way. The keys it may be about are upsert_targets.cpp's matter.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sql_upsert {

enum class State { fresh, seen };

struct Word {
    std::int64_t id = 0;
    std::string text;
    int count = 0;
    std::optional<State> state{};

    static constexpr auto mapping() {
        return mica::table("word", mica::unique<&Word::text>, mica::default_value<&Word::count>(1));
    }
};

struct Counted {
    std::int64_t id = 0;
    int value = 0;
    int revision = 0;
    static constexpr auto mapping() { return mica::table("counted", mica::version<&Counted::revision>); }
};

namespace {

using mica::col;
using mica::excluded;
using mica::insert_into;
using mica::select;
using mica::test::Execution;
using mica::test::RecordedValues;
using sql_upsert::Counted;
using sql_upsert::State;
using sql_upsert::Word;

constexpr const char* insert_word = R"(INSERT INTO "word" ("id", "text", "count", "state") VALUES (?1, ?2, ?3, ?4))";

struct SqlUpsert : mica::test::RecordedSql {
    /// The text behind VALUES.
    template <class Query>
    std::string clauses(const Query& query) {
        const std::string sql = run(query).sql;
        return sql.substr(sql.find(')', sql.find("VALUES")) + 2);
    }
    const decltype(insert_into<Word>().values(Word{})) word = insert_into<Word>().values(Word{.text = "a", .count = 2});
};

TEST_F(SqlUpsert, does_nothing) {
    const auto query = word.on_conflict<&Word::text>().do_nothing();
    static_assert(decltype(query)::sql() == R"(INSERT INTO "word" ("id", "text", "count", "state") )"
                                            R"(VALUES (?1, ?2, ?3, ?4) ON CONFLICT ("text") DO NOTHING)");
    EXPECT_EQ(run(query), (Execution{std::string{query.sql()}, {std::nullopt, "a", 2, std::nullopt}}));
}

TEST_F(SqlUpsert, does_nothing_whatever_key_it_is) {
    EXPECT_EQ(clauses(word.on_conflict().do_nothing()), "ON CONFLICT DO NOTHING");
}

TEST_F(SqlUpsert, updates_from_the_row_that_was_to_be_inserted) {
    const auto query = word.on_conflict<&Word::text>().do_update(
        col<&Word::count> = col<&Word::count> + excluded<&Word::count>, col<&Word::state> = State::seen);
    EXPECT_EQ(run(query),
              (Execution{insert_word + std::string{R"( ON CONFLICT ("text") DO UPDATE SET "count" = "word"."count" + )"
                                                   R"("excluded"."count", "state" = ?5)"},
                         {std::nullopt, "a", 2, std::nullopt, 1}}));
}

TEST_F(SqlUpsert, updates_whatever_key_it_is) {
    EXPECT_EQ(clauses(word.on_conflict().do_update(col<&Word::count> = 1)),
              R"(ON CONFLICT DO UPDATE SET "count" = ?5)");
}

TEST_F(SqlUpsert, updates_where_a_condition_holds) {
    const auto query = word.on_conflict<&Word::text>()
                           .do_update(col<&Word::count> = excluded<&Word::count>)
                           .where(excluded<&Word::count> > col<&Word::count>)
                           .where(col<&Word::state> == State::fresh);
    EXPECT_EQ(clauses(query), R"(ON CONFLICT ("text") DO UPDATE SET "count" = "excluded"."count" )"
                              R"(WHERE "excluded"."count" > "word"."count" AND "word"."state" = ?5)");
    EXPECT_EQ(run(query).values.back(), 0);
}

TEST_F(SqlUpsert, takes_several_clauses_in_their_order) {
    const auto query = word.on_conflict<&Word::id>()
                           .do_nothing()
                           .on_conflict<&Word::text>()
                           .do_update(col<&Word::count> = 5)
                           .where(col<&Word::count> < 6)
                           .on_conflict()
                           .do_update(col<&Word::count> = 7);
    EXPECT_EQ(clauses(query), R"(ON CONFLICT ("id") DO NOTHING )"
                              R"(ON CONFLICT ("text") DO UPDATE SET "count" = ?5 WHERE "word"."count" < ?6 )"
                              R"(ON CONFLICT DO UPDATE SET "count" = ?7)");
    EXPECT_EQ(run(query).values, (RecordedValues{std::nullopt, "a", 2, std::nullopt, 5, 6, 7}));
}

TEST_F(SqlUpsert, reads_other_tables_in_a_subquery) {
    EXPECT_EQ(
        clauses(word.on_conflict<&Word::text>()
                    .do_update(col<&Word::state> = std::nullopt)
                    .where(exists(select<Counted>().where(col<&Counted::value> == excluded<&Word::count>)))),
        R"(ON CONFLICT ("text") DO UPDATE SET "state" = NULL WHERE EXISTS (SELECT "counted"."id", )"
        R"("counted"."value", "counted"."revision" FROM "counted" WHERE "counted"."value" = "excluded"."count"))");
}

TEST_F(SqlUpsert, steps_the_version_of_the_row) {
    const auto counted = insert_into<Counted>().values(Counted{.id = 1});
    EXPECT_EQ(clauses(counted.on_conflict<&Counted::id>().do_update(col<&Counted::value> = 5)),
              R"(ON CONFLICT ("id") DO UPDATE SET "value" = ?4, "revision" = "counted"."revision" + 1)");
    EXPECT_EQ(clauses(counted.on_conflict<&Counted::id>().do_update(col<&Counted::revision> = 5)),
              R"(ON CONFLICT ("id") DO UPDATE SET "revision" = ?4)");
}

TEST_F(SqlUpsert, goes_with_single_columns) {
    EXPECT_EQ(run(insert_into<Word>()
                      .values(col<&Word::text> = "b")
                      .on_conflict<&Word::text>()
                      .do_update(col<&Word::count> = col<&Word::count> + 1)),
              (Execution{R"(INSERT INTO "word" ("text") VALUES (?1) )"
                         R"(ON CONFLICT ("text") DO UPDATE SET "count" = "word"."count" + ?2)",
                         {"b", 1}}));
}

TEST_F(SqlUpsert, runs_once_for_each_of_many) {
    const std::vector<Word> words{{.text = "a"}, {.text = "b", .count = 3}};
    connection.execute(insert_into<Word>().values(words).on_conflict<&Word::text>().do_update(col<&Word::count> = 9));
    const std::string text = insert_word + std::string{R"( ON CONFLICT ("text") DO UPDATE SET "count" = ?5)"};
    EXPECT_EQ(recording.executed, (std::vector<Execution>{{"BEGIN IMMEDIATE"},
                                                          {text, {std::nullopt, "a", 0, std::nullopt, 9}},
                                                          {text, {std::nullopt, "b", 3, std::nullopt, 9}},
                                                          {"COMMIT"}}));
}

TEST_F(SqlUpsert, adds_up_the_rows_of_many) {
    for (const int changes : {1, 0, 1}) recording.answer("INSERT", {.changes = changes});
    EXPECT_EQ(
        connection.execute(insert_into<Word>().values(std::vector<Word>(3)).on_conflict().do_nothing()).rows_affected(),
        2);
}

TEST_F(SqlUpsert, shares_its_statement_between_one_and_many) {
    connection.execute(insert_into<Word>().values(Word{}));
    connection.execute(insert_into<Word>().values(std::vector<Word>(2)));
    connection.execute(word.on_conflict().do_nothing());
    connection.execute(insert_into<Word>().values(std::vector<Word>(2)).on_conflict().do_nothing());
    EXPECT_EQ(recording.prepared,
              (std::vector<std::string>{insert_word, insert_word + std::string{" ON CONFLICT DO NOTHING"}}));
}

TEST_F(SqlUpsert, shows_the_values_of_the_first_of_many) {
    const auto query = insert_into<Word>()
                           .values(std::vector<Word>{{.text = "a"}, {.text = "b"}})
                           .on_conflict<&Word::text>()
                           .do_update(col<&Word::count> = 5);
    EXPECT_EQ(to_string(query), std::string{query.sql()} + " -- ?1 = NULL, ?2 = 'a', ?3 = 0, ?4 = NULL, ?5 = 5");
}

TEST_F(SqlUpsert, owns_its_values) {
    std::string text = "before";
    auto query = insert_into<Word>()
                     .values(std::vector<Word>{{.text = text}})
                     .on_conflict<&Word::text>()
                     .do_update(col<&Word::text> = text)
                     .where(col<&Word::text> != text);
    text = "behind";
    connection.execute(query);
    EXPECT_EQ(recording.executed[1].values,
              (RecordedValues{std::nullopt, "before", 0, std::nullopt, "before", "before"}));
}

TEST_F(SqlUpsert, takes_conditions_and_values_of_the_run) {
    mica::Filter<Word> filter;
    filter &= col<&Word::count> < 3;
    auto query = connection.prepare(insert_into<Word>()
                                        .values(std::vector<Word>{{.text = "a"}, {.text = "b"}})
                                        .on_conflict<&Word::text>()
                                        .do_update(col<&Word::count> = mica::param<int>)
                                        .where(filter));
    query(7);
    ASSERT_EQ(recording.executed.size(), 4U);
    EXPECT_EQ(recording.executed[2],
              (Execution{insert_word + std::string{R"( ON CONFLICT ("text") DO UPDATE SET "count" = ?5 )"
                                                   R"(WHERE ("word"."count" < ?6))"},
                         {std::nullopt, "b", 0, std::nullopt, 7, 3}}));
}

}  // namespace
}  // namespace sql_upsert
