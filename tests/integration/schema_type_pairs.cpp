// SPDX-License-Identifier: BSL-1.0
// Pairs of schemas that differ in what their columns hold.
#include <mica/decimal.hpp>
#include <mica/mica.hpp>

#include <support/schema_pair.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace schema_type_pairs {

using mica::col;

struct TypePair : mica::test::SchemaPair {};

struct Stored {
    std::int64_t id = 0;
    int a = 0;
    int twice = 0;

    static constexpr auto mapping() {
        return mica::table("t", mica::generated<&Stored::twice>(col<&Stored::a> * 2).stored());
    }
};

TEST_F(TypePair, a_generated_column_is_kept_from_now_on) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, twice INTEGER NOT NULL AS (a * 2)) STRICT;"
        "INSERT INTO t VALUES (1, 4)");
    expect_steps<Stored>("rebuild");
    EXPECT_EQ(text("SELECT a || twice FROM t"), "48");
}

struct Free {
    std::int64_t id = 0;
    int a = 0;
    int twice = 0;

    static constexpr auto mapping() { return mica::table("t"); }
};

TEST_F(TypePair, a_generated_column_is_a_plain_one_with_what_it_gave) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, twice INTEGER NOT NULL AS (a * 2) STORED) STRICT;"
        "INSERT INTO t VALUES (1, 4), (2, 5)");
    expect_steps<Free>("rebuild");
    given("UPDATE t SET a = 0");
    EXPECT_EQ(text("SELECT group_concat(twice) FROM t"), "8,10");
}

TEST_F(TypePair, a_generated_column_gives_something_else) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, twice INTEGER NOT NULL AS (a + a) STORED) STRICT;"
        "INSERT INTO t VALUES (1, 4)");
    expect_steps<Stored>("rebuild");
    EXPECT_EQ(text("SELECT twice FROM t"), "8");
}

struct Dated {
    std::int64_t id = 0;
    std::string made;

    static constexpr auto mapping() {
        return mica::table("t", mica::default_expr<&Dated::made>(mica::current_timestamp));
    }
};

TEST_F(TypePair, a_default_is_an_expression_and_rows_keep_theirs) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, made TEXT NOT NULL DEFAULT 'never') STRICT;"
        "INSERT INTO t (id) VALUES (1)");
    expect_steps<Dated>("rebuild");
    given("INSERT INTO t (id) VALUES (2)");
    EXPECT_EQ(text("SELECT group_concat(made LIKE '2%-%-% %:%:%') || min(made > 'n') FROM t"), "0,10");
}

TEST_F(TypePair, a_new_column_has_an_expression_as_its_default) {
    given_with_children("CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT; INSERT INTO t VALUES (1), (2)");
    expect_steps<Dated>("rebuild");
    EXPECT_EQ(text("SELECT count(*) || count(DISTINCT made) FROM t WHERE made LIKE '2%'"), "21");
}

struct Address {
    std::string street;
    std::optional<std::string> town;
};

struct Located {
    Address home;
    std::int64_t id = 0;

    static constexpr auto mapping() { return mica::table("t"); }
};

TEST_F(TypePair, columns_become_an_embedded_object_that_stands_elsewhere) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, town TEXT, street TEXT NOT NULL) STRICT;"
        "INSERT INTO t VALUES (1, NULL, 'a'), (2, 'x', 'b')");
    using Kind = mica::SchemaChange::Kind;
    const mica::SchemaChange town{.kind = Kind::rename_column, .table = "t", .column = "home_town", .former = "town"};
    const mica::SchemaChange street{
        .kind = Kind::rename_column, .table = "t", .column = "home_street", .former = "street"};
    expect_steps<Located>("rename rename", town, street);
    EXPECT_EQ(engine.connect().all(mica::select<Located>()).at(1).home.town, "x");
    EXPECT_EQ(text("SELECT group_concat(id || home_street || ifnull(home_town, '-'), ' ') FROM t"), "1a- 2bx");
}

enum class Mood { calm, merry };

struct Moody {
    std::int64_t id = 0;
    Mood mood = Mood::calm;
    std::optional<Mood> before;
    mica::EnumText<Mood> named = Mood::calm;

