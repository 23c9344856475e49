// SPDX-License-Identifier: BSL-1.0
// error: mica: with<> and load<> name relations
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Artist;
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist;
    static constexpr auto mapping();
};
struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums;
};
constexpr auto Album::mapping() { return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>); }

auto use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    return session.query<Artist>().with<&Artist::name>().all();
#else
    return session.query<Artist>().with<&Artist::albums>().all();
#endif
}
