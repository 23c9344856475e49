// SPDX-License-Identifier: BSL-1.0
// error: mica: an Order takes expressions, or their asc\(\) and desc\(\)
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
    return mica::Order<Artist>{}.then("name");
#else
    return mica::Order<Artist>{}.then(col<&Artist::name>);
#endif
}
