// SPDX-License-Identifier: BSL-1.0
// Artists, their albums, tracks on albums or on none, and employees who report to each other.
#pragma once

#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace music {

struct Artist {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> country;
    bool operator==(const Artist&) const = default;
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() { return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>); }
    bool operator==(const Album&) const = default;
};

struct Track {
    std::int64_t id = 0;
    std::string name;
    int seconds = 0;
    std::optional<std::int64_t> album_id;
    static constexpr auto mapping() { return mica::table("track", mica::foreign_key<&Track::album_id, &Album::id>); }
    bool operator==(const Track&) const = default;
};

struct Employee {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> boss_id;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Employee::boss_id, &Employee::id>); }
    bool operator==(const Employee&) const = default;
};

}  // namespace music
