// SPDX-License-Identifier: BSL-1.0
// What a session's query() is narrowed by, and when it may write.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::int64_t maker = 0;
    bool sold = false;
    static constexpr auto mapping() { return mica::table("car", mica::foreign_key<&Car::maker, &Maker::id>); }
};

using mica::col;

// error: mica: a set-based update or remove takes no join
#ifdef FAULT_joined_query_removed
auto joined_query_removed(mica::Session& session) {
    return session.query<Car>().join<Maker>().where(col<&Maker::id> == 1).remove();
}
#elif !defined FAULT
auto joined_query_removed(mica::Session& session) { return session.query<Car>().where(col<&Car::maker> == 1).remove(); }
#endif

// error: mica: a set-based update or remove takes no join
#ifdef FAULT_joined_query_updated
auto joined_query_updated(mica::Session& session) {
    return session.query<Car>().join<Maker>().update(col<&Car::year> = 1);
}
#elif !defined FAULT
auto joined_query_updated(mica::Session& session) { return session.query<Car>().update(col<&Car::year> = 1); }
#endif

// error: mica: a set-based update or remove takes a condition
#ifdef FAULT_limited_query_removed
auto limited_query_removed(mica::Session& session) { return session.query<Car>().limit(1).remove(); }
#elif !defined FAULT
auto limited_query_removed(mica::Session& session) { return session.query<Car>().where(col<&Car::id> == 1).remove(); }
#endif

// error: mica: a set-based update or remove takes a condition
#ifdef FAULT_limited_query_updated
auto limited_query_updated(mica::Session& session) { return session.query<Car>().limit(1).update(col<&Car::year> = 1); }
#elif !defined FAULT
auto limited_query_updated(mica::Session& session) { return session.query<Car>().update(col<&Car::year> = 1); }
#endif

// error: mica: a set-based update or remove takes a condition
#ifdef FAULT_ordered_query_removed
auto ordered_query_removed(mica::Session& session) { return session.query<Car>().order_by(col<&Car::year>).remove(); }
#elif !defined FAULT
auto ordered_query_removed(mica::Session& session) { return session.query<Car>().remove(); }
#endif

// error: mica: a set-based update or remove takes a condition
#ifdef FAULT_ordered_query_updated
auto ordered_query_updated(mica::Session& session) {
    return session.query<Car>().order_by(col<&Car::year>).update(col<&Car::year> = 1);
}
#elif !defined FAULT
auto ordered_query_updated(mica::Session& session) {
    return session.query<Car>().where(col<&Car::year> > 1).update(col<&Car::year> = 1);
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_query_of_another_table_counted
auto query_of_another_table_counted(mica::Session& session) {
    return session.query<Car>().where(col<&Maker::id> == 1).count();
}
#elif !defined FAULT
auto query_of_another_table_counted(mica::Session& session) {
    return session.query<Car>().where(col<&Car::id> == 1).count();
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_query_ordered_by_a_column_of_another_table
auto query_ordered_by_a_column_of_another_table(mica::Session& session) {
    return session.query<Car>().order_by(col<&Maker::id>).first();
}
#elif !defined FAULT
auto query_ordered_by_a_column_of_another_table(mica::Session& session) {
    return session.query<Car>().order_by(col<&Car::id>).first();
}
#endif

// error: mica: order_by\(\) takes expressions
#ifdef FAULT_query_ordered_by_a_value
auto query_ordered_by_a_value(mica::Session& session) { return session.query<Car>().order_by("year").first(); }
#elif !defined FAULT
auto query_ordered_by_a_value(mica::Session& session) { return session.query<Car>().order_by(col<&Car::year>).first(); }
#endif

// error: mica: order_by\(\) takes expressions
#ifdef FAULT_query_ordered_by_a_value_and_first
auto query_ordered_by_a_value_and_first(mica::Session& session) {
    return session.query<Car>().order_by(1).first()->make;
}
#elif !defined FAULT
auto query_ordered_by_a_value_and_first(mica::Session& session) {
    return session.query<Car>().order_by(col<&Car::year>).first()->make;
}
#endif

// error: nodiscard
#ifdef FAULT_query_that_nobody_runs
#pragma GCC diagnostic error "-Wunused-result"
void query_that_nobody_runs(mica::Session& session) { session.query<Car>().distinct(); }
#elif !defined FAULT
#pragma GCC diagnostic error "-Wunused-result"
void query_that_nobody_runs(mica::Session& session) { session.query<Car>().distinct().remove(); }
#endif

// error: mica: a column can only be set to a value of its own type
#ifdef FAULT_query_updated_to_another_type
auto query_updated_to_another_type(mica::Session& session) {
    return session.query<Car>().update(col<&Car::year> = "new");
}
#elif !defined FAULT
auto query_updated_to_another_type(mica::Session& session) {
    return session.query<Car>().update(col<&Car::year> = 2000);
}
#endif

// error: mica: set\(\) takes assignments
#ifdef FAULT_query_updated_with_a_comparison
auto query_updated_with_a_comparison(mica::Session& session) {
    return session.query<Car>().update(col<&Car::year> == 2000);
}
#elif !defined FAULT
auto query_updated_with_a_comparison(mica::Session& session) {
    return session.query<Car>().update(col<&Car::year> = 2000);
}
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_query_where_with_a_value
auto query_where_with_a_value(mica::Session& session) { return session.query<Car>().where(true).count(); }
#elif !defined FAULT
auto query_where_with_a_value(mica::Session& session) { return session.query<Car>().where(col<&Car::sold>).count(); }
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_query_where_with_a_value_and_more
auto query_where_with_a_value_and_more(mica::Session& session) {
    return session.query<Car>().where(5).join<Maker>().where(col<&Maker::id> == 1).distinct().limit(3).one()->make;
}
#elif !defined FAULT
auto query_where_with_a_value_and_more(mica::Session& session) {
    return session.query<Car>().where(col<&Car::id> == 5).join<Maker>().distinct().limit(3).one()->make;
}
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_query_where_with_a_value_in_a_loop
auto query_where_with_a_value_in_a_loop(mica::Session& session) {
    int years = 0;
    for (auto& car : session.query<Car>().where(5)) years += car->year;
    return years;
}
#elif !defined FAULT
auto query_where_with_a_value_in_a_loop(mica::Session& session) {
    int years = 0;
    for (auto& car : session.query<Car>().where(col<&Car::id> == 5)) years += car->year;
    return years;
}
#endif

// error: mica: this statement uses a column of a table
#ifdef FAULT_query_with_a_column_of_another_table
auto query_with_a_column_of_another_table(mica::Session& session) {
    return session.query<Car>().where(col<&Maker::id> == 1).all();
}
#elif !defined FAULT
auto query_with_a_column_of_another_table(mica::Session& session) {
    return session.query<Car>().where(col<&Car::id> == 1).all();
}
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_query_with_an_unrelated_comparison
auto query_with_an_unrelated_comparison(mica::Session& session) {
    return session.query<Car>().where(col<&Car::year> > "fast").all();
}
#elif !defined FAULT
auto query_with_an_unrelated_comparison(mica::Session& session) {
    return session.query<Car>().where(col<&Car::year> > 2000).all();
}
#endif

// error: private
#ifdef FAULT_rows_loaded_past_the_query
auto rows_loaded_past_the_query(mica::Session& session) {
    return session.load_rows<Car>(mica::select<Car>(), 1, false);
}
#elif !defined FAULT
auto rows_loaded_past_the_query(mica::Session& session) { return session.query<Car>().all(); }
#endif
