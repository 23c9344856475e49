// SPDX-License-Identifier: BSL-1.0
// Pairs of schemas that differ in keys, constraints and how a table is stored.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/schema_pair.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace schema_constraint_pairs {

using mica::col;
using mica::test::message_of;

struct ConstraintPair : mica::test::SchemaPair {};

struct Word {
    std::string key;
    int count = 0;

    static constexpr auto mapping() { return mica::table("word", mica::primary_key<&Word::key>); }
};

TEST_F(ConstraintPair, without_rowid_becomes_a_table_with_rowids) {
    given(
        "CREATE TABLE word (key TEXT NOT NULL PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
        "INSERT INTO word VALUES ('b', 2), ('a', 1)");
    expect_steps<Word>("rebuild");
    EXPECT_EQ(text("SELECT group_concat(key || count || typeof(rowid), ' ') FROM word"), "a1integer b2integer");
}

struct Loose {
    std::int64_t id = 0;
    std::optional<std::string> a;

    static constexpr auto mapping() { return mica::table("t", mica::not_strict); }
};

TEST_F(ConstraintPair, a_strict_table_is_strict_no_longer) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT) STRICT; INSERT INTO t VALUES (1, '007'), (2, NULL)");
    expect_steps<Loose>("rebuild");
    EXPECT_EQ(text("SELECT group_concat(id || quote(a), ' ') FROM t"), "1'007' 2NULL");
}

struct Plain {
    std::int64_t id = 0;
    std::optional<std::int64_t> a;

    static constexpr auto mapping() { return mica::table("t"); }
};

TEST_F(ConstraintPair, checks_and_uniques_without_a_name_are_dropped) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER UNIQUE CHECK (a > 0), CHECK (a < 9)) STRICT;"
        "INSERT INTO t VALUES (1, 5), (2, NULL)");
    expect_steps<Plain>("rebuild");
    given("INSERT INTO t VALUES (3, 5), (4, -1)");
    EXPECT_EQ(text("SELECT group_concat(ifnull(a, '-')) FROM t"), "5,-,5,-1");
}

struct Bounded {
    std::int64_t id = 0;
    std::optional<std::int64_t> a;

    static constexpr auto mapping() { return mica::table("t", mica::check(col<&Bounded::a> > 4).name("bound")); }
};

TEST_F(ConstraintPair, a_check_is_another_one) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, CONSTRAINT bound CHECK (a > 3)) STRICT;"
        "INSERT INTO t VALUES (1, 5), (2, 4), (3, NULL)");
    EXPECT_EQ(refusal<Bounded>(), "t: CHECK (\"a\" > 4) fails (rows 2)");
    EXPECT_EQ(text("SELECT sql LIKE '%a > 3%' FROM sqlite_schema WHERE name = 't'"), "1");
    given("UPDATE t SET a = 6 WHERE id = 2");
    expect_steps<Bounded>("rebuild");
    EXPECT_EQ(text("SELECT group_concat(ifnull(a, '-')) FROM t"), "5,6,-");
    EXPECT_THROW(given("INSERT INTO t VALUES (4, 4)"), mica::IntegrityError);
}

TEST_F(ConstraintPair, the_name_of_a_check_is_its_owners) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, CONSTRAINT \"by hand\" CHECK ((a) > 4)) STRICT;"
        "INSERT INTO t VALUES (1, 5)");
    expect_steps<Bounded>("");
    EXPECT_EQ(text("SELECT sql LIKE '%by hand%' FROM sqlite_schema WHERE name = 't'"), "1");
}

struct Owner {
    std::int64_t id = 0;

    static constexpr auto mapping() { return mica::table("owner"); }
};

struct Pet {
    std::int64_t id = 0;
    std::optional<std::int64_t> owner_id;

    static constexpr auto mapping() {
        return mica::table("t", mica::foreign_key<&Pet::owner_id, &Owner::id>.on_delete(mica::set_null).no_index());
    }
};

