// SPDX-License-Identifier: BSL-1.0
// The keys that an ON CONFLICT may be about, and how it names them.
#include <support/caught.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace sql_upsert_targets {

struct Name {
    std::string first;
    std::string last;
};

struct User {
    std::int64_t id = 0;
    std::string email;
    std::string login;
    int realm = 0;
    bool active = false;
    int rank = 0;
    Name name;

    static constexpr auto mapping() {
        using mica::col;
        return mica::table(
            "user", mica::column<&User::email>("e-mail"), mica::unique<&User::email>,
            mica::unique<&User::realm, &User::login>, mica::index<&User::login>.unique().where(col<&User::active>),
            mica::index<&User::rank>.unique().where(col<&User::realm> == 5 && col<&User::email> != "it's"),
            mica::index<&User::realm>.where(col<&User::active>), mica::unique<&User::name>,
            mica::index_on(col<&User::rank> + 1, col<&User::realm>).unique(),
            mica::index_on(-col<&User::rank>).unique().where(col<&User::rank> > 0));
    }
};

struct Pair {
    int a = 0;
    int b = 0;
    int sum = 0;
    static constexpr auto mapping() { return mica::table("pair", mica::primary_key<&Pair::a, &Pair::b>); }
};

namespace {

using mica::col;
using mica::insert_into;
using mica::test::caught;
using sql_upsert_targets::Pair;
using sql_upsert_targets::User;

struct SqlUpsertTargets : mica::test::RecordedSql {
    template <class Query>
    std::string target(const Query& query) {
        const std::string sql = run(query).sql;
        const std::size_t begin = sql.find("ON CONFLICT") + 12;
        return sql.substr(begin, sql.find(" DO ", begin) - begin);
    }
    const decltype(insert_into<User>().values(User{})) user = insert_into<User>().values(User{});
};

TEST_F(SqlUpsertTargets, are_the_primary_key) {
    EXPECT_EQ(target(user.on_conflict<&User::id>().do_nothing()), R"(("id"))");
    EXPECT_EQ(target(insert_into<Pair>().values(Pair{}).on_conflict<&Pair::a, &Pair::b>().do_nothing()),
              R"(("a", "b"))");
    EXPECT_EQ(target(insert_into<Pair>().values(Pair{}).on_conflict<&Pair::b, &Pair::a>().do_nothing()),
              R"(("b", "a"))");
}

TEST_F(SqlUpsertTargets, are_a_unique_constraint) {
    EXPECT_EQ(target(user.on_conflict<&User::email>().do_nothing()), R"(("e-mail"))");
    EXPECT_EQ(target(user.on_conflict<&User::login, &User::realm>().do_nothing()), R"(("login", "realm"))");
}

TEST_F(SqlUpsertTargets, are_all_columns_of_an_embedded_object) {
    EXPECT_EQ(target(user.on_conflict<&User::name>().do_nothing()), R"(("name_first", "name_last"))");
}

TEST_F(SqlUpsertTargets, are_a_partial_unique_index_with_its_condition) {
    EXPECT_EQ(target(user.on_conflict<&User::login>().where(col<&User::active>).do_nothing()),
              R"(("login") WHERE "active")");
}

TEST_F(SqlUpsertTargets, have_the_values_of_the_index_in_the_text) {
    const auto query = user.on_conflict<&User::rank>()
                           .where(col<&User::realm> == 5)
                           .where(col<&User::email> != "it's")
                           .do_update(col<&User::rank> = 6);
    EXPECT_EQ(target(query), R"(("rank") WHERE "realm" = 5 AND "e-mail" <> 'it''s')");
    EXPECT_EQ(run(query).values.size(), 9U);
    EXPECT_TRUE(run(query).sql.ends_with(R"(DO UPDATE SET "rank" = ?9)"));
}

TEST_F(SqlUpsertTargets, are_a_unique_index_of_expressions) {
    EXPECT_EQ(target(user.on_conflict(col<&User::rank> + 1, col<&User::realm>).do_nothing()),
              R"(("rank" + 1, "realm"))");
    EXPECT_EQ(target(user.on_conflict(-col<&User::rank>).where(col<&User::rank> > 0).do_nothing()),
              R"((-"rank") WHERE "rank" > 0)");
}

TEST_F(SqlUpsertTargets, refuse_other_values_than_those_of_the_index) {
    const auto rank = user.on_conflict<&User::rank>();
    const auto message = [](const auto& action) {
        return std::string{caught<mica::ProgrammingError>([&] { static_cast<void>(action()); }).what()};
    };
    EXPECT_NE(message([&] {
                  return rank.where(col<&User::realm> == 6 && col<&User::email> != "it's").do_nothing();
              }).find("the values"),
              std::string::npos);
    EXPECT_NE(
        message([&] {
            return rank.where(col<&User::realm> == 5 && col<&User::email> != "its").do_update(col<&User::rank> = 1);
        }).find("the values"),
        std::string::npos);
    EXPECT_NE(message([&] {
                  return user.on_conflict(col<&User::rank> + 2, col<&User::realm>).do_nothing();
              }).find("the values"),
              std::string::npos);
}

}  // namespace
}  // namespace sql_upsert_targets
