// SPDX-License-Identifier: BSL-1.0
// Keys that change hands, and what is known of rows that others have changed: two objects never share a key, what
// follows a key follows the right one, and a rollback returns to what was, as often as it is called.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace taken_keys {

struct Track;
struct Album {
    std::int64_t id = 0;
    std::string title{};
    mica::HasMany<Track> tracks{};
    static constexpr auto mapping() { return mica::table("album"); }
};
struct Track {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> album_id{};
    mica::BelongsTo<Album> album{};
    static constexpr auto mapping() {
        return mica::table(
            "track", mica::foreign_key<&Track::album_id, &Album::id>.on_delete(mica::cascade).on_update(mica::cascade));
    }
};
struct Cover {
    std::int64_t id = 0;
    std::optional<std::int64_t> album_id{};
    static constexpr auto mapping() {
        return mica::table("cover", mica::foreign_key<&Cover::album_id, &Album::id>.on_delete(mica::set_null));
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

}  // namespace taken_keys

namespace {

using namespace taken_keys;
using mica::col;
using mica::Ref;
using mica::test::caught;

struct TakenKeys : testing::Test {
    TakenKeys() {
        engine.create_all<Album, Track, Cover, Node, Planned>();
        auto connection = engine.connect();
        connection.insert(std::vector<Album>{{.id = 1, .title = "a"}, {.id = 2, .title = "b"}});
        connection.insert(Track{.id = 1, .name = "t", .album_id = 1});
    }
    template <class Value>
    Value stored(const std::string& sql) {
        return engine.connect().execute<Value>(sql).scalar();
    }
    void run(const std::string& sql) { engine.connect().execute(sql); }

    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
};

TEST_F(TakenKeys, a_key_that_is_given_again_after_a_statement_is_that_of_the_new_object) {
    const auto old = session.get<Track>(1);
    session.commit();
    session.query<Track>().remove();
    const auto next = session.add(Track{.name = "next"});
    session.commit();
    ASSERT_EQ(next->id, 1);
    EXPECT_EQ(session.get<Track>(1), next);
    EXPECT_EQ(old->name, "t");
    next->name = "changed";
    session.commit();
    EXPECT_EQ(session.query<Track>().one(), next);
}

TEST_F(TakenKeys, a_key_that_is_given_again_after_another_connections_removal_is_that_of_the_new_object) {
    const auto old = session.get<Track>(1);
    session.commit();
    run("DELETE FROM track");
    const auto next = session.add(Track{.name = "next"});
    session.commit();
    EXPECT_EQ(session.get<Track>(1), next);
    EXPECT_FALSE(session.is_modified(next));
}

TEST_F(TakenKeys, a_rollback_gives_a_key_back_to_the_object_that_had_it) {
    const auto old = session.get<Track>(1);
    session.query<Track>().remove();
    session.add(Track{.name = "next"});
    session.flush();
    session.rollback();
    EXPECT_EQ(session.get<Track>(1), old);
    EXPECT_EQ(session.query<Track>().one(), old);
}

TEST_F(TakenKeys, a_child_of_a_parent_that_replaces_another_does_not_go_with_that) {
    session.remove(session.get<Album>(1));
    session.add(Album{.id = 1, .title = "new"});
    const auto track = session.add(Track{.name = "new", .album_id = 1});
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name) FROM track"), "new");
    track->name = "changed";
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name) FROM track"), "changed");
}

TEST_F(TakenKeys, a_child_added_to_a_parent_that_replaces_another_stays_tracked) {
    session.remove(session.get<Album>(1));
    const auto album = session.add(Album{.id = 1, .title = "new"});
    const auto track = album->tracks.add(Track{.name = "new"});
    session.commit();
    EXPECT_EQ(album->tracks.size(), 1U);
    track->name = "changed";
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name) FROM track"), "changed");
}

