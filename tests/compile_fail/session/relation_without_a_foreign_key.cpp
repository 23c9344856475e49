// SPDX-License-Identifier: BSL-1.0
// error: mica: a relation needs a foreign_key<> between its two entities
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
};
struct Artist {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    mica::HasMany<Album> albums;
#endif
};

void use(mica::Session& session) { session.add(Artist{}); }
