// SPDX-License-Identifier: BSL-1.0
// error: mica: a common table expression has the name of a table
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

using mica::exists;
using mica::select;

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    const auto source = mica::cte<"Artist">(select<Album>());
    return connection.all(select(source.col<"id">).from(source).where(exists(select<Artist>())));
#else
    const auto source = mica::cte<"Artists">(select<Album>());
    return connection.all(select(source.col<"id">).from(source).where(exists(select<Artist>())));
#endif
}
