// SPDX-License-Identifier: BSL-1.0
// The 11 tables of the Chinook sample database, which others designed: NVARCHAR, NUMERIC, DATETIME, a composite key, a
// table that references itself. Mapped in different styles on purpose: inside and outside of the struct, renamed or
// not.
#pragma once

#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace chinook {

/// Renamed inside of the struct.
struct Artist {
    std::int64_t id = 0;
    std::optional<std::string> name;

    static constexpr auto mapping() {
        return mica::table("Artist", mica::column<&Artist::id>("ArtistId"), mica::column<&Artist::name>("Name"));
    }
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::int64_t artist_id = 0;

    static constexpr auto mapping() {
        return mica::table(mica::column<&Album::id>("AlbumId"), mica::column<&Album::title>("Title"),
                           mica::column<&Album::artist_id>("ArtistId"),
                           mica::foreign_key<&Album::artist_id, &Artist::id>,
                           mica::index<&Album::artist_id>.name("IFK_AlbumArtistId"));
    }
};

/// Nothing renamed: the fields are called what the columns are called.
struct Genre {
    std::int64_t GenreId = 0;
    std::optional<std::string> Name;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Genre::GenreId>); }
};

/// From a header that cannot be changed, under other names: mapped from outside, before the first table that references
/// it.
struct MediaFormat {
    std::int32_t number = 0;
    std::optional<std::string> label;
};

}  // namespace chinook

template <>
inline constexpr auto mica::mapping<chinook::MediaFormat> = mica::table(
    "MediaType", mica::primary_key<&chinook::MediaFormat::number>,
    mica::column<&chinook::MediaFormat::number>("MediaTypeId"), mica::column<&chinook::MediaFormat::label>("Name"));

namespace chinook {

struct Track {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> album_id;
    std::int32_t media_format = 0;
    std::optional<std::int64_t> genre_id;
    std::optional<std::string> composer;
    std::int32_t milliseconds = 0;
    std::optional<std::int64_t> bytes;
    double unit_price = 0;

    static constexpr auto mapping() {
        using mica::column;
        return mica::table(
            "Track", column<&Track::id>("TrackId"), column<&Track::name>("Name"), column<&Track::album_id>("AlbumId"),
            column<&Track::media_format>("MediaTypeId"), column<&Track::genre_id>("GenreId"),
            column<&Track::composer>("Composer"), column<&Track::milliseconds>("Milliseconds"),
            column<&Track::bytes>("Bytes"), column<&Track::unit_price>("UnitPrice"),
            mica::foreign_key<&Track::album_id, &Album::id>, mica::foreign_key<&Track::genre_id, &Genre::GenreId>,
            mica::foreign_key<&Track::media_format, &MediaFormat::number>,
            mica::index<&Track::album_id>.name("IFK_TrackAlbumId"),
            mica::index<&Track::genre_id>.name("IFK_TrackGenreId"),
            mica::index<&Track::media_format>.name("IFK_TrackMediaTypeId"),
            mica::check(mica::col<&Track::milliseconds> > 0), mica::default_value<&Track::unit_price>(0.99));
    }
};

/// Nothing renamed, mapped from outside.
struct Playlist {
    std::int64_t PlaylistId = 0;
    std::optional<std::string> Name;
};

}  // namespace chinook

template <>
inline constexpr auto mica::mapping<chinook::Playlist> =
    mica::table(mica::primary_key<&chinook::Playlist::PlaylistId>, mica::assigned_key);

namespace chinook {

/// The key is the pair.
struct PlaylistTrack {
    std::int64_t playlist_id = 0;
    std::int64_t track_id = 0;

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&PlaylistTrack::playlist_id, &PlaylistTrack::track_id>,
                           mica::column<&PlaylistTrack::playlist_id>("PlaylistId"),
                           mica::column<&PlaylistTrack::track_id>("TrackId"),
                           mica::foreign_key<&PlaylistTrack::playlist_id, &Playlist::PlaylistId>,
                           mica::foreign_key<&PlaylistTrack::track_id, &Track::id>,
                           mica::index<&PlaylistTrack::track_id>.name("IFK_PlaylistTrackTrackId"), mica::without_rowid);
    }
};

