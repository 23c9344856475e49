// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/expression/ordering.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/schema/ddl.hpp>

#include <support/expect_ddl.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace unit_ddl_index {

using mica::col;
using mica::index_on;
using mica::table;
using mica::test::expect_ddl;
using mica::test::RawDatabase;

struct Place {
    std::string city;
    std::string street;
};

struct Plain {
    std::int64_t id = 0;
    std::string name;
    int year = 0;
    Place place;
    static constexpr auto mapping() {
        return table("plain", mica::index<&Plain::name>, mica::index<&Plain::year, &Plain::name>,
                     mica::index<&Plain::place>, mica::index<&Plain::year>.name("by \"year\"").unique());
    }
};

TEST(DdlIndex, follows_its_table_as_a_statement_of_its_own) {
    RawDatabase database;
    expect_ddl<Plain>(database, R"(CREATE TABLE "plain" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL, )"
                                R"("year" INTEGER NOT NULL, "place_city" TEXT NOT NULL, )"
                                R"("place_street" TEXT NOT NULL) STRICT;)"
                                "\n"
                                R"(CREATE INDEX "ix_plain_name" ON "plain" ("name");)"
                                "\n"
                                R"(CREATE INDEX "ix_plain_year_name" ON "plain" ("year", "name");)"
                                "\n"
                                R"(CREATE INDEX "ix_plain_place_city" ON "plain" ("place_city", "place_street");)"
                                "\n"
                                R"(CREATE UNIQUE INDEX "by ""year""" ON "plain" ("year"))");
    EXPECT_EQ(database.rows("SELECT name, \"unique\" FROM pragma_index_list('plain') ORDER BY name"),
              (std::vector<std::string>{"by \"year\"|1", "ix_plain_name|0", "ix_plain_place_city|0",
                                        "ix_plain_year_name|0"}));
    EXPECT_EQ(database.rows("SELECT name FROM pragma_index_info('ix_plain_year_name') ORDER BY seqno"),
              (std::vector<std::string>{"year", "name"}));
}

struct Partial {
    std::int64_t id = 0;
    std::string email;
    bool active = false;
    std::optional<int> year;
    static constexpr auto mapping() {
        return table("partial", mica::index<&Partial::email>.unique().where(col<&Partial::active> == true),
                     mica::index<&Partial::year>.where(col<&Partial::year>.is_not_null()).name("known_year"),
                     mica::index<&Partial::year, &Partial::email>.where(col<&Partial::year> > 2000 ||
                                                                        col<&Partial::email> == "it's"));
    }
};

TEST(DdlIndex, may_be_of_some_rows_only) {
    RawDatabase database;
    expect_ddl<Partial>(database, R"(CREATE TABLE "partial" ("id" INTEGER PRIMARY KEY, "email" TEXT NOT NULL, )"
                                  R"("active" INTEGER NOT NULL, "year" INTEGER) STRICT;)"
                                  "\n"
                                  R"(CREATE UNIQUE INDEX "ix_partial_email" ON "partial" ("email") WHERE "active" = 1;)"
                                  "\n"
                                  R"(CREATE INDEX "known_year" ON "partial" ("year") WHERE "year" IS NOT NULL;)"
                                  "\n"
                                  R"(CREATE INDEX "ix_partial_year_email" ON "partial" ("year", "email") )"
                                  R"(WHERE "year" > 2000 OR "email" = 'it''s')");
    database.must("INSERT INTO partial (email, active) VALUES ('a', 0), ('a', 0), ('a', 1)");
    EXPECT_EQ(database.complaint("INSERT INTO partial (email, active) VALUES ('a', 1)"),
              "UNIQUE constraint failed: partial.email");
    EXPECT_EQ(database.value("SELECT count(*) FROM pragma_index_list('partial') WHERE partial"), "3");
}

struct Expression {
    std::int64_t id = 0;
    std::string first;
    std::string last;
    int width = 0;
    int height = 0;
    static constexpr auto mapping() {
        return table(
            "expression", index_on(col<&Expression::last>.desc(), col<&Expression::first>),
            index_on(col<&Expression::width> * col<&Expression::height>),
            index_on(col<&Expression::first> || " " || col<&Expression::last>).unique().name("full_name"),
            index_on(col<&Expression::width> + 1, col<&Expression::height>.asc()).where(col<&Expression::width> > 0));
    }
};

TEST(DdlIndex, may_be_of_expressions_and_descending) {
    RawDatabase database;
    expect_ddl<Expression>(
        database, R"(CREATE TABLE "expression" ("id" INTEGER PRIMARY KEY, "first" TEXT NOT NULL, )"
                  R"("last" TEXT NOT NULL, "width" INTEGER NOT NULL, "height" INTEGER NOT NULL) STRICT;)"
                  "\n"
                  R"(CREATE INDEX "ix_expression_1" ON "expression" ("last" DESC, "first");)"
                  "\n"
                  R"(CREATE INDEX "ix_expression_2" ON "expression" ("width" * "height");)"
                  "\n"
                  R"(CREATE UNIQUE INDEX "full_name" ON "expression" ("first" || ' ' || "last");)"
                  "\n"
                  R"(CREATE INDEX "ix_expression_4" ON "expression" ("width" + 1, "height") WHERE "width" > 0)");
    EXPECT_EQ(database.rows("SELECT name, desc FROM pragma_index_xinfo('ix_expression_1') WHERE key ORDER BY seqno"),
              (std::vector<std::string>{"last|1", "first|0"}));
    database.must("INSERT INTO expression (first, last, width, height) VALUES ('Enzo', 'Ferrari', 1, 1)");
    EXPECT_EQ(
        database.complaint("INSERT INTO expression (first, last, width, height) VALUES ('Enzo', 'Ferrari', 2, 2)"),
        "UNIQUE constraint failed: index 'full_name'");
    EXPECT_NE(database.value("EXPLAIN QUERY PLAN SELECT * FROM expression WHERE width * height = 7")
                  .find("USING INDEX ix_expression_2"),
              std::string::npos);
}

struct Twins {
    std::int64_t id = 0;
    std::string name;
    int year = 0;
    static constexpr auto mapping() {
        return table("twins", mica::index<&Twins::name>, mica::index<&Twins::year>.name("ix_twins_name_3"),
                     mica::index<&Twins::name>.unique().where(col<&Twins::year> > 0), mica::index<&Twins::year>,
                     mica::index<&Twins::name, &Twins::year>, mica::index<&Twins::year, &Twins::name>);
    }
};

/// create_all keeps an index that exists by its name: two of one name would be one.
TEST(DdlIndex, two_of_the_same_columns_have_two_names) {
    RawDatabase database;
    expect_ddl<Twins>(database, R"(CREATE TABLE "twins" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL, )"
                                R"("year" INTEGER NOT NULL) STRICT;)"
                                "\n"
                                R"(CREATE INDEX "ix_twins_name" ON "twins" ("name");)"
                                "\n"
                                R"(CREATE INDEX "ix_twins_name_3" ON "twins" ("year");)"
                                "\n"
                                R"(CREATE UNIQUE INDEX "ix_twins_name_2" ON "twins" ("name") WHERE "year" > 0;)"
                                "\n"
                                R"(CREATE INDEX "ix_twins_year" ON "twins" ("year");)"
                                "\n"
                                R"(CREATE INDEX "ix_twins_name_year" ON "twins" ("name", "year");)"
                                "\n"
                                R"(CREATE INDEX "ix_twins_year_name" ON "twins" ("year", "name"))");
    EXPECT_EQ(database.value("SELECT count(*) FROM pragma_index_list('twins')"), "6");
}

}  // namespace unit_ddl_index
