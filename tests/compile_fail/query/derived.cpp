// SPDX-License-Identifier: BSL-1.0
// Columns of a derived table, by member and by name.
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

using mica::col;
using mica::select;

constexpr auto names = mica::subquery<"names">(select(col<&Artist::name>, lower(col<&Artist::name>)));
constexpr auto pairs = mica::subquery<"pairs">(
    select(col<&Artist::name>, upper(col<&Artist::name>).as<"NAME">(), lower(col<&Artist::name>).as<"small">()));
constexpr auto both = mica::subquery<"pairs">(select<Album, Artist>().join<Artist>());

// error: mica: this subquery selects no column of that name
#ifdef FAULT_derived_column_by_a_member_that_is_not_there
auto derived_column_by_a_member_that_is_not_there() { return select(names.col<&Artist::id>).from(names); }
#elif !defined FAULT
auto derived_column_by_a_member_that_is_not_there() { return select(names.col<&Artist::name>).from(names); }
#endif

// error: mica: this subquery selects no column of that name
#ifdef FAULT_derived_column_by_a_name_that_is_not_there
auto derived_column_by_a_name_that_is_not_there() { return select(names.col<"title">).from(names); }
#elif !defined FAULT
auto derived_column_by_a_name_that_is_not_there() { return select(names.col<"name">).from(names); }
#endif

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_derived_column_without_from
auto derived_column_without_from(mica::Connection& connection) { return connection.all(select(names.col<"name">)); }
#elif !defined FAULT
auto derived_column_without_from(mica::Connection& connection) {
    return connection.all(select(names.col<"name">).from(names));
}
#endif

// error: mica: this subquery selects two columns of that name
#ifdef FAULT_derived_columns_of_the_same_name
auto derived_columns_of_the_same_name() { return select(pairs.col<"name">).from(pairs); }
#elif !defined FAULT
auto derived_columns_of_the_same_name() { return select(pairs.col<"small">).from(pairs); }
#endif

// error: mica: this subquery selects two columns of that name
#ifdef FAULT_derived_columns_of_two_entities_by_member
auto derived_columns_of_two_entities_by_member() { return select(both.col<&Artist::id>).from(both); }
#elif !defined FAULT
auto derived_columns_of_two_entities_by_member() { return select(both.col<&Album::title>).from(both); }
#endif

// error: mica: a derived table is made of a select\(\)
#ifdef FAULT_derived_table_of_an_entity
auto derived_table_of_an_entity() {
    const auto source = mica::subquery<"source">(col<&Artist::id>);
    return select(source.col<"id">).from(source);
}
#elif !defined FAULT
auto derived_table_of_an_entity() {
    const auto source = mica::subquery<"source">(select(col<&Artist::id>));
    return select(source.col<"id">).from(source);
}
#endif

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_derived_table_out_of_scope
auto derived_table_out_of_scope() {
    const auto source = mica::subquery<"source">(select(col<&Album::id>).where(col<&Artist::id> == 1));
    return select(source.col<"id">).from(source);
}
#elif !defined FAULT
auto derived_table_out_of_scope() {
    const auto source = mica::subquery<"source">(select(col<&Album::id>).where(col<&Album::id> == 1));
    return select(source.col<"id">).from(source);
}
#endif