/// References itself.
struct Employee {
    std::int64_t id = 0;
    std::string last_name;
    std::string first_name;
    std::optional<std::string> title;
    std::optional<std::int64_t> reports_to;
    std::optional<std::chrono::sys_seconds> birth_date;
    std::optional<std::chrono::sys_seconds> hire_date;
    std::optional<std::string> address;
    std::optional<std::string> city;
    std::optional<std::string> state;
    std::optional<std::string> country;
    std::optional<std::string> postal_code;
    std::optional<std::string> phone;
    std::optional<std::string> fax;
    std::optional<std::string> email;

    static constexpr auto mapping() {
        using mica::column;
        return mica::table(column<&Employee::id>("EmployeeId"), column<&Employee::last_name>("LastName"),
                           column<&Employee::first_name>("FirstName"), column<&Employee::title>("Title"),
                           column<&Employee::reports_to>("ReportsTo"), column<&Employee::birth_date>("BirthDate"),
                           column<&Employee::hire_date>("HireDate"), column<&Employee::address>("Address"),
                           column<&Employee::city>("City"), column<&Employee::state>("State"),
                           column<&Employee::country>("Country"), column<&Employee::postal_code>("PostalCode"),
                           column<&Employee::phone>("Phone"), column<&Employee::fax>("Fax"),
                           column<&Employee::email>("Email"), mica::foreign_key<&Employee::reports_to, &Employee::id>,
                           mica::index<&Employee::reports_to>.name("IFK_EmployeeReportsTo"));
    }
};

/// Nothing renamed, mapped from outside.
struct Customer {
    std::int64_t CustomerId = 0;
    std::string FirstName;
    std::string LastName;
    std::optional<std::string> Company;
    std::optional<std::string> Address;
    std::optional<std::string> City;
    std::optional<std::string> State;
    std::optional<std::string> Country;
    std::optional<std::string> PostalCode;
    std::optional<std::string> Phone;
    std::optional<std::string> Fax;
    std::string Email;
    std::optional<std::int64_t> SupportRepId;
};

}  // namespace chinook

template <>
inline constexpr auto mica::mapping<chinook::Customer> =
    mica::table("Customer", mica::primary_key<&chinook::Customer::CustomerId>,
                mica::foreign_key<&chinook::Customer::SupportRepId, &chinook::Employee::id>,
                mica::index<&chinook::Customer::SupportRepId>.name("IFK_CustomerSupportRepId"));

namespace chinook {

/// Fields in another order than the columns: what counts is the name.
struct Invoice {
    double total = 0;
    std::chrono::sys_seconds date{};
    std::int64_t id = 0;
    std::int64_t customer_id = 0;
    std::optional<std::string> address;
    std::optional<std::string> city;
    std::optional<std::string> state;
    std::optional<std::string> country;
    std::optional<std::string> postal_code;

    static constexpr auto mapping() {
        using mica::column;
        return mica::table(column<&Invoice::total>("Total"), column<&Invoice::date>("InvoiceDate"),
                           column<&Invoice::id>("InvoiceId"), column<&Invoice::customer_id>("CustomerId"),
                           column<&Invoice::address>("BillingAddress"), column<&Invoice::city>("BillingCity"),
                           column<&Invoice::state>("BillingState"), column<&Invoice::country>("BillingCountry"),
                           column<&Invoice::postal_code>("BillingPostalCode"),
                           mica::foreign_key<&Invoice::customer_id, &Customer::CustomerId>,
                           mica::index<&Invoice::customer_id>.name("IFK_InvoiceCustomerId"));
    }
};

struct InvoiceLine {
    std::int64_t InvoiceLineId = 0;
    std::int64_t InvoiceId = 0;
    std::int64_t TrackId = 0;
    double UnitPrice = 0;
    std::int16_t Quantity = 0;

    static constexpr auto mapping() {
        return mica::table(mica::primary_key<&InvoiceLine::InvoiceLineId>, mica::not_strict,
                           mica::foreign_key<&InvoiceLine::InvoiceId, &Invoice::id>.on_delete(mica::cascade),
                           mica::foreign_key<&InvoiceLine::TrackId, &Track::id>,
                           mica::index<&InvoiceLine::InvoiceId>.name("IFK_InvoiceLineInvoiceId"),
                           mica::index<&InvoiceLine::TrackId>.name("IFK_InvoiceLineTrackId"));
    }
};

using Tables = mica::Schema<Artist, Album, Genre, MediaFormat, Track, Playlist, PlaylistTrack, Employee, Customer,
                            Invoice, InvoiceLine>;

}  // namespace chinook
