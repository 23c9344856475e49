// SPDX-License-Identifier: BSL-1.0
// error: mica: having\(\) goes after group_by\(\)
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
using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(count()).from<Album>().having(count() > 1);
#else
    return select(count()).from<Album>().group_by(col<&Album::year>).having(count() > 1);
#endif
}
