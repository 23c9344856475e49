// SPDX-License-Identifier: BSL-1.0
// Assignments of set(): each column once, by a value of its type.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    int age = 0;
    std::optional<std::string> owner;
    bool sold = false;

    static constexpr auto mapping() {
        return mica::table("car", mica::unique<&Car::make>, mica::default_value<&Car::year>(2000),
                           mica::index<&Car::year>.unique().where(mica::col<&Car::price> > 0),
                           mica::generated<&Car::age>(mica::col<&Car::year> - 1886));
    }
};
struct Maker {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;

// error: mica: a column can only be set to a value of its own type
#ifdef FAULT_assignment_of_a_null_pointer
auto assignment_of_a_null_pointer() { return mica::update<Car>().set(col<&Car::make> = nullptr).all_rows(); }
#elif !defined FAULT
auto assignment_of_a_null_pointer() { return mica::update<Car>().set(col<&Car::owner> = std::nullopt).all_rows(); }
#endif

// error: mica: a statement writes each column once
#ifdef FAULT_set_of_a_column_twice
auto set_of_a_column_twice() { return mica::update<Car>().set(col<&Car::year> = 1, col<&Car::year> = 2).all_rows(); }
#elif !defined FAULT
auto set_of_a_column_twice() { return mica::update<Car>().set(col<&Car::year> = 1, col<&Car::price> = 2).all_rows(); }
#endif

// error: mica: a generated<> column is computed
#ifdef FAULT_set_of_a_generated_column
auto set_of_a_generated_column() { return mica::update<Car>().set(col<&Car::age> = 1).all_rows(); }
#elif !defined FAULT
auto set_of_a_generated_column() { return mica::update<Car>().set(col<&Car::year> = col<&Car::age>).all_rows(); }
#endif

// error: mica: set\(\) takes assignments
#ifdef FAULT_set_of_another_entity
auto set_of_another_entity() { return mica::update<Car>().set(col<&Maker::name> = "x").all_rows(); }
#elif !defined FAULT
auto set_of_another_entity() { return mica::update<Car>().set(col<&Car::make> = "x").all_rows(); }
#endif

// error: mica: a column can only be set to a value of its own type
#ifdef FAULT_set_to_a_column_of_another_type
auto set_to_a_column_of_another_type() { return mica::update<Car>().set(col<&Car::make> = col<&Car::year>).all_rows(); }
#elif !defined FAULT
auto set_to_a_column_of_another_type() {
    return mica::update<Car>().set(col<&Car::price> = col<&Car::year>).all_rows();
}
#endif

// error: mica: a column that is not std::optional cannot be set to NULL
#ifdef FAULT_set_to_a_select_that_may_have_no_row
auto set_to_a_select_that_may_have_no_row() {
    return mica::update<Car>().set(col<&Car::year> = mica::select(col<&Car::year>)).all_rows();
}
#elif !defined FAULT
auto set_to_a_select_that_may_have_no_row() {
    return mica::update<Car>().set(col<&Car::price> = mica::select(col<&Car::year>)).all_rows();
}
#endif

// error: mica: a column can only be set to a value of its own type
#ifdef FAULT_set_to_a_value_of_another_type
auto set_to_a_value_of_another_type() { return mica::update<Car>().set(col<&Car::year> = "new").all_rows(); }
#elif !defined FAULT
auto set_to_a_value_of_another_type() { return mica::update<Car>().set(col<&Car::year> = 2000).all_rows(); }
#endif

// error: mica: a column's new value is made from single rows
#ifdef FAULT_set_to_an_aggregate
auto set_to_an_aggregate() { return mica::update<Car>().set(col<&Car::price> = mica::max(col<&Car::year>)).all_rows(); }
#elif !defined FAULT
auto set_to_an_aggregate() {
    return mica::update<Car>().set(col<&Car::price> = mica::select(mica::max(col<&Car::year>))).all_rows();
}
#endif

// error: mica: a column that is not std::optional cannot be set to NULL
#ifdef FAULT_set_to_an_optional_column
auto set_to_an_optional_column() { return mica::update<Car>().set(col<&Car::year> = col<&Car::price>).all_rows(); }
#elif !defined FAULT
auto set_to_an_optional_column() { return mica::update<Car>().set(col<&Car::price> = col<&Car::year>).all_rows(); }
#endif

// error: mica: a column that is not std::optional cannot be set to NULL
#ifdef FAULT_set_to_an_optional_value
auto set_to_an_optional_value() { return mica::update<Car>().set(col<&Car::year> = std::optional<int>(5)).all_rows(); }
#elif !defined FAULT
auto set_to_an_optional_value() { return mica::update<Car>().set(col<&Car::price> = std::optional<int>(5)).all_rows(); }
#endif

// error: mica: a column that is not std::optional cannot be set to NULL
#ifdef FAULT_set_to_nullopt
auto set_to_nullopt() { return mica::update<Car>().set(col<&Car::year> = std::nullopt).all_rows(); }
#elif !defined FAULT
auto set_to_nullopt() { return mica::update<Car>().set(col<&Car::price> = std::nullopt).all_rows(); }
#endif

// error: mica: set\(\) is called once
#ifdef FAULT_set_twice
auto set_twice() { return mica::update<Car>().set(col<&Car::year> = 2000).set(col<&Car::sold> = true).all_rows(); }
#elif !defined FAULT
auto set_twice() { return mica::update<Car>().set(col<&Car::year> = 2000, col<&Car::sold> = true).all_rows(); }
#endif

// error: mica: set\(\) takes assignments
#ifdef FAULT_set_with_a_comparison
auto set_with_a_comparison() { return mica::update<Car>().set(col<&Car::year> == 2000).all_rows(); }
#elif !defined FAULT
auto set_with_a_comparison() { return mica::update<Car>().set(col<&Car::year> = 2000).all_rows(); }
#endif

// error: mica: set\(\) takes assignments
#ifdef FAULT_set_with_a_value
auto set_with_a_value() { return mica::update<Car>().set(2000).all_rows(); }
#elif !defined FAULT
auto set_with_a_value() { return mica::update<Car>().set(col<&Car::year> = 2000).all_rows(); }
#endif

// error: mica: set\(\) takes assignments
#ifdef FAULT_set_without_assignments
auto set_without_assignments() { return mica::update<Car>().set().all_rows(); }
#elif !defined FAULT
auto set_without_assignments() { return mica::update<Car>().set(col<&Car::year> = 2000).all_rows(); }
#endif