TEST_F(TakenKeys, a_child_that_moves_to_a_parent_that_replaces_its_own_does_not_go_with_that) {
    session.remove(session.get<Album>(2));
    session.add(Album{.id = 2, .title = "new"});
    const auto track = session.get<Track>(1);
    track->album_id = 2;
    session.commit();
    EXPECT_EQ(stored<int>("SELECT album_id FROM track"), 2);
    track->name = "changed";
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT name FROM track"), "changed");
}

TEST_F(TakenKeys, what_the_replaced_parent_had_goes_with_it) {
    const auto track = session.get<Track>(1);
    session.remove(session.get<Album>(1));
    session.add(Album{.id = 1, .title = "new"});
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM track"), 0);
    EXPECT_FALSE(session.get<Track>(1));
}

TEST_F(TakenKeys, a_key_that_on_delete_would_make_null_is_that_of_the_new_parent) {
    session.remove(session.get<Album>(1));
    session.add(Album{.id = 1, .title = "new"});
    const auto cover = session.add(Cover{.album_id = 1});
    session.commit();
    EXPECT_EQ(cover->album_id, 1);
    EXPECT_EQ(stored<std::optional<int>>("SELECT album_id FROM cover"), 1);
}

TEST_F(TakenKeys, a_child_of_the_parent_that_takes_over_a_renamed_ones_key_is_not_renamed) {
    session.get<Album>(1)->id = 5;
    const auto old = session.get<Track>(1);
    session.add(Album{.id = 1, .title = "new"});
    const auto track = session.add(Track{.name = "new", .album_id = 1});
    session.commit();
    EXPECT_EQ(track->album_id, 1);
    EXPECT_EQ(old->album_id, 5);
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name || album_id) FROM (SELECT * FROM track ORDER BY id)"),
              "t5,new1");
}

TEST_F(TakenKeys, an_insert_that_a_trigger_ignores_gives_no_object_the_key_of_another_row) {
    run("CREATE TRIGGER ignore BEFORE INSERT ON album WHEN new.title = 'no' BEGIN SELECT RAISE(IGNORE); END");
    const auto refused = session.add(Album{.title = "no"});
    const auto error = caught<mica::OperationalError>([&] { session.commit(); });
    EXPECT_TRUE(std::string{error.what()}.starts_with("mica: the database has ignored the INSERT")) << error.what();
    EXPECT_EQ(refused->id, 0);
    refused->title = "yes";
    session.commit();
    EXPECT_EQ(refused->id, 3);
    EXPECT_EQ(stored<std::string>("SELECT group_concat(title, '') FROM album"), "abyes");
}

TEST_F(TakenKeys, what_is_read_behind_a_statement_stays_tracked_after_a_rollback) {
    session.query<Track>().update(col<&Track::name> = "x");
    Ref<Album> album;
    EXPECT_THROW(session.nested([&] {
        album = session.get<Album>(2);
        throw std::runtime_error{"no"};
    }),
                 std::runtime_error);
    album->title = "changed";
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT title FROM album WHERE id = 2"), "changed");
}

TEST_F(TakenKeys, a_collection_loaded_behind_a_change_is_right_after_every_rollback) {
    const auto track = session.get<Track>(1);
    const auto album = session.get<Album>(2);
    track->album_id = 2;
    session.flush();
    session.load<&Album::tracks>(album);
    EXPECT_EQ(album->tracks.size(), 1U);
    session.rollback();
    EXPECT_EQ(album->tracks.size(), 0U);
    session.rollback();
    EXPECT_EQ(album->tracks.size(), 0U);
}

TEST_F(TakenKeys, a_parent_loaded_behind_a_change_is_right_after_every_rollback) {
    const auto track = session.get<Track>(1);
    const std::vector<Ref<Album>> albums = session.query<Album>().all();
    track->album_id = 2;
    session.flush();
    session.load<&Track::album>(track);
    session.rollback();
    EXPECT_EQ(track->album->id, 1);
    session.rollback();
    EXPECT_EQ(track->album->id, 1);
    EXPECT_EQ(track->album_id, 1);
}

