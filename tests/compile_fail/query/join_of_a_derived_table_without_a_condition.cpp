// SPDX-License-Identifier: BSL-1.0
// error: mica: no foreign key leads from this table
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

constexpr auto recent = mica::subquery<"recent">(select(col<&Album::artist_id>));

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select<Artist>().join(recent);
#else
    return select<Artist>().join(recent, recent.col<"artist_id"> == col<&Artist::id>);
#endif
}
