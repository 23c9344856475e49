// SPDX-License-Identifier: BSL-1.0
// What relations do at a flush: keys follow, new objects are saved, both sides agree afterwards.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <string>

namespace integration_relations_write {
namespace {

using namespace related_music;
using mica::ProgrammingError;
using mica::Ref;
using mica::test::message_of;

struct RelationsWrite : MusicDatabase {
    mica::Session session{engine};

    Ref<Album> album(std::int64_t id) { return session.query<Album>().with<&Album::tracks>().get(id); }
};

TEST_F(RelationsWrite, an_added_child_gets_its_parents_key) {
    album(2)->tracks.add(session.get<Track>(4));
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose2");
}

TEST_F(RelationsWrite, keys_follow_at_the_flush_and_not_before) {
    const auto track = session.get<Track>(4);
    album(2)->tracks.add(track);
    EXPECT_EQ(track->album_id, std::nullopt);
    session.flush();
    EXPECT_EQ(track->album_id, 2);
}

TEST_F(RelationsWrite, only_the_key_is_written) {
    const auto moon = album(2);
    moon->tracks.add(session.get<Track>(4));
    session.commit();
    moon->tracks.remove(session.get<Track>(4));
    const mica::test::StatementLog log{engine};
    session.commit();
    EXPECT_EQ(log.starting_with("UPDATE"),
              std::vector<std::string>{R"(UPDATE "track" SET "album_id" = ?1 WHERE "id" = ?2)"});
}

TEST_F(RelationsWrite, a_removed_child_whose_key_can_be_null_loses_it) {
    const auto sun = album(1);
    EXPECT_TRUE(sun->tracks.remove(sun->tracks[0]));
    session.commit();
    EXPECT_EQ(tracks(), "a- b1 c3 loose-");
    EXPECT_EQ(names(sun->tracks), "b");
}

TEST_F(RelationsWrite, a_child_that_goes_from_one_parent_to_another_gets_the_others_key) {
    const auto sun = album(1);
    const auto moon = album(2);
    const auto track = sun->tracks[0];
    sun->tracks.remove(track);
    moon->tracks.add(track);
    session.commit();
    EXPECT_EQ(tracks(), "a2 b1 c3 loose-");
}

TEST_F(RelationsWrite, a_child_that_is_only_added_elsewhere_leaves_its_old_parents_collection) {
    const auto sun = album(1);
    const auto moon = album(2);
    moon->tracks.add(sun->tracks[0]);
    session.flush();
    EXPECT_EQ(names(sun->tracks), "b");
    EXPECT_EQ(names(moon->tracks), "a");
}

TEST_F(RelationsWrite, assigning_the_parent_sets_the_key) {
    const auto track = session.get<Track>(4);
    track->album = session.get<Album>(3);
    EXPECT_EQ(track->album->title, "Rain");
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose3");
    EXPECT_EQ(track->album_id, 3);
}

TEST_F(RelationsWrite, a_parent_can_be_taken_from_another_child) {
    const auto first = session.query<Track>().with<&Track::album>().get(1);
    const auto loose = session.get<Track>(4);
    loose->album = first->album;
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose1");
}

TEST_F(RelationsWrite, a_reset_parent_makes_the_key_null) {
    session.get<Track>(1)->album.reset();
    session.get<Track>(2)->album = std::nullopt;
    session.get<Track>(3)->album = Ref<Album>{};
    session.commit();
    EXPECT_EQ(tracks(), "a- b- c- loose-");
}

TEST_F(RelationsWrite, the_other_side_follows_at_the_flush) {
    const auto sun = album(1);
    const auto moon = album(2);
    const auto track = sun->tracks[1];
    track->album = moon;
    EXPECT_EQ(names(sun->tracks), "a b");
    session.flush();
    EXPECT_EQ(names(sun->tracks), "a");
    EXPECT_EQ(names(moon->tracks), "b");
    moon->tracks.remove(track);
    session.flush();
    EXPECT_FALSE(track->album);
}

TEST_F(RelationsWrite, loaded_relations_follow_a_key_that_is_written_as_a_field) {
    const auto sun = album(1);
    const auto moon = album(2);
    const auto track = sun->tracks[0];
    track->album_id = 2;
    session.flush();
    EXPECT_TRUE(track->album.get() == moon);
    EXPECT_EQ(names(sun->tracks), "b");
    EXPECT_EQ(names(moon->tracks), "a");
}

TEST_F(RelationsWrite, a_relation_whose_new_target_is_not_known_is_unloaded) {
    const auto track = album(1)->tracks[0];
    track->album_id = 3;
    session.flush();
    EXPECT_FALSE(track->album.is_loaded());
}

TEST_F(RelationsWrite, an_object_that_is_added_with_a_key_joins_its_parents_collection) {
    const auto sun = album(1);
    session.add(Track{.name = "new", .album_id = 1});
    EXPECT_EQ(names(sun->tracks), "a b");
    session.flush();
    EXPECT_EQ(names(sun->tracks), "a b new");
}

TEST_F(RelationsWrite, a_removed_object_leaves_its_parents_collection) {
    const auto sun = album(1);
    session.remove(sun->tracks[0]);
    session.commit();
    EXPECT_EQ(names(sun->tracks), "b");
    EXPECT_EQ(tracks(), "b1 c3 loose-");
}

TEST_F(RelationsWrite, a_new_objects_relations_are_loaded_and_empty) {
    const auto added = session.add(Album{.title = "new", .artist_id = 1});
    EXPECT_EQ(added->tracks.size(), 0U);
    EXPECT_TRUE(added->tracks.empty());
    EXPECT_EQ(added->tags.size(), 0U);
    EXPECT_FALSE(added->artist);
    EXPECT_FALSE(added->cover);
}

TEST_F(RelationsWrite, a_new_parent_is_inserted_before_its_children_and_gives_them_its_key) {
    const auto track = session.add(Track{.name = "first"});
    const auto added = session.add(Album{.title = "new"});
    const auto artist = session.add(Artist{.name = "Cy"});
    added->tracks.add(track);
    added->artist = artist;
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2 new3");
    EXPECT_EQ(tracks(), "a1 b1 c3 loose- first4");
    EXPECT_EQ(added->artist_id, 3);
    EXPECT_EQ(track->album_id, 4);
    EXPECT_EQ(names(artist->albums), "new");
}

TEST_F(RelationsWrite, a_relation_can_be_given_in_the_initializer) {
    session.add(Album{.title = "new", .artist = session.get<Artist>(2)});
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2 new2");
}

TEST_F(RelationsWrite, new_objects_that_relations_lead_to_are_saved) {
    const auto artist = session.add(Artist{.name = "Cy"});
    const Ref<Album> added = artist->albums.add(Album{.title = "new"});
    added->tracks.add(Track{.name = "x"});
    added->tracks.add({.name = "y"});
    added->tags.add(Tag{.name = "fresh"});
    added->cover = Cover{.file = "new.png"};
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2 new3");
    EXPECT_EQ(tracks(), "a1 b1 c3 loose- x4 y4");
    EXPECT_EQ(tags(), "1:1 1:2 3:2 4:3");
    EXPECT_EQ(covers(), "1:1 2:- 3:4");
}

TEST_F(RelationsWrite, a_new_parent_that_a_relation_leads_to_is_saved) {
    session.get<Track>(4)->album = Album{.title = "new", .artist = Artist{.name = "Cy"}};
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2 new3");
    EXPECT_EQ(tracks(), "a1 b1 c3 loose4");
}

TEST_F(RelationsWrite, a_new_child_that_is_taken_out_again_is_not_saved) {
    const auto sun = album(1);
    const auto added = sun->tracks.add(Track{.name = "new"});
    EXPECT_TRUE(sun->tracks.contains(added));
    sun->tracks.remove(added);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
}

TEST_F(RelationsWrite, a_new_child_that_the_session_is_told_to_remove_is_not_saved) {
    const auto sun = album(1);
    const auto added = session.add(Track{.name = "new"});
    sun->tracks.add(added);
    session.remove(added);
    EXPECT_EQ(names(sun->tracks), "a b");
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
}

TEST_F(RelationsWrite, adding_what_is_there_and_removing_what_is_not_does_nothing) {
    const auto sun = album(1);
    EXPECT_FALSE(sun->tracks.add(sun->tracks[0]));
    EXPECT_FALSE(sun->tracks.remove(session.get<Track>(4)));
    EXPECT_EQ(names(sun->tracks), "a b");
    const mica::test::StatementLog log{(session.commit(), engine)};
    session.commit();
    EXPECT_TRUE(log.texts().empty());
}

TEST_F(RelationsWrite, removing_and_adding_again_writes_nothing) {
    const auto sun = album(1);
    const auto track = sun->tracks[0];
    sun->tracks.remove(track);
    sun->tracks.add(track);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose-");
    EXPECT_EQ(names(sun->tracks), "b a");
}

TEST_F(RelationsWrite, where_a_program_changes_the_key_and_the_relation_the_relation_counts) {
    const auto track = session.get<Track>(1);
    track->album_id = 2;
    track->album = session.get<Album>(3);
    session.commit();
    EXPECT_EQ(tracks(), "a3 b1 c3 loose-");
}

TEST_F(RelationsWrite, two_parents_of_one_child_are_refused) {
    const auto sun = album(1);
    const auto moon = album(2);
    const auto rain = album(3);
    const auto track = session.get<Track>(4);
    sun->tracks.add(track);
    moon->tracks.add(track);
    EXPECT_EQ(message_of<ProgrammingError>([&] { session.flush(); }),
              "mica: row 4 of table \"track\" was given two different parents, by Album::tracks of two objects");
    moon->tracks.remove(track);
    track->album = rain;
    EXPECT_EQ(message_of<ProgrammingError>([&] { session.flush(); }),
              "mica: row 4 of table \"track\" was given two different parents, by Album::tracks and by Track::album");
    sun->tracks.remove(track);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose3");
}

TEST_F(RelationsWrite, a_child_whose_key_cannot_be_null_must_get_another_parent) {
    const auto ada = session.query<Artist>().with<&Artist::albums>().get(1);
    const auto bob = session.query<Artist>().with<&Artist::albums>().get(2);
    const auto moon = ada->albums[1];
    ada->albums.remove(moon);
    EXPECT_EQ(message_of<ProgrammingError>([&] { session.flush(); }),
              "mica: row 2 of table \"album\" was parted from its object by Artist::albums, but its column "
              "\"artist_id\" cannot be NULL; give it another object or remove() it, or declare the relation as owned");
    bob->albums.add(moon);
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Moon2 Rain2");
}

TEST_F(RelationsWrite, a_parent_whose_key_cannot_be_null_cannot_be_reset) {
    const auto sun = album(1);
    sun->artist.reset();
    EXPECT_EQ(message_of<ProgrammingError>([&] { session.flush(); }),
              "mica: row 1 of table \"album\" was parted from its object by Album::artist, but its column "
              "\"artist_id\" cannot be NULL; give it another object or remove() it");
    sun->artist = Artist{.name = "Cy"};
    session.commit();
    EXPECT_EQ(albums(), "Sun3 Moon1 Rain2");
}

TEST_F(RelationsWrite, a_child_whose_key_cannot_be_null_may_be_removed_as_well) {
    const auto ada = session.query<Artist>().with<&Artist::albums>().get(1);
    const auto moon = ada->albums[1];
    ada->albums.remove(moon);
    session.remove(moon);
    session.commit();
    EXPECT_EQ(albums(), "Sun1 Rain2");
}

TEST_F(RelationsWrite, a_relation_refuses_an_object_of_another_session) {
    mica::Session other{engine};
    const auto foreign = other.add(Track{.name = "foreign"});
    const auto sun = album(1);
    EXPECT_EQ(message_of<ProgrammingError>([&] { sun->tracks.add(foreign); }),
              "mica: a new row of table \"track\" is not tracked by this session; use get() or merge()");
    EXPECT_EQ(message_of<ProgrammingError>([&] { foreign->album = sun; }),
              "mica: row 1 of table \"album\" is not tracked by this session; use get() or merge()");
    EXPECT_EQ(names(sun->tracks), "a b");
}

TEST_F(RelationsWrite, a_relation_refuses_an_empty_handle) {
    const auto sun = album(1);
    EXPECT_THROW(sun->tracks.add(Ref<Track>{}), ProgrammingError);
    EXPECT_THROW(sun->tracks.remove(Ref<Track>{}), ProgrammingError);
    EXPECT_FALSE(sun->tracks.contains(Ref<Track>{}));
}

TEST_F(RelationsWrite, a_query_sees_what_relations_are_about_to_write) {
    album(2)->tracks.add(session.get<Track>(4));
    EXPECT_EQ(session.query<Track>().where(mica::col<&Track::album_id> == 2).count(), 1);
}

TEST_F(RelationsWrite, an_object_whose_relation_was_assigned_is_modified) {
    const auto track = session.get<Track>(4);
    EXPECT_FALSE(session.is_modified(track));
    track->album = session.get<Album>(1);
    EXPECT_TRUE(session.is_modified(track));
    session.flush();
    EXPECT_FALSE(session.is_modified(track));
}

TEST_F(RelationsWrite, the_plan_has_what_relations_will_write_and_changes_nothing) {
    const auto track = session.get<Track>(4);
    album(2)->tracks.add(track);
    track->album.is_loaded();
    const auto plan = session.plan();
    ASSERT_EQ(plan.size(), 1U);
    EXPECT_EQ(plan[0].table, "track");
    EXPECT_EQ(plan[0].columns, std::vector<std::string_view>{"album_id"});
    EXPECT_EQ(track->album_id, std::nullopt);
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose2");
}

TEST_F(RelationsWrite, a_thousand_children_of_a_new_parent_are_written_at_once) {
    session.commit();
    const mica::test::StatementLog log{engine};
    const auto added = session.add(Album{.title = "big", .artist = session.get<Artist>(1)});
    for (int i = 0; i < 1000; ++i) added->tracks.add(Track{.name = "t"});
    session.commit();
    EXPECT_EQ(log.starting_with("INSERT OR ABORT INTO \"track\"").size(), 1U);
    EXPECT_EQ(log.starting_with("INSERT INTO \"track\"").size(), 0U);
    EXPECT_EQ(log.starting_with("UPDATE").size(), 0U);
    EXPECT_EQ(added->tracks.size(), 1000U);
    EXPECT_EQ(session.query<Track>().where(mica::col<&Track::album_id> == added->id).count(), 1000);
}

}  // namespace
}  // namespace integration_relations_write
