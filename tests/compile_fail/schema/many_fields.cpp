// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <cstdint>

#define MICA_TEN(n) int n##0, n##1, n##2, n##3, n##4, n##5, n##6, n##7, n##8, n##9;
#define MICA_FIFTY(n) MICA_TEN(n##0) MICA_TEN(n##1) MICA_TEN(n##2) MICA_TEN(n##3) MICA_TEN(n##4)

// error: mica: an entity has at most 256 fields
#if defined FAULT_more_than_256_fields || !defined FAULT
namespace more_than_256_fields {
struct Sample {
    std::int64_t id = 0;
    MICA_FIFTY(a) MICA_FIFTY(b) MICA_FIFTY(c) MICA_FIFTY(d) MICA_FIFTY(e) int f, g, h, i, j;
#ifdef FAULT
    int k;
#endif
};

void use(const mica::Engine& engine) { engine.create_all<Sample>(); }
}  // namespace more_than_256_fields
#endif
