// SPDX-License-Identifier: BSL-1.0
// error: mica: from\(\) goes before join\(\)
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

using mica::col;
using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(col<&Artist::name>).join<Album>().from<Artist>();
#else
    return select(col<&Artist::name>).from<Artist>().join<Album>();
#endif
}
