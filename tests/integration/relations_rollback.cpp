// SPDX-License-Identifier: BSL-1.0
// Rollback, savepoints and flushes that fail: relations are again what they were, or still what they are to be.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>

namespace integration_relations_rollback {
namespace {

using namespace related_music;
using mica::Ref;

struct RelationsRollback : MusicDatabase {
    mica::Session session{engine};
    Ref<Album> sun = album(1);
    Ref<Album> moon = album(2);

    Ref<Album> album(std::int64_t id) {
        return session.query<Album>().with<&Album::tracks>().with<&Album::artist>().get(id);
    }
};

TEST_F(RelationsRollback, what_was_not_flushed_is_forgotten) {
    const auto track = sun->tracks[0];
    sun->tracks.remove(track);
    moon->tracks.add(Track{.name = "new"});
    moon->artist = session.get<Artist>(2);
    session.rollback();
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_TRUE(moon->tracks.empty());
    EXPECT_EQ(moon->artist->name, "Ada");
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2");
}

TEST_F(RelationsRollback, what_was_flushed_is_taken_back_in_its_old_order) {
    const auto first = sun->tracks[0];
    sun->tracks.remove(first);
    moon->tracks.add(first);
    moon->tracks.add(Track{.name = "new"});
    moon->artist = session.get<Artist>(2);
    session.flush();
    session.rollback();
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_TRUE(moon->tracks.empty());
    EXPECT_EQ(moon->artist->name, "Ada");
    EXPECT_EQ(first->album_id, 1);
    EXPECT_TRUE(first->album.get() == sun);
}

TEST_F(RelationsRollback, it_returns_to_the_last_commit) {
    sun->tracks.remove(sun->tracks[0]);
    session.commit();
    sun->tracks.remove(sun->tracks[0]);
    session.flush();
    session.rollback();
    EXPECT_EQ(names(sun->tracks), "b");
}

TEST_F(RelationsRollback, what_is_loaded_stays_loaded) {
    session.rollback();
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_EQ(sun->artist->name, "Ada");
}

TEST_F(RelationsRollback, a_collection_that_was_loaded_in_between_loses_what_never_was) {
    const auto rain = session.get<Album>(3);
    session.add(Track{.name = "new", .album_id = 3});
    session.remove(session.get<Track>(3));
    session.load<&Album::tracks>(rain);
    EXPECT_EQ(names(rain->tracks), "new");
    session.rollback();
    EXPECT_EQ(names(rain->tracks), "c");
}

TEST_F(RelationsRollback, new_objects_keep_their_values_but_are_no_longer_tracked) {
    const auto added = sun->tracks.add(Track{.name = "new"});
    session.flush();
    EXPECT_EQ(added->album_id, 1);
    session.rollback();
    EXPECT_EQ(added->name, "new");
    EXPECT_EQ(added->id, 0);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
}

TEST_F(RelationsRollback, an_object_that_was_rolled_back_can_be_added_again) {
    const auto added = sun->tracks.add(Track{.name = "new"});
    session.flush();
    session.rollback();
    moon->tracks.add(added);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose- new2");
}

TEST_F(RelationsRollback, a_savepoint_undoes_its_own_part_only) {
    const auto track = sun->tracks[0];
    sun->tracks.remove(track);
    {
        auto savepoint = session.begin_nested();
        moon->tracks.add(track);
        session.flush();
        moon->tracks.add(Track{.name = "new"});
        savepoint.rollback();
    }
    EXPECT_EQ(names(sun->tracks), "b");
    EXPECT_TRUE(moon->tracks.empty());
    session.commit();
    EXPECT_EQ(tracks(), "a- b1 c3 loose-");
}

TEST_F(RelationsRollback, a_savepoint_puts_what_was_not_flushed_back_in_its_place) {
    auto savepoint = session.begin_nested();
    sun->tracks.remove(sun->tracks[0]);
    sun->artist = session.get<Artist>(2);
    savepoint.rollback();
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_EQ(sun->artist->name, "Ada");
}

TEST_F(RelationsRollback, nested_work_that_throws_is_undone) {
    EXPECT_THROW(session.nested([&] {
        moon->tracks.add(sun->tracks[0]);
        session.flush();
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_TRUE(moon->tracks.empty());
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
}

TEST_F(RelationsRollback, a_flush_that_fails_leaves_everything_to_be_written) {
    const auto track = sun->tracks[0];
    sun->tracks.remove(track);
    moon->tracks.add(track);
    const auto added = moon->tracks.add(Track{.name = "new"});
    moon->artist = Artist{.name = "Cy"};
    moon->tags.is_loaded();
    const auto bad = session.add(Track{.name = "bad", .album_id = 99});
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    EXPECT_EQ(track->album_id, 1);
    EXPECT_EQ(added->album_id, std::nullopt);
    EXPECT_EQ(added->id, 0);
    EXPECT_EQ(moon->artist_id, 1);
    EXPECT_EQ(moon->artist->id, 0);
    EXPECT_EQ(names(sun->tracks), "b");
    EXPECT_EQ(names(moon->tracks), "a new");
    session.remove(bad);
    session.commit();
    EXPECT_EQ(tracks(), "a2 b1 c3 loose- new2");
    EXPECT_EQ(albums(), "Sun1 Moon3 Rain2");
}

TEST_F(RelationsRollback, a_flush_that_fails_and_a_rollback_leave_what_was) {
    sun->tracks.remove(sun->tracks[0]);
    moon->tracks.add(Track{.name = "new"});
    session.add(Track{.name = "bad", .album_id = 99});
    EXPECT_THROW(session.commit(), mica::IntegrityError);
    session.rollback();
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_TRUE(moon->tracks.empty());
}

TEST_F(RelationsRollback, refresh_with_discard_drops_what_relations_were_to_write) {
    const auto track = sun->tracks[0];
    track->album = moon;
    EXPECT_THROW(session.refresh(track), mica::ProgrammingError);
    session.refresh(track, mica::discard);
    EXPECT_TRUE(track->album.get() == sun);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
}

TEST_F(RelationsRollback, refresh_follows_what_another_has_committed) {
    const auto track = sun->tracks[0];
    session.commit();
    engine.connect().execute("UPDATE track SET album_id = 2 WHERE id = 1");
    session.refresh(track);
    EXPECT_TRUE(track->album.get() == moon);
    EXPECT_EQ(names(sun->tracks), "b");
    EXPECT_EQ(names(moon->tracks), "a");
}

}  // namespace
}  // namespace integration_relations_rollback
