// SPDX-License-Identifier: BSL-1.0
// error: mica: sql<>\(\) names the type of its result
#include <mica/mica.hpp>

#include <vector>

using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(mica::sql<std::vector<int>>("1"));
#else
    return select(mica::sql<int>("1"));
#endif
}
