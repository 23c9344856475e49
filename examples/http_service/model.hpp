// SPDX-License-Identifier: BSL-1.0
// Tables of the Chinook sample database (https://github.com/lerocha/chinook-database): what this service knows of them.
#pragma once

#include <mica/model.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace service {

struct Album;
struct Track;

struct Artist {
    std::int64_t id = 0;
    std::optional<std::string> name{};

    static constexpr auto mapping() {
        return mica::table("Artist", mica::column<&Artist::id>("ArtistId"), mica::column<&Artist::name>("Name"));
    }
};

struct Album {
    std::int64_t id = 0;
    std::string title{};
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist{};
    mica::HasMany<Track> tracks{};

    static constexpr auto mapping() {
        return mica::table("Album", mica::column<&Album::id>("AlbumId"), mica::column<&Album::title>("Title"),
                           mica::column<&Album::artist_id>("ArtistId"),
                           mica::foreign_key<&Album::artist_id, &Artist::id>);
    }
};

struct Track {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> album_id{};
    std::int64_t media_type_id = 1;
    std::int64_t milliseconds = 0;
    double unit_price = 0;

    static constexpr auto mapping() {
        return mica::table(
            "Track", mica::column<&Track::id>("TrackId"), mica::column<&Track::name>("Name"),
            mica::column<&Track::album_id>("AlbumId"), mica::column<&Track::media_type_id>("MediaTypeId"),
            mica::column<&Track::milliseconds>("Milliseconds"), mica::column<&Track::unit_price>("UnitPrice"),
            mica::foreign_key<&Track::album_id, &Album::id>);
    }
};

using Schema = mica::Schema<Artist, Album, Track>;

}  // namespace service
