// SPDX-License-Identifier: BSL-1.0
// error: mica: a session needs the definition of every struct
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Album;
struct Artist {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    mica::HasMany<Album> albums;
#endif
};

void use(mica::Session& session) { session.add(Artist{}); }
