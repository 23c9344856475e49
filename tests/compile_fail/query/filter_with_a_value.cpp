// SPDX-License-Identifier: BSL-1.0
// error: mica: a Filter takes conditions
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;

void grow() {
    mica::Filter<Artist> filter;
#ifdef MICA_COMPILE_FAIL
    filter &= col<&Artist::id>;
#else
    filter &= col<&Artist::id> == 1;
#endif
}
