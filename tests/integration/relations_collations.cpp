// SPDX-License-Identifier: BSL-1.0
// Foreign keys of texts that a collation takes for the same: the database finds the parent, and so does a session.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relations_collations {

using namespace mica;

struct Account;
struct Team;

/// Its key is compared without case.
struct User {
    std::string name;
    int age = 0;
    HasMany<Account> accounts{};
    static constexpr auto mapping() { return table("user", primary_key<&User::name>, collate<&User::name>("NOCASE")); }
};
/// Its own column is not.
struct Account {
    std::int64_t id = 0;
    std::optional<std::string> owner{};
    std::string note{};
    BelongsTo<User> user{};
    static constexpr auto mapping() {
        return table("account", foreign_key<&Account::owner, &User::name>.on_delete(cascade).on_update(cascade));
    }
};
struct Membership {
    std::string member;
    std::string team;
    static constexpr auto mapping();
};
/// Of a unique column, with a number besides.
struct Team {
    std::int64_t id = 0;
    int year = 0;
    std::string code;
    HasMany<struct Match, owned> matches{};
    ManyToMany<User, Membership> members{};
    static constexpr auto mapping() {
        return table("team", collate<&Team::code>("rtrim"), unique<&Team::year, &Team::code>, unique<&Team::code>);
    }
};
struct Match {
    std::int64_t id = 0;
    std::optional<int> year{};
    std::optional<std::string> code{};
    BelongsTo<Team> team{};
    static constexpr auto mapping() {
        return table("match", foreign_key_to<Team>(from<&Match::year, &Match::code>, to<&Team::year, &Team::code>));
    }
};
constexpr auto Membership::mapping() {
    return table("membership", primary_key<&Membership::member, &Membership::team>,
                 foreign_key<&Membership::member, &User::name>.on_delete(cascade).on_update(cascade),
                 foreign_key<&Membership::team, &Team::code>);
}
/// Nothing follows its key.
struct Room {
    std::string name;
    static constexpr auto mapping() { return table("room", primary_key<&Room::name>, collate<&Room::name>("NOCASE")); }
};
struct Chair {
    std::int64_t id = 0;
    std::string room;
    static constexpr auto mapping() { return table("chair", foreign_key<&Chair::room, &Room::name>); }
};

struct RelationsCollations : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    RelationsCollations() { engine.create_all<User, Account, Team, Match, Membership, Room, Chair>(); }
    std::vector<std::string> texts(std::string_view sql) { return session.execute<std::string>(sql).all(); }
};

TEST_F(RelationsCollations, a_parent_is_loaded_by_another_spelling_of_its_key) {
    session.add(User{.name = "Ann"});
    session.add(Account{.owner = "ANN"});
    session.add(Account{.owner = "ann"});
    session.commit();
    session.clear();
    const auto accounts = session.query<Account>().with<&Account::user>().all();
    ASSERT_EQ(accounts.size(), 2U);
    EXPECT_EQ(accounts[0]->user->name, "Ann");
    EXPECT_EQ(accounts[1]->user, accounts[0]->user);
}

TEST_F(RelationsCollations, children_are_loaded_by_another_spelling_of_their_parents_key) {
    session.add(User{.name = "Ann"});
    session.add(User{.name = "Bob"});
    session.add(Account{.owner = "ANN"});
    session.add(Account{.owner = "ann"});
    session.commit();
    session.clear();
    const auto users = session.query<User>().with<&User::accounts>().all();
    EXPECT_EQ(users[0]->accounts.size(), 2U);
    EXPECT_EQ(users[0]->accounts[0]->user, users[0]);
    EXPECT_EQ(users[1]->accounts.size(), 0U);
}

TEST_F(RelationsCollations, keys_of_several_columns_are_compared_each_by_its_own) {
    const auto team = session.add(Team{.year = 1990, .code = "A"});
    session.add(Team{.year = 1991, .code = "B"});
    session.add(Match{.year = 1990, .code = "A  "});
    session.commit();
    session.clear();
    const auto teams = session.query<Team>().with<&Team::matches>().order_by(col<&Team::year>).all();
    EXPECT_EQ(teams[0]->matches.size(), 1U);
    EXPECT_EQ(teams[1]->matches.size(), 0U);
    session.clear();
    EXPECT_EQ(session.query<Match>().with<&Match::team>().one()->team->id, team->id);
}

