// SPDX-License-Identifier: BSL-1.0
// What a change of the schema must not do to the rows.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace integration_schema_sync_data {
namespace {

using mica::col;
using mica::test::message_of;

struct Product {
    std::int64_t id = 0;
    std::int64_t price = 0;

    static constexpr auto mapping() { return mica::table("product"); }
};

struct CheckedProduct {
    std::int64_t id = 0;
    std::int64_t price = 0;

    static constexpr auto mapping() { return mica::table("product", mica::check(col<&CheckedProduct::price> >= 0)); }
};

struct OptionalProduct {
    std::int64_t id = 0;
    std::optional<std::int64_t> price;

    static constexpr auto mapping() { return mica::table("product", mica::check(col<&OptionalProduct::id> > 0)); }
};

struct ProductInCents {
    std::int64_t id = 0;
    std::optional<std::int64_t> cents;

    static constexpr auto mapping() { return mica::table("product"); }
};

struct ProductOfDouble {
    std::int64_t id = 0;
    std::int64_t price = 0;
    std::int64_t twice = 0;

    static constexpr auto mapping() {
        return mica::table("product", mica::generated<&ProductOfDouble::twice>(col<&ProductOfDouble::price> * 2));
    }
};

struct Line {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("line"); }
};

struct LineByRowid {
    std::int64_t rowid = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("line", mica::primary_key<&LineByRowid::rowid>); }
};

struct Counted {
    std::int64_t id = 0;
    std::string name;

    static constexpr auto mapping() { return mica::table("counted", mica::autoincrement); }
};

struct Pair {
    std::int64_t id = 0;
    std::string a;
    std::string b;

    static constexpr auto mapping() { return mica::table("pair"); }
};

struct ShiftedPair {
    std::int64_t id = 0;
    std::string b;
    std::string c;

    static constexpr auto mapping() { return mica::table("pair"); }
};

struct First {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("first"); }
};

struct Second {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("second"); }
};

struct SearchedFirst {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("first", mica::index<&SearchedFirst::text>); }
};

struct SearchedSecond {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() { return mica::table("second", mica::index<&SearchedSecond::text>); }
};

struct Parent {
    std::int64_t id = 0;

    static constexpr auto mapping() { return mica::table("parent"); }
};

struct Child {
    std::string key;
    std::int64_t one = 0;
    std::int64_t other = 0;

    static constexpr auto mapping() {
        return mica::table("child", mica::primary_key<&Child::key>, mica::without_rowid,
                           mica::foreign_key<&Child::one, &Parent::id>, mica::foreign_key<&Child::other, &Parent::id>);
    }
};

struct Stamped {
    std::int64_t id = 0;
    std::optional<std::string> at;

    static constexpr auto mapping() {
        return mica::table("stamped", mica::default_expr<&Stamped::at>(mica::current_timestamp));
    }
};

class SchemaSyncData : public testing::Test {
protected:
    void given(std::string_view script) { engine.connect().open().run_script(script); }
    std::string text(const std::string& sql) {
        return engine.connect().execute<std::string>("SELECT CAST((" + sql + ") AS TEXT)").one();
    }

    template <class... Entities, class... Changes>
    void expect_synced(const Changes&... changes) {
        const std::string planned = engine.plan<Entities...>(changes...).to_string();
        EXPECT_EQ(engine.sync<Entities...>(changes...).to_string(), planned);
        EXPECT_EQ(engine.verify<Entities...>().to_string(), "");
        EXPECT_EQ(engine.plan<Entities...>(changes...).to_string(), "");
    }
    template <class... Entities, class... Changes>
    std::string refusal(const Changes&... changes) {
        return message_of<mica::SchemaMismatch>([&] { engine.sync<Entities...>(changes...); });
    }

    mica::Engine engine{"sqlite://"};
};

TEST_F(SchemaSyncData, a_conversion_that_is_done_is_not_done_again_by_the_next_rebuild) {
    given(
        "CREATE TABLE product (id INTEGER PRIMARY KEY, price REAL NOT NULL) STRICT; INSERT INTO product VALUES (1, "
        "2.5)");
    expect_synced<Product>(mica::convert<&Product::price>((col<&Product::price> * 100).cast<std::int64_t>()));
    expect_synced<CheckedProduct>(
        mica::convert<&CheckedProduct::price>((col<&CheckedProduct::price> * 100).cast<std::int64_t>()));
    EXPECT_EQ(text("SELECT price FROM product"), "250");
}

