// SPDX-License-Identifier: BSL-1.0
// Common table expressions, and the members of the recursive ones.
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
struct Employee {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> boss_id;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Employee::boss_id, &Employee::id>); }
};

using mica::col;
using mica::count;
using mica::exists;
using mica::select;

// error: mica: a derived table is made of a select\(\)
#ifdef FAULT_cte_of_a_value
auto cte_of_a_value() {
    const auto source = mica::cte<"source">(5);
    return select(source.col<"id">).from(source);
}
#elif !defined FAULT
auto cte_of_a_value() {
    const auto source = mica::cte<"source">(select(col<&Artist::id>));
    return select(source.col<"id">).from(source);
}
#endif

// error: mica: a common table expression has the name of a table
#ifdef FAULT_cte_with_the_name_of_a_table_in_a_subquery
auto cte_with_the_name_of_a_table_in_a_subquery(mica::Connection& connection) {
    const auto source = mica::cte<"Artist">(select<Album>());
    return connection.all(select(source.col<"id">).from(source).where(exists(select<Artist>())));
}
#elif !defined FAULT
auto cte_with_the_name_of_a_table_in_a_subquery(mica::Connection& connection) {
    const auto source = mica::cte<"Artists">(select<Album>());
    return connection.all(select(source.col<"id">).from(source).where(exists(select<Artist>())));
}
#endif

// error: mica: a common table expression has the name of a table
#ifdef FAULT_cte_with_the_name_of_its_own_table
auto cte_with_the_name_of_its_own_table(mica::Connection& connection) {
    const auto source = mica::cte<"artist">(select<Artist>());
    return connection.all(select(source.col<"id">).from(source));
}
#elif !defined FAULT
auto cte_with_the_name_of_its_own_table(mica::Connection& connection) {
    const auto source = mica::cte<"artists">(select<Artist>());
    return connection.all(select(source.col<"id">).from(source));
}
#endif

// error: mica: a recursive expression is a union
#ifdef FAULT_recursive_cte_of_what_is_in_both
auto recursive_cte_of_what_is_in_both() {
    return mica::recursive_cte<"walk", mica::SetOperator::intersect>(
        select(col<&Employee::id>), [](auto self) { return select(self.template col<"id">).from(self); });
}
#elif !defined FAULT
auto recursive_cte_of_what_is_in_both() {
    return mica::recursive_cte<"walk", mica::SetOperator::distinct_union>(
        select(col<&Employee::id>), [](auto self) { return select(self.template col<"id">).from(self); });
}
#endif

// error: mica: the recursive member selects columns of the types of the first member's
#ifdef FAULT_recursive_member_of_another_type
auto recursive_member_of_another_type() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::name>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#elif !defined FAULT
auto recursive_member_of_another_type() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#endif

// error: mica: the recursive member is a single select\(\)
#ifdef FAULT_recursive_member_of_two_selects
auto recursive_member_of_two_selects() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return mica::union_(select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">),
                            select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">));
    });
}
#elif !defined FAULT
auto recursive_member_of_two_selects() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#endif

// error: mica: the rows of a set operation are sorted by what its first member selects
#ifdef FAULT_recursive_member_sorted_by_what_is_not_selected
auto recursive_member_sorted_by_what_is_not_selected() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>)
            .join(self, col<&Employee::boss_id> == self.template col<"id">)
            .order_by(col<&Employee::name>);
    });
}
#elif !defined FAULT
auto recursive_member_sorted_by_what_is_not_selected() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>)
            .join(self, col<&Employee::boss_id> == self.template col<"id">)
            .order_by(col<&Employee::id>);
    });
}
#endif

// error: mica: the recursive member selects columns of the types of the first member's
#ifdef FAULT_recursive_member_that_can_be_null
auto recursive_member_that_can_be_null() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::boss_id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#elif !defined FAULT
auto recursive_member_that_can_be_null() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#endif

// error: mica: a derived table is made of a select\(\)
#ifdef FAULT_recursive_member_that_is_no_select
auto recursive_member_that_is_no_select() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) { return self.template col<"id">; });
}
#elif !defined FAULT
auto recursive_member_that_is_no_select() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#endif

// error: mica: the recursive member reads from itself by
#ifdef FAULT_recursive_member_that_reads_from_itself_in_a_subquery
auto recursive_member_that_reads_from_itself_in_a_subquery() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).where(col<&Employee::boss_id>.in(select(self.template col<"id">).from(self)));
    });
}
#elif !defined FAULT
auto recursive_member_that_reads_from_itself_in_a_subquery() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#endif

// error: mica: the recursive member sees one row after the other
#ifdef FAULT_recursive_member_with_an_aggregate
auto recursive_member_with_an_aggregate() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(count()).from<Employee>().join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#elif !defined FAULT
auto recursive_member_with_an_aggregate() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#endif

// error: mica: the recursive member sees one row after the other
#ifdef FAULT_recursive_member_with_groups
auto recursive_member_with_groups() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>)
            .join(self, col<&Employee::boss_id> == self.template col<"id">)
            .group_by(col<&Employee::id>);
    });
}
#elif !defined FAULT
auto recursive_member_with_groups() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#endif

// error: mica: the recursive member selects columns of the types of the first member's
#ifdef FAULT_recursive_member_with_more_columns
auto recursive_member_with_more_columns() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>, col<&Employee::name>)
            .join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#elif !defined FAULT
auto recursive_member_with_more_columns() {
    return mica::recursive_cte<"walk">(select(col<&Employee::id>), [](auto self) {
        return select(col<&Employee::id>).join(self, col<&Employee::boss_id> == self.template col<"id">);
    });
}
#endif
