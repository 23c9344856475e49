// SPDX-License-Identifier: BSL-1.0
// error: mica: a Filter or an Order uses columns of its own entities only
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};
struct Track {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> album_id;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Track::album_id, &Album::id>); }
};

using mica::col;
using mica::exists;
using mica::select;

void grow() {
    mica::Filter<Artist> filter;
#ifdef MICA_COMPILE_FAIL
    filter &= exists(select<Album>().where(col<&Album::id> == col<&Track::album_id>));
#else
    filter &= exists(select<Album>().where(col<&Album::artist_id> == col<&Artist::id>));
#endif
}