TEST_F(SchemaSyncData, a_fill_leaves_null_alone_where_the_column_takes_it) {
    given("CREATE TABLE product (id INTEGER PRIMARY KEY, price INTEGER) STRICT; INSERT INTO product VALUES (1, NULL)");
    expect_synced<OptionalProduct>(mica::fill<&OptionalProduct::price>(7));
    EXPECT_EQ(text("SELECT price IS NULL FROM product"), "1");
}

TEST_F(SchemaSyncData, a_new_column_is_converted_from_one_that_goes) {
    given("CREATE TABLE product (id INTEGER PRIMARY KEY, price INTEGER) STRICT; INSERT INTO product VALUES (1, 5)");
    expect_synced<ProductInCents>(mica::convert<&ProductInCents::cents>(col<&OptionalProduct::price> * 100),
                                  mica::drop_column("product", "price"));
    EXPECT_EQ(text("SELECT cents FROM product"), "500");
}

TEST_F(SchemaSyncData, values_of_a_column_that_is_computed_from_now_on_go_only_where_a_change_says_so) {
    given(
        "CREATE TABLE product (id INTEGER PRIMARY KEY, price INTEGER NOT NULL, twice INTEGER NOT NULL) STRICT;"
        "INSERT INTO product VALUES (1, 5, 11)");
    EXPECT_TRUE(engine.plan<ProductOfDouble>().is_lossy());
    EXPECT_THROW(engine.sync<ProductOfDouble>(), mica::SchemaMismatch);
    EXPECT_EQ(text("SELECT twice FROM product"), "11");
    expect_synced<ProductOfDouble>(mica::drop_column("product", "twice"));
    EXPECT_EQ(text("SELECT twice FROM product"), "10");
}

TEST_F(SchemaSyncData, triggers_that_name_the_schema_of_their_table_stay) {
    given(
        "CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT) STRICT; CREATE TABLE log (text);"
        "CREATE TRIGGER one AFTER INSERT ON main.line BEGIN INSERT INTO log VALUES (1 || new.text); END;"
        "CREATE TRIGGER two AFTER INSERT ON \"main\" . \"line\" BEGIN INSERT INTO log VALUES (2 || new.text); END");
    EXPECT_EQ(mica::inspect(engine.connect())[0].triggers.size(), 2U);
    expect_synced<Line>();
    given("INSERT INTO line VALUES (1, 'x')");
    EXPECT_EQ(text("SELECT group_concat(text) FROM (SELECT text FROM log ORDER BY text)"), "1x,2x");
}

TEST_F(SchemaSyncData, a_new_key_gets_the_numbers_that_the_rows_had) {
    given("CREATE TABLE line (text TEXT NOT NULL) STRICT; INSERT INTO line (rowid, text) VALUES (5, 'a'), (9, 'b')");
    expect_synced<Line>();
    EXPECT_EQ(text("SELECT group_concat(id || text) FROM line"), "5a,9b");
}

TEST_F(SchemaSyncData, a_new_key_that_is_called_rowid_gets_them_too) {
    given("CREATE TABLE line (text TEXT NOT NULL) STRICT; INSERT INTO line (rowid, text) VALUES (5, 'a'), (9, 'b')");
    expect_synced<LineByRowid>();
    EXPECT_EQ(text("SELECT group_concat(rowid || text) FROM line"), "5a,9b");
}

TEST_F(SchemaSyncData, a_key_without_a_value_is_named_and_gets_no_number) {
    given("CREATE TABLE line (id INT PRIMARY KEY, text TEXT NOT NULL); INSERT INTO line VALUES (7, 'a'), (NULL, 'b')");
    EXPECT_EQ(refusal<Line>(), "line: id is NULL; fill<> can give a value (rows 2)");
    EXPECT_EQ(text("SELECT count(*) FROM line WHERE id IS NULL"), "1");
    expect_synced<Line>(mica::fill<&Line::id>(70));
    EXPECT_EQ(text("SELECT group_concat(id || text) FROM line"), "7a,70b");
}

TEST_F(SchemaSyncData, a_key_that_only_looks_like_the_rowid_gets_no_number) {
    given("CREATE TABLE line (id INTEGER PRIMARY KEY DESC, text TEXT NOT NULL); INSERT INTO line VALUES (NULL, 'b')");
    EXPECT_EQ(refusal<Line>(), "line: id is NULL; fill<> can give a value (rows 1)");
    EXPECT_EQ(text("SELECT count(*) FROM line WHERE id IS NULL"), "1");
}

