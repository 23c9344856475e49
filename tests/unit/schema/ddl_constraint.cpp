// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/text.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/schema/ddl.hpp>

#include <support/expect_ddl.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace unit_ddl_constraint {

using namespace mica;
using mica::test::expect_ddl;
using mica::test::RawDatabase;

struct Place {
    std::string city;
    std::string street;
};

struct Unique {
    std::int64_t id = 0;
    std::string email;
    std::string country;
    int number = 0;
    Place place;
    static constexpr auto mapping() {
        return table(unique<&Unique::email>, unique<&Unique::number, &Unique::country>, unique<&Unique::place>);
    }
};

TEST(DdlUnique, may_be_of_one_column_of_several_or_of_an_embedded_object) {
    RawDatabase database;
    expect_ddl<Unique>(
        database, R"(CREATE TABLE "Unique" ("id" INTEGER PRIMARY KEY, "email" TEXT NOT NULL, "country" TEXT NOT NULL, )"
                  R"("number" INTEGER NOT NULL, "place_city" TEXT NOT NULL, "place_street" TEXT NOT NULL, )"
                  R"(CONSTRAINT "uq_Unique_email" UNIQUE ("email"), )"
                  R"(CONSTRAINT "uq_Unique_number_country" UNIQUE ("number", "country"), )"
                  R"(CONSTRAINT "uq_Unique_place_city" UNIQUE ("place_city", "place_street")) STRICT)");
    database.must(R"(INSERT INTO "Unique" VALUES (1, 'a', 'x', 1, 'c', 's'))");
    EXPECT_EQ(database.complaint(R"(INSERT INTO "Unique" VALUES (2, 'b', 'x', 1, 'c', 't'))"),
              "UNIQUE constraint failed: Unique.number, Unique.country");
    EXPECT_EQ(database.complaint(R"(INSERT INTO "Unique" VALUES (2, 'b', 'y', 1, 'c', 's'))"),
              "UNIQUE constraint failed: Unique.place_city, Unique.place_street");
}

enum class Color { red, green, blue };

struct Checked {
    std::int64_t id = 0;
    std::string name;
    int year = 0;
    double price = 0;
    std::optional<int> rank;
    Place place;
    EnumText<Color> color;
    std::chrono::sys_days day;
    static constexpr auto mapping() {
        using namespace std::chrono;
        return table("checked", check(col<&Checked::name> != ""),
                     check(col<&Checked::year> >= 1886 && (col<&Checked::year> < 2100 || col<&Checked::price> == 0.1)),
                     check(col<&Checked::rank>.is_null() || col<&Checked::rank>.between(1, 10)),
                     check(!(col<&Checked::name>.like("%'%"))), check(col<&Checked::place, &Place::city> != "測'試"),
                     check(col<&Checked::color> != EnumText{Color::blue}),
                     check(col<&Checked::day> >= sys_days{1970y / January / 1d}));
    }
};

TEST(DdlCheck, values_are_written_as_literals_and_columns_without_their_table) {
    RawDatabase database;
    expect_ddl<Checked>(
        database, R"(CREATE TABLE "checked" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL, "year" INTEGER NOT NULL, )"
                  R"("price" REAL NOT NULL, "rank" INTEGER, "place_city" TEXT NOT NULL, "place_street" TEXT NOT NULL, )"
                  R"("color" TEXT NOT NULL, "day" TEXT NOT NULL, CONSTRAINT "ck_checked_1" CHECK ("name" <> ''), )"
                  R"(CONSTRAINT "ck_checked_2" CHECK ("year" >= 1886 AND ("year" < 2100 OR "price" = 0.1)), )"
                  R"(CONSTRAINT "ck_checked_3" CHECK ("rank" IS NULL OR "rank" BETWEEN 1 AND 10), )"
                  R"(CONSTRAINT "ck_checked_4" CHECK (NOT "name" LIKE '%''%'), )"
                  R"(CONSTRAINT "ck_checked_5" CHECK ("place_city" <> '測''試'), )"
                  R"(CONSTRAINT "ck_checked_6" CHECK ("color" <> 'blue'), )"
                  R"(CONSTRAINT "ck_checked_7" CHECK ("day" >= '1970-01-01')) STRICT)");
    const auto insert = [&](const std::string& values) {
        return database.complaint(
            "INSERT INTO checked (name, year, price, rank, place_city, place_street, color, day)"
            " VALUES (" +
            values + ")");
    };
    EXPECT_EQ(insert("'a', 2000, 1, NULL, 'c', 's', 'red', '2000-01-01'"), "");
    EXPECT_EQ(insert("'', 2000, 1, NULL, 'c', 's', 'red', '2000-01-01'"), "CHECK constraint failed: ck_checked_1");
    EXPECT_EQ(insert("'a', 3000, 0.1, NULL, 'c', 's', 'red', '2000-01-01'"), "");
    EXPECT_EQ(insert("'a', 3000, 1, NULL, 'c', 's', 'red', '2000-01-01'"), "CHECK constraint failed: ck_checked_2");
    EXPECT_EQ(insert("'a', 2000, 1, 11, 'c', 's', 'red', '2000-01-01'"), "CHECK constraint failed: ck_checked_3");
    EXPECT_EQ(insert("'it''s', 2000, 1, 1, 'c', 's', 'red', '2000-01-01'"), "CHECK constraint failed: ck_checked_4");
    EXPECT_EQ(insert("'a', 2000, 1, 1, '測''試', 's', 'red', '2000-01-01'"), "CHECK constraint failed: ck_checked_5");
    EXPECT_EQ(insert("'a', 2000, 1, 1, 'c', 's', 'blue', '2000-01-01'"), "CHECK constraint failed: ck_checked_6");
    EXPECT_EQ(insert("'a', 2000, 1, 1, 'c', 's', 'red', '1969-12-31'"), "CHECK constraint failed: ck_checked_7");
}

