// SPDX-License-Identifier: BSL-1.0
// Relations are no columns: everything but a session passes them by, and copies of an object have none loaded.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace integration_relations_plain_values {
namespace {

using namespace related_music;
using mica::col;
using mica::NotLoaded;
using mica::Ref;
using mica::test::message_of;

struct RelationsPlainValues : MusicDatabase {};

static_assert(std::is_aggregate_v<Album> && std::is_copy_constructible_v<Album> && std::is_move_assignable_v<Album>);
static_assert(std::is_nothrow_move_constructible_v<Artist>);
static_assert(mica::ddl<Artist> == R"(CREATE TABLE "Artist" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL) STRICT)");
static_assert(mica::select<Artist>().sql() == R"(SELECT "Artist"."id", "Artist"."name" FROM "Artist")");

TEST_F(RelationsPlainValues, core_reads_and_writes_entities_without_their_relations) {
    auto connection = engine.connect();
    connection.execute(mica::insert_into<Artist>().values(Artist{.id = 7, .name = "Cy"}));
    const auto artist = connection.one(mica::select<Artist>().where(col<&Artist::id> == 7));
    EXPECT_EQ(artist.name, "Cy");
    EXPECT_FALSE(artist.albums.is_loaded());
    const auto pairs = connection.all(mica::select<Album, Artist>().join<Artist>());
    EXPECT_EQ(std::get<1>(pairs[0]).name, "Ada");
    EXPECT_EQ(connection.execute<Artist>("SELECT id, name FROM Artist WHERE id = 1").one().name, "Ada");
}

TEST_F(RelationsPlainValues, into_passes_relations_by) {
    auto connection = engine.connect();
    const auto artists = connection.all(mica::select(col<&Album::id>, col<&Album::title>).into<Artist>());
    EXPECT_EQ(artists[0].name, "Sun");
}

TEST_F(RelationsPlainValues, a_plain_values_relation_says_that_it_is_none_of_a_session) {
    Artist artist;
    const std::string reason =
        "mica: this relation to Album is a plain value's, where none is loaded; read the object by a session's query "
        "with .with<>()";
    EXPECT_EQ(message_of<NotLoaded>([&] { static_cast<void>(artist.albums.size()); }), reason);
    EXPECT_EQ(message_of<NotLoaded>([&] { artist.albums.add(Album{}); }), reason);
}

TEST_F(RelationsPlainValues, a_copy_has_the_columns_and_nothing_loaded) {
    mica::Session session{engine};
    const auto album = session.query<Album>().with<&Album::tracks>().with<&Album::artist>().get(1);
    const Album copy = *album;
    EXPECT_EQ(copy.title, "Sun");
    EXPECT_FALSE(copy.tracks.is_loaded());
    EXPECT_FALSE(copy.artist.is_loaded());
    EXPECT_TRUE(copy == *album);
    const Album moved = std::move(*album);
    EXPECT_FALSE(moved.tracks.is_loaded());
    EXPECT_EQ(album->tracks.size(), 2U);
}

TEST_F(RelationsPlainValues, loaded_relations_are_equal_where_they_lead_to_the_same_objects) {
    mica::Session session{engine};
    const auto albums = session.query<Album>().with<&Album::tracks>().with<&Album::artist>().all();
    EXPECT_TRUE(albums[0]->artist == albums[1]->artist);
    EXPECT_FALSE(albums[0]->artist == albums[2]->artist);
    EXPECT_FALSE(albums[0]->tracks == albums[1]->tracks);
    EXPECT_TRUE(albums[0]->artist == albums[0]->artist.get());
    EXPECT_TRUE(albums[0]->tags == albums[1]->tags);
}

TEST_F(RelationsPlainValues, assigning_a_value_to_an_object_leaves_its_collections_where_they_are) {
    mica::Session session{engine};
    const auto album = session.query<Album>().with<&Album::tracks>().with<&Album::artist>().get(1);
    *album = Album{.id = 1, .title = "Star", .artist_id = 1};
    EXPECT_EQ(names(album->tracks), "a b");
    EXPECT_EQ(album->artist->name, "Ada");
    session.commit();
    EXPECT_EQ(albums(), "Star1 Moon1 Rain2");
}

TEST_F(RelationsPlainValues, assigning_an_object_to_another_assigns_its_parent_too) {
    mica::Session session{engine};
    const auto first = session.query<Track>().with<&Track::album>().get(1);
    const auto loose = session.query<Track>().with<&Track::album>().get(4);
    Track value = *loose;
    value.album = first->album;
    *loose = value;
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose1");
}

TEST_F(RelationsPlainValues, objects_can_be_swapped) {
    mica::Session session{engine};
    const auto a = session.query<Track>().with<&Track::album>().get(1);
    const auto c = session.query<Track>().with<&Track::album>().get(3);
    std::swap(*a, *c);
    std::swap(a->id, c->id);
    session.commit();
    EXPECT_EQ(tracks(), "c3 b1 a1 loose-");
}

TEST_F(RelationsPlainValues, what_a_plain_value_was_given_goes_with_its_copies_into_the_session) {
    mica::Session session{engine};
    const auto sun = session.get<Album>(1);
    const Track track{.name = "given", .album = sun};
    EXPECT_EQ(track.album->title, "Sun");
    session.add_all(std::vector<Track>{track, track});
    session.commit();
    EXPECT_EQ(tracks(), "a1 b1 c3 loose- given1 given1");
}

TEST_F(RelationsPlainValues, a_collection_is_a_range) {
    mica::Session session{engine};
    const auto album = session.query<Album>().with<&Album::tracks>().get(1);
    const std::vector<Ref<Track>> tracks(album->tracks.begin(), album->tracks.end());
    EXPECT_EQ(tracks.size(), 2U);
    auto place = album->tracks.begin();
    EXPECT_EQ((*place++)->name, "a");
    EXPECT_EQ((*place)->name, "b");
    EXPECT_TRUE(++place == album->tracks.end());
    for (Ref<Track>& track : album->tracks) track->name += "!";
    EXPECT_EQ(names(album->tracks), "a! b!");
}

TEST_F(RelationsPlainValues, a_collection_may_change_while_it_is_walked) {
    mica::Session session{engine};
    const auto album = session.query<Album>().with<&Album::tracks>().get(1);
    for (const auto& track : album->tracks) {
        if (album->tracks.size() < 10) album->tracks.add(Track{.name = track->name + "+"});
    }
    EXPECT_EQ(album->tracks.size(), 10U);
    for (const auto& track : album->tracks) album->tracks.remove(track);
    EXPECT_EQ(album->tracks.size(), 5U);
}

TEST_F(RelationsPlainValues, detach_gives_a_value_without_relations) {
    mica::Session session{engine};
    const auto album = session.query<Album>().with<&Album::tracks>().get(1);
    const Album value = session.detach(album);
    EXPECT_FALSE(value.tracks.is_loaded());
    EXPECT_EQ(album->tracks.size(), 2U);
}

}  // namespace
}  // namespace integration_relations_plain_values
