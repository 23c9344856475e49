// SPDX-License-Identifier: BSL-1.0
// error: mica: an alias has the columns of its own entity
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

using mica::select;

constexpr auto other = mica::alias<Artist, "other">;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(other.col<&Album::title>);
#else
    return select(other.col<&Artist::name>);
#endif
}
