// SPDX-License-Identifier: BSL-1.0
// error: mica: a set operation takes two or more select\(\)s
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::union_(select<Artist>());
#else
    return mica::union_(select<Artist>(), select<Artist>());
#endif
}
