// SPDX-License-Identifier: BSL-1.0
// error: mica: a statement uses the columns of at most 32 tables
#include <mica/mica.hpp>

#include <cstdint>
#include <utility>

template <int number>
struct Part {
    std::int64_t id = 0;
    std::int64_t whole = 0;
};

template <int... numbers>
auto parts(std::integer_sequence<int, numbers...>) {
    return mica::select<Part<0>>().where(((mica::col<&Part<numbers>::whole> == 1) && ...));
}

#ifdef MICA_COMPILE_FAIL
auto statement() { return parts(std::make_integer_sequence<int, 33>{}); }
#else
auto statement() { return parts(std::make_integer_sequence<int, 32>{}); }
#endif
