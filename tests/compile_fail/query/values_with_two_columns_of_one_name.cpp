// SPDX-License-Identifier: BSL-1.0
// error: mica: values\(\) has two columns of the same name
#include <mica/mica.hpp>

#include <utility>

auto statement() {
#ifdef MICA_COMPILE_FAIL
    const auto v = mica::values<"v", "id", "ID">({std::pair{1, 2}});
#else
    const auto v = mica::values<"v", "id", "ID_">({std::pair{1, 2}});
#endif
    return mica::select(v.col<"id">).from(v);
}
