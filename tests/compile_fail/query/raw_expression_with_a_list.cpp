// SPDX-License-Identifier: BSL-1.0
// error: mica: a value given to SQL has a type
#include <mica/mica.hpp>

#include <vector>

using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select(mica::sql<bool>("1 IN (?)", std::vector<int>{1}));
#else
    return select(mica::sql<bool>("1 IN (?)", 1));
#endif
}
