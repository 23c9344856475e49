// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity needs a primary key
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Row {
    int value = 0;
};

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::Filter<Row>{};
#else
    return mica::Filter<Artist>{};
#endif
}
