// SPDX-License-Identifier: BSL-1.0
// Relations together with what else changes rows: hooks that write keys, versions that are counted, keys that change.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace relations_hooks {

struct Player;
struct Friendship;

/// What the hook of a player makes of its team, where it is not 0.
inline std::int64_t team_by_hook = 0;
inline bool hook_adds_a_friend = false;

struct Team {
    std::int64_t id = 0;
    std::string name{};
    std::int64_t revision = 0;
    mica::HasMany<Player> players{};
    static constexpr auto mapping() { return mica::table("team", mica::version<&Team::revision>); }
};

struct Player {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> team_id{};
    std::int64_t revision = 0;
    mica::BelongsTo<Team> team{};
    mica::ManyToMany<Player, Friendship, "one", "other"> friends{};
    mica::ManyToMany<Player, Friendship, "other", "one"> friend_of{};

    static constexpr auto mapping() {
        return mica::table("player", mica::version<&Player::revision>,
                           mica::foreign_key<&Player::team_id, &Team::id>.on_delete(mica::set_null));
    }
    void before_insert() { change(); }
    void before_update() { change(); }
    void change() {
        if (team_by_hook != 0) team_id = team_by_hook;
        if (hook_adds_a_friend) friends.add(Player{.name = name + "'s friend"});
        hook_adds_a_friend = false;
    }
};

struct Friendship {
    std::int64_t one = 0;
    std::int64_t other = 0;
    static constexpr auto mapping() {
        return mica::table("friendship", mica::primary_key<&Friendship::one, &Friendship::other>,
                           mica::foreign_key<&Friendship::one, &Player::id>.on_delete(mica::cascade),
                           mica::foreign_key<&Friendship::other, &Player::id>.on_delete(mica::cascade));
    }
};

struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent_id{};
    std::int64_t revision = 0;
    mica::BelongsTo<Node> parent{};
    mica::HasMany<Node, mica::owned> children{};
    static constexpr auto mapping() {
        return mica::table("node", mica::version<&Node::revision>,
                           mica::foreign_key<&Node::parent_id, &Node::id>.on_delete(mica::cascade));
    }
};
struct Planned {
    std::int64_t id = 0;
    std::optional<std::int64_t> above_id{};
    mica::BelongsTo<Planned> above{};
    static constexpr auto mapping() {
        return mica::table("planned", mica::foreign_key<&Planned::above_id, &Planned::id>);
    }
};

inline mica::Session* planning = nullptr;
void before_insert(Planned&) {
    if (planning != nullptr) static_cast<void>(planning->plan());
}

namespace {

using namespace relations_hooks;
using mica::Ref;
using mica::test::caught;

template <class Objects>
std::string names(const Objects& objects) {
    std::string text;
    for (const auto& object : objects) text += (text.empty() ? "" : " ") + object->name;
    return text;
}

struct RelationsHooks : testing::Test {
    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    Ref<Team> red;
    Ref<Team> blue;
    Ref<Player> ann;
    Ref<Player> ben;

    RelationsHooks() {
        team_by_hook = 0;
        hook_adds_a_friend = false;
        engine.create_all<Team, Player, Friendship, Node, Planned>();
        red = session.add(Team{.name = "red"});
        blue = session.add(Team{.name = "blue"});
        ann = red->players.add(Player{.name = "ann"});
        ben = red->players.add(Player{.name = "ben"});
        session.commit();
    }