TEST_F(ConstraintPair, a_foreign_key_does_something_else) {
    given("CREATE TABLE owner (id INTEGER PRIMARY KEY) STRICT; INSERT INTO owner VALUES (7), (8)");
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, owner_id INTEGER REFERENCES owner (id) ON DELETE CASCADE) STRICT;"
        "INSERT INTO t VALUES (1, 7), (2, 8)");
    expect_steps<Owner, Pet>("rebuild");
    given("DELETE FROM owner WHERE id = 7");
    EXPECT_EQ(text("SELECT group_concat(id || ifnull(owner_id, '-'), ' ') FROM t"), "1- 28");
}

TEST_F(ConstraintPair, a_foreign_key_follows_its_parent_that_is_called_otherwise) {
    given("CREATE TABLE person (id INTEGER PRIMARY KEY) STRICT; INSERT INTO person VALUES (7)");
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, owner_id INTEGER REFERENCES person (id) ON DELETE SET NULL) STRICT;"
        "INSERT INTO t VALUES (1, 7)");
    expect_steps<Owner, Pet>("rename_table", mica::rename_table<&Owner::id>("person"));
    EXPECT_THROW(given("UPDATE t SET owner_id = 9"), mica::IntegrityError);
    EXPECT_EQ(text("SELECT id || owner_id FROM t"), "17");
}

TEST_F(ConstraintPair, a_column_becomes_a_reference_to_a_table_that_is_new) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, owner_id INTEGER) STRICT; INSERT INTO t VALUES (1, 7)");
    EXPECT_EQ((refusal<Owner, Pet>()), "t: owner_id references no row of owner (rows 1)");
    given("UPDATE t SET owner_id = NULL");
    expect_steps<Owner, Pet>("create rebuild");
}

struct Seat {
    std::int64_t row = 0;
    std::int64_t place = 0;
    std::optional<std::string> guest;

    static constexpr auto mapping() { return mica::table("seat", mica::primary_key<&Seat::row, &Seat::place>); }
};

struct Ticket {
    std::int64_t id = 0;
    std::int64_t row = 0;
    std::int64_t place = 0;

    static constexpr auto mapping() {
        return mica::table("ticket", mica::foreign_key_to<Seat>(mica::from<&Ticket::row, &Ticket::place>,
                                                                mica::to<&Seat::row, &Seat::place>)
                                         .on_delete(mica::cascade));
    }
};

TEST_F(ConstraintPair, a_key_of_one_column_has_two) {
    given(
        "CREATE TABLE seat (row INTEGER NOT NULL, place INTEGER NOT NULL PRIMARY KEY, guest TEXT) STRICT;"
        "INSERT INTO seat VALUES (1, 11, 'a'), (1, 12, NULL)");
    expect_steps<Seat>("rebuild");
    given("INSERT INTO seat VALUES (2, 11, 'b')");
    EXPECT_EQ(text("SELECT group_concat(row || '/' || place || ifnull(guest, '-'), ' ') FROM seat"),
              "1/11a 1/12- 2/11b");
}

TEST_F(ConstraintPair, a_key_of_two_columns_has_rows_that_one_had_not) {
    given(
        "CREATE TABLE seat (row INTEGER NOT NULL, place INTEGER NOT NULL, guest TEXT) STRICT;"
        "INSERT INTO seat VALUES (1, 11, 'a'), (1, 12, NULL), (1, 11, 'b')");
    EXPECT_EQ(refusal<Seat>(), "seat: \"row\", \"place\" is not unique (rows 1, 3)");
    given("DELETE FROM seat WHERE guest = 'b'");
    expect_steps<Seat>("rebuild");
}

