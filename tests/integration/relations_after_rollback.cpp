// SPDX-License-Identifier: BSL-1.0
// What a rollback returns to, as often as it is called, where rows were read in between.
#include <support/albums.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace integration_relations_after_rollback {
namespace {

using namespace albums;
using mica::col;
using mica::Ref;

struct RelationsAfterRollback : AlbumDatabase {};

TEST_F(RelationsAfterRollback, what_is_read_behind_a_statement_stays_tracked_after_a_rollback) {
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

TEST_F(RelationsAfterRollback, a_collection_loaded_behind_a_change_is_right_after_every_rollback) {
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

TEST_F(RelationsAfterRollback, a_parent_loaded_behind_a_change_is_right_after_every_rollback) {
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

TEST_F(RelationsAfterRollback, a_collection_loaded_inside_of_a_savepoint_is_right_after_both_rollbacks) {
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

TEST_F(RelationsAfterRollback, relations_keep_what_a_refresh_found_over_a_rollback_as_columns_do) {
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

TEST_F(RelationsAfterRollback, what_a_cascade_had_changed_is_read_again_after_a_rollback) {
    session.get<Album>(1)->id = 5;
    session.flush();
    EXPECT_EQ(session.get<Track>(1)->album_id, 5);
    session.rollback();
    EXPECT_EQ(session.query<Track>().one()->album_id, 1);
}

TEST_F(RelationsAfterRollback, a_row_that_a_trigger_had_made_is_not_there_after_a_rollback) {
    run("CREATE TRIGGER copy AFTER INSERT ON album BEGIN INSERT INTO cover VALUES (9, new.id); END");
    session.add(Album{.title = "c"});
    session.flush();
    EXPECT_EQ(session.query<Cover>().one()->id, 9);
    session.rollback();
    EXPECT_FALSE(session.get<Cover>(9));
}

}  // namespace
}  // namespace integration_relations_after_rollback
