// SPDX-License-Identifier: BSL-1.0
// error: mica: a key or an index has at most 8 columns
#include <mica/mica.hpp>

#include <cstdint>

struct Position {
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
#ifdef MICA_COMPILE_FAIL
    int i = 0;
#endif
};

struct Piece {
    Position position;
    std::int64_t number = 0;

    static constexpr auto mapping() { return mica::table("piece", mica::primary_key<&Piece::position>); }
};

auto statement() { return mica::select<Piece>(); }