TEST_F(ConstraintPair, two_columns_become_a_reference) {
    given(
        "CREATE TABLE seat (row INTEGER NOT NULL, place INTEGER NOT NULL, guest TEXT, PRIMARY KEY (row, place)) STRICT;"
        "INSERT INTO seat VALUES (1, 11, 'a'), (1, 12, NULL);"
        "CREATE TABLE ticket (id INTEGER PRIMARY KEY, row INTEGER NOT NULL, place INTEGER NOT NULL) STRICT;"
        "INSERT INTO ticket VALUES (5, 1, 12), (6, 2, 12)");
    EXPECT_EQ((refusal<Seat, Ticket>()), "ticket: row references no row of seat (rows 6)");
    given("DELETE FROM ticket WHERE id = 6");
    expect_steps<Seat, Ticket>("rebuild");
    given("DELETE FROM seat WHERE place = 12");
    EXPECT_EQ(text("SELECT count(*) FROM ticket"), "0");
}

struct Folder {
    std::int64_t id = 0;
    std::optional<std::int64_t> above;
    std::string name;

    static constexpr auto mapping() {
        return mica::table("t", mica::foreign_key<&Folder::above, &Folder::id>.on_delete(mica::cascade).no_index());
    }
};

TEST_F(ConstraintPair, a_table_that_references_itself_is_made_anew) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, above INTEGER REFERENCES t (id) ON DELETE CASCADE, name TEXT) STRICT;"
        "INSERT INTO t VALUES (1, NULL, 'root'), (2, 1, 'a'), (3, 2, NULL)");
    expect_steps<Folder>("rebuild", mica::fill<&Folder::name>("new"));
    EXPECT_EQ(text("SELECT group_concat(id || ifnull(above, '-') || name, ' ') FROM t"), "1-root 21a 32new");
    given("DELETE FROM t WHERE id = 2");
    EXPECT_EQ(text("SELECT (SELECT count(*) FROM t) || (SELECT count(*) FROM child)"), "11");
}

struct Sorted {
    std::int64_t id = 0;
    std::int64_t a = 0;
    std::string b;

    static constexpr auto mapping() {
        return mica::table("t", mica::index_on(col<&Sorted::a>.desc(), mica::lower(col<&Sorted::b>)).name("by_a"),
                           mica::index<&Sorted::b>.unique().where(col<&Sorted::a> > 0));
    }
};

TEST_F(ConstraintPair, indexes_are_others_and_one_of_some_rows_is_unique) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b TEXT NOT NULL) STRICT;"
        "INSERT INTO t VALUES (1, 1, 'x'), (2, 0, 'x'); CREATE INDEX by_a ON t (a); CREATE INDEX old ON t (b, a)");
    expect_steps<Sorted>("drop_index drop_index index index");
    EXPECT_THROW(given("UPDATE t SET a = 1"), mica::IntegrityError);
    EXPECT_EQ(text("SELECT group_concat(id || a || b, ' ') FROM t"), "11x 20x");
}

struct Counted {
    std::int64_t id = 0;
    std::string a;

    static constexpr auto mapping() { return mica::table("t"); }
};

TEST_F(ConstraintPair, autoincrement_goes_and_leaves_no_count) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL) STRICT;"
        "INSERT INTO t VALUES (5, 'x'), (9, 'y'); DELETE FROM t WHERE id = 9");
    expect_steps<Counted>("rebuild");
    EXPECT_EQ(text("SELECT count(*) FROM sqlite_sequence"), "0");
    given("INSERT INTO t (a) VALUES ('z')");
    EXPECT_EQ(text("SELECT group_concat(id || a, ' ') FROM t"), "5x 6z");
}

struct Insensitive {
    std::int64_t id = 0;
    std::string a;

    static constexpr auto mapping() {
        return mica::table("t", mica::collate<&Insensitive::a>("NOCASE"), mica::unique<&Insensitive::a>);
    }
};

TEST_F(ConstraintPair, a_collation_that_makes_rows_equal_names_them) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE) STRICT;"
        "INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'X')");
    EXPECT_EQ(refusal<Insensitive>(), "t: \"a\" is not unique (rows 1, 3)");
    given("DELETE FROM t WHERE id = 3");
    expect_steps<Insensitive>("rebuild");
    EXPECT_EQ(text("SELECT group_concat(id || a, ' ') FROM t"), "1x 2y");
}