    std::string stored() {
        std::string text;
        for (const std::string& each :
             engine.connect()
                 .execute<std::string>("SELECT name || ifnull(team_id, '-') || 'v' || revision FROM player ORDER BY id")
                 .all()) {
            text += (text.empty() ? "" : " ") + each;
        }
        return text;
    }
    int count(const std::string& sql) { return engine.connect().execute<int>(sql).scalar(); }
    std::string friendships() {
        return engine.connect()
            .execute<std::string>("SELECT ifnull(group_concat(one || '-' || other, ' '), '') FROM friendship")
            .one();
    }
};

TEST_F(RelationsHooks, a_key_that_a_hook_writes_is_what_relations_follow) {
    team_by_hook = blue->id;
    const auto cid = red->players.add(Player{.name = "cid"});
    ann->name = "Ann";
    session.flush();
    EXPECT_EQ(cid->team_id, blue->id);
    EXPECT_TRUE(cid->team.get() == blue);
    EXPECT_EQ(names(red->players), "ben");
    EXPECT_EQ(names(blue->players), "Ann cid");
    EXPECT_TRUE(session.plan().empty());
    session.commit();
    EXPECT_EQ(stored(), "Ann2v1 ben1v0 cid2v0");
}

TEST_F(RelationsHooks, a_key_that_a_hook_writes_over_an_assigned_one_is_what_relations_follow) {
    team_by_hook = blue->id;
    ann->team = red;
    const auto cid = session.add(Player{.name = "cid", .team = red});
    session.flush();
    EXPECT_TRUE(cid->team.get() == blue);
    EXPECT_EQ(names(red->players), "ann ben");
    EXPECT_EQ(names(blue->players), "cid");
}

TEST_F(RelationsHooks, a_key_that_a_hook_writes_and_the_database_refuses_leaves_everything_pending) {
    team_by_hook = 99;
    const auto cid = red->players.add(Player{.name = "cid"});
    blue->players.add(ann);
    EXPECT_EQ(caught<mica::IntegrityError>([&] { session.commit(); }).kind(), mica::IntegrityError::foreign_key);
    EXPECT_EQ(cid->team_id, std::nullopt);
    EXPECT_EQ(ann->team_id, red->id);
    EXPECT_EQ(names(red->players), "ann ben cid");
    team_by_hook = 0;
    session.commit();
    EXPECT_EQ(stored(), "ann2v1 ben1v0 cid1v0");
    EXPECT_EQ(names(red->players), "ben cid");
}

TEST_F(RelationsHooks, a_relation_that_a_hook_changes_waits_for_the_next_flush) {
    hook_adds_a_friend = true;
    ann->name = "Ann";
    session.flush();
    {
        const auto quiet = session.no_autoflush();
        EXPECT_EQ(session.execute<int>("SELECT count(*) FROM friendship").one(), 0);
    }
    EXPECT_EQ(names(ann->friends), "Ann's friend");
    session.commit();
    EXPECT_EQ(friendships(), "1-3");
}

TEST_F(RelationsHooks, a_key_that_a_relation_sets_counts_the_version) {
    blue->players.add(ann);
    session.commit();
    EXPECT_EQ(ann->revision, 1);
    EXPECT_EQ(blue->revision, 0) << "its row has not changed";
    EXPECT_EQ(stored(), "ann2v1 ben1v0");
}

TEST_F(RelationsHooks, a_row_that_somebody_else_has_changed_is_not_moved) {
    engine.connect().execute("UPDATE player SET revision = 7 WHERE id = 1");
    blue->players.add(ann);
    red->players.remove(ben);
    const auto stale = caught<mica::StaleDataError>([&] { session.commit(); });
    EXPECT_EQ(stale.expected_version(), 0);
    EXPECT_EQ(stale.actual_version(), 7);
    EXPECT_EQ(ann->team_id, red->id);
    EXPECT_EQ(ben->team_id, red->id);
    EXPECT_EQ(ann->revision, 0);
    EXPECT_EQ(names(blue->players), "ann");
    {
        const auto quiet = session.no_autoflush();
        session.refresh(ann);
    }
    session.commit();
    EXPECT_EQ(stored(), "ann2v8 ben-v1");
}

TEST_F(RelationsHooks, a_cascade_that_changes_a_key_leaves_its_version) {
    session.remove(red);
    session.commit();
    EXPECT_EQ(stored(), "ann-v0 ben-v0");
    ann->team = blue;
    session.commit();
    EXPECT_EQ(stored(), "ann2v1 ben-v0");
}

TEST_F(RelationsHooks, a_new_pair_that_needs_each_other_begins_with_version_0) {
    const auto cid = session.add(Player{.name = "cid"});
    const auto dan = cid->friends.add(Player{.name = "dan"});
    dan->friends.add(cid);
    session.commit();
    EXPECT_EQ(stored(), "ann1v0 ben1v0 cid-v0 dan-v0");
    EXPECT_EQ(friendships(), "3-4 4-3");
    EXPECT_EQ(names(cid->friend_of), "dan");
}

TEST_F(RelationsHooks, one_may_be_its_own_friend) {
    ann->friends.add(ann);
    session.commit();
    EXPECT_EQ(friendships(), "1-1");
    EXPECT_EQ(names(ann->friend_of), "ann");
    EXPECT_FALSE(ann->friends.add(ann));
    ann->friend_of.remove(ann);
    session.commit();
    EXPECT_EQ(friendships(), "");
    EXPECT_TRUE(ann->friends.empty());
}

TEST_F(RelationsHooks, both_ends_of_one_table_may_say_the_same) {
    ann->friends.add(ben);
    ben->friend_of.add(ann);
    session.commit();
    EXPECT_EQ(friendships(), "1-2");
    ann->friends.remove(ben);
    ben->friend_of.remove(ann);
    session.commit();
    EXPECT_EQ(friendships(), "");
}

TEST_F(RelationsHooks, an_own_friend_can_be_removed) {
    ann->friends.add(ann);
    session.commit();
    session.remove(ann);
    session.commit();
    EXPECT_EQ(stored(), "ben1v0");
    EXPECT_EQ(friendships(), "");
}

TEST_F(RelationsHooks, a_versioned_tree_is_removed_though_its_cascade_takes_rows_along) {
    session.add(Node{.id = 1});
    session.flush();
    session.add(Node{.id = 2, .parent_id = 1});
    session.commit();
    session.clear();
    for (const auto& node : session.query<Node>().order_by(mica::col<&Node::id>.desc()).all()) session.remove(node);
    session.commit();
    EXPECT_EQ(count("SELECT count(*) FROM node"), 0);
}

TEST_F(RelationsHooks, a_versioned_row_that_another_has_changed_is_still_not_removed_beside_others) {
    session.add(Node{.id = 1});
    session.add(Node{.id = 2});
    session.commit();
    engine.connect().execute("UPDATE node SET revision = 7 WHERE id = 1");
    session.remove(session.get<Node>(2));
    session.remove(session.get<Node>(1));
    EXPECT_THROW(session.commit(), mica::StaleDataError);
    session.rollback();
    EXPECT_EQ(count("SELECT count(*) FROM node"), 2);
}

TEST_F(RelationsHooks, a_plan_inside_of_a_hook_is_refused) {
    const auto above = session.add(Planned{});
    session.add(Planned{})->above = above;
    planning = &session;
    const auto error = caught<mica::ProgrammingError>([&] { session.flush(); });
    planning = nullptr;
    EXPECT_STREQ(error.what(), "mica: a hook can only change its own object");
    session.commit();
    EXPECT_EQ(count("SELECT count(above_id) FROM planned"), 1);
}

}  // namespace
}  // namespace relations_hooks
