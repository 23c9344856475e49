// SPDX-License-Identifier: BSL-1.0
// error: mica: version<> counts in an integer field
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::string revision;
#else
    int revision = 0;
#endif

    static constexpr auto mapping() { return mica::table(mica::version<&Car::revision>); }
};

void use(mica::Session& session) { session.add(Car{}); }
