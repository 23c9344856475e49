// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <optional>
#include <string>
#include <tuple>

namespace sql_aliases {

/// Names that need their quotes.
struct Select {
    std::int64_t id = 0;
    std::string order;
    std::int64_t from_id = 0;
    static constexpr auto mapping() {
        return mica::table("a\"b", mica::column<&Select::order>("測試"),
                           mica::foreign_key<&Select::from_id, &Select::id>);
    }
};

namespace {

using mica::alias;
using mica::col;
using mica::select;
using music::Album;
using music::Artist;
using music::Employee;
using Quoted = sql_aliases::Select;

constexpr auto boss = alias<Employee, "boss">;
constexpr auto other = alias<Employee, "other">;

struct SqlAliases : mica::test::RecordedSql {};

TEST_F(SqlAliases, join_a_table_with_itself) {
    const auto query = select(col<&Employee::name>, boss.col<&Employee::name>)
                           .join(boss, boss.col<&Employee::id> == col<&Employee::boss_id>);
    static_assert(decltype(query)::sql() == R"(SELECT "Employee"."name", "boss"."name" FROM "Employee" )"
                                            R"(JOIN "Employee" AS "boss" ON "boss"."id" = "Employee"."boss_id")");
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlAliases, join_a_table_with_itself_twice) {
    const auto query = select<Employee>()
                           .left_join(boss, boss.col<&Employee::id> == col<&Employee::boss_id>)
                           .left_join(other, other.col<&Employee::id> == boss.col<&Employee::boss_id>)
                           .where(other.col<&Employee::name> == "x");
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "Employee"."id", "Employee"."name", "Employee"."boss_id" FROM "Employee" )"
                  R"(LEFT JOIN "Employee" AS "boss" ON "boss"."id" = "Employee"."boss_id" )"
                  R"(LEFT JOIN "Employee" AS "other" ON "other"."id" = "boss"."boss_id" )"
                  R"(WHERE "other"."name" = ?1)");
    EXPECT_EQ(run(query).values, mica::test::RecordedValues{"x"});
}

TEST_F(SqlAliases, stand_for_their_entity_in_a_list) {
    const auto query = select(boss, other.col<&Employee::name>)
                           .left_join(other, other.col<&Employee::boss_id> == boss.col<&Employee::id>);
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "boss"."id", "boss"."name", "boss"."boss_id", "other"."name" FROM "Employee" AS "boss" )"
                  R"(LEFT JOIN "Employee" AS "other" ON "other"."boss_id" = "boss"."id")");
    static_assert(std::same_as<decltype(query)::Row, std::tuple<Employee, std::optional<std::string>>>);
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlAliases, are_optional_entities_on_an_outer_side) {
    using Query = decltype(select(boss, other).left_join(other, other.col<&Employee::id> == 1));
    static_assert(std::same_as<Query::Row, std::tuple<Employee, std::optional<Employee>>>);
}

TEST_F(SqlAliases, find_the_condition_in_a_foreign_key) {
    constexpr auto creator = alias<Artist, "creator">;
    mica::test::show(select(col<&Album::title>).join(creator));
    static_assert(select(col<&Album::title>).join(creator).sql() ==
                  R"(SELECT "album"."title" FROM "album" JOIN "Artist" AS "creator" )"
                  R"(ON "album"."artist_id" = "creator"."id")");
    constexpr auto work = alias<Album, "work">;
    mica::test::show(select(creator).left_join(work));
    static_assert(select(creator).left_join(work).sql() ==
                  R"(SELECT "creator"."id", "creator"."name", "creator"."country" FROM "Artist" AS "creator" )"
                  R"(LEFT JOIN "album" AS "work" ON "work"."artist_id" = "creator"."id")");
}

TEST_F(SqlAliases, are_read_from_alone) {
    static_assert(select<Employee>().from(boss).sql().ends_with(R"(FROM "Employee" AS "boss")"));
    mica::test::show(select(boss.col<&Employee::id>));
    static_assert(select(boss.col<&Employee::id>).sql() == R"(SELECT "boss"."id" FROM "Employee" AS "boss")");
}

TEST_F(SqlAliases, keep_any_name) {
    constexpr auto strange = alias<Quoted, "o\"r'der">;
    const auto query = select(col<&Quoted::order>, strange.col<&Quoted::order>)
                           .join(strange, strange.col<&Quoted::id> == col<&Quoted::from_id>);
    static_assert(decltype(query)::sql() == R"(SELECT "a""b"."測試", "o""r'der"."測試" FROM "a""b" )"
                                            R"(JOIN "a""b" AS "o""r'der" ON "o""r'der"."id" = "a""b"."from_id")");
    EXPECT_EQ(run(query).sql, query.sql());
}

}  // namespace
}  // namespace sql_aliases