struct Bounds {
    std::int64_t id = 0;
    std::int64_t number = 0;
    double real = 0;
    static constexpr auto mapping() {
        return table(check(col<&Bounds::number> > INT64_MIN), check(col<&Bounds::number> - -5 < INT64_MAX),
                     check(col<&Bounds::real> <= 1e300 && col<&Bounds::real> >= -1e300));
    }
};

TEST(DdlCheck, the_ends_of_the_numbers_are_compared_exactly) {
    RawDatabase database;
    ASSERT_EQ(database.complaint(ddl<Bounds>), "") << ddl<Bounds>;
    EXPECT_EQ(database.complaint("INSERT INTO Bounds (number, real) VALUES (-9223372036854775807, 1e300)"), "");
    EXPECT_NE(database.complaint("INSERT INTO Bounds (number, real) VALUES (-9223372036854775808, 0)"), "");
    EXPECT_NE(database.complaint("INSERT INTO Bounds (number, real) VALUES (0, 1.0000000000000002e300)"), "");
}

struct Team {
    std::int64_t id = 0;
    std::string country;
    int number = 0;
    std::string code;
    static constexpr auto mapping() {
        return table("team", unique<&Team::country, &Team::number>, mica::index<&Team::code>.unique());
    }
};

struct Player {
    std::int64_t id = 0;
    std::optional<std::int64_t> team;
    std::optional<std::string> country;
    std::optional<int> number;
    std::optional<std::string> code;
    static constexpr auto mapping() {
        return table("player", foreign_key<&Player::team, &Team::id>,
                     foreign_key_to<Team>(from<&Player::country, &Player::number>, to<&Team::country, &Team::number>)
                         .on_delete(set_null)
                         .on_update(cascade)
                         .deferrable(),
                     foreign_key<&Player::code, &Team::code>);
    }
};

TEST(DdlForeignKey, references_a_primary_key_a_unique_key_or_a_unique_index) {
    RawDatabase database;
    expect_ddl<Team>(database, R"(CREATE TABLE "team" ("id" INTEGER PRIMARY KEY, "country" TEXT NOT NULL, )"
                               R"("number" INTEGER NOT NULL, "code" TEXT NOT NULL, )"
                               R"(CONSTRAINT "uq_team_country_number" UNIQUE ("country", "number")) STRICT;)"
                               "\n"
                               R"(CREATE UNIQUE INDEX "ix_team_code" ON "team" ("code"))");
    expect_ddl<Player>(
        database,
        R"(CREATE TABLE "player" ("id" INTEGER PRIMARY KEY, "team" INTEGER, "country" TEXT, "number" INTEGER, )"
        R"("code" TEXT, CONSTRAINT "fk_player_team" FOREIGN KEY ("team") REFERENCES "team" ("id"), )"
        R"(CONSTRAINT "fk_player_country_number" FOREIGN KEY ("country", "number") )"
        R"(REFERENCES "team" ("country", "number") ON DELETE SET NULL ON UPDATE CASCADE )"
        R"(DEFERRABLE INITIALLY DEFERRED, )"
        R"(CONSTRAINT "fk_player_code" FOREIGN KEY ("code") REFERENCES "team" ("code")) STRICT;)"
        "\n"
        R"(CREATE INDEX "ix_player_team" ON "player" ("team");)"
        "\n"
        R"(CREATE INDEX "ix_player_country_number" ON "player" ("country", "number");)"
        "\n"
        R"(CREATE INDEX "ix_player_code" ON "player" ("code"))");
    database.must("INSERT INTO team VALUES (1, 'it', 1, 'a'), (2, 'de', 2, 'b')");
    database.must("INSERT INTO player VALUES (1, 1, 'de', 2, 'a')");
    EXPECT_EQ(database.complaint("INSERT INTO player (team) VALUES (3)"), "FOREIGN KEY constraint failed");
    EXPECT_EQ(database.complaint("INSERT INTO player (code) VALUES ('c')"), "FOREIGN KEY constraint failed");
    database.must("UPDATE team SET number = 3 WHERE id = 2");
    EXPECT_EQ(database.value("SELECT country, number FROM player"), "de|3");
    database.must("DELETE FROM team WHERE id = 2");
    EXPECT_EQ(database.value("SELECT country, number FROM player"), "NULL|NULL");
}

