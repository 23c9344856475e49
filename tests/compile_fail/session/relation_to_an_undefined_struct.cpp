// SPDX-License-Identifier: BSL-1.0
// error: mica: a session needs the definition of every struct that a relation of its objects leads to
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

#ifndef MICA_COMPILE_FAIL
struct Album {
    std::int64_t id = 0;
    std::int64_t artist_id = 0;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};
#endif

void use(mica::Session& session) { session.add(Artist{}); }
