// SPDX-License-Identifier: BSL-1.0
// The tables of the Chinook sample database with their relations, and as few columns as a test of those needs: what is
// not mapped stays as it is in the rows.
#pragma once

#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace chinook_relations {

struct Album;
struct Track;
struct Playlist;
struct PlaylistTrack;
struct Invoice;
struct InvoiceLine;
struct Customer;

struct Artist {
    std::int64_t ArtistId = 0;
    std::optional<std::string> Name{};
    mica::HasMany<Album> albums{};

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Artist::ArtistId>); }
};

struct Album {
    std::int64_t AlbumId = 0;
    std::string Title{};
    std::int64_t ArtistId = 0;
    mica::BelongsTo<Artist> artist{};
    mica::HasMany<Track> tracks{};

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&Album::AlbumId>, mica::foreign_key<&Album::ArtistId, &Artist::ArtistId>);
    }
};

struct Genre {
    std::int64_t GenreId = 0;
    std::optional<std::string> Name{};
    mica::HasMany<Track> tracks{};

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Genre::GenreId>); }
};

struct MediaType {
    std::int64_t MediaTypeId = 0;
    std::optional<std::string> Name{};
    mica::HasMany<Track> tracks{};

    static constexpr auto mapping() { return mica::table(mica::primary_key<&MediaType::MediaTypeId>); }
};

struct Track {
    std::int64_t TrackId = 0;
    std::string Name{};
    std::optional<std::int64_t> AlbumId{};
    std::int64_t MediaTypeId = 0;
    std::optional<std::int64_t> GenreId{};
    mica::BelongsTo<Album> album{};
    mica::BelongsTo<MediaType> media{};
    mica::BelongsTo<Genre> genre{};
    mica::ManyToMany<Playlist, PlaylistTrack> playlists{};
    mica::HasMany<InvoiceLine> sales{};

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&Track::TrackId>, mica::foreign_key<&Track::AlbumId, &Album::AlbumId>,
                           mica::foreign_key<&Track::MediaTypeId, &MediaType::MediaTypeId>,
                           mica::foreign_key<&Track::GenreId, &Genre::GenreId>);
    }
};

struct Playlist {
    std::int64_t PlaylistId = 0;
    std::optional<std::string> Name{};
    mica::ManyToMany<Track, PlaylistTrack> tracks{};

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Playlist::PlaylistId>); }
};

struct PlaylistTrack {
    std::int64_t PlaylistId = 0;
    std::int64_t TrackId = 0;

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&PlaylistTrack::PlaylistId, &PlaylistTrack::TrackId>,
                           mica::foreign_key<&PlaylistTrack::PlaylistId, &Playlist::PlaylistId>,
                           mica::foreign_key<&PlaylistTrack::TrackId, &Track::TrackId>);
    }
};

struct Employee {
    std::int64_t EmployeeId = 0;
    std::string LastName{};
    std::string FirstName{};
    std::optional<std::int64_t> ReportsTo{};
    mica::BelongsTo<Employee, "ReportsTo"> boss{};
    mica::HasMany<Employee, "ReportsTo"> staff{};
    mica::HasMany<Customer> customers{};

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&Employee::EmployeeId>,
                           mica::foreign_key<&Employee::ReportsTo, &Employee::EmployeeId>);
    }
};

struct Customer {
    std::int64_t CustomerId = 0;
    std::string LastName{};
    std::optional<std::int64_t> SupportRepId{};
    mica::BelongsTo<Employee> support{};
    mica::HasMany<Invoice> invoices{};

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&Customer::CustomerId>,
                           mica::foreign_key<&Customer::SupportRepId, &Employee::EmployeeId>);
    }
};

struct Invoice {
    std::int64_t InvoiceId = 0;
    std::int64_t CustomerId = 0;
    mica::BelongsTo<Customer> customer{};
    mica::HasMany<InvoiceLine, mica::owned> lines{};

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&Invoice::InvoiceId>,
                           mica::foreign_key<&Invoice::CustomerId, &Customer::CustomerId>);
    }
};

struct InvoiceLine {
    std::int64_t InvoiceLineId = 0;
    std::int64_t InvoiceId = 0;
    std::int64_t TrackId = 0;
    int Quantity = 0;
    mica::BelongsTo<Invoice> invoice{};
    mica::BelongsTo<Track> track{};

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&InvoiceLine::InvoiceLineId>,
                           mica::foreign_key<&InvoiceLine::InvoiceId, &Invoice::InvoiceId>,
                           mica::foreign_key<&InvoiceLine::TrackId, &Track::TrackId>);
    }
};

}  // namespace chinook_relations
