// SPDX-License-Identifier: BSL-1.0
// relation<>: in which order a collection is read, and which rows belong to it.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace integration_relations_order {

using namespace mica;

struct Album;
struct AlbumTag;
struct Track {
    std::int64_t id = 0;
    std::string name{};
    int number = 0;
    std::optional<std::string> deleted{};
    std::optional<std::int64_t> album_id{};
    BelongsTo<Album> album{};
    static constexpr auto mapping();
};
struct Tag {
    std::int64_t id = 0;
    std::string name{};
};
struct Album {
    std::int64_t id = 0;
    std::string name{};
    HasMany<Track, owned> tracks{};
    HasMany<Track> all_tracks{};
    ManyToMany<Tag, AlbumTag> tags{};
    static constexpr auto mapping() {
        return table(
            "album",
            relation<&Album::tracks>.order_by(col<&Track::number>.desc(), col<&Track::name>).where(col<&Track::deleted>.is_null() && col<&Track::name> != "it's hidden"),
            relation<&Album::tags>.order_by(col<&Tag::name>));
    }
};
constexpr auto Track::mapping() { return table("track", foreign_key<&Track::album_id, &Album::id>); }
struct AlbumTag {
    std::int64_t album_id = 0;
    std::int64_t tag_id = 0;
    static constexpr auto mapping() {
        return table("album_tag", primary_key<&AlbumTag::album_id, &AlbumTag::tag_id>,
                     foreign_key<&AlbumTag::album_id, &Album::id>, foreign_key<&AlbumTag::tag_id, &Tag::id>);
    }
};

struct RelationsOrder : testing::Test {
    RelationsOrder() {
        engine.create_all<Album, Track, Tag, AlbumTag>();
        for (const char* sql :
             {"INSERT INTO album VALUES (1, 'x')",
              "INSERT INTO track VALUES (1, 'b', 1, NULL, 1), (2, 'a', 1, NULL, 1), (3, 'c', 2, NULL, 1), "
              "(4, 'gone', 3, 'yesterday', 1), (5, 'it''s hidden', 4, NULL, 1)",
              "INSERT INTO tag VALUES (1, 'z'), (2, 'y')", "INSERT INTO album_tag VALUES (1, 1), (1, 2)"}) {
            engine.connect().execute(sql);
        }
        album = session.query<Album>().with<&Album::tracks>().with<&Album::all_tracks>().with<&Album::tags>().one();
    }
    static std::string names(const auto& collection) {
        std::string text;
        for (const auto& each : collection) text += each->name + " ";
        return text;
    }
    int count() { return session.execute<int>("SELECT count(*) FROM track").scalar(); }

    Engine engine{"sqlite://"};
    Session session{engine};
    Ref<Album> album;
};

TEST_F(RelationsOrder, a_collection_is_read_in_the_order_of_its_mapping) {
    EXPECT_EQ(names(album->tracks), "c a b ");
    EXPECT_EQ(names(album->tags), "y z ");
}

TEST_F(RelationsOrder, without_one_it_is_that_of_the_primary_key) {
    EXPECT_EQ(names(album->all_tracks), "b a c gone it's hidden ");
}

TEST_F(RelationsOrder, so_it_is_where_an_index_gives_them_in_another) {
    session.execute("DROP INDEX ix_track_album_id");
    session.execute("CREATE INDEX by_name ON track (album_id, name)");
    session.execute("INSERT INTO album VALUES (2, 'y')");
    session.execute("INSERT INTO track VALUES (6, 'second', 1, NULL, 2), (7, 'first', 1, NULL, 2)");
    session.clear();
    const auto albums = session.query<Album>().with<&Album::all_tracks>().order_by(col<&Album::id>).all();
    EXPECT_EQ(names(albums[0]->all_tracks), "b a c gone it's hidden ");
    EXPECT_EQ(names(albums[1]->all_tracks), "second first ");
}

TEST_F(RelationsOrder, what_the_condition_leaves_out_is_neither_loaded_nor_counted) {
    EXPECT_EQ(album->tracks.size(), 3U);
    EXPECT_FALSE(album->tracks.contains(session.get<Track>(4)));
}

TEST_F(RelationsOrder, what_the_condition_leaves_out_is_never_removed) {
    while (!album->tracks.empty()) album->tracks.remove(album->tracks[0]);
    session.commit();
    EXPECT_EQ(count(), 2) << "an owned collection removes only what it has";
    session.load<&Album::tracks>(album);
    EXPECT_TRUE(album->tracks.empty());
}

TEST_F(RelationsOrder, the_order_stays_through_savepoints_and_rollbacks) {
    const auto work = [&] {
        album->tracks.remove(album->tracks[0]);
        session.flush();
        album->tracks.add(Track{.name = "d"});
        session.flush();
        EXPECT_EQ(names(album->tracks), "a b d ");
    };
    auto savepoint = session.begin_nested();
    work();
    savepoint.rollback();
    EXPECT_EQ(names(album->tracks), "c a b ");
    work();
    session.rollback();
    EXPECT_EQ(names(album->tracks), "c a b ");
}

TEST_F(RelationsOrder, a_rollback_returns_to_the_order_and_the_members_of_before_also_where_they_were_read_since) {
    const Ref<Track> first = album->tracks[0];
    const Ref<Track> second = album->tracks[1];
    const auto work = [&] {
        first->number = -1;
        second->deleted = "today";
        session.flush();
        session.load<&Album::tracks>(album);
        EXPECT_EQ(names(album->tracks), "b c ");
    };
    auto savepoint = session.begin_nested();
    work();
    savepoint.rollback();
    EXPECT_EQ(names(album->tracks), "c a b ");
    work();
    session.rollback();
    EXPECT_EQ(names(album->tracks), "c a b ");
    EXPECT_EQ(names(album->all_tracks), "b a c gone it's hidden ");
}

TEST_F(RelationsOrder, of_what_was_not_loaded_before_a_rollback_leaves_no_members_that_the_condition_leaves_out) {
    session.clear();
    album = session.query<Album>().one();
    session.get<Track>(3)->deleted = "today";
    session.flush();
    session.load<&Album::tracks>(album);
    EXPECT_EQ(names(album->tracks), "a b ");
    session.rollback();
    EXPECT_FALSE(album->tracks.is_loaded());
    session.load<&Album::tracks>(album);
    EXPECT_EQ(names(album->tracks), "c a b ");
}

TEST_F(RelationsOrder, what_comes_by_its_key_is_left_to_the_database) {
    session.add(Track{.name = "new", .number = 9, .deleted = "today", .album_id = 1});
    session.flush();
    EXPECT_FALSE(album->tracks.is_loaded());
    session.load<&Album::tracks>(album);
    EXPECT_EQ(names(album->tracks), "c a b ");
    EXPECT_EQ(album->all_tracks.size(), 6U);
}

TEST_F(RelationsOrder, what_is_added_comes_last_until_it_is_read_again) {
    album->tracks.add(Track{.name = "new", .number = 9});
    session.flush();
    EXPECT_EQ(names(album->tracks), "c a b new ");
    session.load<&Album::tracks>(album);
    EXPECT_EQ(names(album->tracks), "new c a b ");
}

}  // namespace integration_relations_order
