// SPDX-License-Identifier: BSL-1.0
// error: mica: std::uint64_t does not fit
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::optional<std::uint64_t> mileage;
#else
    std::optional<std::int64_t> mileage;
#endif
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
