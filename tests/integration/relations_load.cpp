// SPDX-License-Identifier: BSL-1.0
// Loading relations: one SELECT for each level, the same objects, and NotLoaded where nothing has been loaded.
#include <support/caught.hpp>
#include <support/related_music.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace integration_relations_load {
namespace {

using namespace related_music;
using mica::col;
using mica::Ref;
using mica::test::StatementLog;

struct RelationsLoad : MusicDatabase {
    /// How many SELECTs `action` runs.
    template <class Action>
    std::size_t selects(Action action) {
        session.commit();
        const StatementLog log{engine};
        action();
        return log.starting_with("SELECT").size();
    }
    mica::Session session{engine};
};

TEST_F(RelationsLoad, a_query_without_with_loads_no_relation) {
    EXPECT_EQ(selects([&] { session.query<Album>().all(); }), 1U);
}

TEST_F(RelationsLoad, has_many_is_loaded_for_all_parents_by_one_select) {
    std::vector<Ref<Album>> albums;
    EXPECT_EQ(selects([&] { albums = session.query<Album>().with<&Album::tracks>().all(); }), 2U);
    EXPECT_EQ(names(albums[0]->tracks), "a b");
    EXPECT_EQ(names(albums[1]->tracks), "");
    EXPECT_EQ(names(albums[2]->tracks), "c");
}

TEST_F(RelationsLoad, belongs_to_is_loaded_for_all_children_by_one_select) {
    std::vector<Ref<Album>> albums;
    EXPECT_EQ(selects([&] { albums = session.query<Album>().with<&Album::artist>().all(); }), 2U);
    EXPECT_EQ(albums[0]->artist->name, "Ada");
    EXPECT_EQ((*albums[2]->artist).name, "Bob");
    EXPECT_TRUE(albums[0]->artist.get() == albums[1]->artist.get());
}

TEST_F(RelationsLoad, many_to_many_is_loaded_through_its_association_by_one_select) {
    std::vector<Ref<Album>> albums;
    EXPECT_EQ(selects([&] { albums = session.query<Album>().with<&Album::tags>().all(); }), 2U);
    EXPECT_EQ(names(albums[0]->tags), "new live");
    EXPECT_EQ(names(albums[1]->tags), "");
    EXPECT_TRUE(albums[0]->tags[1] == albums[2]->tags[0]);
}

TEST_F(RelationsLoad, has_one_is_loaded_for_all_parents_by_one_select) {
    std::vector<Ref<Album>> albums;
    EXPECT_EQ(selects([&] { albums = session.query<Album>().with<&Album::cover>().all(); }), 2U);
    EXPECT_EQ(albums[0]->cover->file, "sun.png");
    EXPECT_FALSE(albums[1]->cover);
    EXPECT_FALSE(albums[1]->cover.get());
}

TEST_F(RelationsLoad, a_hundred_albums_with_tracks_and_artists_are_three_selects) {
    session.execute("DELETE FROM cover");
    session.execute("DELETE FROM album");
    session.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) "
        "INSERT INTO album SELECT i, 'album' || i, 1 + i % 2 FROM n");
    session.execute("INSERT INTO track SELECT NULL, 'track', id FROM album, (SELECT 1 UNION ALL SELECT 2)");
    std::vector<Ref<Album>> albums;
    EXPECT_EQ(selects([&] { albums = session.query<Album>().with<&Album::tracks>().with<&Album::artist>().all(); }),
              3U);
    EXPECT_EQ(albums.size(), 100U);
    for (const Ref<Album>& album : albums) {
        EXPECT_EQ(album->tracks.size(), 2U);
        EXPECT_EQ(album->artist->id, album->artist_id);
    }
}

TEST_F(RelationsLoad, a_path_is_one_select_for_each_level) {
    std::vector<Ref<Artist>> artists;
    EXPECT_EQ(selects([&] { artists = session.query<Artist>().with<&Artist::albums, &Album::tracks>().all(); }), 3U);
    EXPECT_EQ(names(artists[0]->albums), "Sun Moon");
    EXPECT_EQ(names(artists[1]->albums[0]->tracks), "c");
}

