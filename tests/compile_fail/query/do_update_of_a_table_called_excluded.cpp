// SPDX-License-Identifier: BSL-1.0
// error: mica: do_update\(\) cannot tell a table that is called excluded
#include <mica/mica.hpp>

#include <cstdint>

struct Row {
    std::int64_t id = 0;
    int count = 0;

    static constexpr auto mapping() { return mica::table("Excluded"); }
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Row>().values(Row{}).on_conflict<&Row::id>().do_update(col<&Row::count> =
                                                                                        mica::excluded<&Row::count>);
#else
    return mica::insert_into<Row>().values(Row{}).on_conflict<&Row::id>().do_nothing();
#endif
}
