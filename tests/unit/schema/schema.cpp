// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/schema.hpp>

#include <support/raw_sqlite.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace unit_schema {

using namespace mica;
using mica::test::RawDatabase;

struct Artist {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table("artist"); }
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist = 0;
    static constexpr auto mapping() {
        return table("album", foreign_key<&Album::artist, &Artist::id>, mica::index<&Album::artist>);
    }
};
struct Track {
    std::int64_t id = 0;
    std::int64_t album = 0;
    static constexpr auto mapping() { return table("track", foreign_key<&Track::album, &Album::id>); }
};
struct Playlist {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table("playlist"); }
};
struct PlaylistTrack {
    std::int64_t playlist = 0;
    std::int64_t track = 0;
    static constexpr auto mapping() {
        return table("playlist_track", primary_key<&PlaylistTrack::playlist, &PlaylistTrack::track>,
                     foreign_key<&PlaylistTrack::playlist, &Playlist::id>,
                     foreign_key<&PlaylistTrack::track, &Track::id>);
    }
};
struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent;
    static constexpr auto mapping() { return table("node", foreign_key<&Node::parent, &Node::id>); }
};

template <class... Entities>
using Texts = decltype(detail::texts_of<dialect::sqlite>(SchemaFor<Entities...>{}));

/// The names of the tables as `create` creates them.
template <class... Entities>
std::vector<std::string_view> creation() {
    std::vector<std::string_view> names;
    for (const std::size_t index : Texts<Entities...>::order) names.push_back(Texts<Entities...>::tables[index]->name);
    return names;
}
template <class... Entities>
std::vector<std::string_view> removal() {
    std::vector<std::string_view> names;
    for (const auto& table : Texts<Entities...>::drop) names.push_back(table.name);
    return names;
}

using Names = std::vector<std::string_view>;

TEST(Schema, creates_parents_before_children_whatever_the_given_order) {
    const Names expected{"artist", "album", "track"};
    EXPECT_EQ((creation<Artist, Album, Track>()), expected);
    EXPECT_EQ((creation<Artist, Track, Album>()), expected);
    EXPECT_EQ((creation<Album, Artist, Track>()), expected);
    EXPECT_EQ((creation<Album, Track, Artist>()), expected);
    EXPECT_EQ((creation<Track, Artist, Album>()), expected);
    EXPECT_EQ((creation<Track, Album, Artist>()), expected);
}

TEST(Schema, keeps_the_given_order_where_it_may) {
    EXPECT_EQ((creation<Playlist, Artist, Node>()), (Names{"playlist", "artist", "node"}));
    EXPECT_EQ((creation<PlaylistTrack, Playlist, Track, Album, Artist>()),
              (Names{"playlist", "artist", "album", "track", "playlist_track"}));
}

TEST(Schema, a_parent_that_is_not_in_it_is_not_waited_for) {
    EXPECT_EQ((creation<Track, Artist>()), (Names{"track", "artist"}));
    EXPECT_EQ((creation<Album>()), Names{"album"});
}

TEST(Schema, a_table_does_not_wait_for_itself) { EXPECT_EQ((creation<Node, Artist>()), (Names{"node", "artist"})); }

TEST(Schema, drops_children_before_parents) {
    EXPECT_EQ((removal<Artist, Album, Track>()), (Names{"track", "album", "artist"}));
    EXPECT_EQ((removal<Track, Artist, Album>()), (Names{"track", "album", "artist"}));
}

TEST(Schema, of_nothing_has_no_texts) {
    EXPECT_TRUE(creation<>().empty());
    EXPECT_TRUE(removal<>().empty());
}

struct Right;
/// `left` and `right` reference each other; `above` is a parent of `left`, `below` a child of `right`.
struct Above {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table("above"); }
};
struct Left {
    std::int64_t id = 0;
    std::optional<std::int64_t> right;
    std::optional<std::int64_t> above;
    static constexpr auto mapping();
};
struct Right {
    std::int64_t id = 0;
    std::optional<std::int64_t> left;
    static constexpr auto mapping() { return table("right", foreign_key<&Right::left, &Left::id>); }
};
constexpr auto Left::mapping() {
    return table("left", foreign_key<&Left::right, &Right::id>, foreign_key<&Left::above, &Above::id>);
}
struct Below {
    std::int64_t id = 0;
    std::int64_t right = 0;
    static constexpr auto mapping() { return table("below", foreign_key<&Below::right, &Right::id>); }
};

TEST(Schema, tables_that_reference_each_other_keep_the_given_order) {
    EXPECT_EQ((creation<Left, Right>()), (Names{"left", "right"}));
    EXPECT_EQ((creation<Right, Left>()), (Names{"right", "left"}));
}

TEST(Schema, a_cycle_comes_after_its_parents_and_before_its_children) {
    EXPECT_EQ((creation<Below, Left, Right, Above>()), (Names{"above", "left", "right", "below"}));
    EXPECT_EQ((creation<Below, Right, Above, Left>()), (Names{"above", "right", "left", "below"}));
    EXPECT_EQ((creation<Below, Artist, Right, Left>()), (Names{"artist", "right", "left", "below"}));
}