TEST_F(RelationsLoad, paths_with_a_common_beginning_load_it_once) {
    EXPECT_EQ(
        selects([&] {
            session.query<Artist>().with<&Artist::albums, &Album::tracks>().with<&Artist::albums, &Album::tags>().all();
        }),
        4U);
}

TEST_F(RelationsLoad, a_level_without_objects_is_no_select) {
    EXPECT_EQ(
        selects([&] {
            session.query<Artist>().where(col<&Artist::name> == "nobody").with<&Artist::albums, &Album::tracks>().all();
        }),
        1U);
}

TEST_F(RelationsLoad, parents_that_are_tracked_already_are_not_read_again) {
    session.query<Artist>().all();
    EXPECT_EQ(selects([&] { session.query<Album>().with<&Album::artist>().all(); }), 1U);
}

TEST_F(RelationsLoad, the_children_of_a_loaded_collection_know_their_parent) {
    const auto album = session.query<Album>().with<&Album::tracks>().get(1);
    EXPECT_TRUE(album->tracks[0]->album.get() == album);
}

TEST_F(RelationsLoad, with_goes_together_with_where_order_and_limit) {
    std::vector<Ref<Album>> albums;
    EXPECT_EQ(selects([&] {
                  albums = session.query<Album>()
                               .with<&Album::tracks>()
                               .where(col<&Album::id> < 3)
                               .order_by(col<&Album::title>.desc())
                               .limit(1)
                               .all();
              }),
              2U);
    ASSERT_EQ(albums.size(), 1U);
    EXPECT_EQ(albums[0]->title, "Sun");
    EXPECT_EQ(albums[0]->tracks.size(), 2U);
}

TEST_F(RelationsLoad, every_last_member_of_a_query_loads_what_with_names) {
    const auto query = session.query<Album>().with<&Album::tracks>().where(col<&Album::id> == 1);
    EXPECT_EQ(query.first()->tracks.size(), 2U);
    session.clear();
    EXPECT_EQ(query.one()->tracks.size(), 2U);
    session.clear();
    EXPECT_EQ(query.one_or_none()->tracks.size(), 2U);
    session.clear();
    EXPECT_EQ(query.get(1)->tracks.size(), 2U);
    session.clear();
    for (const auto& album : session.query<Album>().with<&Album::tracks>()) EXPECT_TRUE(album->tracks.is_loaded());
    EXPECT_EQ(query.count(), 1);
}

TEST_F(RelationsLoad, objects_that_are_tracked_already_get_their_relations_too) {
    const auto albums = session.query<Album>().all();
    session.query<Album>().with<&Album::tracks>().all();
    EXPECT_EQ(albums[0]->tracks.size(), 2U);
}

TEST_F(RelationsLoad, load_takes_a_range_of_handles) {
    const auto albums = session.query<Album>().all();
    EXPECT_EQ(selects([&] { session.load<&Album::tracks>(albums); }), 1U);
    EXPECT_EQ(names(albums[2]->tracks), "c");
}

TEST_F(RelationsLoad, load_takes_one_handle) {
    const auto album = session.get<Album>(1);
    session.load<&Album::tracks>(album);
    EXPECT_EQ(names(album->tracks), "a b");
}

TEST_F(RelationsLoad, load_takes_a_collection) {
    const auto artist = session.query<Artist>().with<&Artist::albums>().get(1);
    EXPECT_EQ(selects([&] { session.load<&Album::tracks>(artist->albums); }), 1U);
    EXPECT_EQ(artist->albums[0]->tracks.size(), 2U);
}

TEST_F(RelationsLoad, load_follows_a_path) {
    const auto artist = session.get<Artist>(1);
    session.load<&Artist::albums, &Album::tracks>(artist);
    EXPECT_EQ(artist->albums[0]->tracks.size(), 2U);
}

TEST_F(RelationsLoad, loading_again_reads_again) {
    const auto album = session.query<Album>().with<&Album::tracks>().get(1);
    session.execute("INSERT INTO track VALUES (9, 'late', 1)");
    EXPECT_EQ(album->tracks.size(), 2U);
    session.load<&Album::tracks>(album);
    EXPECT_EQ(names(album->tracks), "a b late");
}

