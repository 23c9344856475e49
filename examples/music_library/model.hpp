// SPDX-License-Identifier: BSL-1.0
// The tables: those of the Chinook sample database (https://github.com/lerocha/chinook-database), so that the program
// works on a copy of it as well as on a file of its own.
#pragma once

#include <mica/model.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace library {

struct Album;
struct Track;
struct PlaylistTrack;

struct Artist {
    std::int64_t id = 0;
    std::string name{};

    static constexpr auto mapping() {
        return mica::table("Artist", mica::column<&Artist::id>("ArtistId"), mica::column<&Artist::name>("Name"));
    }
};

struct Genre {
    std::int64_t id = 0;
    std::string name{};

    static constexpr auto mapping() {
        return mica::table("Genre", mica::column<&Genre::id>("GenreId"), mica::column<&Genre::name>("Name"));
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

struct MediaType {
    std::int64_t id = 0;
    std::string name{};

    static constexpr auto mapping() {
        return mica::table("MediaType", mica::column<&MediaType::id>("MediaTypeId"),
                           mica::column<&MediaType::name>("Name"));
    }
};

struct Track {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> album_id{};
    std::int64_t media_type_id = 0;
    std::optional<std::int64_t> genre_id{};
    std::optional<std::string> composer{};
    std::int64_t milliseconds = 0;
    double price = 0.99;
    mica::BelongsTo<Album> album{};
    mica::BelongsTo<Genre> genre{};
    mica::BelongsTo<MediaType> media_type{};

    static constexpr auto mapping() {
        using mica::column;
        return mica::table(
            "Track", column<&Track::id>("TrackId"), column<&Track::name>("Name"), column<&Track::album_id>("AlbumId"),
            column<&Track::media_type_id>("MediaTypeId"), column<&Track::genre_id>("GenreId"),
            column<&Track::composer>("Composer"), column<&Track::milliseconds>("Milliseconds"),
            column<&Track::price>("UnitPrice"), mica::foreign_key<&Track::album_id, &Album::id>,
            mica::foreign_key<&Track::media_type_id, &MediaType::id>, mica::foreign_key<&Track::genre_id, &Genre::id>);
    }
};

struct Playlist {
    std::int64_t id = 0;
    std::string name{};
    mica::ManyToMany<Track, PlaylistTrack> tracks{};

    static constexpr auto mapping() {
        return mica::table("Playlist", mica::column<&Playlist::id>("PlaylistId"),
                           mica::column<&Playlist::name>("Name"));
    }
};

/// A row for each track of a playlist.
struct PlaylistTrack {
    std::int64_t playlist_id = 0;
    std::int64_t track_id = 0;

    static constexpr auto mapping() {
        using mica::column, mica::foreign_key;
        return mica::table("PlaylistTrack", mica::primary_key<&PlaylistTrack::playlist_id, &PlaylistTrack::track_id>,
                           column<&PlaylistTrack::playlist_id>("PlaylistId"),
                           column<&PlaylistTrack::track_id>("TrackId"),
                           foreign_key<&PlaylistTrack::playlist_id, &Playlist::id>.on_delete(mica::cascade),
                           foreign_key<&PlaylistTrack::track_id, &Track::id>.on_delete(mica::cascade));
    }
};

using Tables = mica::Schema<Artist, Genre, Album, MediaType, Track, Playlist, PlaylistTrack>;

}  // namespace library