struct Third;
struct First {
    std::int64_t id = 0;
    std::optional<std::int64_t> third;
    static constexpr auto mapping();
};
struct Second {
    std::int64_t id = 0;
    std::optional<std::int64_t> first;
    static constexpr auto mapping() { return table("second", foreign_key<&Second::first, &First::id>); }
};
struct Third {
    std::int64_t id = 0;
    std::optional<std::int64_t> second;
    std::optional<std::int64_t> left;
    static constexpr auto mapping() {
        return table("third", foreign_key<&Third::second, &Second::id>, foreign_key<&Third::left, &Left::id>);
    }
};
constexpr auto First::mapping() { return table("first", foreign_key<&First::third, &Third::id>); }

TEST(Schema, a_cycle_may_be_longer_and_wait_for_another_one) {
    EXPECT_EQ((creation<Third, First, Second, Right, Left, Above>()),
              (Names{"above", "right", "left", "third", "first", "second"}));
}

TEST(Schema, sqlite_takes_the_texts_in_every_order_twice) {
    RawDatabase database;
    const auto create = [&](const auto& texts) {
        for (const auto& table : texts) EXPECT_EQ(database.complaint(table.text), "") << table.text;
    };
    create(Texts<PlaylistTrack, Track, Album, Node, Artist, Playlist>::create);
    create(Texts<Artist, Album, Track, Playlist, PlaylistTrack, Node>::create);
    create(Texts<Below, Third, Left, First, Second, Right, Above>::create);
    EXPECT_EQ(database.value("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"), "13");
    EXPECT_EQ(database.value("SELECT count(*) FROM sqlite_schema WHERE name = 'ix_album_artist'"), "1");
}

TEST(Schema, creating_keeps_what_exists) {
    using Album_ = Texts<Album>;
    EXPECT_EQ(Album_::create[0].name, "album");
    EXPECT_EQ(Album_::create[0].text,
              R"(CREATE TABLE IF NOT EXISTS "album" ("id" INTEGER PRIMARY KEY, "artist" INTEGER NOT NULL, )"
              R"(CONSTRAINT "fk_album_artist" FOREIGN KEY ("artist") REFERENCES "artist" ("id")) STRICT;)"
              "\n"
              R"(CREATE INDEX IF NOT EXISTS "ix_album_artist" ON "album" ("artist"))");
    EXPECT_TRUE(ddl<Album>.starts_with(R"(CREATE TABLE "album")"));
}

/// With foreign keys on, a table cannot be dropped while rows reference its rows.
TEST(Schema, full_tables_are_dropped_in_the_order_for_it) {
    RawDatabase database;
    using All = Texts<Artist, PlaylistTrack, Track, Playlist, Album, Node>;
    for (const auto& table : All::create) database.must(table.text);
    database.must(
        "INSERT INTO artist VALUES (1); INSERT INTO album VALUES (1, 1); INSERT INTO track VALUES (1, 1);"
        "INSERT INTO playlist VALUES (1); INSERT INTO playlist_track VALUES (1, 1);"
        "INSERT INTO node VALUES (1, NULL), (2, 1)");
    EXPECT_EQ(database.complaint("DROP TABLE artist"), "FOREIGN KEY constraint failed");
    for (const auto& table : All::drop) {
        EXPECT_EQ(database.complaint("DROP TABLE \"" + std::string{table.name} + '"'), "") << table.name;
    }
}

TEST(Schema, the_texts_are_constants) {
    static_assert(Texts<Album, Artist>::order[0] == 1);
    static_assert(Texts<Album, Artist>::create[0].text.starts_with(R"(CREATE TABLE IF NOT EXISTS "artist")"));
    static_assert(Texts<Album, Artist>::drop[0].name == "album");
}

static_assert(std::is_same_v<SchemaFor<Artist, Album>, Schema<Artist, Album>>);
static_assert(std::is_same_v<SchemaFor<Schema<Artist, Album>>, Schema<Artist, Album>>);
static_assert(std::is_same_v<SchemaFor<Artist>, Schema<Artist>>);
static_assert(detail::require_entities(Schema<Artist, Album>{}));

/// A longer chain than any cycle search that gives up early would get through.
template <int number>
struct Link {
    std::int64_t id = 0;
    std::int64_t next = 0;
    static constexpr auto mapping() {
        if constexpr (number < 30) {
            return table(foreign_key<&Link::next, &Link<number + 1>::id>);
        } else {
            return table();
        }
    }
};

template <class Numbers>
struct Chain;
template <int... numbers>
struct Chain<std::integer_sequence<int, numbers...>> {
    static constexpr auto order = Texts<Link<numbers>...>::order;
};

TEST(Schema, a_long_chain_is_turned_around) {
    const auto& order = Chain<std::make_integer_sequence<int, 31>>::order;
    ASSERT_EQ(order.size(), 31U);
    for (std::size_t i = 0; i < 31; ++i) EXPECT_EQ(order[i], 30 - i);
}

}  // namespace unit_schema
