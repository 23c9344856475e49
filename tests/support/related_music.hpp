// SPDX-License-Identifier: BSL-1.0
// Entities with relations of all kinds, on real SQLite: artists, albums, tracks, tags, and what the files say.
#pragma once

#include <mica/mica.hpp>

#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace related_music {

struct Album;
struct Track;
struct Tag;
struct AlbumTag;
struct Cover;

struct Artist {
    std::int64_t id = 0;
    std::string name{};
    mica::HasMany<Album> albums{};

    bool operator==(const Artist&) const = default;
};

/// Its artist takes it along; its tracks stay without it.
struct Album {
    std::int64_t id = 0;
    std::string title{};
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist{};
    mica::HasMany<Track> tracks{};
    mica::ManyToMany<Tag, AlbumTag> tags{};
    mica::HasOne<Cover> cover{};

    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade));
    }
    bool operator==(const Album&) const = default;
};

struct Track {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> album_id{};
    mica::BelongsTo<Album> album{};

    static constexpr auto mapping() {
        return mica::table("track", mica::foreign_key<&Track::album_id, &Album::id>.on_delete(mica::set_null));
    }
    bool operator==(const Track&) const = default;
};

struct Cover {
    std::int64_t id = 0;
    std::string file{};
    std::optional<std::int64_t> album_id{};
    mica::BelongsTo<Album> album{};

    static constexpr auto mapping() {
        return mica::table("cover", mica::unique<&Cover::album_id>, mica::foreign_key<&Cover::album_id, &Album::id>);
    }
};

struct Tag {
    std::int64_t id = 0;
    std::string name{};
    mica::ManyToMany<Album, AlbumTag> albums{};
};

struct AlbumTag {
    std::int64_t album_id = 0;
    std::int64_t tag_id = 0;

    static constexpr auto mapping() {
        return mica::table("album_tag", mica::primary_key<&AlbumTag::album_id, &AlbumTag::tag_id>,
                           mica::foreign_key<&AlbumTag::album_id, &Album::id>.on_delete(mica::cascade),
                           mica::foreign_key<&AlbumTag::tag_id, &Tag::id>.on_delete(mica::cascade));
    }
};

using Tables = mica::Schema<Artist, Album, Track, Cover, Tag, AlbumTag>;

/// Two artists. The first has two albums: one with two tracks, one without; the second has one with a track.
struct MusicDatabase : testing::Test {
    mica::Engine engine{"sqlite://"};

    MusicDatabase() {
        engine.create_all<Tables>();
        auto connection = engine.connect();
        for (const char* sql : {
                 "INSERT INTO Artist VALUES (1, 'Ada'), (2, 'Bob')",
                 "INSERT INTO album VALUES (1, 'Sun', 1), (2, 'Moon', 1), (3, 'Rain', 2)",
                 "INSERT INTO track VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 3), (4, 'loose', NULL)",
                 "INSERT INTO tag VALUES (1, 'new'), (2, 'live')",
                 "INSERT INTO album_tag VALUES (1, 1), (1, 2), (3, 2)",
                 "INSERT INTO cover VALUES (1, 'sun.png', 1), (2, 'spare.png', NULL)",
             }) {
            connection.execute(sql);
        }
    }

    /// What a SELECT of one text gives, "a b c", as another connection would see it. No session may hold this one.
    std::string read(const char* sql) {
        std::string text;
        for (const std::string& each : engine.connect().execute<std::string>(sql).all()) {
            text += text.empty() ? each : " " + each;
        }
        return text;
    }
    std::string albums() { return read("SELECT title || artist_id FROM album ORDER BY id"); }
    std::string tracks() { return read("SELECT name || ifnull(album_id, '-') FROM track ORDER BY id"); }
    std::string covers() { return read("SELECT id || ':' || ifnull(album_id, '-') FROM cover ORDER BY id"); }
    std::string tags() { return read("SELECT album_id || ':' || tag_id FROM album_tag ORDER BY album_id, tag_id"); }
};

/// The names of what a collection has, in its order.
template <class Collection>
std::string names(const Collection& collection) {
    std::string text;
    for (const auto& each : collection) {
        if (!text.empty()) text += ' ';
        if constexpr (requires { each->name; }) {
            text += each->name;
        } else {
            text += each->title;
        }
    }
    return text;
}

}  // namespace related_music