TEST_F(RelationsLoad, changes_of_what_is_loaded_are_flushed_first) {
    const auto album = session.get<Album>(2);
    session.get<Track>(4)->album_id = 2;
    session.load<&Album::tracks>(album);
    EXPECT_EQ(names(album->tracks), "loose");
}

TEST_F(RelationsLoad, load_refuses_an_object_of_another_session) {
    const auto album = session.get<Album>(1);
    session.clear();
    EXPECT_EQ(mica::test::message_of<mica::ProgrammingError>([&] { session.load<&Album::tracks>(album); }),
              "mica: load() was given an object that this session does not track");
    EXPECT_THROW(session.load<&Album::tracks>(Ref<Album>{}), mica::ProgrammingError);
}

TEST_F(RelationsLoad, an_unloaded_relation_says_which_with_to_add) {
    const auto album = session.get<Album>(1);
    const std::string tracks =
        "mica: Album::tracks is not loaded; add .with<&Album::tracks>() to the query, or call load<&Album::tracks>() "
        "of the session";
    using mica::NotLoaded;
    using mica::test::message_of;
    EXPECT_EQ(message_of<NotLoaded>([&] { static_cast<void>(album->tracks.size()); }), tracks);
    EXPECT_EQ(message_of<NotLoaded>([&] { static_cast<void>(album->tracks.begin()); }), tracks);
    EXPECT_EQ(message_of<NotLoaded>([&] { static_cast<void>(album->tracks[0]); }), tracks);
    EXPECT_EQ(message_of<NotLoaded>([&] { album->tracks.add(session.get<Track>(4)); }), tracks);
    EXPECT_EQ(message_of<NotLoaded>([&] { album->tracks.add(Track{}); }), tracks);
    EXPECT_EQ(message_of<NotLoaded>([&] { album->tracks.remove(session.get<Track>(1)); }), tracks);
    EXPECT_THROW(static_cast<void>(album->artist->name), NotLoaded);
    EXPECT_THROW(static_cast<void>(album->artist.get()), NotLoaded);
    EXPECT_THROW(static_cast<void>(static_cast<bool>(album->cover)), NotLoaded);
    EXPECT_FALSE(album->tracks.is_loaded());
    EXPECT_FALSE(album->artist.is_loaded());
}

TEST_F(RelationsLoad, a_relation_to_nothing_is_false_and_says_so_where_it_is_followed) {
    const auto track = session.query<Track>().with<&Track::album>().get(4);
    EXPECT_FALSE(track->album);
    EXPECT_FALSE(track->album.get());
    EXPECT_EQ(mica::test::message_of<mica::ProgrammingError>([&] { static_cast<void>(track->album->title); }),
              "mica: Track::album leads to no object");
}

TEST_F(RelationsLoad, a_read_only_session_loads_relations) {
    session.rollback();
    mica::Session reader{engine, mica::read_only};
    EXPECT_EQ(reader.query<Album>().with<&Album::tracks>().get(1)->tracks.size(), 2U);
}

TEST_F(RelationsLoad, a_row_that_cannot_be_read_leaves_what_was_loaded) {
    const auto album = session.query<Album>().with<&Album::tracks>().get(1);
    session.execute("PRAGMA ignore_check_constraints = on");
    session.execute("CREATE TABLE copy AS SELECT * FROM track");
    session.execute("DROP TABLE track");
    session.execute("CREATE TABLE track (id INTEGER PRIMARY KEY, name, album_id)");
    session.execute("INSERT INTO track VALUES (1, 'a', 1), (8, 7, 1)");
    EXPECT_THROW(session.load<&Album::tracks>(album), mica::DataError);
    EXPECT_EQ(names(album->tracks), "a b");
}

TEST_F(RelationsLoad, a_relation_of_one_stands_for_its_object) {
    const auto album = session.query<Album>().with<&Album::artist>().get(1);
    session.load<&Artist::albums>(album->artist);
    EXPECT_EQ(names(album->artist->albums), "Sun Moon");
}

}  // namespace
}  // namespace integration_relations_load
