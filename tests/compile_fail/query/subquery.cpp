// SPDX-License-Identifier: BSL-1.0
// A SELECT as a value: one column, of tables in scope.
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
struct Track {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> album_id;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Track::album_id, &Album::id>); }
};

using mica::col;
using mica::exists;
using mica::select;

// error: mica: exists\(\) takes a select\(\)
#ifdef FAULT_exists_of_a_condition
auto exists_of_a_condition() { return select<Artist>().where(mica::exists(col<&Album::id> == 1)); }
#elif !defined FAULT
auto exists_of_a_condition() {
    return select<Artist>().where(mica::exists(select<Album>().where(col<&Album::id> == 1)));
}
#endif

// error: mica: these two operands have unrelated types
#ifdef FAULT_subquery_compared_with_another_type
auto subquery_compared_with_another_type() {
    return select<Artist>().where(col<&Artist::id> == select(col<&Album::title>));
}
#elif !defined FAULT
auto subquery_compared_with_another_type() {
    return select<Artist>().where(col<&Artist::name> == select(col<&Album::title>));
}
#endif

// error: mica: a SELECT used as a value selects one expression
#ifdef FAULT_subquery_of_an_entity_selected
auto subquery_of_an_entity_selected() { return select(col<&Artist::id>, select<Album>()); }
#elif !defined FAULT
auto subquery_of_an_entity_selected() { return select(col<&Artist::id>, select(col<&Album::title>)); }
#endif

// error: mica: a SELECT used as a value selects one expression
#ifdef FAULT_subquery_of_two_columns_as_a_value
auto subquery_of_two_columns_as_a_value() {
    return select(select(col<&Artist::id>, col<&Artist::name>).scalar_subquery());
}
#elif !defined FAULT
auto subquery_of_two_columns_as_a_value() { return select(select(col<&Artist::id>).scalar_subquery()); }
#endif

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_subquery_out_of_scope
auto subquery_out_of_scope(mica::Connection& connection) {
    return connection.all(
        select<Artist>().where(exists(select<Album>().where(col<&Album::id> == col<&Track::album_id>))));
}
#elif !defined FAULT
auto subquery_out_of_scope(mica::Connection& connection) {
    return connection.all(
        select<Artist>().where(exists(select<Album>().where(col<&Album::artist_id> == col<&Artist::id>))));
}
#endif

// error: mica: where\(\) takes a condition
#ifdef FAULT_value_of_a_refused_select
auto value_of_a_refused_select() { return select(col<&Album::id>).where(1).scalar_subquery().is_null(); }
#elif !defined FAULT
auto value_of_a_refused_select() {
    return select(col<&Album::id>).where(col<&Album::id> == 1).scalar_subquery().is_null();
}
#endif
