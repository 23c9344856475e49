// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity is an aggregate
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <utility>

struct Car {
    std::int64_t id = 0;
    std::string make;
#ifdef MICA_COMPILE_FAIL
    explicit Car(std::string name);
#endif
};

void use(mica::Session& session, Car car) { session.add(std::move(car)); }
