// SPDX-License-Identifier: BSL-1.0
// error: mica: more than one foreign key leads
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Team {
    std::int64_t id = 0;
    std::string name;
};
struct Match {
    std::int64_t id = 0;
    std::int64_t home = 0;
    std::int64_t guest = 0;
    static constexpr auto mapping() {
        return mica::table(mica::foreign_key<&Match::home, &Team::id>, mica::foreign_key<&Match::guest, &Team::id>);
    }
};

using mica::col;
using mica::select;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return select<Match>().join<Team>();
#else
    return select<Match>().join<Team>(col<&Match::home> == col<&Team::id>);
#endif
}
