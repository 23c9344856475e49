// SPDX-License-Identifier: BSL-1.0
// error: mica: a SELECT used as a value selects one expression
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
    return select(select(col<&Artist::id>, col<&Artist::name>).scalar_subquery());
#else
    return select(select(col<&Artist::id>).scalar_subquery());
#endif
}
