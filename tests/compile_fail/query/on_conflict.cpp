// SPDX-License-Identifier: BSL-1.0
// on_conflict(): which keys, and what it does then.
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
struct Row {
    std::int64_t id = 0;
    int count = 0;

    static constexpr auto mapping() { return mica::table("Excluded"); }
};
struct Setting {
    std::int64_t id = 0;
    std::optional<std::string> name;
    std::optional<int> value;
};
struct Pair {
    int a = 0;
    int b = 0;
    static constexpr auto mapping() { return mica::table(mica::primary_key<&Pair::a, &Pair::b>); }
};

using mica::col;

// error: mica: this statement uses a column of a table
#ifdef FAULT_do_update_from_another_table
auto do_update_from_another_table() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::make> =
                                                                                          col<&Maker::name>);
}
#elif !defined FAULT
auto do_update_from_another_table() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::make> =
                                                                                          mica::excluded<&Car::make>);
}
#endif

// error: mica: do_update\(\) cannot tell a table that is called excluded
#ifdef FAULT_do_update_of_a_table_called_excluded
auto do_update_of_a_table_called_excluded() {
    return mica::insert_into<Row>().values(Row{}).on_conflict<&Row::id>().do_update(col<&Row::count> =
                                                                                        mica::excluded<&Row::count>);
}
#elif !defined FAULT
auto do_update_of_a_table_called_excluded() {
    return mica::insert_into<Row>().values(Row{}).on_conflict<&Row::id>().do_nothing();
}
#endif

// error: mica: do_update\(\) takes assignments
#ifdef FAULT_do_update_of_another_entity
auto do_update_of_another_entity() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Maker::name> = "x");
}
#elif !defined FAULT
auto do_update_of_another_entity() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::make> = "x");
}
#endif

// error: mica: a column can only be set to a value of its own type
#ifdef FAULT_do_update_to_an_excluded_column_of_another_type
auto do_update_to_an_excluded_column_of_another_type() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::year> =
                                                                                          mica::excluded<&Car::make>);
}
#elif !defined FAULT
auto do_update_to_an_excluded_column_of_another_type() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::year> =
                                                                                          mica::excluded<&Car::year>);
}
#endif

// error: mica: a column that is not std::optional cannot be set to NULL
#ifdef FAULT_do_update_to_an_excluded_column_that_can_be_null
auto do_update_to_an_excluded_column_that_can_be_null() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::year> =
                                                                                          mica::excluded<&Car::price>);
}
#elif !defined FAULT
auto do_update_to_an_excluded_column_that_can_be_null() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::price> =
                                                                                          mica::excluded<&Car::price>);
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_do_update_where_another_table
auto do_update_where_another_table() {
    return mica::insert_into<Car>()
        .values(Car{})
        .on_conflict<&Car::make>()
        .do_update(col<&Car::year> = 5)
        .where(col<&Maker::id> == 1);
}
#elif !defined FAULT
auto do_update_where_another_table() {
    return mica::insert_into<Car>()
        .values(Car{})
        .on_conflict<&Car::make>()
        .do_update(col<&Car::year> = 5)
        .where(col<&Car::id> == 1);
}
#endif

// error: mica: do_update\(\) takes assignments
#ifdef FAULT_do_update_with_a_comparison
auto do_update_with_a_comparison() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::year> == 5);
}
#elif !defined FAULT
auto do_update_with_a_comparison() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::year> = 5);
}
#endif

// error: mica: do_update\(\) takes assignments
#ifdef FAULT_do_update_without_assignments
auto do_update_without_assignments() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update();
}
#elif !defined FAULT
auto do_update_without_assignments() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::year> = 5);
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_excluded_in_a_select
void excluded_in_a_select(const mica::Connection& connection) {
    connection.execute(mica::select(mica::excluded<&Car::year>));
}
#elif !defined FAULT
void excluded_in_a_select(const mica::Connection& connection) { connection.execute(mica::select(col<&Car::year>)); }
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_excluded_in_returning
auto excluded_in_returning() { return mica::insert_into<Car>().values(Car{}).returning(mica::excluded<&Car::year>); }
#elif !defined FAULT
auto excluded_in_returning() { return mica::insert_into<Car>().values(Car{}).returning(col<&Car::year>); }
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_excluded_outside_of_do_update
void excluded_outside_of_do_update(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::year> = mica::excluded<&Car::year>).all_rows());
}
#elif !defined FAULT
void excluded_outside_of_do_update(const mica::Connection& connection) {
    connection.execute(mica::update<Car>().set(col<&Car::year> = col<&Car::year>).all_rows());
}
#endif