TEST_F(SchemaSyncData, a_key_that_only_looks_like_the_rowid_becomes_it_and_its_rows_keep_their_ids) {
    given(
        "CREATE TABLE line (id INTEGER PRIMARY KEY DESC, text TEXT NOT NULL) STRICT;"
        "INSERT INTO line VALUES (7, 'a'), (5, 'b')");
    EXPECT_EQ(engine.verify<Line>().to_string(), "line: PRIMARY KEY (id) DESC instead of (id)\n");
    expect_synced<Line>();
    EXPECT_EQ(text("SELECT group_concat(id || rowid || text) FROM line"), "55b,77a");
}

TEST_F(SchemaSyncData, the_count_of_a_table_whose_name_has_other_case_goes_on) {
    given(
        "CREATE TABLE Counted (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT) STRICT;"
        "INSERT INTO Counted VALUES (100, 'x'); DELETE FROM Counted");
    expect_synced<Counted>();
    given("INSERT INTO counted (name) VALUES ('y')");
    EXPECT_EQ(text("SELECT id FROM counted"), "101");
}

TEST_F(SchemaSyncData, names_that_change_places_are_refused) {
    engine.create_all<Pair, First, Second>();
    EXPECT_NE(refusal<Pair>(mica::rename_column<&Pair::a>("b"), mica::rename_column<&Pair::b>("a")), "");
    EXPECT_NE(
        (refusal<First, Second>(mica::rename_table<&First::id>("second"), mica::rename_table<&Second::id>("first"))),
        "");
}

TEST_F(SchemaSyncData, a_table_and_the_one_that_it_was_are_not_both_there) {
    engine.create_all<First, Second>();
    const auto rename = mica::rename_table<&Second::id>("first");
    EXPECT_NE(refusal<Second>(rename), "");
    EXPECT_TRUE((engine.sync<First, Second>(rename).empty()));
    engine.sync<Second>(rename, mica::drop_table("first"));
    EXPECT_TRUE(engine.sync<Second>(rename, mica::drop_table("first")).empty());
}

TEST_F(SchemaSyncData, names_that_move_on_do_so_in_whatever_order_they_are_told) {
    const auto a_to_b = mica::rename_column<&ShiftedPair::b>("a");
    const auto b_to_c = mica::rename_column<&ShiftedPair::c>("b");
    for (const bool is_turned : {false, true}) {
        given("DROP TABLE IF EXISTS pair");
        engine.create_all<Pair>();
        given("INSERT INTO pair VALUES (1, 'A', 'B')");
        if (is_turned) {
            expect_synced<ShiftedPair>(b_to_c, a_to_b);
        } else {
            expect_synced<ShiftedPair>(a_to_b, b_to_c);
        }
        EXPECT_EQ(text("SELECT b || c FROM pair"), "AB");
    }
}

TEST_F(SchemaSyncData, the_text_of_a_migration_refuses_what_sync_refuses) {
    given(
        "CREATE TABLE product (id INTEGER PRIMARY KEY, price TEXT NOT NULL) STRICT; INSERT INTO product VALUES (1, "
        "'007')");
    EXPECT_EQ(refusal<Product>(),
              "product: price does not fit INTEGER without a loss; convert<> can say what becomes of it (rows 1)");
    const std::string migration = engine.plan<Product>().as_migration(1, "numbers");
    const std::size_t start = migration.find("R\"sql(") + 6;
    const std::string sql = migration.substr(start, migration.find(")sql\"") - start);
    EXPECT_NE(message_of<mica::IntegrityError>([&] { given(sql); }).find("price does not fit INTEGER"),
              std::string::npos);
    EXPECT_EQ(text("SELECT price FROM product"), "007");
    given("DROP TABLE IF EXISTS temp.mica_check; UPDATE product SET price = '7'");
    given(sql);
    EXPECT_EQ(text("SELECT typeof(price) FROM product"), "integer");
}

