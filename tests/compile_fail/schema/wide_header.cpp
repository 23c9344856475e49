// SPDX-License-Identifier: BSL-1.0
#ifndef FAULT
#include <mica/wide.hpp>
#endif

#include <mica/query.hpp>

#include <cstdint>

#define MICA_TEN(n) int n##0, n##1, n##2, n##3, n##4, n##5, n##6, n##7, n##8, n##9;
#define MICA_FIFTY(n) MICA_TEN(n##0) MICA_TEN(n##1) MICA_TEN(n##2) MICA_TEN(n##3) MICA_TEN(n##4)

// error: mica: an entity of more than 100 fields needs #include <mica/wide\.hpp>
#if defined FAULT_wide_header_left_out || !defined FAULT
namespace wide_header_left_out {
struct Sample {
    std::int64_t id = 0;
    MICA_FIFTY(a) MICA_FIFTY(b)
};

void use(const mica::Engine& engine) { engine.create_all<Sample>(); }
}  // namespace wide_header_left_out
#endif