// error: mica: on_conflict\(\) without a key stands for every one
#ifdef FAULT_on_conflict_behind_the_one_for_every_key
auto on_conflict_behind_the_one_for_every_key() {
    return mica::insert_into<Car>().values(Car{}).on_conflict().do_nothing().on_conflict<&Car::make>().do_nothing();
}
#elif !defined FAULT
auto on_conflict_behind_the_one_for_every_key() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_nothing().on_conflict().do_nothing();
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_a_column_that_is_no_key
auto on_conflict_of_a_column_that_is_no_key() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::price>().do_nothing();
}
#elif !defined FAULT
auto on_conflict_of_a_column_that_is_no_key() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_nothing();
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_a_key_and_more
auto on_conflict_of_a_key_and_more() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::id, &Car::make>().do_nothing();
}
#elif !defined FAULT
auto on_conflict_of_a_key_and_more() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::id>().do_nothing();
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_a_key_with_a_condition
auto on_conflict_of_a_key_with_a_condition() {
    return mica::insert_into<Car>()
        .values(Car{})
        .on_conflict<&Car::make>()
        .where(col<&Car::price> > 0)
        .do_update(col<&Car::year> = 1);
}
#elif !defined FAULT
auto on_conflict_of_a_key_with_a_condition() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_update(col<&Car::year> = 1);
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_a_partial_index_with_another_condition
auto on_conflict_of_a_partial_index_with_another_condition() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::year>().where(col<&Car::price> >= 0).do_nothing();
}
#elif !defined FAULT
auto on_conflict_of_a_partial_index_with_another_condition() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::year>().where(col<&Car::price> > 0).do_nothing();
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_a_partial_index_without_its_condition
auto on_conflict_of_a_partial_index_without_its_condition() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::year>().do_nothing();
}
#elif !defined FAULT
auto on_conflict_of_a_partial_index_without_its_condition() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::year>().where(col<&Car::price> > 0).do_nothing();
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_a_value
auto on_conflict_of_a_value() { return mica::insert_into<Car>().values(Car{}).on_conflict(5).do_nothing(); }
#elif !defined FAULT
auto on_conflict_of_a_value() { return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_nothing(); }
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_an_expression_without_an_index
auto on_conflict_of_an_expression_without_an_index() {
    return mica::insert_into<Car>().values(Car{}).on_conflict(col<&Car::year> + 1).do_nothing();
}
#elif !defined FAULT
auto on_conflict_of_an_expression_without_an_index() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_nothing();
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_another_entity
auto on_conflict_of_another_entity() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Maker::id>().do_nothing();
}
#elif !defined FAULT
auto on_conflict_of_another_entity() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::id>().do_nothing();
}
#endif

// error: mica: SQL has no ON CONFLICT for default_values
#ifdef FAULT_on_conflict_of_default_values
auto on_conflict_of_default_values() {
    return mica::insert_into<Setting>().default_values().on_conflict().do_nothing();
}
#elif !defined FAULT
auto on_conflict_of_default_values() {
    return mica::insert_into<Setting>().values(col<&Setting::value> = 5).on_conflict().do_nothing();
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_of_half_a_key
auto on_conflict_of_half_a_key() {
    return mica::insert_into<Pair>().values(Pair{}).on_conflict<&Pair::a>().do_nothing();
}
#elif !defined FAULT
auto on_conflict_of_half_a_key() {
    return mica::insert_into<Pair>().values(Pair{}).on_conflict<&Pair::a, &Pair::b>().do_nothing();
}
#endif

// error: mica: on_conflict\(\) is given no key
#ifdef FAULT_on_conflict_with_a_condition_alone
auto on_conflict_with_a_condition_alone() {
    return mica::insert_into<Car>().values(Car{}).on_conflict().where(col<&Car::price> > 0).do_nothing();
}
#elif !defined FAULT
auto on_conflict_with_a_condition_alone() { return mica::insert_into<Car>().values(Car{}).on_conflict().do_nothing(); }
#endif

// error: mica: on_conflict\(\) needs do_nothing
#ifdef FAULT_on_conflict_without_an_action
void on_conflict_without_an_action(const mica::Connection& connection) {
    connection.execute(mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>());
}
#elif !defined FAULT
void on_conflict_without_an_action(const mica::Connection& connection) {
    connection.execute(mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_nothing());
}
#endif

// error: mica: the where\(\) of an insert goes after do_update
#ifdef FAULT_where_behind_do_nothing
auto where_behind_do_nothing() {
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_nothing().where(col<&Car::year> > 5);
}
#elif !defined FAULT
auto where_behind_do_nothing() {
    return mica::insert_into<Car>()
        .values(Car{})
        .on_conflict<&Car::make>()
        .do_update(col<&Car::year> = 5)
        .where(col<&Car::year> > 5);
}
#endif

// error: mica: where\(\) sees single rows
#ifdef FAULT_where_with_an_aggregate_behind_do_update
auto where_with_an_aggregate_behind_do_update() {
    return mica::insert_into<Car>()
        .values(Car{})
        .on_conflict<&Car::make>()
        .do_update(col<&Car::year> = 5)
        .where(mica::count() > 5);
}
#elif !defined FAULT
auto where_with_an_aggregate_behind_do_update() {
    return mica::insert_into<Car>()
        .values(Car{})
        .on_conflict<&Car::make>()
        .do_update(col<&Car::year> = 5)
        .where(col<&Car::year> > 5);
}
#endif
