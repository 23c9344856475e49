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

auto statement() {
#ifdef MICA_COMPILE_FAIL
    const auto source = mica::subquery<"source">(select(col<&Album::id>).where(col<&Artist::id> == 1));
    return select(source.col<"id">).from(source);
#else
    const auto source = mica::subquery<"source">(select(col<&Album::id>).where(col<&Album::id> == 1));
    return select(source.col<"id">).from(source);
#endif
}
