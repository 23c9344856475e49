// SPDX-License-Identifier: BSL-1.0
// error: mica: a relation is a field of the entity itself, not of an embedded object
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Album;

struct Details {
    std::string name;
#ifdef MICA_COMPILE_FAIL
    mica::HasMany<Album> albums;
#endif
};
struct Artist {
    std::int64_t id = 0;
    Details details;
};

constexpr auto text = mica::ddl<Artist>;
