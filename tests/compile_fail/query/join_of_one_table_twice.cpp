// SPDX-License-Identifier: BSL-1.0
// error: mica: this table is there twice
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

constexpr auto other = mica::alias<Artist, "other">;

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(select<Album>().join<Artist>().left_join<Artist>(col<&Artist::id> == 1));
#else
    return connection.all(select<Album>().join<Artist>().left_join(other, other.col<&Artist::id> == 1));
#endif
}
