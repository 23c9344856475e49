// SPDX-License-Identifier: BSL-1.0
// Which tables are joined, and by what.
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
struct Team {
    std::int64_t id = 0;
    std::string name;
};
struct Match {
    std::int64_t id = 0;
    std::int64_t home = 0;
    std::int64_t guest = 0;
    static constexpr auto mapping() {
        return mica::table(mica::foreign_key<&Match::home, &Team::id>, mica::foreign_key<&Match::guest, &Team::id>);
    }
};
struct Employee {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> boss_id;
    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Employee::boss_id, &Employee::id>); }
};

using mica::col;
using mica::count;
using mica::select;

constexpr auto recent = mica::subquery<"recent">(select(col<&Album::artist_id>));
constexpr auto boss = mica::alias<Employee, "boss">;
constexpr auto same = mica::alias<Artist, "aRTIST">;
constexpr auto others = mica::alias<Artist, "aRTISTS">;
constexpr auto other = mica::alias<Artist, "other">;

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_entities_without_a_join
auto entities_without_a_join(mica::Connection& connection) { return connection.all(select<Album, Artist>()); }
#elif !defined FAULT
auto entities_without_a_join(mica::Connection& connection) {
    return connection.all(select<Album, Artist>().cross_join<Artist>());
}
#endif

// error: mica: from\(\) goes before join\(\)
#ifdef FAULT_from_behind_join
auto from_behind_join() { return select(col<&Artist::name>).join<Album>().from<Artist>(); }
#elif !defined FAULT
auto from_behind_join() { return select(col<&Artist::name>).from<Artist>().join<Album>(); }
#endif

// error: mica: the condition of a join uses a table that is joined only after it
#ifdef FAULT_join_by_a_table_that_comes_later
auto join_by_a_table_that_comes_later(mica::Connection& connection) {
    return connection.all(
        select<Artist>().join<Album>(col<&Album::id> == col<&Track::album_id>).join<Track>(col<&Track::id> == 1));
}
#elif !defined FAULT
auto join_by_a_table_that_comes_later(mica::Connection& connection) {
    return connection.all(
        select<Artist>().join<Track>(col<&Track::id> == 1).join<Album>(col<&Album::id> == col<&Track::album_id>));
}
#endif

// error: mica: this statement uses a column of a table that it does not read from
#ifdef FAULT_join_by_a_table_that_is_not_there
auto join_by_a_table_that_is_not_there(mica::Connection& connection) {
    return connection.all(select<Artist>().join<Album>(col<&Album::id> == col<&Track::album_id>));
}
#elif !defined FAULT
auto join_by_a_table_that_is_not_there(mica::Connection& connection) {
    return connection.all(select<Artist>().join<Album>(col<&Album::id> == col<&Artist::id>));
}
#endif

// error: mica: more than one foreign key leads
#ifdef FAULT_join_by_one_of_two_foreign_keys
auto join_by_one_of_two_foreign_keys() { return select<Match>().join<Team>(); }
#elif !defined FAULT
auto join_by_one_of_two_foreign_keys() { return select<Match>().join<Team>(col<&Match::home> == col<&Team::id>); }
#endif

// error: mica: no foreign key leads from this table
#ifdef FAULT_join_of_a_derived_table_without_a_condition
auto join_of_a_derived_table_without_a_condition() { return select<Artist>().join(recent); }
#elif !defined FAULT
auto join_of_a_derived_table_without_a_condition() {
    return select<Artist>().join(recent, recent.col<"artist_id"> == col<&Artist::id>);
}
#endif

// error: mica: no foreign key leads from this table
#ifdef FAULT_join_of_a_table_with_itself
auto join_of_a_table_with_itself() { return select<Album>().left_join<Album>(); }
#elif !defined FAULT
auto join_of_a_table_with_itself() { return select<Album>().left_join<Artist>(); }
#endif

// error: mica: more than one foreign key leads
#ifdef FAULT_join_of_an_alias_by_a_foreign_key_in_both_directions
auto join_of_an_alias_by_a_foreign_key_in_both_directions() { return select<Employee>().join(boss); }
#elif !defined FAULT
auto join_of_an_alias_by_a_foreign_key_in_both_directions() {
    return select<Employee>().join(boss, boss.col<&Employee::id> == col<&Employee::boss_id>);
}
#endif

// error: mica: this table is there twice
#ifdef FAULT_join_of_an_alias_that_differs_by_case_only
auto join_of_an_alias_that_differs_by_case_only(mica::Connection& connection) {
    return connection.all(select<Artist>().join(same, same.col<&Artist::id> == col<&Artist::id>));
}
#elif !defined FAULT
auto join_of_an_alias_that_differs_by_case_only(mica::Connection& connection) {
    return connection.all(select<Artist>().join(others, others.col<&Artist::id> == col<&Artist::id>));
}
#endif

// error: mica: this table is there twice
#ifdef FAULT_join_of_one_table_twice
auto join_of_one_table_twice(mica::Connection& connection) {
    return connection.all(select<Album>().join<Artist>().left_join<Artist>(col<&Artist::id> == 1));
}
#elif !defined FAULT
auto join_of_one_table_twice(mica::Connection& connection) {
    return connection.all(select<Album>().join<Artist>().left_join(other, other.col<&Artist::id> == 1));
}
#endif

// error: mica: join\(\) takes a condition
#ifdef FAULT_join_with_a_value
auto join_with_a_value() { return select<Album>().join<Artist>(col<&Artist::id>); }
#elif !defined FAULT
auto join_with_a_value() { return select<Album>().join<Artist>(col<&Artist::id> == 1); }
#endif

// error: mica: the condition of a join sees single rows
#ifdef FAULT_join_with_an_aggregate
auto join_with_an_aggregate() { return select<Album>().join<Artist>(count() > 1); }
#elif !defined FAULT
auto join_with_an_aggregate() { return select<Album>().join<Artist>(col<&Artist::id> > 1); }
#endif

// error: mica: join\(\) takes a condition
#ifdef FAULT_join_with_cpp_bool
auto join_with_cpp_bool() { return select<Album>().left_join<Artist>(true); }
#elif !defined FAULT
auto join_with_cpp_bool() { return select<Album>().left_join<Artist>(col<&Artist::name> != ""); }
#endif

// error: mica: no foreign key leads from this table
#ifdef FAULT_join_without_a_foreign_key
auto join_without_a_foreign_key() { return select<Artist>().join<Track>(); }
#elif !defined FAULT
auto join_without_a_foreign_key() { return select<Album>().join<Track>(); }
#endif

// error: mica: from<T>\(\) goes before join\(\)
#ifdef FAULT_join_without_from
auto join_without_from() { return select(count()).join<Album>(); }
#elif !defined FAULT
auto join_without_from() { return select(count()).from<Artist>().join<Album>(); }
#endif
