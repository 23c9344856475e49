// SPDX-License-Identifier: BSL-1.0
// Item 39 of the checklist.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_upsert {

struct User {
    std::int64_t id = 0;
    std::string name;
    std::string email;
    int logins = 0;
    std::optional<std::chrono::sys_days> seen{};
    bool active = true;
    int revision = 0;

    static constexpr auto mapping() {
        using mica::col;
        return mica::table("user", mica::unique<&User::email>, mica::version<&User::revision>,
                           mica::index<&User::name>.unique().where(col<&User::active> && col<&User::logins> > -1),
                           mica::index_on(col<&User::logins> * 2, col<&User::email>).unique());
    }
};

namespace {

using mica::col;
using mica::excluded;
using mica::insert_into;
using mica::IntegrityError;
using mica::select;
using mica::test::caught;
using query_upsert::User;

using Row = std::tuple<std::int64_t, std::string, std::string, int>;

struct QueryUpsert : mica::test::MemoryDatabase<User> {
    QueryUpsert() { insert<User>({user(1, "name1", "email1"), user(2, "name2", "email2")}); }

    static User user(std::int64_t id, std::string name, std::string email, int logins = 0) {
        return {.id = id, .name = std::move(name), .email = std::move(email), .logins = logins};
    }
    std::vector<Row> rows() {
        return connection.all(
            select(col<&User::id>, col<&User::name>, col<&User::email>, col<&User::logins>).order_by(col<&User::id>));
    }
    template <class Query>
    std::int64_t changed(const Query& query) {
        return connection.execute(query).rows_affected();
    }
    const std::vector<Row> untouched{{1, "name1", "email1", 0}, {2, "name2", "email2", 0}};
};

TEST_F(QueryUpsert, does_nothing_for_the_primary_key) {
    EXPECT_EQ(changed(insert_into<User>().values(user(1, "x", "y")).on_conflict<&User::id>().do_nothing()), 0);
    EXPECT_EQ(rows(), untouched);
}

TEST_F(QueryUpsert, does_nothing_for_any_key) {
    EXPECT_EQ(changed(insert_into<User>().values(user(1, "x", "y")).on_conflict().do_nothing()), 0);
    EXPECT_EQ(changed(insert_into<User>().values(user(0, "x", "email1")).on_conflict().do_nothing()), 0);
    EXPECT_EQ(rows(), untouched);
}

TEST_F(QueryUpsert, inserts_where_nothing_is_in_the_way) {
    EXPECT_EQ(changed(insert_into<User>().values(user(0, "x", "y")).on_conflict<&User::email>().do_nothing()), 1);
    EXPECT_EQ(rows().back(), (Row{3, "x", "y", 0}));
}

TEST_F(QueryUpsert, is_refused_where_another_key_is_in_the_way) {
    const auto query = insert_into<User>().values(user(0, "x", "email1")).on_conflict<&User::id>().do_nothing();
    const auto error = caught<IntegrityError>([&] { changed(query); });
    EXPECT_EQ(error.kind(), IntegrityError::unique);
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(rows(), untouched);
}

TEST_F(QueryUpsert, updates_with_the_values_that_were_to_be_inserted) {
    EXPECT_EQ(changed(insert_into<User>()
                          .values(user(0, "new", "email1", 7))
                          .on_conflict<&User::email>()
                          .do_update(col<&User::name> = excluded<&User::name>,
                                     col<&User::logins> = col<&User::logins> + excluded<&User::logins> + 1)),
              1);
    EXPECT_EQ(rows(), (std::vector<Row>{{1, "new", "email1", 8}, {2, "name2", "email2", 0}}));
}

TEST_F(QueryUpsert, sends_new_values_through_their_codec) {
    using namespace std::chrono_literals;
    const std::chrono::sys_days day = 2024y / 5 / 6;
    changed(insert_into<User>()
                .values(user(1, "x", "y"))
                .on_conflict<&User::id>()
                .do_update(col<&User::seen> = day, col<&User::active> = false)
                .where(col<&User::seen> == std::nullopt && col<&User::active>));
    const User found = connection.one(select<User>().where(col<&User::id> == 1));
    EXPECT_EQ(found.seen, day);
    EXPECT_FALSE(found.active);
}

TEST_F(QueryUpsert, leaves_rows_that_its_condition_leaves_out) {
    EXPECT_EQ(changed(insert_into<User>()
                          .values(user(1, "x", "y"))
                          .on_conflict<&User::id>()
                          .do_update(col<&User::name> = "x")
                          .where(col<&User::logins> > excluded<&User::logins>)),
              0);
    EXPECT_EQ(rows(), untouched);
}

TEST_F(QueryUpsert, steps_the_version) {
    const auto query = insert_into<User>()
                           .values(user(1, "x", "y"))
                           .on_conflict<&User::id>()
                           .do_update(col<&User::logins> = 1)
                           .returning(col<&User::revision>);
    EXPECT_EQ(connection.scalar(query), 1);
    EXPECT_EQ(connection.scalar(query), 2);
}

TEST_F(QueryUpsert, takes_the_first_clause_that_fits) {
    const auto query = [](User given) {
        return insert_into<User>()
            .values(std::move(given))
            .on_conflict<&User::id>()
            .do_update(col<&User::name> = "by id")
            .on_conflict<&User::email>()
            .do_update(col<&User::name> = "by email")
            .on_conflict()
            .do_nothing();
    };
    EXPECT_EQ(changed(query(user(1, "x", "email2"))), 1);
    EXPECT_EQ(changed(query(user(0, "x", "email2"))), 1);
    EXPECT_EQ(changed(query(user(0, "by id", "y"))), 0);  // the partial index
    EXPECT_EQ(rows(), (std::vector<Row>{{1, "by id", "email1", 0}, {2, "by email", "email2", 0}}));
}

TEST_F(QueryUpsert, finds_a_partial_index) {
    const auto condition = col<&User::active> && col<&User::logins> > -1;
    EXPECT_EQ(changed(insert_into<User>()
                          .values(user(0, "name2", "y"))
                          .on_conflict<&User::name>()
                          .where(condition)
                          .do_update(col<&User::email> = excluded<&User::email>)),
              1);
    EXPECT_EQ(rows().back(), (Row{2, "name2", "y", 0}));
    User other = user(0, "name2", "z");
    other.active = false;
    EXPECT_EQ(changed(insert_into<User>().values(other).on_conflict<&User::name>().where(condition).do_nothing()), 1);
}

TEST_F(QueryUpsert, finds_an_index_of_expressions) {
    insert<User>({user(3, "name3", "email3", 5)});
    mica::Connection& open = connection;
    const auto query = insert_into<User>()
                           .values(user(0, "x", "email3", 5))
                           .on_conflict(col<&User::logins> * 2, col<&User::email>)
                           .do_nothing()
                           .on_conflict()
                           .do_nothing();
    EXPECT_EQ(open.execute(query).rows_affected(), 0);
}

TEST_F(QueryUpsert, takes_many) {
    const std::vector<User> users{user(0, "a", "email1", 1), user(0, "b", "b"), user(0, "c", "email1", 2),
                                  user(0, "d", "b", 3)};
    EXPECT_EQ(changed(insert_into<User>().values(users).on_conflict<&User::email>().do_update(
                  col<&User::logins> = col<&User::logins> + excluded<&User::logins>)),
              4);
    EXPECT_EQ(rows(), (std::vector<Row>{{1, "name1", "email1", 3}, {2, "name2", "email2", 0}, {3, "b", "b", 3}}));
}

TEST_F(QueryUpsert, of_many_is_undone_where_one_is_refused) {
    const std::vector<User> users{user(0, "a", "email1", 1), user(0, "b", "b"), user(0, "name2", "c")};
    EXPECT_THROW(changed(insert_into<User>().values(users).on_conflict<&User::email>().do_update(
                     col<&User::logins> = excluded<&User::logins>)),
                 IntegrityError);
    EXPECT_EQ(rows(), untouched);
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(QueryUpsert, takes_a_select) {
    EXPECT_EQ(changed(insert_into<User>()
                          .from(select<User>())
                          .on_conflict<&User::id>()
                          .do_update(col<&User::name> = excluded<&User::name> || "!")),
              2);
    EXPECT_EQ(rows()[1], (Row{2, "name2!", "email2", 0}));
}

TEST_F(QueryUpsert, an_update_may_be_refused_too) {
    const auto query =
        insert_into<User>().values(user(1, "x", "y")).on_conflict<&User::id>().do_update(col<&User::email> = "email2");
    EXPECT_EQ(caught<IntegrityError>([&] { changed(query); }).kind(), IntegrityError::unique);
    EXPECT_EQ(rows(), untouched);
}

}  // namespace
}  // namespace query_upsert
