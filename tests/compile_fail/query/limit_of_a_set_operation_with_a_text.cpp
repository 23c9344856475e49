// SPDX-License-Identifier: BSL-1.0
// error: mica: limit\(\) and offset\(\) take a number of rows
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
    return mica::union_(select<Artist>(), select<Artist>()).limit("1");
#else
    return mica::union_(select<Artist>(), select<Artist>()).limit(1);
#endif
}
