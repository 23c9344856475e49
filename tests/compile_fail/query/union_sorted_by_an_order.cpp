// SPDX-License-Identifier: BSL-1.0
// error: mica: the rows of a set operation are sorted by what its first member selects
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
    return mica::union_(select<Artist>(), select<Artist>()).order_by(mica::Order<Artist>{});
#else
    return mica::union_(select<Artist>(), select<Artist>()).order_by(col<&Artist::id>);
#endif
}
