// SPDX-License-Identifier: BSL-1.0
// param<> and the values that a prepared statement is given.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

using mica::col;
using mica::exists;
using mica::select;

constexpr auto one = mica::param<int>;
constexpr auto four = one + one + one + one;
constexpr auto sixteen = four + four + four + four;

// error: mica: a prepared statement has at most 32 param<>s
#ifdef FAULT_param_33_times
auto param_33_times(mica::Connection& connection) {
    return connection
        .prepare(select<Artist>().where(col<&Artist::id> == sixteen + sixteen + one))(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32, 33)
        .all();
}
#elif !defined FAULT
auto param_33_times(mica::Connection& connection) {
    return connection
        .prepare(select<Artist>().where(col<&Artist::id> == sixteen + sixteen))(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                                                                                13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                                                                                23, 24, 25, 26, 27, 28, 29, 30, 31, 32)
        .all();
}
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_param_of_another_type
auto param_of_another_type() { return select<Artist>().where(col<&Artist::id> == mica::param<std::string>); }
#elif !defined FAULT
auto param_of_another_type() { return select<Artist>().where(col<&Artist::name> == mica::param<std::string>); }
#endif

// error: mica: param<> is of a type that mica can store
#ifdef FAULT_param_of_something_unstorable
auto param_of_something_unstorable() {
    return select<Artist>().where(col<&Artist::id> == mica::param<std::vector<int>>);
}
#elif !defined FAULT
auto param_of_something_unstorable() { return select<Artist>().where(col<&Artist::id> == mica::param<int>); }
#endif

// error: mica: this statement has a param<>
#ifdef FAULT_prepared_statement_executed_with_a_param_in_a_subquery
auto prepared_statement_executed_with_a_param_in_a_subquery(mica::Connection& connection) {
    const auto query = select<Artist>().where(exists(select(col<&Artist::id>).limit(mica::param<int>)));
    return connection.execute(query).all();
}
#elif !defined FAULT
auto prepared_statement_executed_with_a_param_in_a_subquery(mica::Connection& connection) {
    const auto query = select<Artist>().where(exists(select(col<&Artist::id>).limit(mica::param<int>)));
    return connection.prepare(query)(1).all();
}
#endif

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_prepared_statement_out_of_scope
auto prepared_statement_out_of_scope(mica::Connection& connection) {
    return connection.prepare(select<Artist>().where(col<&Album::id> == mica::param<int>))(1).all();
}
#elif !defined FAULT
auto prepared_statement_out_of_scope(mica::Connection& connection) {
    return connection.prepare(select<Artist>().where(col<&Artist::id> == mica::param<int>))(1).all();
}
#endif

// error: mica: this statement has a param<>
#ifdef FAULT_prepared_statement_run_without_its_values
auto prepared_statement_run_without_its_values(mica::Connection& connection) {
    const auto query = select<Artist>().where(col<&Artist::id> == mica::param<int>);
    return connection.all(query);
}
#elif !defined FAULT
auto prepared_statement_run_without_its_values(mica::Connection& connection) {
    const auto query = select<Artist>().where(col<&Artist::id> == mica::param<int>);
    return connection.prepare(query)(1).all();
}
#endif

// error: mica: a prepared statement is given values of the types of its param
#ifdef FAULT_prepared_with_a_real_number
auto prepared_with_a_real_number(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1.5, "a").all();
}
#elif !defined FAULT
auto prepared_with_a_real_number(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1, "a").all();
}
#endif

// error: mica: a prepared statement is given values of the types of its param
#ifdef FAULT_prepared_with_an_optional_value
auto prepared_with_an_optional_value(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1, std::optional<std::string>{}).all();
}
#elif !defined FAULT
auto prepared_with_an_optional_value(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1, std::string{}).all();
}
#endif

// error: mica: a prepared statement is given values of the types of its param
#ifdef FAULT_prepared_with_null
auto prepared_with_null(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(std::nullopt, "a").all();
}
#elif !defined FAULT
auto prepared_with_null(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1, "a").all();
}
#endif

// error: mica: a prepared statement is given one value for each param
#ifdef FAULT_prepared_with_too_few_values
auto prepared_with_too_few_values(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1).all();
}
#elif !defined FAULT
auto prepared_with_too_few_values(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1, "a").all();
}
#endif

// error: mica: a prepared statement is given one value for each param
#ifdef FAULT_prepared_with_too_many_values
auto prepared_with_too_many_values(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1, "a", 2).all();
}
#elif !defined FAULT
auto prepared_with_too_many_values(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1, "a").all();
}
#endif

// error: mica: a prepared statement is given values of the types of its param
#ifdef FAULT_prepared_with_values_in_another_order
auto prepared_with_values_in_another_order(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared("a", 1).all();
}
#elif !defined FAULT
auto prepared_with_values_in_another_order(mica::Connection& connection) {
    const auto prepared = connection.prepare(
        select<Artist>().where(col<&Artist::id> == mica::param<int> && col<&Artist::name> == mica::param<std::string>));
    return prepared(1, "a").all();
}
#endif
