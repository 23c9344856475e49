// SPDX-License-Identifier: BSL-1.0
// error: mica: a relation names a foreign key that is not declared
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Artist;
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
    static constexpr auto mapping();
};
struct Artist {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    mica::HasMany<Album, "artist"> albums;
#else
    mica::HasMany<Album, "artist_id"> albums;
#endif
};
constexpr auto Album::mapping() { return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>); }

void use(mica::Session& session) { session.add(Artist{}); }
