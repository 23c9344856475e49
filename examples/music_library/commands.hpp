// SPDX-License-Identifier: BSL-1.0
// What the program can do. Engine and Reader carry no schema in their type, so that this header needs none.
#pragma once

#include <mica/fwd.hpp>

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace library {

struct Imported {
    int added = 0;
    int updated = 0;
};

/// Reads tracks with the columns artist, album, genre, track, composer, seconds, price. All of them or none: throws
/// std::runtime_error naming the line that cannot be read.
Imported import_csv(const mica::Engine& engine, std::istream& file, std::ostream& progress);

struct Search {
    std::optional<std::string> text{};  ///< part of a track's name
    std::optional<std::string> artist{};
    std::optional<std::string> genre{};
    std::optional<std::int64_t> longer_than{};  ///< seconds
    std::int64_t page = 1;
    std::int64_t page_size = 10;
};

void search(const mica::Engine& engine, const Search& wanted, std::ostream& out);

void list_playlists(const mica::Engine& engine, std::ostream& out);
void show_playlist(const mica::Engine& engine, const std::string& name, std::ostream& out);
/// Makes the playlist where there is none of that name.
void add_to_playlist(const mica::Engine& engine, const std::string& name, const std::vector<std::int64_t>& tracks);
void remove_from_playlist(const mica::Engine& engine, const std::string& name, const std::vector<std::int64_t>& tracks);

void report(const mica::Engine& engine, std::ostream& out);

void backup(const mica::Engine& engine, const std::string& target, std::ostream& progress);

}  // namespace library
