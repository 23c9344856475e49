// SPDX-License-Identifier: BSL-1.0
// error: mica: where\(\) sees single rows
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
    filter &= mica::count() > 1;
#else
    filter &= col<&Artist::id> > 1;
#endif
}
