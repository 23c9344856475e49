// SPDX-License-Identifier: BSL-1.0
// error: mica: an Order sorts single rows
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::Order<Artist>{mica::count().desc()};
#else
    return mica::Order<Artist>{col<&Artist::id>.desc()};
#endif
}
