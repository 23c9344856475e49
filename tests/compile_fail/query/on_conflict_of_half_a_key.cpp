// SPDX-License-Identifier: BSL-1.0
// error: mica: on_conflict\(\) is given no key
#include <mica/mica.hpp>

#include <cstdint>

struct Pair {
    int a = 0;
    int b = 0;
    static constexpr auto mapping() { return mica::table(mica::primary_key<&Pair::a, &Pair::b>); }
};

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Pair>().values(Pair{}).on_conflict<&Pair::a>().do_nothing();
#else
    return mica::insert_into<Pair>().values(Pair{}).on_conflict<&Pair::a, &Pair::b>().do_nothing();
#endif
}
