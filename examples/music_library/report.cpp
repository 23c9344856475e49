// SPDX-License-Identifier: BSL-1.0
// What a library consists of: groups, windows over them, and a WITH.
#include <mica/query.hpp>

#include "commands.hpp"
#include "model.hpp"

#include <iomanip>
#include <ostream>

namespace library {

void report(const mica::Engine& engine, std::ostream& out) {
    using mica::col;
    const auto length = mica::sum(col<&Track::milliseconds>);
    const auto genres = mica::select(col<&Genre::name>, mica::count(), mica::coalesce(length, 0),
                                     mica::round(100.0 * length / mica::sum(length).over(), 1).as<"share">())
                            .from<Genre>()
                            .join<Track>()
                            .group_by(col<&Genre::id>)
                            .order_by(length.desc(), col<&Genre::name>)
                            .limit(5);

    const auto albums = mica::cte<"albums">(
        mica::select(
            col<&Artist::name>.as<"artist">(), col<&Album::title>.as<"title">(), mica::count().as<"tracks">(),
            mica::row_number()
                .over(mica::partition_by(col<&Artist::id>), mica::order_by(mica::count().desc(), col<&Album::title>))
                .as<"place">())
            .from<Artist>()
            .join<Album>()
            .join<Track>()
            .group_by(col<&Album::id>, col<&Artist::id>));
    const auto longest = mica::select(albums.col<"artist">, albums.col<"title">, albums.col<"tracks">)
                             .from(albums)
                             .where(albums.col<"place"> == 1)
                             .order_by(albums.col<"tracks">.desc(), albums.col<"artist">)
                             .limit(5);

    engine.read([&](mica::Reader& reader) {  // both from one snapshot
        out << "Genres\n";
        for (const auto& [genre, tracks, milliseconds, share] : reader.execute(genres)) {
            out << std::setw(6) << tracks << " tracks " << std::setw(6) << milliseconds / 60'000 << " min "
                << share.value_or(0) << " %  " << genre << '\n';
        }
        out << "The longest album of each artist\n";
        for (const auto& [artist, title, tracks] : reader.execute(longest)) {
            out << std::setw(6) << tracks << " tracks  " << artist << ": " << title << '\n';
        }
    });
}

}  // namespace library