TEST_F(RelationsCollations, rows_of_an_association_lead_to_both_of_their_ends) {
    session.add(Team{.year = 1990, .code = "A"});
    session.add(User{.name = "Ann"});
    session.add(Membership{.member = "aNN", .team = "A "});
    session.commit();
    session.clear();
    const auto team = session.query<Team>().with<&Team::members>().one();
    ASSERT_EQ(team->members.size(), 1U);
    EXPECT_EQ(team->members[0]->name, "Ann");
    team->members.remove(team->members[0]);
    session.commit();
    EXPECT_EQ(session.query<Membership>().count(), 0);
}

TEST_F(RelationsCollations, what_is_written_with_another_spelling_joins_the_collection) {
    const auto user = session.add(User{.name = "Ann"});
    session.commit();
    const auto account = session.add(Account{.owner = "ANN"});
    session.commit();
    EXPECT_EQ(user->accounts.size(), 1U);
    EXPECT_EQ(account->user, user);
    account->owner = "ann";
    session.commit();
    EXPECT_EQ(user->accounts.size(), 1U);
    user->accounts.remove(account);
    session.commit();
    EXPECT_EQ(account->owner, std::nullopt);
}

TEST_F(RelationsCollations, a_key_that_is_only_spelled_otherwise_is_nobody_elses) {
    const auto user = session.add(User{.name = "Ann"});
    const auto account = session.add(Account{.owner = "Ann"});
    session.commit();
    user->name = "ANN";
    session.commit();
    EXPECT_EQ(texts("SELECT name FROM user"), std::vector{user->name});
    EXPECT_EQ(texts("SELECT owner FROM account"), std::vector{account->owner.value()});
    EXPECT_EQ(user->accounts.size(), 1U);
    EXPECT_EQ(account->user, user);
}

TEST_F(RelationsCollations, children_follow_a_renamed_parent) {
    const auto user = session.add(User{.name = "Ann"});
    const auto account = session.add(Account{.owner = "ANN"});
    session.commit();
    user->name = "Bob";
    session.commit();
    EXPECT_EQ(account->owner, "Bob");
    EXPECT_EQ(texts("SELECT owner FROM account"), std::vector<std::string>{"Bob"});
    session.rollback();
    EXPECT_EQ(user->accounts.size(), 1U);
}

TEST_F(RelationsCollations, children_go_with_a_removed_parent) {
    const auto user = session.add(User{.name = "Ann"});
    const auto account = session.add(Account{.owner = "ANN"});
    session.commit();
    session.remove(user);
    session.flush();
    EXPECT_FALSE(session.get<Account>(account->id));
    session.rollback();
    EXPECT_EQ(session.get<Account>(account->id), account);
    EXPECT_EQ(user->accounts.size(), 1U);
}

TEST_F(RelationsCollations, a_child_stays_with_who_takes_a_removed_parents_key) {
    session.add(User{.name = "Ann", .age = 1});
    session.add(Account{.owner = "ANN"});
    session.commit();
    session.clear();
    const auto account = session.query<Account>().one();
    session.remove(session.get<User>("Ann"));
    const auto user = session.add(User{.name = "aNN", .age = 2});
    session.commit();
    EXPECT_EQ(session.get<Account>(account->id), account);
    session.load<&Account::user>(account);
    EXPECT_EQ(account->user, user);
    EXPECT_EQ(texts("SELECT owner FROM account"), std::vector{account->owner.value()});
}

TEST_F(RelationsCollations, rows_that_are_not_known_do_not_change_hands_with_a_key) {
    const auto room = session.add(Room{.name = "Hall"});
    const auto other = session.add(Room{.name = "Loft"});
    const auto chair = session.add(Chair{.room = "LOFT"});
    session.commit();
    session.execute("INSERT INTO chair VALUES (7, 'hALL')");
    session.commit();
    room->name = "Den";
    other->name = "HALL";
    chair->room = "hall";
    EXPECT_THROW(session.commit(), IntegrityError);
    session.rollback();
    EXPECT_EQ(texts("SELECT room FROM chair WHERE id = 7"), std::vector<std::string>{"hALL"});
}

TEST_F(RelationsCollations, a_removed_object_is_not_found_by_another_spelling_of_its_key) {
    const auto user = session.add(User{.name = "Ann"});
    session.commit();
    session.remove(user);
    EXPECT_FALSE(session.get<User>("ANN"));
    const auto next = session.add(User{.name = "ANN"});
    EXPECT_EQ(session.get<User>("ANN"), next);
}

}  // namespace relations_collations