TEST(DdlForeignKey, a_deferrable_one_is_checked_at_commit) {
    RawDatabase database;
    database.must(ddl<Team>);
    database.must(ddl<Player>);
    database.must("BEGIN; INSERT INTO player (country, number) VALUES ('fr', 9)");
    EXPECT_EQ(database.complaint("COMMIT"), "FOREIGN KEY constraint failed");
    database.must("INSERT INTO team VALUES (1, 'fr', 9, 'a'); COMMIT");
}

struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent;
    static constexpr auto mapping() { return table(foreign_key<&Node::parent, &Node::id>.on_delete(cascade)); }
};

TEST(DdlForeignKey, may_reference_its_own_table) {
    RawDatabase database;
    expect_ddl<Node>(database, R"(CREATE TABLE "Node" ("id" INTEGER PRIMARY KEY, "parent" INTEGER, )"
                               R"(CONSTRAINT "fk_Node_parent" FOREIGN KEY ("parent") REFERENCES "Node" ("id") )"
                               R"(ON DELETE CASCADE) STRICT;)"
                               "\n"
                               R"(CREATE INDEX "ix_Node_parent" ON "Node" ("parent"))");
    database.must("INSERT INTO Node VALUES (1, NULL), (2, 1), (3, 2); DELETE FROM Node WHERE id = 1");
    EXPECT_EQ(database.value("SELECT count(*) FROM Node"), "0");
}

template <int action>
struct Child {
    std::int64_t id = 0;
    std::optional<std::int64_t> team;
    static constexpr auto mapping() {
        constexpr Action actions[] = {no_action, restrict, set_null, set_default, cascade};
        return table("child",
                     foreign_key<&Child::team, &Team::id>.on_delete(actions[action]).on_update(actions[action]),
                     default_value<&Child::team>(2));
    }
};

/// The text of the actions, and what a child row of team 1 becomes when that team goes.
template <int action>
void expect_action(std::string_view text, std::string_view after) {
    RawDatabase database;
    database.must(ddl<Team>);
    expect_ddl<Child<action>>(database, std::string{R"(CREATE TABLE "child" ("id" INTEGER PRIMARY KEY, )"
                                                    R"("team" INTEGER DEFAULT (2), CONSTRAINT "fk_child_team" )"
                                                    R"(FOREIGN KEY ("team") REFERENCES "team" ("id"))"} +
                                            std::string{text} +
                                            ") STRICT;\nCREATE INDEX \"ix_child_team\" ON \"child\" (\"team\")");
    database.must("INSERT INTO team VALUES (1, 'it', 1, 'a'), (2, 'de', 2, 'b'); INSERT INTO child VALUES (1, 1)");
    const std::string said = database.complaint("DELETE FROM team WHERE id = 1");
    const std::vector<std::string> rows = database.rows("SELECT team FROM child");
    EXPECT_EQ(said + "/" + (rows.empty() ? "gone" : rows.front()), after);
}

TEST(DdlForeignKey, has_each_action) {
    expect_action<0>("", "FOREIGN KEY constraint failed/1");
    expect_action<1>(" ON DELETE RESTRICT ON UPDATE RESTRICT", "FOREIGN KEY constraint failed/1");
    expect_action<2>(" ON DELETE SET NULL ON UPDATE SET NULL", "/NULL");
    expect_action<3>(" ON DELETE SET DEFAULT ON UPDATE SET DEFAULT", "/2");
    expect_action<4>(" ON DELETE CASCADE ON UPDATE CASCADE", "/gone");
}

struct City {
    struct Key {
        std::string country;
        int number = 0;
    } key;
    static constexpr auto mapping() { return table("city", primary_key<&City::key>); }
};
struct Street {
    std::int64_t id = 0;
    City::Key city;
    static constexpr auto mapping() { return table("street", foreign_key<&Street::city, &City::key>); }
};

