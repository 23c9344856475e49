// SPDX-License-Identifier: BSL-1.0
// error: mica: a key or an index has at most 8 columns
#include <mica/mica.hpp>

#include <cstdint>

struct Cell {
    std::int64_t id = 0;
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0;

    static constexpr auto mapping() {
        using C = Cell;
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::unique<&C::a, &C::b, &C::c, &C::d, &C::e, &C::f, &C::g, &C::h, &C::i>);
#else
        return mica::table(mica::unique<&C::a, &C::b, &C::c, &C::d, &C::e, &C::f, &C::g, &C::h>);
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Cell>(); }
