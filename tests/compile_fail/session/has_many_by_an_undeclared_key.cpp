// SPDX-License-Identifier: BSL-1.0
// error: mica: a relation names a foreign key that is not declared
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album, "producer_id"> albums;
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
    std::optional<std::int64_t> producer_id;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>);
#else
        return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>,
                           mica::foreign_key<&Album::producer_id, &Artist::id>);
#endif
    }
};

auto use(mica::Session& session) { return session.query<Artist>().all(); }
