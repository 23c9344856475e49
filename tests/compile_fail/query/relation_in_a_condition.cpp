// SPDX-License-Identifier: BSL-1.0
// error: mica: col<> names a field that is one column
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

auto use() {
#ifdef MICA_COMPILE_FAIL
    return mica::select<Album>().where(mica::col<&Album::artist> == 1);
#else
    return mica::select<Album>().where(mica::col<&Album::artist_id> == 1);
#endif
}