struct First {
    std::int64_t id = 0;
    std::string of_first;

    static constexpr auto mapping() { return mica::table("b"); }
};
struct Second {
    std::int64_t id = 0;
    std::string of_second;

    static constexpr auto mapping() { return mica::table("c"); }
};
struct Third {
    std::int64_t id = 0;
    std::string of_third;

    static constexpr auto mapping() { return mica::table("a"); }
};

TEST_F(ConstraintPair, tables_that_are_renamed_in_a_circle_are_refused_and_those_in_a_row_are_not) {
    given(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, of_first TEXT NOT NULL) STRICT; INSERT INTO a VALUES (1, 'one');"
        "CREATE TABLE b (id INTEGER PRIMARY KEY, of_second TEXT NOT NULL) STRICT; INSERT INTO b VALUES (2, 'two');"
        "CREATE TABLE c (id INTEGER PRIMARY KEY, of_third TEXT NOT NULL) STRICT; INSERT INTO c VALUES (3, 'three');"
        "CREATE TABLE follower (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b (id) ON DELETE CASCADE);"
        "INSERT INTO follower VALUES (1, 2)");
    const auto first = mica::rename_table<&First::id>("a");
    const auto second = mica::rename_table<&Second::id>("b");
    const auto third = mica::rename_table<&Third::id>("c");
    const std::string circle =
        message_of<mica::SchemaMismatch>([&] { engine.sync<First, Second, Third>(first, second, third); });
    EXPECT_NE(circle.find("no database tells whether that was done"), std::string::npos) << circle;
    EXPECT_EQ(text("SELECT of_first FROM a"), "one");
    given("ALTER TABLE c RENAME TO away");
    const auto away = mica::rename_table<&Third::id>("away");
    expect_steps<First, Second, Third>("rename_table rename_table rename_table", away, second, first);
    EXPECT_EQ(text("SELECT of_third || (SELECT of_first FROM b) || (SELECT of_second FROM c) FROM a"), "threeonetwo");
    given("DELETE FROM c");
    EXPECT_EQ(text("SELECT count(*) FROM follower"), "0");
}

struct Seen {
    std::int64_t id = 0;
    std::optional<std::string> a;
    std::int64_t changes = 0;

    static constexpr auto mapping() { return mica::table("t", mica::check(col<&Seen::changes> >= 0)); }
};

TEST_F(ConstraintPair, views_and_triggers_go_on_with_a_table_that_is_made_anew) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, changes INTEGER NOT NULL) STRICT;"
        "INSERT INTO t VALUES (1, 'x', 0);"
        "CREATE VIEW v AS SELECT a AS seen FROM t; CREATE VIEW w AS SELECT seen || '!' AS twice FROM v;"
        "CREATE TRIGGER counted AFTER UPDATE OF a ON t BEGIN UPDATE t SET changes = changes + 1 WHERE id = new.id; END;"
        "CREATE TRIGGER through INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a, changes) VALUES (new.seen, 7); END");
    expect_steps<Seen>("rebuild");
    given("UPDATE t SET a = 'y'; INSERT INTO v VALUES ('z')");
    EXPECT_EQ(text("SELECT group_concat(a || changes, ' ') || (SELECT group_concat(twice) FROM w) FROM t"),
              "y1 z7y!,z!");
}

TEST_F(ConstraintPair, what_is_accepted_of_a_table_of_another_program_is_left_where_it_is_made_anew) {
    given_with_children("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, CHECK (a > 1)); INSERT INTO t VALUES (1, 5)");
    engine.sync<Bounded>(mica::accept_affinity);
    EXPECT_EQ(engine.verify<Bounded>().to_string(), "");
    EXPECT_EQ(text("SELECT (SELECT a FROM t) || (SELECT count(*) FROM child)"), "51");
}

}  // namespace schema_constraint_pairs
