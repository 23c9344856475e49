// SPDX-License-Identifier: BSL-1.0
// error: mica: a relation is a field of the entity itself
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Artist {
    std::int64_t id = 0;
};
struct Credits {
    std::int64_t artist_id = 0;
#ifdef MICA_COMPILE_FAIL
    mica::BelongsTo<Artist> artist;
#endif
};
struct Album {
    std::int64_t id = 0;
    Credits credits;
};

void use(mica::Session& session) { session.add(Album{}); }
