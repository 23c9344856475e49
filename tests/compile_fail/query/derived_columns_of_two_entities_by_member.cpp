// SPDX-License-Identifier: BSL-1.0
// error: mica: this subquery selects two columns of that name
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

constexpr auto pairs = mica::subquery<"pairs">(select<Album, Artist>().join<Artist>());

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(pairs.col<&Artist::id>).from(pairs);
#else
    return select(pairs.col<&Album::title>).from(pairs);
#endif
}
