// SPDX-License-Identifier: BSL-1.0
// error: mica: a relation leads to a struct that is no entity
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
#ifdef MICA_COMPILE_FAIL
    std::int64_t number = 0;
#else
    std::int64_t id = 0;
#endif
    std::int64_t artist_id = 0;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

auto use(mica::Session& session) { return session.get<Artist>(1); }
