// SPDX-License-Identifier: BSL-1.0
// error: mica: the text of a statement with a Filter, an Order, where_if
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
    return mica::union_(select<Artist>().where_if(true, col<&Artist::id> == 1), select<Artist>()).sql();
#else
    return mica::union_(select<Artist>().where(col<&Artist::id> == 1), select<Artist>()).sql();
#endif
}
