// SPDX-License-Identifier: BSL-1.0
// error: mica: update\(\) writes the columns that are no part of the primary key
#include <mica/mica.hpp>

#include <vector>

struct Pair {
    int a = 0;
    int b = 0;
#ifndef MICA_COMPILE_FAIL
    int c = 0;
#endif

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Pair::a, &Pair::b>); }
};

auto use(mica::Connection& connection, std::vector<Pair>& pairs) { return connection.update(pairs); }
