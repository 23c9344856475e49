// SPDX-License-Identifier: BSL-1.0
// error: mica: a relation needs a foreign_key<> between its two entities
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasOne<Album> albums;
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;
    std::optional<std::int64_t> producer_id;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table();
#else
        return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>);
#endif
    }
};

void use(mica::Session& session) { session.add(Artist{}); }
