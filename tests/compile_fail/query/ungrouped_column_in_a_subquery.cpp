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
using mica::count;
using mica::exists;
using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select<Artist>().where(exists(select(col<&Album::title>, count())));
#else
    return select<Artist>().where(exists(select(col<&Album::title>)));
#endif
}
