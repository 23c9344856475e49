// SPDX-License-Identifier: BSL-1.0
// error: mica: beside an aggregate a column must be in group_by
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

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(select(col<&Artist::name>, col<&Album::title>).join<Album>().group_by(col<&Artist::id>));
#else
    return connection.all(
        select(col<&Artist::name>, col<&Album::title>).join<Album>().group_by(col<&Artist::id>, col<&Album::id>));
#endif
}
