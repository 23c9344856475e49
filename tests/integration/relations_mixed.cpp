// SPDX-License-Identifier: BSL-1.0
// Relations mixed with everything else a session does: fields, refresh, detach, savepoints, associations as objects.
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace integration_relations_mixed {
namespace {

using namespace related_music;
using mica::Ref;

struct RelationsMixed : MusicDatabase {
    mica::Session session{engine};
    Ref<Album> sun = album(1);
    Ref<Album> moon = album(2);

    Ref<Album> album(std::int64_t id) {
        return session.query<Album>()
            .with<&Album::tracks>()
            .with<&Album::artist>()
            .with<&Album::tags>()
            .with<&Album::cover>()
            .get(id);
    }
};

TEST_F(RelationsMixed, a_family_can_be_removed_in_any_order) {
    session.remove(session.get<Artist>(1));
    session.remove(sun);
    session.remove(sun->cover.get());
    for (const auto& track : session.query<Track>().all()) session.remove(track);
    session.remove(moon);
    session.commit();
    EXPECT_EQ(albums(), "Rain2");
    EXPECT_EQ(tracks(), "");
}

TEST_F(RelationsMixed, a_new_child_of_two_parents_is_refused_until_one_lets_go) {
    const auto track = sun->tracks.add(Track{.name = "new"});
    moon->tracks.add(track);
    EXPECT_THROW(session.flush(), mica::ProgrammingError);
    EXPECT_EQ(names(sun->tracks), "a b new");
    sun->tracks.remove(track);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose- new2");
    EXPECT_TRUE(track->album.get() == moon);
}

TEST_F(RelationsMixed, a_field_and_a_collection_and_a_rollback) {
    const auto track = sun->tracks[0];
    track->album_id = 3;
    moon->tracks.add(track);
    session.flush();
    EXPECT_EQ(track->album_id, 2);
    EXPECT_EQ(names(sun->tracks), "b");
    session.rollback();
    EXPECT_EQ(track->album_id, 1);
    EXPECT_EQ(names(sun->tracks), "a b");
}

TEST_F(RelationsMixed, a_child_that_was_moved_by_its_field_is_not_parted_by_its_old_collection) {
    const auto track = sun->tracks[0];
    track->album_id = 2;
    sun->tracks.remove(track);
    session.flush();
    EXPECT_EQ(track->album_id, 2);
    EXPECT_EQ(names(moon->tracks), "a");
}

TEST_F(RelationsMixed, savepoints_in_savepoints_undo_their_own_associations) {
    session.nested([&] {
        const auto tag = sun->tags.add(Tag{.name = "x"});
        EXPECT_THROW(session.nested([&] {
            sun->tags.remove(tag);
            moon->tags.add(tag);
            session.flush();
            throw std::runtime_error("no");
        }),
                     std::runtime_error);
        EXPECT_EQ(names(sun->tags), "new live x");
        EXPECT_EQ(names(moon->tags), "");
    });
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 1:3 3:2");
}

TEST_F(RelationsMixed, what_a_savepoint_has_forgotten_can_be_given_again) {
    Ref<Track> track;
    {
        auto savepoint = session.begin_nested();
        track = sun->tracks.add(Track{.name = "new"});
        session.flush();
        savepoint.rollback();
    }
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_EQ(track->id, 0);
    moon->tracks.add(track);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose- new2");
}

TEST_F(RelationsMixed, a_detached_child_stays_in_the_collection_until_it_is_loaded_again) {
    const auto track = sun->tracks[0];
    session.detach(track);
    track->name = "nobody writes this";
    session.commit();
    EXPECT_TRUE(sun->tracks[0] == track);
    session.load<&Album::tracks>(sun);
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_FALSE(sun->tracks[0] == track);
}

TEST_F(RelationsMixed, a_detached_child_that_is_taken_out_changes_nothing) {
    const auto track = sun->tracks[0];
    session.detach(track);
    sun->tracks.remove(track);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
    EXPECT_EQ(names(sun->tracks), "b");
}

TEST_F(RelationsMixed, what_is_new_in_a_removed_parent_is_saved_without_it) {
    sun->cover.reset();
    session.remove(sun);
    sun->tracks.add(Track{.name = "new"});
    session.commit();
    EXPECT_EQ(tracks(), "a- b- c3 loose- new-");
    EXPECT_TRUE(session.plan().empty());
}

TEST_F(RelationsMixed, half_of_a_long_collection_can_leave_it) {
    std::vector<Ref<Track>> added;
    for (std::size_t i = 0; i < 100; ++i) added.push_back(sun->tracks.add(Track{.name = "new"}));
    session.flush();
    for (std::size_t i = 0; i < 100; i += 2) EXPECT_TRUE(sun->tracks.remove(added[i]));
    for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(sun->tracks.contains(added[i]), i % 2 == 1);
    session.flush();
    EXPECT_EQ(sun->tracks.size(), 52U);
    session.rollback();
    EXPECT_EQ(names(sun->tracks), "a b");
}

TEST_F(RelationsMixed, refresh_keeps_relations_and_what_is_pending_in_them) {
    const auto track = sun->tracks[0];
    moon->tracks.add(track);
    session.flush();
    moon->tags.add(Tag{.name = "x"});
    session.refresh(track);
    session.refresh(moon);
    EXPECT_TRUE(track->album.get() == moon);
    EXPECT_EQ(names(moon->tracks), "a");
    EXPECT_EQ(names(moon->tags), "x");
    session.rollback();
    EXPECT_TRUE(track->album.get() == sun);
    EXPECT_EQ(names(moon->tags), "");
}

TEST_F(RelationsMixed, a_whole_value_with_a_new_parent_can_be_assigned) {
    *moon = Album{.id = 2, .title = "M", .artist = Artist{.name = "New"}};
    session.commit();
    EXPECT_EQ(albums(), "Sun1 M3 Rain2");
    EXPECT_EQ(moon->artist->name, "New");
    EXPECT_TRUE(moon->tracks.is_loaded());
}

TEST_F(RelationsMixed, an_association_that_is_changed_as_an_object_moves) {
    const auto association = session.get<AlbumTag>(1, 1);
    association->album_id = 2;
    session.flush();
    EXPECT_EQ(names(sun->tags), "live");
    EXPECT_EQ(names(moon->tags), "new");
    session.rollback();
    EXPECT_EQ(names(sun->tags), "new live");
    EXPECT_EQ(names(moon->tags), "");
}

TEST_F(RelationsMixed, an_association_can_be_removed_on_both_ways_at_once) {
    session.remove(session.get<AlbumTag>(1, 1));
    sun->tags.remove(sun->tags[0]);
    session.commit();
    EXPECT_EQ(tags(), "1:2 3:2");
}

TEST_F(RelationsMixed, an_association_comes_and_goes_from_flush_to_flush) {
    const auto tag = sun->tags[0];
    sun->tags.remove(tag);
    session.flush();
    sun->tags.add(tag);
    session.flush();
    sun->tags.remove(tag);
    sun->tags.add(tag);
    session.commit();
    EXPECT_EQ(tags(), "1:1 1:2 3:2");
}

TEST_F(RelationsMixed, a_target_can_be_taken_out_and_removed_at_once) {
    const auto tag = sun->tags[0];
    const auto track = sun->tracks[0];
    sun->tags.remove(tag);
    session.remove(tag);
    sun->tracks.remove(track);
    session.remove(track);
    session.commit();
    EXPECT_EQ(tags(), "1:2 3:2");
    EXPECT_EQ(tracks(), "b1 c3 loose-");
}

TEST_F(RelationsMixed, a_read_only_session_refuses_to_write_relations_and_forgets_them_with_a_rollback) {
    session.rollback();
    mica::Session reading{engine, mica::read_only};
    const auto album = reading.query<Album>().with<&Album::tracks>().get(1);
    album->tracks.remove(album->tracks[0]);
    EXPECT_THROW(reading.commit(), mica::OperationalError);
    reading.rollback();
    EXPECT_EQ(names(album->tracks), "a b");
}

}  // namespace
}  // namespace integration_relations_mixed
