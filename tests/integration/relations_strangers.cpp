// SPDX-License-Identifier: BSL-1.0
// Handles of another session, or of one that has ended: a relation of this session's objects cannot lead to them.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace integration_relations_strangers {
namespace {

using namespace related_music;
using mica::test::message_of;

struct RelationsStrangers : MusicDatabase {
    std::optional<mica::Session> first{engine};
    mica::Session second{engine};

    mica::Ref<Artist> artist_of_an_ended_session() {
        const auto artist = first->query<Artist>().with<&Artist::albums>().get(1);
        first.reset();
        return artist;
    }
    const std::string sentence = "mica: row 1 of table \"Artist\" is not tracked by this session; use get() or merge()";
};

TEST_F(RelationsStrangers, a_new_object_cannot_be_given_one_of_an_ended_session) {
    const auto artist = artist_of_an_ended_session();
    EXPECT_EQ(message_of<mica::ProgrammingError>([&] { second.add(Album{.title = "new", .artist = artist}); }),
              sentence);
    second.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2");
}

TEST_F(RelationsStrangers, a_new_object_cannot_be_given_one_of_another_session) {
    const auto artist = first->get<Artist>(1);
    first->rollback();
    EXPECT_EQ(message_of<mica::ProgrammingError>([&] { second.add(Album{.title = "new", .artist = artist}); }),
              sentence);
}

TEST_F(RelationsStrangers, a_tracked_object_cannot_be_given_one_of_an_ended_session) {
    const auto artist = artist_of_an_ended_session();
    const auto album = second.get<Album>(3);
    EXPECT_EQ(message_of<mica::ProgrammingError>([&] { album->artist = artist; }), sentence);
    EXPECT_FALSE(second.is_modified(album));
}

TEST_F(RelationsStrangers, a_collection_cannot_be_given_one_that_was_detached) {
    const auto album = second.query<Album>().with<&Album::tracks>().get(1);
    const auto track = second.get<Track>(3);
    second.detach(track);
    EXPECT_EQ(message_of<mica::ProgrammingError>([&] { album->tracks.add(track); }),
              "mica: row 3 of table \"track\" is not tracked by this session; use get() or merge()");
}

TEST_F(RelationsStrangers, what_only_a_chain_of_new_objects_leads_to_is_found_at_the_flush) {
    const auto artist = artist_of_an_ended_session();
    const auto track = second.add(Track{.name = "new"});
    track->album = Album{.title = "new", .artist = artist};
    EXPECT_EQ(message_of<mica::ProgrammingError>([&] { second.flush(); }), sentence);
    track->album.reset();
    second.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose- new-");
}

TEST_F(RelationsStrangers, a_collection_of_an_ended_session_takes_nothing_more) {
    const auto artist = artist_of_an_ended_session();
    const std::string lost =
        "mica: Artist::albums is of an object that no session tracks any more, so nothing would "
        "write this; use get() or merge() of a session";
    EXPECT_EQ(message_of<mica::ProgrammingError>([&] { artist->albums.add(second.get<Album>(3)); }), lost);
    EXPECT_EQ(message_of<mica::ProgrammingError>([&] { artist->albums.add(Album{.title = "new"}); }), lost);
    EXPECT_EQ(message_of<mica::ProgrammingError>([&] { artist->albums.remove(artist->albums[0]); }), lost);
    EXPECT_EQ(artist->albums.size(), 2U) << "and stays readable";
}

TEST_F(RelationsStrangers, merge_brings_one_of_an_ended_session_in) {
    const auto artist = artist_of_an_ended_session();
    second.add(Album{.title = "new", .artist = second.merge(*artist)});
    second.commit();
    EXPECT_EQ(albums(), "Sun1 Moon1 Rain2 new1");
}

}  // namespace
}  // namespace integration_relations_strangers
