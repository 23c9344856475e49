// SPDX-License-Identifier: BSL-1.0
// Constraints, defaults and generated columns: constants or one row's columns.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

// error: mica: check\(\) and the where\(\) of an index take a condition
#if defined FAULT_check_that_is_no_condition || !defined FAULT
namespace check_that_is_no_condition {
struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::check(mica::col<&Car::year>));
#else
        return mica::table(mica::check(mica::col<&Car::year> >= 1886));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace check_that_is_no_condition
#endif

// error: mica: check\(\), generated<>, default_expr<> and an index see one row
#if defined FAULT_check_with_a_subquery || !defined FAULT
namespace check_with_a_subquery {
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
        return mica::table(mica::check(col<&Car::year>.in(mica::select(col<&Make::cars>))));
#else
        return mica::table(mica::check(col<&Car::year> == 1));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace check_with_a_subquery
#endif

// error: mica: check\(\), generated<>, default_expr<> and an index see one row
#if defined FAULT_check_with_a_window || !defined FAULT
namespace check_with_a_window {
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
        return mica::table(mica::check(mica::row_number().over(order_by(col<&Car::year>)) < 10));
#else
        return mica::table(mica::check(col<&Car::year> < 10));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace check_with_a_window
#endif

// error: mica: check\(\), generated<>, default_expr<> and an index see one row
#if defined FAULT_check_with_an_aggregate || !defined FAULT
namespace check_with_an_aggregate {
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
        return mica::table(mica::check(mica::max(col<&Car::year>) > 1886));
#else
        return mica::table(mica::check(mica::max(col<&Car::year>, col<&Car::age>) > 1886));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace check_with_an_aggregate
#endif

// error: mica: these two operands have unrelated types
#if defined FAULT_check_with_an_unrelated_comparison || !defined FAULT
namespace check_with_an_unrelated_comparison {
struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::check(mica::col<&Car::year> != ""));
#else
        return mica::table(mica::check(mica::col<&Car::year> != 0));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace check_with_an_unrelated_comparison
#endif

// error: mica: a column has at most one default_value
#if defined FAULT_default_and_generated || !defined FAULT
namespace default_and_generated {
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::default_value<&Car::year>(5), mica::generated<&Car::year>(mica::col<&Car::id> + 1));
#else
        return mica::table(mica::default_value<&Car::make>("x"), mica::generated<&Car::year>(mica::col<&Car::id> + 1));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace default_and_generated
#endif

// error: mica: default_expr<> and generated<> give a value of their field's type
#if defined FAULT_default_expression_of_another_type || !defined FAULT
namespace default_expression_of_another_type {
struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::default_expr<&Car::year>(mica::strftime("%Y", "now")));
#else
        return mica::table(mica::default_expr<&Car::year>(mica::strftime("%Y", "now").cast<int>()));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace default_expression_of_another_type
#endif

// error: mica: sql<>\(\) is text of run time and cannot stand in a mapping
#if defined FAULT_default_of_raw_sql || !defined FAULT
namespace default_of_raw_sql {
struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::default_expr<&Car::year>(mica::sql<int>("abs(-1886)")));
#else
        return mica::table(mica::default_expr<&Car::year>(mica::func<"abs", int>(-1886)));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace default_of_raw_sql
#endif

// error: mica: default_expr<> and generated<> give a value of their field's type
#if defined FAULT_generated_of_another_type || !defined FAULT
namespace generated_of_another_type {
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::generated<&Car::year>(mica::col<&Car::make> || "!"));
#else
        return mica::table(mica::generated<&Car::year>(length(mica::col<&Car::make>)));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace generated_of_another_type
#endif

// error: mica: check\(\), generated<>, default_expr<> and an index see one row
#if defined FAULT_default_of_an_aggregate || !defined FAULT
namespace default_of_an_aggregate {
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
        return mica::table(mica::default_expr<&Car::age>(mica::count()));
#else
        return mica::table(mica::default_expr<&Car::age>(mica::literal(7)));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace default_of_an_aggregate
#endif

// error: mica: default_value<>
#if defined FAULT_default_of_another_type || !defined FAULT
namespace default_of_another_type {
struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::default_value<&Car::make>(5));
#else
        return mica::table(mica::default_value<&Car::make>("Ford"));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace default_of_another_type
#endif

// error: mica: a default_value<>
#if defined FAULT_default_out_of_range || !defined FAULT
namespace default_out_of_range {
struct Car {
    std::int64_t id = 0;
    std::uint8_t doors = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::default_value<&Car::doors>(500));
#else
        return mica::table(mica::default_value<&Car::doors>(5));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace default_out_of_range
#endif

// error: mica: check\(\), generated<>, default_expr<> and an index see one row
#if defined FAULT_generated_of_an_aggregate || !defined FAULT
namespace generated_of_an_aggregate {
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
        return mica::table(mica::generated<&Car::age>(2026 - min(col<&Car::year>)));
#else
        return mica::table(mica::generated<&Car::age>(2026 - col<&Car::year>));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace generated_of_an_aggregate
#endif

// error: mica: a column has at most one default_value
#if defined FAULT_two_defaults || !defined FAULT
namespace two_defaults {
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef FAULT
        return mica::table(mica::default_value<&Car::year>(5), mica::default_value<&Car::year>(6));
#else
        return mica::table(mica::default_value<&Car::year>(5), mica::default_value<&Car::make>("x"));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
}  // namespace two_defaults
#endif