TEST_F(TakenKeys, a_collection_loaded_inside_of_a_savepoint_is_right_after_both_rollbacks) {
    const auto track = session.get<Track>(1);
    const auto album = session.get<Album>(2);
    auto savepoint = session.begin_nested();
    track->album_id = 2;
    session.flush();
    session.load<&Album::tracks>(album);
    savepoint.rollback();
    EXPECT_EQ(album->tracks.size(), 0U);
    session.rollback();
    EXPECT_EQ(album->tracks.size(), 0U);
}

TEST_F(TakenKeys, relations_keep_what_a_refresh_found_over_a_rollback_as_columns_do) {
    const auto albums = session.query<Album>().with<&Album::tracks>().order_by(col<&Album::id>).all();
    const auto track = albums[0]->tracks[0];
    session.commit();
    run("UPDATE track SET album_id = 2");
    session.refresh(track);
    session.rollback();
    EXPECT_EQ(track->album_id, 2);
    EXPECT_EQ(albums[0]->tracks.size(), 0U);
    EXPECT_EQ(albums[1]->tracks.size(), 1U);
}

TEST_F(TakenKeys, what_a_cascade_had_changed_is_read_again_after_a_rollback) {
    session.get<Album>(1)->id = 5;
    session.flush();
    EXPECT_EQ(session.get<Track>(1)->album_id, 5);
    session.rollback();
    EXPECT_EQ(session.query<Track>().one()->album_id, 1);
}

TEST_F(TakenKeys, a_row_that_a_trigger_had_made_is_not_there_after_a_rollback) {
    run("CREATE TRIGGER copy AFTER INSERT ON album BEGIN INSERT INTO cover VALUES (9, new.id); END");
    session.add(Album{.title = "c"});
    session.flush();
    EXPECT_EQ(session.query<Cover>().one()->id, 9);
    session.rollback();
    EXPECT_FALSE(session.get<Cover>(9));
}

TEST_F(TakenKeys, a_versioned_tree_is_removed_though_its_cascade_takes_rows_along) {
    session.add(Node{.id = 1});
    session.flush();
    session.add(Node{.id = 2, .parent_id = 1});
    session.commit();
    session.clear();
    for (const auto& node : session.query<Node>().order_by(col<&Node::id>.desc()).all()) session.remove(node);
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM node"), 0);
}

TEST_F(TakenKeys, a_versioned_row_that_another_has_changed_is_still_not_removed_beside_others) {
    session.add(Node{.id = 1});
    session.add(Node{.id = 2});
    session.commit();
    run("UPDATE node SET revision = 7 WHERE id = 1");
    session.remove(session.get<Node>(2));
    session.remove(session.get<Node>(1));
    EXPECT_THROW(session.commit(), mica::StaleDataError);
    session.rollback();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM node"), 2);
}

TEST_F(TakenKeys, a_plan_inside_of_a_hook_is_refused) {
    const auto above = session.add(Planned{});
    session.add(Planned{})->above = above;
    planning = &session;
    const auto error = caught<mica::ProgrammingError>([&] { session.flush(); });
    planning = nullptr;
    EXPECT_STREQ(error.what(), "mica: a hook can only change its own object");
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(above_id) FROM planned"), 1);
}

TEST_F(TakenKeys, a_new_object_that_is_detached_is_not_saved_because_of_a_collection) {
    const auto album = session.query<Album>().with<&Album::tracks>().get(2);
    const auto track = session.add(Track{.name = "never"});
    album->tracks.add(track);
    session.detach(track);
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM track"), 1);
}

TEST_F(TakenKeys, a_new_parent_that_is_detached_is_not_saved_because_of_its_child) {
    const auto album = session.add(Album{.title = "never"});
    session.get<Track>(1)->album = album;
    session.detach(album);
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM album"), 2);
}

}  // namespace
