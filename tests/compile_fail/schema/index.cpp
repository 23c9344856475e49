// SPDX-License-Identifier: BSL-1.0
// Names and expressions of indexes.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

// error: mica: two indexes of this schema have the same name
#if defined FAULT_index_names_in_a_schema || !defined FAULT
namespace index_names_in_a_schema {
struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() { return mica::table(mica::index<&Car::year>.name("by_year")); }
};
struct Bike {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::index<&Bike::year>.name("By_Year"));
#else
        return mica::table(mica::index<&Bike::year>.name("bike_by_year"));
#endif
    }
};

using Vehicles = mica::Schema<Car, Bike>;

void use(const mica::Engine& engine) { engine.create_all<Vehicles>(); }
}  // namespace index_names_in_a_schema
#endif

// error: mica: two indexes of this schema have the same name
#if defined FAULT_index_names_of_two_tables || !defined FAULT
namespace index_names_of_two_tables {
struct Order {
    std::int64_t id = 0;
    std::int64_t line_id = 0;

    static constexpr auto mapping() { return mica::table("order", mica::index<&Order::line_id>); }
};
struct OrderLine {
    std::int64_t id = 0;
    int id_ = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table("order_line", mica::index<&OrderLine::id>);
#else
        return mica::table("order_line", mica::index<&OrderLine::id>.name("line_ids"));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Order, OrderLine>(); }
}  // namespace index_names_of_two_tables
#endif

// error: mica: two indexes of this entity have the same name
#if defined FAULT_index_names_that_differ_in_case || !defined FAULT
namespace index_names_that_differ_in_case {
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::index<&Car::year>.name("by_year"), mica::index<&Car::make>.name("BY_YEAR"));
#else
        return mica::table(mica::index<&Car::year>.name("by_year"), mica::index<&Car::make>.name("by_make"));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace index_names_that_differ_in_case
#endif

// error: mica: check\(\), generated<>, default_expr<> and an index see one row
#if defined FAULT_index_on_an_aggregate || !defined FAULT
namespace index_on_an_aggregate {
struct Make {
    std::int64_t id = 0;
    int cars = 0;
};

struct Car {
    std::int64_t id = 0;
    int year = 0;
    int age = 0;

    static constexpr auto mapping() {
        using mica::col;
#ifdef FAULT
        return mica::table(mica::index_on(sum(col<&Car::year>).desc()));
#else
        return mica::table(mica::index_on(abs(col<&Car::year>).desc()));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace index_on_an_aggregate
#endif

// error: mica: check\(\), generated<>, default_expr<> and an index see one row
#if defined FAULT_partial_index_with_an_aggregate || !defined FAULT
namespace partial_index_with_an_aggregate {
struct Make {
    std::int64_t id = 0;
    int cars = 0;
};

struct Car {
    std::int64_t id = 0;
    int year = 0;
    int age = 0;

    static constexpr auto mapping() {
        using mica::col;
#ifdef FAULT
        return mica::table(mica::index<&Car::year>.where(mica::count() > 1));
#else
        return mica::table(mica::index<&Car::year>.where(col<&Car::age> > 1));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace partial_index_with_an_aggregate
#endif

// error: mica: check\(\) and the where\(\) of an index take a condition
#if defined FAULT_partial_index_without_a_condition || !defined FAULT
namespace partial_index_without_a_condition {
struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::index<&Car::year>.where(mica::col<&Car::year>));
#else
        return mica::table(mica::index<&Car::year>.where(mica::col<&Car::year> > 2000));
#endif
    }
};

constexpr std::string_view text = mica::ddl<Car>;
}  // namespace partial_index_without_a_condition
#endif