TEST(DdlForeignKey, may_be_an_embedded_object) {
    RawDatabase database;
    database.must(ddl<City>);
    expect_ddl<Street>(database,
                       R"(CREATE TABLE "street" ("id" INTEGER PRIMARY KEY, "city_country" TEXT NOT NULL, )"
                       R"("city_number" INTEGER NOT NULL, CONSTRAINT "fk_street_city_country" )"
                       R"(FOREIGN KEY ("city_country", "city_number") )"
                       R"(REFERENCES "city" ("key_country", "key_number")) STRICT;)"
                       "\n"
                       R"(CREATE INDEX "ix_street_city_country" ON "street" ("city_country", "city_number"))");
    database.must("INSERT INTO city VALUES ('it', 1)");
    EXPECT_EQ(database.complaint("INSERT INTO street VALUES (1, 'it', 1)"), "");
    EXPECT_EQ(database.complaint("INSERT INTO street VALUES (2, 'it', 2)"), "FOREIGN KEY constraint failed");
}

struct Wide {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table("wide"); }
};
struct NarrowChild {
    std::int64_t id = 0;
    std::int32_t wide = 0;
    static constexpr auto mapping() {
        return table("narrow", column<&NarrowChild::wide>("W"), foreign_key<&NarrowChild::wide, &Wide::id>);
    }
};

TEST(DdlForeignKey, may_join_integers_of_different_width_and_follows_renamed_columns) {
    RawDatabase database;
    database.must(ddl<Wide>);
    expect_ddl<NarrowChild>(database, R"(CREATE TABLE "narrow" ("id" INTEGER PRIMARY KEY, "W" INTEGER NOT NULL, )"
                                      R"(CONSTRAINT "fk_narrow_W" FOREIGN KEY ("W") REFERENCES "wide" ("id")) STRICT;)"
                                      "\n"
                                      R"(CREATE INDEX "ix_narrow_W" ON "narrow" ("W"))");
}

/// The names of the indexes that the DDL of `Entity` creates, those of UNIQUE left out.
template <class Entity>
std::vector<std::string> index_names() {
    RawDatabase database;
    database.must(ddl<Entity>);
    return database.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name");
}

using Names = std::vector<std::string>;

enum class Beside { key, key_behind, unique, index, partial_index, another_key };

template <Beside beside>
struct Member {
    std::int64_t id = 0;
    std::int64_t team = 0;
    std::int64_t year = 0;
    static constexpr auto mapping() {
        constexpr auto key = foreign_key<&Member::team, &Wide::id>;
        if constexpr (beside == Beside::key) return table("member", key, primary_key<&Member::team, &Member::id>);
        if constexpr (beside == Beside::key_behind) {
            return table("member", key, primary_key<&Member::id, &Member::team>);
        }
        if constexpr (beside == Beside::unique) return table("member", key, unique<&Member::team, &Member::year>);
        if constexpr (beside == Beside::index) {
            return table("member", key, mica::index<&Member::team, &Member::year>.name("mine"));
        }
        if constexpr (beside == Beside::partial_index) {
            return table("member", key, mica::index<&Member::team>.where(col<&Member::year> > 0));
        }
        if constexpr (beside == Beside::another_key) return table("member", key, foreign_key<&Member::team, &Team::id>);
    }
};

TEST(DdlForeignKey, gets_an_index_where_no_key_or_index_begins_with_its_columns) {
    EXPECT_EQ(index_names<Member<Beside::key>>(), Names{});
    EXPECT_EQ(index_names<Member<Beside::key_behind>>(), Names{"ix_member_team"});
    EXPECT_EQ(index_names<Member<Beside::unique>>(), Names{});
    EXPECT_EQ(index_names<Member<Beside::index>>(), Names{"mine"});
    EXPECT_EQ(index_names<Member<Beside::partial_index>>(), (Names{"ix_member_team", "ix_member_team_2"}));
    EXPECT_EQ(index_names<Member<Beside::another_key>>(), Names{"ix_member_team"});
}

struct Stadium {
    std::int64_t id = 0;
    std::optional<std::string> country;
    std::optional<int> number;
    static constexpr auto mapping() {
        return table(
            "stadium", mica::index<&Stadium::number, &Stadium::country, &Stadium::id>,
            foreign_key_to<Team>(from<&Stadium::country, &Stadium::number>, to<&Team::country, &Team::number>));
    }
};

TEST(DdlForeignKey, finds_its_columns_at_the_beginning_of_an_index_in_any_order) {
    EXPECT_EQ(index_names<Stadium>(), Names{"ix_stadium_number_country_id"});
}

struct Unindexed {
    std::int64_t id = 0;
    std::int64_t wide = 0;
    static constexpr auto mapping() {
        return table("unindexed", foreign_key<&Unindexed::wide, &Wide::id>.on_delete(cascade).no_index());
    }
};

TEST(DdlForeignKey, has_no_index_where_it_wants_none) { EXPECT_EQ(index_names<Unindexed>(), Names{}); }

}  // namespace unit_ddl_constraint