TEST_F(SchemaSyncData, a_row_that_loses_its_parent_is_found_among_those_that_had_none) {
    given(
        "PRAGMA foreign_keys = OFF; CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT; INSERT INTO parent VALUES (5);"
        "CREATE TABLE child (key TEXT NOT NULL PRIMARY KEY, one INTEGER NOT NULL REFERENCES parent (id),"
        " other INTEGER REFERENCES parent (id)) STRICT, WITHOUT ROWID;"
        "INSERT INTO child VALUES ('a', 99, 5), ('b', 5, NULL); PRAGMA foreign_keys = ON");
    EXPECT_EQ(message_of<mica::IntegrityError>([&] { engine.sync<Parent, Child>(mica::fill<&Child::other>(6)); }),
              "a row of child references a row of parent that is not there (other)");
    expect_synced<Parent, Child>(mica::fill<&Child::other>(5));
    EXPECT_EQ(text("SELECT group_concat(one || '-' || other) FROM child"), "99-5,5-5");
}

TEST_F(SchemaSyncData, rows_that_had_no_parent_before_keep_their_table_from_nothing) {
    given(
        "PRAGMA foreign_keys = OFF; CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;"
        "CREATE TABLE kid (key TEXT NOT NULL PRIMARY KEY, one INTEGER REFERENCES parent (id),"
        " two INTEGER NOT NULL REFERENCES parent (id)) STRICT, WITHOUT ROWID;"
        "INSERT INTO kid VALUES ('a', 99, 98); PRAGMA foreign_keys = ON");
    expect_synced<Parent, Child>(mica::rename_table<&Child::key>("kid"), mica::rename_column<&Child::other>("two"));
    EXPECT_EQ(text("SELECT one || '-' || other FROM child"), "99-98");
}

TEST_F(SchemaSyncData, the_text_of_a_migration_makes_a_table_anew_that_a_view_reads) {
    given(
        "CREATE TABLE product (id INTEGER PRIMARY KEY, price INTEGER) STRICT; INSERT INTO product VALUES (1, 7);"
        "CREATE VIEW prices AS SELECT price FROM product");
    const std::string migration = engine.plan<Product>().as_migration(1, "prices");
    const std::size_t start = migration.find("R\"sql(") + 6;
    const std::string sql = migration.substr(start, migration.find(")sql\"") - start);
    engine.migrate(mica::migrations(mica::migration<1>("prices", std::string_view{sql}).without_foreign_keys()));
    EXPECT_EQ(engine.verify<Product>().to_string(), "");
    EXPECT_EQ(text("SELECT price FROM prices"), "7");
}

TEST_F(SchemaSyncData, a_migration_that_fails_leaves_the_connection_to_follow_references) {
    const auto connection = engine.connect();
    connection.open().run_script("PRAGMA legacy_alter_table = OFF");  // it is in use, and keeps what it is set to
    const auto fails = mica::migration<1>("fails", "PRAGMA legacy_alter_table = ON; SELECT nothing");
    EXPECT_THROW(engine.migrate(mica::migrations(fails.without_foreign_keys())), mica::DatabaseError);
    EXPECT_EQ(connection.execute<int>("PRAGMA legacy_alter_table").one(), 0);
}

TEST_F(SchemaSyncData, a_new_table_gets_the_index_that_has_its_name) {
    engine.create_all<SearchedFirst>();
    given("INSERT INTO first VALUES (1, 'a')");
    expect_synced<SearchedFirst, SearchedSecond>(mica::rename_table<&SearchedSecond::id>("first"));
    EXPECT_EQ(text("SELECT text FROM second"), "a");
}

TEST_F(SchemaSyncData, a_trigger_that_would_break_is_found_beside_one_that_was_broken_before) {
    given(
        "CREATE TABLE product (id INTEGER PRIMARY KEY, price INTEGER NOT NULL, note TEXT) STRICT;"
        "CREATE TABLE log (text); CREATE TABLE gone (text);"
        "CREATE TRIGGER one AFTER INSERT ON log BEGIN INSERT INTO gone VALUES (1); END;"
        "CREATE TRIGGER two AFTER DELETE ON log BEGIN UPDATE product SET note = 1; END; DROP TABLE gone");
    EXPECT_NE(refusal<CheckedProduct>(mica::drop_column("product", "note")).find("no such column: note"),
              std::string::npos);
}

TEST_F(SchemaSyncData, an_optional_column_with_a_computed_default_is_added_to_rows) {
    given("CREATE TABLE stamped (id INTEGER PRIMARY KEY) STRICT; INSERT INTO stamped VALUES (1)");
    expect_synced<Stamped>();
    EXPECT_EQ(text("SELECT at IS NOT NULL FROM stamped"), "1");
}

}  // namespace
}  // namespace integration_schema_sync_data
