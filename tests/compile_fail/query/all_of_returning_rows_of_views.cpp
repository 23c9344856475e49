// SPDX-License-Identifier: BSL-1.0
// error: mica: the rows of returning<T>\(\) outlive
#include <mica/mica.hpp>

#include <cstdint>
#include <string_view>

struct Line {
    std::int64_t id = 0;
    std::string_view text;
};

using mica::col;

void run(const mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    static_cast<void>(connection.all(mica::delete_from<Line>().all_rows().returning<Line>()));
#else
    static_cast<void>(connection.all(mica::delete_from<Line>().all_rows().returning(col<&Line::text>)));
#endif
}
