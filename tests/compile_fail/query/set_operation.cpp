// SPDX-License-Identifier: BSL-1.0
// The members of a set operation, and what sorts its rows.
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
struct Row {
    std::string name;
};

using mica::col;
using mica::select;

// error: mica: the members of a set operation select columns of the same types
#ifdef FAULT_except_of_different_entities
auto except_of_different_entities() { return mica::except(select<Artist>(), select<Album>()); }
#elif !defined FAULT
auto except_of_different_entities() { return mica::except(select<Artist>(), select<Artist>().join<Album>()); }
#endif

// error: mica: the members of a set operation select columns of the same types
#ifdef FAULT_intersect_of_a_third_member_of_another_type
auto intersect_of_a_third_member_of_another_type() {
    return mica::intersect(select(col<&Artist::id>), select(col<&Album::id>), select(col<&Album::title>));
}
#elif !defined FAULT
auto intersect_of_a_third_member_of_another_type() {
    return mica::intersect(select(col<&Artist::id>), select(col<&Album::id>), select(col<&Album::year>));
}
#endif

// error: mica: limit\(\) and offset\(\) take a number of rows
#ifdef FAULT_limit_of_a_set_operation_with_a_text
auto limit_of_a_set_operation_with_a_text() { return mica::union_(select<Artist>(), select<Artist>()).limit("1"); }
#elif !defined FAULT
auto limit_of_a_set_operation_with_a_text() { return mica::union_(select<Artist>(), select<Artist>()).limit(1); }
#endif

// error: mica: into<> has a field whose type is not
#ifdef FAULT_union_into_fields_of_another_type
auto union_into_fields_of_another_type() {
    return mica::union_(select(col<&Artist::id>), select(col<&Album::id>)).into<Row>();
}
#elif !defined FAULT
auto union_into_fields_of_another_type() {
    return mica::union_(select(col<&Artist::name>), select(col<&Album::title>)).into<Row>();
}
#endif

// error: mica: a set operation takes two or more select\(\)s
#ifdef FAULT_union_of_a_value
auto union_of_a_value() { return mica::union_(select<Artist>(), 5); }
#elif !defined FAULT
auto union_of_a_value() { return mica::union_(select<Artist>(), select<Artist>()); }
#endif

// error: mica: the members of a set operation select columns of the same types
#ifdef FAULT_union_of_different_numbers_of_columns
auto union_of_different_numbers_of_columns() {
    return mica::union_all(select(col<&Artist::id>), select(col<&Artist::id>, col<&Artist::name>));
}
#elif !defined FAULT
auto union_of_different_numbers_of_columns() {
    return mica::union_all(select(col<&Artist::id>), select(col<&Artist::id>));
}
#endif

// error: mica: the members of a set operation select columns of the same types
#ifdef FAULT_union_of_different_types
auto union_of_different_types() { return mica::union_(select(col<&Artist::id>), select(col<&Artist::name>)); }
#elif !defined FAULT
auto union_of_different_types() { return mica::union_(select(col<&Artist::id>), select(col<&Artist::id>)); }
#endif

// error: mica: a set operation takes two or more select\(\)s
#ifdef FAULT_union_of_one_member
auto union_of_one_member() { return mica::union_(select<Artist>()); }
#elif !defined FAULT
auto union_of_one_member() { return mica::union_(select<Artist>(), select<Artist>()); }
#endif

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_union_out_of_scope
auto union_out_of_scope(mica::Connection& connection) {
    return connection.all(mica::union_(select(col<&Artist::id>), select(col<&Artist::id>).where(col<&Album::id> == 1)));
}
#elif !defined FAULT
auto union_out_of_scope(mica::Connection& connection) {
    return connection.all(
        mica::union_(select(col<&Artist::id>), select(col<&Artist::id>).where(col<&Artist::id> == 1)));
}
#endif

// error: mica: the rows of a set operation are sorted by what its first member selects
#ifdef FAULT_union_sorted_by_a_column_of_its_second_member
auto union_sorted_by_a_column_of_its_second_member() {
    return mica::union_(select(col<&Artist::id>), select(col<&Album::id>)).order_by(col<&Album::id>.desc());
}
#elif !defined FAULT
auto union_sorted_by_a_column_of_its_second_member() {
    return mica::union_(select(col<&Artist::id>), select(col<&Album::id>)).order_by(col<&Artist::id>.desc());
}
#endif

// error: mica: order_by\(\) takes expressions
#ifdef FAULT_union_sorted_by_a_value
auto union_sorted_by_a_value() { return mica::union_(select<Artist>(), select<Artist>()).order_by(1); }
#elif !defined FAULT
auto union_sorted_by_a_value() { return mica::union_(select<Artist>(), select<Artist>()).order_by(col<&Artist::id>); }
#endif

// error: mica: the rows of a set operation are sorted by what its first member selects
#ifdef FAULT_union_sorted_by_an_order
auto union_sorted_by_an_order() {
    return mica::union_(select<Artist>(), select<Artist>()).order_by(mica::Order<Artist>{});
}
#elif !defined FAULT
auto union_sorted_by_an_order() { return mica::union_(select<Artist>(), select<Artist>()).order_by(col<&Artist::id>); }
#endif

// error: mica: the rows of a set operation are sorted by what its first member selects
#ifdef FAULT_union_sorted_by_what_is_not_selected
auto union_sorted_by_what_is_not_selected() {
    return mica::union_(select(col<&Artist::id>), select(col<&Album::id>)).order_by(col<&Artist::name>);
}
#elif !defined FAULT
auto union_sorted_by_what_is_not_selected() {
    return mica::union_(select(col<&Artist::id>), select(col<&Album::id>)).order_by(col<&Artist::id>);
}
#endif
