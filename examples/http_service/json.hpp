// SPDX-License-Identifier: BSL-1.0
// Rows as JSON, and JSON as what a client wants to write.
#pragma once

#include "model.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace service {

namespace json = boost::json;

inline json::object to_json(const Track& track) {
    return {{"id", track.id}, {"name", track.name}, {"milliseconds", track.milliseconds}, {"price", track.unit_price}};
}

inline json::object to_json(const Album& album) {
    return {{"id", album.id}, {"title", album.title}, {"artist_id", album.artist_id}};
}

/// An album with its loaded relations.
inline json::object with_relations(const Album& album) {
    json::object object = to_json(album);
    object["artist"] = album.artist->name ? json::value(*album.artist->name) : json::value();
    json::array tracks;
    for (const auto& track : album.tracks) tracks.push_back(to_json(*track));
    object["tracks"] = std::move(tracks);
    return object;
}

/// What a client wants of an album, and what is wrong with that, by field.
struct AlbumForm {
    std::optional<std::string> title{};
    std::optional<std::int64_t> artist_id{};
    json::object errors{};

    /// A field that is missing is an error only where all are needed, for a new album.
    AlbumForm(std::string_view body, bool is_new) {
        boost::system::error_code failure;
        const json::value parsed = json::parse(body, failure);
        if (failure || !parsed.is_object()) {
            errors["body"] = "is no JSON object";
            return;
        }
        const json::object& object = parsed.get_object();
        if (const json::value* const given = object.if_contains("title")) {
            if (given->is_string() && !given->get_string().empty() && given->get_string().size() <= 160) {
                title = std::string(given->get_string());
            } else {
                errors["title"] = "has to be a text of 1 to 160 bytes";
            }
        } else if (is_new) {
            errors["title"] = "is missing";
        }
        if (const json::value* const given = object.if_contains("artist_id")) {
            if (given->is_int64()) {
                artist_id = given->get_int64();
            } else {
                errors["artist_id"] = "has to be a whole number";
            }
        } else if (is_new) {
            errors["artist_id"] = "is missing";
        }
    }
};

}  // namespace service
