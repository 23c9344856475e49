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

using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(mica::sql<int>("1")).sql();
#else
    return mica::to_string(select(mica::sql<int>("1")));
#endif
}
