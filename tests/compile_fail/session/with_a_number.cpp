// SPDX-License-Identifier: BSL-1.0
// error: mica: with<> and load<> name relations, as in with<&Album::tracks>\(\)
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

auto use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    return session.query<Album>().with<5>().first();
#else
    return session.query<Album>().with<&Album::artist>().first();
#endif
}
