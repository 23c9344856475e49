// SPDX-License-Identifier: BSL-1.0
// What a database has no word for; SQLite, the accepted twin's, has all of it.
#include <mica/mica.hpp>

#include <support/hostile_dialect.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int price = 0;
};
struct Sale {
    std::int64_t id = 0;
    std::int64_t car = 0;
};

using mica::col;
using mica::test::bare;

// error: mica: this database has no RIGHT and no FULL JOIN
#ifdef FAULT_full_join
auto full_join() { return mica::select<Car>().full_join<Sale>(col<&Sale::car> == col<&Car::id>).sql<bare>(); }
#elif !defined FAULT
auto full_join() { return mica::select<Car>().full_join<Sale>(col<&Sale::car> == col<&Car::id>).sql(); }
#endif

// error: mica: this database has no GLOB
#ifdef FAULT_glob
auto glob() { return mica::select<Car>().where(col<&Car::make>.glob("F*")).sql<bare>(); }
#elif !defined FAULT
auto glob() { return mica::select<Car>().where(col<&Car::make>.glob("F*")).sql(); }
#endif

// error: mica: this database has no date functions with modifiers
#ifdef FAULT_date_function
auto date_function() { return mica::select(mica::date(col<&Car::make>, "+1 day")).sql<bare>(); }
#elif !defined FAULT
auto date_function() { return mica::select(mica::date(col<&Car::make>, "+1 day")).sql(); }
#endif

// error: mica: this database has no JSON functions on text
#ifdef FAULT_json_function
auto json_function() { return mica::select(mica::json_valid(col<&Car::make>)).sql<bare>(); }
#elif !defined FAULT
auto json_function() { return mica::select(mica::json_valid(col<&Car::make>)).sql(); }
#endif

// error: mica: this database has no JSON functions on text
#ifdef FAULT_json_operator
auto json_operator() { return mica::select(col<&Car::make>.json<int>("$.year")).sql<bare>(); }
#elif !defined FAULT
auto json_operator() { return mica::select(col<&Car::make>.json<int>("$.year")).sql(); }
#endif

// error: mica: this database has no MATCH
#ifdef FAULT_match
auto match() { return mica::select<Car>().where(col<&Car::make>.match("Ford")).sql<bare>(); }
#elif !defined FAULT
auto match() { return mica::select<Car>().where(col<&Car::make>.match("Ford")).sql(); }
#endif

// error: mica: this database has no ON CONFLICT
#ifdef FAULT_on_conflict
auto on_conflict() { return mica::insert_into<Car>().values(Car{}).on_conflict().do_nothing().sql<bare>(); }
#elif !defined FAULT
auto on_conflict() { return mica::insert_into<Car>().values(Car{}).on_conflict().do_nothing().sql(); }
#endif

// error: mica: this database has no REGEXP
#ifdef FAULT_regexp
auto regexp() { return mica::select<Car>().where(col<&Car::make>.regexp("^F")).sql<bare>(); }
#elif !defined FAULT
auto regexp() { return mica::select<Car>().where(col<&Car::make>.regexp("^F")).sql(); }
#endif

// error: mica: this database has no RETURNING
#ifdef FAULT_returning
auto returning() { return mica::delete_from<Car>().all_rows().returning(col<&Car::id>).sql<bare>(); }
#elif !defined FAULT
auto returning() { return mica::delete_from<Car>().all_rows().returning(col<&Car::id>).sql(); }
#endif

// error: mica: this database has no total\(\)
#ifdef FAULT_total
auto total() { return mica::select(mica::total(col<&Car::price>)).sql<bare>(); }
#elif !defined FAULT
auto total() { return mica::select(mica::total(col<&Car::price>)).sql(); }
#endif

// error: mica: this database has no typeof\(\)
#ifdef FAULT_typeof
auto typeof() { return mica::select(mica::typeof_(col<&Car::make>)).sql<bare>(); }
#elif !defined FAULT
auto typeof() { return mica::select(mica::typeof_(col<&Car::make>)).sql(); }
#endif
