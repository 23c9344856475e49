// SPDX-License-Identifier: BSL-1.0
// error: mica: where\(\) takes a condition
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;
using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select<Artist>().where_if(true, col<&Artist::id>);
#else
    return select<Artist>().where_if(true, col<&Artist::id> == 1);
#endif
}
