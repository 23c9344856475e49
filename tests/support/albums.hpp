// SPDX-License-Identifier: BSL-1.0
// Albums and their tracks, which follow them, for tests of what happens behind a session's back.
#pragma once

#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace albums {

struct Track;
struct Album {
    std::int64_t id = 0;
    std::string title{};
    mica::HasMany<Track> tracks{};
    static constexpr auto mapping() { return mica::table("album"); }
};
struct Track {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> album_id{};
    mica::BelongsTo<Album> album{};
    static constexpr auto mapping() {
        return mica::table(
            "track", mica::foreign_key<&Track::album_id, &Album::id>.on_delete(mica::cascade).on_update(mica::cascade));
    }
};
struct Cover {
    std::int64_t id = 0;
    std::optional<std::int64_t> album_id{};
    static constexpr auto mapping() {
        return mica::table("cover", mica::foreign_key<&Cover::album_id, &Album::id>.on_delete(mica::set_null));
    }
};
/// Two albums, 1 and 2, and a track of the first.
struct AlbumDatabase : testing::Test {
    AlbumDatabase() {
        engine.create_all<Album, Track, Cover>();
        auto connection = engine.connect();
        connection.insert(std::vector<Album>{{.id = 1, .title = "a"}, {.id = 2, .title = "b"}});
        connection.insert(Track{.id = 1, .name = "t", .album_id = 1});
    }
    template <class Value>
    Value stored(const std::string& sql) {
        return engine.connect().execute<Value>(sql).scalar();
    }
    /// By a connection of its own, so that the session does not know.
    void run(const std::string& sql) { engine.connect().execute(sql); }

    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
};

}  // namespace albums