    static constexpr auto mapping() { return mica::table("t"); }
};

TEST_F(TypePair, texts_and_numbers_become_enums) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, mood TEXT NOT NULL, before INTEGER, named INTEGER NOT NULL) STRICT;"
        "INSERT INTO t VALUES (1, 'merry', NULL, 0), (2, 'calm', 1, 1)");
    EXPECT_NE(refusal<Moody>().find("mood does not fit INTEGER without a loss"), std::string::npos);
    expect_steps<Moody>(
        "rebuild", mica::convert<&Moody::mood>(mica::func<"instr", Mood>(col<&Moody::mood>, "merry")),
        mica::convert<&Moody::named>(mica::func<"iif", mica::EnumText<Mood>>(col<&Moody::named>, "merry", "calm")));
    const auto all = engine.connect().all(mica::select<Moody>().order_by(col<&Moody::id>));
    EXPECT_EQ(all.at(0).mood, Mood::merry);
    EXPECT_EQ(all.at(0).before, std::nullopt);
    EXPECT_EQ(all.at(1).before, Mood::merry);
    EXPECT_EQ(all.at(1).named, Mood::merry);
}

struct Given {
    std::int64_t id = 0;
    int a = 0;
    std::string b;

    static constexpr auto mapping() { return mica::table("t", mica::default_value<&Given::a>(3)); }
};

TEST_F(TypePair, columns_that_could_be_null_are_filled_with_a_value_and_of_another_one) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT) STRICT;"
        "INSERT INTO t VALUES (1, NULL, NULL), (2, 5, 'y'), (3, NULL, 'z')");
    EXPECT_NE(refusal<Given>(mica::fill<&Given::b>("none")).find("a is NULL; fill<> can give a value (rows 1, 3)"),
              std::string::npos);
    expect_steps<Given>("rebuild", mica::fill<&Given::a>(col<&Given::id> * 10), mica::fill<&Given::b>("none"));
    EXPECT_EQ(text("SELECT group_concat(a || b, ' ') FROM t"), "10none 5y 30z");
}

struct Bytes {
    std::int64_t id = 0;
    std::vector<std::byte> a;
    std::string b;

    static constexpr auto mapping() { return mica::table("t"); }
};

TEST_F(TypePair, texts_become_blobs_and_blobs_texts) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b BLOB NOT NULL) STRICT;"
        "INSERT INTO t VALUES (1, 'äb', x'4869'), (2, '', x'')");
    EXPECT_NE(refusal<Bytes>().find("b does not fit TEXT without a loss"), std::string::npos);
    expect_steps<Bytes>("rebuild", mica::convert<&Bytes::b>(col<&Bytes::b>.cast<std::string>()));
    EXPECT_EQ(text("SELECT group_concat(quote(a) || quote(b), ' ') FROM t"), "X'C3A462''Hi' X''''");
}

struct Priced {
    std::int64_t id = 0;
    mica::decimal<2> price{};

    static constexpr auto mapping() { return mica::table("t"); }
};

TEST_F(TypePair, a_price_with_a_fraction_becomes_a_decimal) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, price REAL NOT NULL) STRICT; INSERT INTO t VALUES (1, 12.5), (2, "
        "0.07)");
    EXPECT_NE(refusal<Priced>().find("price does not fit INTEGER without a loss"), std::string::npos);
    expect_steps<Priced>(
        "rebuild", mica::convert<&Priced::price>(mica::func<"round", mica::decimal<2>>(col<&Priced::price> * 100)));
    const auto all = engine.connect().all(mica::select<Priced>().order_by(col<&Priced::id>));
    EXPECT_EQ(all.at(0).price.to_string() + " " + all.at(1).price.to_string(), "12.50 0.07");
}

struct Timed {
    std::int64_t id = 0;
    std::chrono::sys_seconds at{};
    std::chrono::seconds lasts{};

    static constexpr auto mapping() { return mica::table("t"); }
};

