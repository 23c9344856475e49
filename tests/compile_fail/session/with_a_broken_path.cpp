// SPDX-License-Identifier: BSL-1.0
// error: mica: in a path of with<> or load<> each member is a relation of the entity that the one before it leads to
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
    return session.query<Artist>().with<&Artist::albums, &Artist::albums>().one();
#else
    return session.query<Artist>().with<&Artist::albums, &Album::artist>().one();
#endif
}
