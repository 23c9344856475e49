// SPDX-License-Identifier: BSL-1.0
// error: mica: owned is for HasMany and HasOne
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Artist {
    std::int64_t id = 0;
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
#ifdef MICA_COMPILE_FAIL
    mica::BelongsTo<Artist, mica::owned> artist;
#else
    mica::BelongsTo<Artist> artist;
#endif
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

void use(mica::Session& session) { session.add(Album{}); }
