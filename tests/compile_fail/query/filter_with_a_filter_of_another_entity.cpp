// SPDX-License-Identifier: BSL-1.0
// error: mica: a Filter or an Order uses columns of its own entities only
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

void grow() {
    mica::Filter<Artist> filter;
#ifdef MICA_COMPILE_FAIL
    filter &= mica::Filter<Album>{};
#else
    filter &= mica::Filter<Artist>{};
#endif
}
