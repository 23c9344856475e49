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

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::Order<Artist>{}.then(col<&Album::id>);
#else
    return mica::Order<Artist>{}.then(col<&Artist::id>);
#endif
}
