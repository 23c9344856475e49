// SPDX-License-Identifier: BSL-1.0
// Relations in odd hands: objects that are removed while something is added to them, owners of owners, copies and moves
// of tracked objects, handles of what is not tracked any more.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace integration_relations_odd {
namespace {

using namespace related_music;
using mica::Ref;
using mica::test::caught;

struct RelationsOdd : MusicDatabase {
    mica::Session session{engine};
    Ref<Album> sun = album(1);
    Ref<Album> moon = album(2);
    Ref<Artist> ada = session.query<Artist>().with<&Artist::albums>().get(1);
    Ref<Artist> bob = session.query<Artist>().with<&Artist::albums>().get(2);

    Ref<Album> album(std::int64_t id) {
        return session.query<Album>()
            .with<&Album::tracks>()
            .with<&Album::artist>()
            .with<&Album::tags>()
            .with<&Album::cover>()
            .get(id);
    }
};

TEST_F(RelationsOdd, an_object_that_is_removed_is_not_kept_by_a_collection_that_it_was_added_to) {
    const auto track = sun->tracks[0];
    moon->tracks.add(track);
    session.remove(track);
    session.flush();
    EXPECT_EQ(names(moon->tracks), "");
    EXPECT_EQ(names(sun->tracks), "b");
    session.commit();
    EXPECT_EQ(tracks(), "b1 c3 loose-");
}

TEST_F(RelationsOdd, an_object_that_is_removed_and_then_added_stays_removed) {
    const auto cover = sun->cover.get();
    session.remove(cover);
    moon->cover = cover;
    session.flush();
    EXPECT_FALSE(moon->cover);
    EXPECT_FALSE(sun->cover);
    session.commit();
    EXPECT_EQ(covers(), "2:-");
}

TEST_F(RelationsOdd, a_target_that_is_removed_leaves_an_association_that_was_to_be) {
    const auto tag = sun->tags[0];
    moon->tags.add(tag);
    session.remove(tag);
    session.flush();
    EXPECT_EQ(names(moon->tags), "");
    EXPECT_EQ(names(sun->tags), "live");
    session.commit();
    EXPECT_EQ(tags(), "1:2 3:2");
}

TEST_F(RelationsOdd, a_parent_that_is_removed_takes_what_was_to_be_added_as_on_delete_says) {
    const auto track = sun->tracks[0];
    track->album = moon;
    session.remove(moon);
    session.flush();
    EXPECT_FALSE(track->album);
    EXPECT_EQ(track->album_id, std::nullopt);
    session.commit();
    EXPECT_EQ(tracks(), "a- b1 c3 loose-");
}

TEST_F(RelationsOdd, a_new_parent_that_is_removed_is_not_saved_by_a_child_that_had_it) {
    const auto fresh = session.add(Album{.title = "Fresh", .artist_id = 1});
    const auto track = sun->tracks[0];
    track->album = fresh;
    session.remove(fresh);
    EXPECT_TRUE(track->album.get() == sun);
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2");
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
}

TEST_F(RelationsOdd, a_new_child_can_be_removed_before_any_flush) {
    const auto track = sun->tracks.add(Track{.name = "new"});
    session.remove(track);
    EXPECT_EQ(names(sun->tracks), "a b");
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
    EXPECT_THROW(session.remove(track), mica::ProgrammingError);
}

TEST_F(RelationsOdd, a_new_parent_that_only_a_child_knows_can_be_removed_before_any_flush) {
    const auto track = sun->tracks[0];
    track->album = Album{.title = "new", .artist_id = 1};
    session.remove(track->album.get());
    EXPECT_TRUE(track->album.get() == sun);
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2");
}

TEST_F(RelationsOdd, a_new_parent_that_is_given_up_after_a_failed_flush_leaves_no_children) {
    const auto fresh = session.add(Album{.title = "Fresh", .artist_id = 99});
    fresh->tracks.add(Track{.name = "new"});
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    session.remove(fresh);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2");
}

TEST_F(RelationsOdd, a_plan_tracks_nothing) {
    const auto fresh = session.add(Album{.title = "Fresh", .artist_id = 1});
    const auto track = fresh->tracks.add(Track{.name = "new"});
    EXPECT_EQ(session.plan().size(), 2U);
    session.remove(fresh);
    EXPECT_TRUE(session.plan().empty());
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
    EXPECT_EQ(track->name, "new");
}

TEST_F(RelationsOdd, an_object_can_be_moved_to_and_fro_between_parents) {
    const auto track = sun->tracks[0];
    for (int i = 0; i < 3; ++i) {
        sun->tracks.remove(track);
        moon->tracks.add(track);
        moon->tracks.remove(track);
        sun->tracks.add(track);
    }
    EXPECT_TRUE(session.plan().empty());
    sun->tracks.remove(track);
    moon->tracks.add(track);
    session.flush();
    moon->tracks.remove(track);
    sun->tracks.add(track);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
}

TEST_F(RelationsOdd, a_tracked_object_that_is_moved_from_keeps_its_relations) {
    const Album value = std::move(*sun);
    EXPECT_EQ(value.title, "Sun");
    EXPECT_FALSE(value.tracks.is_loaded());
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_TRUE(sun->artist.get() == ada);
    session.rollback();
    EXPECT_EQ(sun->title, "Sun");
}

TEST_F(RelationsOdd, swapping_two_tracked_objects_columns_swaps_parents_not_collections) {
    moon->artist = bob;
    session.flush();
    std::swap(*sun, *moon);
    std::swap(sun->id, moon->id);
    session.commit();
    EXPECT_EQ(albums(), "Moon2 Sun1 Rain2");
    EXPECT_TRUE(sun->artist.get() == bob);
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_EQ(names(bob->albums), "Rain Moon");
}

TEST_F(RelationsOdd, a_detached_parents_children_can_still_reach_and_leave_it) {
    const Artist value = session.detach(ada);
    EXPECT_EQ(value.name, "Ada");
    EXPECT_EQ(sun->artist->name, "Ada");
    EXPECT_EQ(names(ada->albums), "Sun Moon");
    sun->artist = bob;
    session.commit();
    EXPECT_EQ(albums(), "Sun2 Moon1 Rain2");
    EXPECT_EQ(names(bob->albums), "Rain Sun");
    EXPECT_TRUE(session.plan().empty());
}

TEST_F(RelationsOdd, a_detached_parents_pending_children_are_not_written) {
    const auto fresh = ada->albums.add(Album{.title = "new"});
    ada->albums.add(session.get<Album>(3));
    session.detach(ada);
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2");
    EXPECT_EQ(fresh->id, 0);
}

TEST_F(RelationsOdd, a_detached_object_cannot_be_given_again) {
    const auto other = session.get<Album>(3);
    session.load<&Album::artist>(other);
    session.detach(ada);
    const auto again = session.get<Artist>(1);
    EXPECT_THROW(other->artist = ada, mica::ProgrammingError);
    other->artist = again;
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain1");
}

TEST_F(RelationsOdd, clear_forgets_what_relations_were_to_write) {
    sun->tracks.add(Track{.name = "new"});
    moon->artist = bob;
    session.clear();
    EXPECT_EQ(names(sun->tracks), "a b new");
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2");
    const auto again = album(1);
    EXPECT_FALSE(again == sun);
    EXPECT_EQ(names(again->tracks), "a b");
}

TEST_F(RelationsOdd, clear_in_the_middle_of_a_transaction_and_a_rollback) {
    moon->tracks.add(sun->tracks[0]);
    session.flush();
    session.clear();
    const auto again = album(2);
    EXPECT_EQ(names(again->tracks), "a");
    session.rollback();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
    session.load<&Album::tracks>(again);
    EXPECT_EQ(names(again->tracks), "");
}

TEST_F(RelationsOdd, a_value_with_a_parent_can_be_copied_and_added_twice) {
    const Album value{.title = "copy", .artist = bob};
    session.add(Album{value});
    session.add(Album{value});
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2 copy2 copy2");
    EXPECT_EQ(names(bob->albums), "Rain copy copy");
}

TEST_F(RelationsOdd, a_child_that_was_deleted_can_be_given_to_another_parent_later) {
    const auto track = sun->tracks[0];
    session.remove(track);
    session.commit();
    moon->tracks.add(track);
    session.commit();
    EXPECT_EQ(tracks(), "a2 b1 c3 loose-");
    EXPECT_TRUE(track->album.get() == moon);
}

TEST_F(RelationsOdd, a_collection_can_be_emptied_while_it_is_walked) {
    for (const auto& track : sun->tracks) {
        const Ref<Track> kept = track;
        sun->tracks.remove(kept);
    }
    while (!sun->tracks.empty()) sun->tracks.remove(sun->tracks[0]);
    session.commit();
    EXPECT_EQ(tracks(), "a- b- c3 loose-");
}

TEST_F(RelationsOdd, a_has_one_can_be_replaced_reset_and_put_back) {
    const auto cover = sun->cover.get();
    const auto spare = session.get<Cover>(2);
    sun->cover = spare;
    sun->cover = std::nullopt;
    sun->cover = cover;
    EXPECT_TRUE(session.plan().empty());
    sun->cover = spare;
    session.commit();
    EXPECT_EQ(covers(), "1:- 2:1");
    EXPECT_TRUE(sun->cover.get() == spare);
}

TEST_F(RelationsOdd, what_a_rollback_forgets_has_empty_relations) {
    const auto fresh = session.add(Album{.title = "Fresh", .artist = ada});
    fresh->tracks.add(Track{.name = "new"});
    fresh->tags.add(Tag{.name = "new"});
    const auto cover = session.get<Cover>(2);
    fresh->cover = cover;
    session.flush();
    session.rollback();
    EXPECT_FALSE(fresh->artist);
    EXPECT_TRUE(fresh->tracks.empty());
    EXPECT_TRUE(fresh->tags.empty());
    EXPECT_FALSE(fresh->cover);
    EXPECT_EQ(cover->album_id, std::nullopt);
    EXPECT_TRUE(session.plan().empty());
}

TEST_F(RelationsOdd, a_savepoint_brings_a_removed_parent_back_to_its_children) {
    auto savepoint = session.begin_nested();
    sun->cover.reset();
    session.remove(sun);
    session.flush();
    savepoint.rollback();
    ASSERT_EQ(names(sun->tracks), "a b");
    EXPECT_TRUE(sun->tracks[0]->album.get() == sun);
    EXPECT_EQ(names(sun->tags), "new live");
    EXPECT_EQ(sun->cover->file, "sun.png");
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
}

TEST_F(RelationsOdd, empty_handles_change_nothing) {
    EXPECT_THROW(sun->tracks.add(Ref<Track>{}), mica::ProgrammingError);
    EXPECT_THROW(sun->tags.remove(Ref<Tag>{}), mica::ProgrammingError);
    EXPECT_THROW(session.remove(Ref<Track>{}), mica::ProgrammingError);
    EXPECT_TRUE(session.plan().empty());
}

TEST_F(RelationsOdd, a_load_whose_flush_fails_leaves_what_is_pending) {
    const auto fresh = sun->tracks.add(Track{.name = "new"});
    const auto bad = session.add(Track{.name = "bad", .album_id = 99});
    EXPECT_THROW(session.load<&Album::tracks>(moon), mica::IntegrityError);
    EXPECT_EQ(names(sun->tracks), "a b new");
    EXPECT_EQ(fresh->album_id, std::nullopt);
    session.remove(bad);
    session.load<&Album::tracks>(sun);
    EXPECT_EQ(names(sun->tracks), "a b new");
    EXPECT_EQ(fresh->album_id, 1);
}

TEST_F(RelationsOdd, a_query_sees_what_new_objects_of_new_objects_are_about_to_write) {
    const auto fresh = ada->albums.add(Album{.title = "Fresh"});
    fresh->tags.add(Tag{.name = "fresh"});
    fresh->tracks.add(Track{.name = "new"});
    EXPECT_EQ(session.query<Tag>().count(), 3);
    EXPECT_EQ(session.query<Track>().count(), 5);
}

TEST_F(RelationsOdd, get_finds_a_new_object_that_only_a_relation_knows) {
    const auto fresh = ada->albums.add(Album{.id = 77, .title = "Fresh"});
    const auto tag = fresh->tags.add(Tag{.id = 88, .name = "fresh"});
    EXPECT_TRUE(session.get<Tag>(88) == tag);
    const auto other = sun->tracks.add(Track{.id = 99, .name = "new"});
    EXPECT_TRUE(session.get<Track>(99) == other);
}

TEST_F(RelationsOdd, a_child_that_takes_the_place_of_another_is_refused_by_the_database) {
    const auto spare = session.get<Cover>(2);
    spare->album = sun;
    EXPECT_EQ(caught<mica::IntegrityError>([&] { session.commit(); }).kind(), mica::IntegrityError::unique);
    EXPECT_EQ(spare->album_id, std::nullopt);
    EXPECT_TRUE(sun->cover->file == "sun.png");
    sun->cover.reset();
    session.commit();
    EXPECT_EQ(covers(), "1:- 2:1");
    EXPECT_TRUE(sun->cover.get() == spare);
}

TEST_F(RelationsOdd, a_busy_database_leaves_what_is_pending) {
    session.commit();
    engine.connect().execute("PRAGMA busy_timeout = 1");
    sun->tracks.add(Track{.name = "new"});
    moon->artist = bob;
    const auto quiet = session.no_autoflush();
    EXPECT_EQ(names(sun->tracks), "a b new");
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose- new1");
}

TEST_F(RelationsOdd, merge_writes_the_key_and_relations_follow) {
    Album value = *sun;
    value.artist_id = 2;
    EXPECT_TRUE(session.merge(value) == sun);
    session.flush();
    EXPECT_TRUE(sun->artist.get() == bob);
    EXPECT_EQ(names(ada->albums), "Moon");
    EXPECT_EQ(names(bob->albums), "Rain Sun");
}

TEST_F(RelationsOdd, a_set_based_change_is_seen_by_the_next_load) {
    session.query<Track>().where(mica::col<&Track::id> == 1).remove();
    EXPECT_EQ(names(sun->tracks), "a b") << "nothing changes without a call";
    session.load<&Album::tracks>(sun);
    EXPECT_EQ(names(sun->tracks), "b");
    session.query<Track>().where(mica::col<&Track::id> == 2).update(mica::col<&Track::album_id> = 2);
    session.load<&Album::tracks>(std::vector{sun, moon});
    EXPECT_EQ(names(sun->tracks), "");
    EXPECT_EQ(names(moon->tracks), "b");
    EXPECT_TRUE(moon->tracks[0]->album.get() == moon);
    session.rollback();
    session.load<&Album::tracks>(std::vector{sun, moon});
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_EQ(names(moon->tracks), "");
}

TEST_F(RelationsOdd, what_a_flush_could_not_write_survives_that_its_row_is_read_again) {
    const auto track = sun->tracks[0];
    track->album = moon;
    const auto bad = session.add(Track{.name = "bad", .album_id = 99});
    EXPECT_THROW(session.flush(), mica::IntegrityError);
    {
        const auto quiet = session.no_autoflush();
        session.execute("UPDATE track SET name = 'A', album_id = 3 WHERE id = 1");
        session.query<Track>().all();
    }
    EXPECT_EQ(track->name, "A");
    EXPECT_EQ(track->album_id, 3);
    EXPECT_TRUE(track->album.get() == moon);
    session.remove(bad);
    session.commit();
    EXPECT_EQ(tracks(), "A2 b1 c3 loose-");
}

TEST_F(RelationsOdd, unloaded_relations_can_be_assigned_and_taken_back) {
    const auto track = session.get<Track>(3);
    const auto rain = session.get<Album>(3);
    EXPECT_THROW(track->album.get(), mica::NotLoaded);
    track->album = sun;
    session.flush();
    EXPECT_EQ(names(sun->tracks), "a b c");
    session.rollback();
    EXPECT_THROW(track->album.get(), mica::NotLoaded);
    EXPECT_EQ(names(sun->tracks), "a b");
    EXPECT_THROW(rain->tracks.add(Track{}), mica::NotLoaded);
    EXPECT_THROW(rain->tracks.remove(track), mica::NotLoaded);
    EXPECT_THROW(rain->cover.reset(), mica::NotLoaded);
    EXPECT_TRUE(session.plan().empty());
}

}  // namespace
}  // namespace integration_relations_odd
