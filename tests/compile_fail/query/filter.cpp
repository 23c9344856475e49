// SPDX-License-Identifier: BSL-1.0
// What grows a Filter or an Order, and the statements that take one.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Artist {
    std::int64_t id = 0;
    std::string name;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::optional<int> year;
    std::int64_t artist_id = 0;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};
struct Car {
    std::int64_t id = 0;
};
struct Row {
    int value = 0;
};
struct Track {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> album_id;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Track::album_id, &Album::id>); }
};

using mica::col;
using mica::exists;
using mica::select;

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_filter_in_a_statement_without_its_entity
auto filter_in_a_statement_without_its_entity(mica::Connection& connection) {
    return connection.all(select<Artist>().where(mica::Filter<Artist, Album>{}));
}
#elif !defined FAULT
auto filter_in_a_statement_without_its_entity(mica::Connection& connection) {
    return connection.all(select<Artist>().join<Album>().where(mica::Filter<Artist, Album>{}));
}
#endif

// error: mica: where\(\) sees single rows
#ifdef FAULT_filter_made_of_an_aggregate
auto filter_made_of_an_aggregate() {
    mica::Filter<Car> filter = mica::count() > 1;
    return mica::select<Car>().where(filter);
}
#elif !defined FAULT
auto filter_made_of_an_aggregate() {
    mica::Filter<Car> filter = col<&Car::id> > 1;
    return mica::select<Car>().where(filter);
}
#endif

// error: mica: an entity needs a primary key
#ifdef FAULT_filter_of_something_unmapped
auto filter_of_something_unmapped() { return mica::Filter<Row>{}; }
#elif !defined FAULT
auto filter_of_something_unmapped() { return mica::Filter<Artist>{}; }
#endif

// error: mica: a Filter or an Order uses columns of its own entities only
#ifdef FAULT_filter_with_a_column_of_another_entity
void filter_with_a_column_of_another_entity() {
    mica::Filter<Artist> filter;
    filter &= col<&Album::id> == 1;
}
#elif !defined FAULT
void filter_with_a_column_of_another_entity() {
    mica::Filter<Artist> filter;
    filter &= col<&Artist::id> == 1;
}
#endif

// error: mica: a Filter or an Order uses columns of its own entities only
#ifdef FAULT_filter_with_a_filter_of_another_entity
void filter_with_a_filter_of_another_entity() {
    mica::Filter<Artist> filter;
    filter &= mica::Filter<Album>{};
}
#elif !defined FAULT
void filter_with_a_filter_of_another_entity() {
    mica::Filter<Artist> filter;
    filter &= mica::Filter<Artist>{};
}
#endif

// error: mica: a Filter or an Order takes values, not param<>
#ifdef FAULT_filter_with_a_param
void filter_with_a_param() {
    mica::Filter<Artist> filter;
    filter &= col<&Artist::id> == mica::param<int>;
}
#elif !defined FAULT
void filter_with_a_param() {
    mica::Filter<Artist> filter;
    filter &= col<&Artist::id> == 1;
}
#endif

// error: mica: a Filter or an Order uses columns of its own entities only
#ifdef FAULT_filter_with_a_subquery_about_another_entity
void filter_with_a_subquery_about_another_entity() {
    mica::Filter<Artist> filter;
    filter &= exists(select<Album>().where(col<&Album::id> == col<&Track::album_id>));
}
#elif !defined FAULT
void filter_with_a_subquery_about_another_entity() {
    mica::Filter<Artist> filter;
    filter &= exists(select<Album>().where(col<&Album::artist_id> == col<&Artist::id>));
}
#endif

// error: mica: a Filter takes conditions
#ifdef FAULT_filter_with_a_value
void filter_with_a_value() {
    mica::Filter<Artist> filter;
    filter &= col<&Artist::id>;
}
#elif !defined FAULT
void filter_with_a_value() {
    mica::Filter<Artist> filter;
    filter &= col<&Artist::id> == 1;
}
#endif

// error: mica: where\(\) sees single rows
#ifdef FAULT_filter_with_an_aggregate
void filter_with_an_aggregate() {
    mica::Filter<Artist> filter;
    filter &= mica::count() > 1;
}
#elif !defined FAULT
void filter_with_an_aggregate() {
    mica::Filter<Artist> filter;
    filter &= col<&Artist::id> > 1;
}
#endif

// error: mica: a Filter takes conditions
#ifdef FAULT_filter_with_cpp_bool
void filter_with_cpp_bool() {
    mica::Filter<Artist> filter;
    filter &= true;
}
#elif !defined FAULT
void filter_with_cpp_bool() {
    mica::Filter<Artist> filter;
    filter &= col<&Artist::id> == 1;
}
#endif

// error: mica: an Order takes expressions, or their asc\(\) and desc\(\)
#ifdef FAULT_order_then_a_value
auto order_then_a_value() { return mica::Order<Artist>{}.then("name"); }
#elif !defined FAULT
auto order_then_a_value() { return mica::Order<Artist>{}.then(col<&Artist::name>); }
#endif

// error: mica: a Filter or an Order uses columns of its own entities only
#ifdef FAULT_order_with_a_column_of_another_entity
auto order_with_a_column_of_another_entity() { return mica::Order<Artist>{}.then(col<&Album::id>); }
#elif !defined FAULT
auto order_with_a_column_of_another_entity() { return mica::Order<Artist>{}.then(col<&Artist::id>); }
#endif

// error: mica: an Order sorts single rows
#ifdef FAULT_order_with_an_aggregate
auto order_with_an_aggregate() { return mica::Order<Artist>{mica::count().desc()}; }
#elif !defined FAULT
auto order_with_an_aggregate() { return mica::Order<Artist>{col<&Artist::id>.desc()}; }
#endif

// error: mica: the text of a statement with a Filter, an Order, where_if
#ifdef FAULT_text_of_a_statement_with_a_filter
auto text_of_a_statement_with_a_filter() { return select<Artist>().where(mica::Filter<Artist>{}).sql(); }
#elif !defined FAULT
auto text_of_a_statement_with_a_filter() { return mica::to_string(select<Artist>().where(mica::Filter<Artist>{})); }
#endif

// error: mica: the text of a statement with a Filter, an Order, where_if
#ifdef FAULT_text_of_a_statement_with_a_raw_expression
auto text_of_a_statement_with_a_raw_expression() { return select(mica::sql<int>("1")).sql(); }
#elif !defined FAULT
auto text_of_a_statement_with_a_raw_expression() { return mica::to_string(select(mica::sql<int>("1"))); }
#endif

// error: mica: the text of a statement with a Filter, an Order, where_if
#ifdef FAULT_text_of_a_statement_with_where_if
auto text_of_a_statement_with_where_if() {
    return mica::union_(select<Artist>().where_if(true, col<&Artist::id> == 1), select<Artist>()).sql();
}
#elif !defined FAULT
auto text_of_a_statement_with_where_if() {
    return mica::union_(select<Artist>().where(col<&Artist::id> == 1), select<Artist>()).sql();
}
#endif
