// SPDX-License-Identifier: BSL-1.0
// error: mica: this statement uses a column of a table that it does not read from
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
    return connection.prepare(select<Artist>().where(col<&Album::id> == mica::param<int>))(1).all();
#else
    return connection.prepare(select<Artist>().where(col<&Artist::id> == mica::param<int>))(1).all();
#endif
}
