// SPDX-License-Identifier: BSL-1.0
// Functions, CASE, CAST and the like inside a mapping: constants, with their values as literals.
#include <mica/mica.hpp>

#include <support/expect_ddl.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace ddl_functions {

enum class Size { small, large };

struct Box {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> note;
    double width = 0;
    double height = 0;
    double area = 0;
    std::string kind;
    std::string label;
    std::int64_t flags = 0;
    Size size = Size::small;
    std::string document;
    std::string created;

    static constexpr auto mapping() {
        using mica::case_;
        using mica::check;
        using mica::col;
        using mica::index_on;
        using mica::when;
        return mica::table(
            "box", check(length(col<&Box::name>) > 0), check(coalesce(col<&Box::note>, "it's none") != ""),
            check((col<&Box::flags> & ~7) == 0),
            check(mica::row(col<&Box::width>, col<&Box::height>) > mica::row(0, 0)),
            check(col<&Box::size>.in(Size::small, Size::large) && col<&Box::name>.not_in("it's", col<&Box::note>)),
            check(json_valid(col<&Box::document>)),
            mica::generated<&Box::area>(round(col<&Box::width> * col<&Box::height>, 2)),
            mica::generated<&Box::kind>(
                case_(when(col<&Box::width> > 10, "large"), when(col<&Box::size> == Size::large, "high"))
                    .otherwise("small"))
                .stored(),
            mica::generated<&Box::label>(mica::func<"printf", std::string>("%s-%d", col<&Box::name>, col<&Box::flags>)),
            mica::default_expr<&Box::created>(mica::strftime("%Y", "now")), index_on(lower(col<&Box::name>)),
            index_on(col<&Box::name>.collate<"NOCASE">().desc(), col<&Box::flags>.cast<std::string>()),
            index_on(mica::json_extract<int>(col<&Box::document>, "$.rank"))
                .where(iif(col<&Box::width> > 1, true, false)));
    }
};

TEST(SqlDdlFunctions, takes_functions) {
    mica::test::RawDatabase database;
    mica::test::expect_ddl<Box>(
        database,
        R"(CREATE TABLE "box" ()"
        R"("id" INTEGER PRIMARY KEY, )"
        R"("name" TEXT NOT NULL, )"
        R"("note" TEXT, )"
        R"("width" REAL NOT NULL, )"
        R"("height" REAL NOT NULL, )"
        R"("area" REAL NOT NULL GENERATED ALWAYS AS (round("width" * "height", 2)) VIRTUAL, )"
        R"("kind" TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN "width" > 10 THEN 'large' WHEN "size" = 1 THEN 'high' )"
        R"(ELSE 'small' END) STORED, )"
        R"("label" TEXT NOT NULL GENERATED ALWAYS AS ("printf"('%s-%d', "name", "flags")) VIRTUAL, )"
        R"("flags" INTEGER NOT NULL, )"
        R"("size" INTEGER NOT NULL, )"
        R"("document" TEXT NOT NULL, )"
        R"("created" TEXT NOT NULL DEFAULT (strftime('%Y', 'now')), )"
        R"(CONSTRAINT "ck_box_1" CHECK (length("name") > 0), )"
        R"(CONSTRAINT "ck_box_2" CHECK (coalesce("note", 'it''s none') <> ''), )"
        R"(CONSTRAINT "ck_box_3" CHECK ("flags" & -8 = 0), )"
        R"(CONSTRAINT "ck_box_4" CHECK (("width", "height") > (0, 0)), )"
        R"(CONSTRAINT "ck_box_5" CHECK ("size" IN (0, 1) AND "name" NOT IN ('it''s', "note")), )"
        R"(CONSTRAINT "ck_box_6" CHECK (json_valid("document"))) STRICT;)"
        "\n"
        R"(CREATE INDEX "ix_box_1" ON "box" (lower("name"));)"
        "\n"
        R"(CREATE INDEX "ix_box_2" ON "box" ("name" COLLATE "NOCASE" DESC, CAST("flags" AS TEXT));)"
        "\n"
        R"(CREATE INDEX "ix_box_3" ON "box" (json_extract("document", '$.rank')) WHERE iif("width" > 1, 1, 0))");
}

struct Parcel {
    std::int64_t id = 0;
    std::string state;
    std::optional<int> weight;
    Size size = Size::small;

    static constexpr auto mapping() {
        using mica::col;
        return mica::table("parcel", mica::check(col<&Parcel::state>.in({"new", "it's here"})),
                           mica::check(col<&Parcel::size>.in({Size::small}) || col<&Parcel::weight>.not_in({1, 2})),
                           mica::index<&Parcel::weight>.where(col<&Parcel::size>.in({Size::large, Size::small})));
    }
};

TEST(SqlDdlFunctions, takes_lists_in_braces) {
    mica::test::RawDatabase database;
    mica::test::expect_ddl<Parcel>(
        database, R"(CREATE TABLE "parcel" ()"
                  R"("id" INTEGER PRIMARY KEY, )"
                  R"("state" TEXT NOT NULL, )"
                  R"("weight" INTEGER, )"
                  R"("size" INTEGER NOT NULL, )"
                  R"(CONSTRAINT "ck_parcel_1" CHECK ("state" IN ('new', 'it''s here')), )"
                  R"(CONSTRAINT "ck_parcel_2" CHECK ("size" IN (0) OR "weight" NOT IN (1, 2))) STRICT;)"
                  "\n"
                  R"(CREATE INDEX "ix_parcel_weight" ON "parcel" ("weight") WHERE "size" IN (1, 0))");
}

struct Label {
    std::int64_t id = 0;
    std::string text;

    static constexpr auto mapping() {
        using mica::check;
        using mica::col;
        return mica::table("label", check(col<&Label::text>.starts_with("100%")),
                           check(col<&Label::text>.contains("it's")), check(!col<&Label::text>.ends_with("_")));
    }
};

TEST(SqlDdlFunctions, takes_texts_to_look_for) {
    mica::test::RawDatabase database;
    mica::test::expect_ddl<Label>(database,
                                  R"(CREATE TABLE "label" ()"
                                  R"("id" INTEGER PRIMARY KEY, )"
                                  R"("text" TEXT NOT NULL, )"
                                  R"(CONSTRAINT "ck_label_1" CHECK ("text" LIKE '100\%%' ESCAPE '\'), )"
                                  R"(CONSTRAINT "ck_label_2" CHECK ("text" LIKE '%it''s%' ESCAPE '\'), )"
                                  R"(CONSTRAINT "ck_label_3" CHECK (NOT "text" LIKE '%\_' ESCAPE '\')) STRICT)");
}

}  // namespace ddl_functions
