// SPDX-License-Identifier: BSL-1.0
// error: mica: param<> is of a type that mica can store
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;
using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select<Artist>().where(col<&Artist::id> == mica::param<std::vector<int>>);
#else
    return select<Artist>().where(col<&Artist::id> == mica::param<int>);
#endif
}
