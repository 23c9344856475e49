// SPDX-License-Identifier: BSL-1.0
// error: mica: the members of a set operation select columns of the same types
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
    return mica::union_all(select(col<&Artist::id>), select(col<&Artist::id>, col<&Artist::name>));
#else
    return mica::union_all(select(col<&Artist::id>), select(col<&Artist::id>));
#endif
}
