// SPDX-License-Identifier: BSL-1.0
// error: mica: these two operands have unrelated types
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
    return select<Artist>().where(col<&Artist::id> == mica::param<std::string>);
#else
    return select<Artist>().where(col<&Artist::name> == mica::param<std::string>);
#endif
}
