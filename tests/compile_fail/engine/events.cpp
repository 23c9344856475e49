// SPDX-License-Identifier: BSL-1.0
// Listeners of an engine's events, and queries that are observed.
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

using mica::col;

// error: mica: this event's listener takes a mica::Connection&, or nothing
#ifdef FAULT_on_begin_with_a_statement
auto on_begin_with_a_statement(mica::Engine& engine) {
    return engine.on_begin([](const mica::StatementEvent&) {});
}
#elif !defined FAULT
auto on_begin_with_a_statement(mica::Engine& engine) {
    return engine.on_begin([](mica::Connection&) {});
}
#endif

// error: mica: this event's listener takes a mica::Connection&, or nothing
#ifdef FAULT_on_connect_with_a_session
auto on_connect_with_a_session(mica::Engine& engine) {
    return engine.on_connect([](mica::Session&) {});
}
#elif !defined FAULT
auto on_connect_with_a_session(mica::Engine& engine) {
    return engine.on_connect([] {});
}
#endif

// error: mica: the listener of on_statement\(\) takes a const mica::StatementEvent&
#ifdef FAULT_on_statement_with_a_text
auto on_statement_with_a_text(mica::Engine& engine) {
    return engine.on_statement([](std::string_view) {});
}
#elif !defined FAULT
auto on_statement_with_a_text(mica::Engine& engine) {
    return engine.on_statement([](const mica::StatementEvent&) {});
}
#endif

// error: mica: the listener of on_statement\(\) takes a const mica::StatementEvent&
#ifdef FAULT_on_statement_that_changes_it
auto on_statement_that_changes_it(mica::Engine& engine) {
    return engine.on_statement([](mica::StatementEvent&) {}, mica::with_values);
}
#elif !defined FAULT
auto on_statement_that_changes_it(mica::Engine& engine) {
    return engine.on_statement([](mica::StatementEvent) {}, mica::with_values);
}
#endif

// error: mica: the listener of on_change\(\) takes a const mica::RowChange&
#ifdef FAULT_on_change_with_nothing
auto on_change_with_nothing(mica::Engine& engine) {
    return engine.on_change([] {});
}
#elif !defined FAULT
auto on_change_with_nothing(mica::Engine& engine) {
    return engine.on_change([](const mica::RowChange&) {});
}
#endif

// error: mica: the listener of on_error\(\) takes a const mica::DatabaseError&
#ifdef FAULT_on_error_with_one_kind
auto on_error_with_one_kind(mica::Engine& engine) {
    return engine.on_error([](const mica::IntegrityError&) {});
}
#elif !defined FAULT
auto on_error_with_one_kind(mica::Engine& engine) {
    return engine.on_error([](const mica::DatabaseError&) {});
}
#endif

// error: mica: observe\(\) takes a query that only reads
#ifdef FAULT_observe_a_removal
auto observe_a_removal(mica::Engine& engine) {
    return engine.observe(mica::delete_from<Car>().all_rows().returning<Car>(), [](const std::vector<Car>&) {});
}
#elif !defined FAULT
auto observe_a_removal(mica::Engine& engine) {
    return engine.observe(mica::select<Car>(), [](const std::vector<Car>&) {});
}
#endif

// error: mica: the second argument of observe\(\) takes the query's rows, a std::vector of them
#ifdef FAULT_observe_rows_of_another_type
auto observe_rows_of_another_type(mica::Engine& engine) {
    return engine.observe(mica::select(col<&Car::make>), [](const std::vector<Car>&) {});
}
#elif !defined FAULT
auto observe_rows_of_another_type(mica::Engine& engine) {
    return engine.observe(mica::select(col<&Car::make>), [](const std::vector<std::string>&) {});
}
#endif

// error: mica: this statement has a param<>
#ifdef FAULT_observe_a_query_without_its_values
auto observe_a_query_without_its_values(mica::Engine& engine) {
    return engine.observe(mica::select<Car>().where(col<&Car::id> == mica::param<int>), [](const auto&) {});
}
#elif !defined FAULT
auto observe_a_query_without_its_values(mica::Engine& engine) {
    return engine.observe(mica::select<Car>().where(col<&Car::id> == 7), [](const auto&) {});
}
#endif