TEST_F(TypePair, seconds_since_1970_become_points_in_time) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, lasts TEXT NOT NULL) STRICT;"
        "INSERT INTO t VALUES (1, 0, '90'), (2, 1715947200, '5')");
    expect_steps<Timed>("rebuild", mica::convert<&Timed::at>(
                                       mica::func<"datetime", std::chrono::sys_seconds>(col<&Timed::at>, "unixepoch")));
    const auto all = engine.connect().all(mica::select<Timed>().order_by(col<&Timed::id>));
    EXPECT_EQ(all.at(0).at, std::chrono::sys_seconds{});
    EXPECT_EQ(all.at(1).at, std::chrono::sys_seconds{std::chrono::seconds{1715947200}});
    EXPECT_EQ(all.at(0).lasts, std::chrono::seconds{90});
}

TEST_F(TypePair, what_only_sql_can_say_converts_and_fills) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, lasts INTEGER) STRICT;"
        "INSERT INTO t VALUES (1, 0, NULL)");
    const auto at =
        mica::convert<&Timed::at>(mica::sql<std::chrono::sys_seconds>("datetime(at, 'unixepoch', ?)", "+1 day"));
    EXPECT_EQ(at.expression, "(datetime(at, 'unixepoch', '+1 day'))");
    expect_steps<Timed>("rebuild", at, mica::fill<&Timed::lasts>(mica::sql<std::chrono::seconds>("? + id", 4)));
    EXPECT_EQ(text("SELECT at || ' ' || lasts FROM t"), "1970-01-02 00:00:00 5");
}

struct Versioned {
    std::int64_t id = 0;
    std::string a;
    int revision = 0;

    static constexpr auto mapping() { return mica::table("t", mica::version<&Versioned::revision>); }
};

TEST_F(TypePair, rows_get_a_version) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL) STRICT; INSERT INTO t VALUES (1, 'x')");
    expect_steps<Versioned>("rebuild", mica::fill<&Versioned::revision>(1));
    auto connection = engine.connect();
    Versioned row = connection.one(mica::select<Versioned>());
    row.a = "y";
    connection.update(row);
    EXPECT_EQ(row.revision, 2);
}

struct Retyped {
    std::int64_t id = 0;
    int year = 0;
    std::optional<double> weight;

    static constexpr auto mapping() { return mica::table("t", mica::check(col<&Retyped::year> > 1900)); }
};

TEST_F(TypePair, a_column_is_called_otherwise_and_holds_another_type_in_one) {
    given_with_children(
        "CREATE TABLE old (id INTEGER PRIMARY KEY, born TEXT NOT NULL, grams INTEGER, CHECK (born <> '')) STRICT;"
        "ALTER TABLE old RENAME TO t; INSERT INTO t VALUES (1, '1970', 5), (2, '2001', NULL)");
    const auto year = mica::rename_column<&Retyped::year>("born");
    const auto weight = mica::rename_column<&Retyped::weight>("grams");
    expect_steps<Retyped>("rename rename rebuild", year, weight,
                          mica::convert<&Retyped::weight>(col<&Retyped::weight> / 1000.0));
    EXPECT_EQ(text("SELECT group_concat(typeof(year) || year || ifnull(weight, '-'), ' ') FROM t"),
              "integer19700.005 integer2001-");
}

struct Flagged {
    std::int64_t id = 0;
    bool is_open = true;
    std::optional<bool> is_old;

    static constexpr auto mapping() { return mica::table("t", mica::default_value<&Flagged::is_open>(true)); }
};

TEST_F(TypePair, flags_that_were_texts_and_one_that_is_new) {
    given_with_children(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, is_old TEXT) STRICT; INSERT INTO t VALUES (1, 'yes'), (2, NULL)");
    expect_steps<Flagged>("rebuild",
                          mica::convert<&Flagged::is_old>(mica::func<"instr", bool>(col<&Flagged::is_old>, "yes")));
    const auto all = engine.connect().all(mica::select<Flagged>().order_by(col<&Flagged::id>));
    EXPECT_TRUE(all.at(0).is_open && all.at(0).is_old.value_or(false));
    EXPECT_EQ(all.at(1).is_old, std::nullopt);
}

}  // namespace schema_type_pairs
