// SPDX-License-Identifier: BSL-1.0
// A program that includes nothing of mica and imports it: mapping, statements, a session with relations, typed errors.
#include <cstdint>
#include <cstdio>
#include <string>

import mica;

using mica::col;

struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums{};
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    int year = 0;
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist{};

    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade),
                           mica::unique<&Album::artist_id, &Album::title>, mica::check(col<&Album::title> != ""));
    }
};

static_assert(mica::select<Album>().where(col<&Album::year> >= 1959).sql().starts_with("SELECT"));

int main() {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Artist, Album>();
    {
        mica::Session session{engine};
        const mica::Ref<Artist> artist = session.add(Artist{.name = "Coltrane"});
        artist->albums.add(Album{.title = "Blue Train", .year = 1957});
        artist->albums.add(Album{.title = "Giant Steps", .year = 1959});
        session.commit();
    }
    mica::Session session{engine};
    const auto artist = session.query<Artist>().with<&Artist::albums>().one();
    artist->albums[0]->year = 1958;
    session.commit();
    for (const Album& album : session.all(mica::select<Album>()
                                              .where(col<&Album::year> + 1 > 1958 && col<&Album::title>.contains("a"))
                                              .order_by(col<&Album::year>.desc()))) {
        std::printf("%s %d\n", album.title.c_str(), album.year);
    }
    try {
        session.add(Album{.title = "", .artist_id = artist->id});
        session.commit();
    } catch (const mica::IntegrityError& error) {
        std::printf("%s\n", error.table().c_str());
    }
}
