// SPDX-License-Identifier: BSL-1.0
// Keys that change hands: two objects never share one, and what follows a key follows the right one.
#include <support/albums.hpp>
#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace integration_session_taken_keys {
namespace {

using namespace albums;
using mica::test::caught;

struct TakenKeys : AlbumDatabase {};

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

TEST_F(TakenKeys, a_new_object_is_found_by_a_key_whose_row_a_statement_has_moved) {
    const auto old = session.get<Track>(1);
    session.execute("UPDATE OR REPLACE track SET id = 9 WHERE id = 1");
    const auto next = session.add(Track{.id = 1, .name = "next"});
    EXPECT_EQ(session.get<Track>(1), next);
    EXPECT_EQ(session.get<Track>(9)->name, "t");
    EXPECT_EQ(session.query<Track>().count(), 2);
}

TEST_F(TakenKeys, a_new_object_is_found_by_the_key_of_a_removed_one) {
    session.remove(session.get<Track>(1));
    EXPECT_FALSE(session.get<Track>(1));
    const auto next = session.add(Track{.id = 1, .name = "next"});
    {
        const auto quiet = session.no_autoflush();
        EXPECT_FALSE(session.get<Track>(1)) << "it has no row yet";
    }
    EXPECT_EQ(session.get<Track>(1), next);
    session.rollback();
    EXPECT_EQ(session.get<Track>(1)->name, "t");
}

/// As a table of another program may say by itself.
struct KeysThatReplace : TakenKeys {
    KeysThatReplace() {
        run("DROP TABLE cover");
        run("CREATE TABLE cover (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, album_id INTEGER)");
    }
};

TEST_F(KeysThatReplace, a_key_that_two_new_objects_were_given_is_that_of_the_last) {
    const auto replaced = session.add(Cover{.id = 5, .album_id = 1});
    const auto last = session.add(Cover{.id = 5, .album_id = 2});
    session.flush();
    EXPECT_EQ(session.get<Cover>(5), last);
    replaced->album_id = 7;  // of no row any more
    last->album_id = std::nullopt;
    session.commit();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM cover WHERE album_id IS NULL"), 1);
}

TEST_F(KeysThatReplace, a_key_that_two_new_objects_were_given_is_that_of_the_last_beside_objects_that_are_there) {
    const auto album = session.get<Album>(1);
    session.add(Cover{.id = 5});
    const auto last = session.add(Cover{.id = 5, .album_id = 2});
    session.flush();
    EXPECT_EQ(session.get<Cover>(5), last);
    EXPECT_EQ(session.query<Cover>().all().size(), 1);
    session.rollback();
    EXPECT_FALSE(session.get<Cover>(5));
    EXPECT_TRUE(session.plan().empty());
}

TEST_F(TakenKeys, a_key_that_was_changed_by_hand_is_found_once_it_is_flushed) {
    const auto track = session.get<Track>(1);
    track->id = 9;
    EXPECT_EQ(session.get<Track>(1), track);
    EXPECT_FALSE(session.get<Track>(9));
    session.flush();
    EXPECT_EQ(session.get<Track>(9), track);
    EXPECT_FALSE(session.get<Track>(1));
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

TEST_F(TakenKeys, what_the_replaced_parent_had_goes_with_it_where_nobody_has_read_it) {
    session.rollback();
    run("INSERT INTO track (name, album_id) VALUES ('unread', 1)");
    const auto track = session.get<Track>(1);
    session.remove(session.get<Album>(1));
    session.add(Album{.id = 1, .title = "new"});
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name) FROM track"), track->name);
    EXPECT_TRUE(session.get<Track>(1) == track);
}

TEST_F(TakenKeys, what_is_known_to_be_the_replaced_parents_goes_with_it) {
    const auto track = session.get<Track>(1);
    const auto album = session.get<Album>(1);
    session.load<&Album::tracks>(album);
    session.remove(album);
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

TEST_F(TakenKeys, a_child_that_is_known_to_be_a_renamed_parents_follows_it_although_another_takes_the_key) {
    const auto album = session.get<Album>(1);
    session.load<&Album::tracks>(album);
    const auto old = session.get<Track>(1);
    album->id = 5;
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

TEST_F(TakenKeys, a_removal_of_a_row_that_is_gone_leaves_the_new_row_that_has_its_key) {
    const auto old = session.get<Track>(1);
    session.commit();
    run("DELETE FROM track");
    const auto next = session.add(Track{.name = "next"});
    session.remove(old);
    session.commit();
    ASSERT_EQ(next->id, 1);
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name) FROM track"), "next");
    EXPECT_EQ(session.get<Track>(1), next);
    next->name = "changed";
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name) FROM track"), "changed");
}

TEST_F(TakenKeys, a_removed_parent_that_is_gone_takes_nothing_of_the_new_one_that_has_its_key) {
    session.remove(session.get<Album>(2));
    session.commit();
    const auto old = session.get<Album>(1);
    session.commit();
    run("DELETE FROM album");
    const auto next = session.add(Album{.title = "next"});
    next->tracks.add(Track{.name = "of next"});
    session.remove(old);
    session.commit();
    ASSERT_EQ(next->id, 1);
    EXPECT_EQ(stored<std::string>("SELECT group_concat(title) FROM album"), "next");
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name) FROM track"), "of next");
}

TEST_F(TakenKeys, a_change_of_a_row_that_is_gone_is_stale_although_a_new_row_has_its_key) {
    const auto old = session.get<Track>(1);
    session.commit();
    run("DELETE FROM track");
    const auto next = session.add(Track{.name = "next"});
    old->name = "changed";
    EXPECT_THROW(session.commit(), mica::StaleDataError);
    session.rollback();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM track"), 0);
    EXPECT_EQ(next->id, 0);
}

TEST_F(TakenKeys, a_changed_key_of_a_row_that_is_gone_is_stale_although_a_new_row_has_it) {
    const auto old = session.get<Track>(1);
    session.commit();
    run("DELETE FROM track");
    session.add(Track{.name = "next"});
    old->id = 7;
    EXPECT_THROW(session.commit(), mica::StaleDataError);
    session.rollback();
    EXPECT_EQ(stored<int>("SELECT count(*) FROM track"), 0);
}

TEST_F(TakenKeys, a_row_that_is_removed_gives_its_key_to_a_new_one_in_the_same_flush) {
    session.remove(session.get<Track>(1));
    const auto next = session.add(Track{.name = "next"});
    session.commit();
    EXPECT_EQ(stored<std::string>("SELECT group_concat(name) FROM track"), "next");
    EXPECT_EQ(session.query<Track>().one(), next);
}

struct Counted {
    std::int64_t id = 0;
    std::string name{};
    int version = 0;
    static constexpr auto mapping() { return mica::table("counted", mica::version<&Counted::version>); }
};

TEST(TakenKeysWithVersions, a_removal_of_a_row_that_is_gone_is_stale_although_a_new_row_has_its_key) {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Counted>();
    mica::Session session{engine};
    const auto old = session.add(Counted{.name = "old"});
    session.commit();
    engine.connect().execute("DELETE FROM counted");
    session.add(Counted{.name = "next"});
    session.remove(old);
    const auto error = caught<mica::StaleDataError>([&] { session.commit(); });
    session.rollback();
    EXPECT_NE(std::string{error.what()}.find("is no longer there"), std::string::npos) << error.what();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM counted").scalar(), 0);
}

}  // namespace
}  // namespace integration_session_taken_keys
