// SPDX-License-Identifier: BSL-1.0
// error: mica: two indexes of this schema have the same name
#include <mica/mica.hpp>

#include <cstdint>

struct Order {
    std::int64_t id = 0;
    std::int64_t line_id = 0;

    static constexpr auto mapping() { return mica::table("order", mica::index<&Order::line_id>); }
};
struct OrderLine {
    std::int64_t id = 0;
    int id_ = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table("order_line", mica::index<&OrderLine::id>);
#else
        return mica::table("order_line", mica::index<&OrderLine::id>.name("line_ids"));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Order, OrderLine>(); }
