// SPDX-License-Identifier: BSL-1.0
// error: mica: a value given to SQL has a type
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
    return select(mica::sql<bool>("? > 1", col<&Artist::id>));
#else
    return select(mica::sql<bool>("? > 1", 2));
#endif
}
