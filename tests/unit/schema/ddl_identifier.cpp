// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/core/fixed_string.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/expression/ordering.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/schema/ddl.hpp>

#include <support/expect_ddl.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_ddl_identifier {

using namespace mica;
using mica::test::expect_ddl;
using mica::test::RawDatabase;

std::string in_quotes(std::string_view name, char quote) {
    std::string text(1, quote);
    for (const char character : name) text += character == quote ? std::string(2, quote) : std::string(1, character);
    return text + quote;
}

/// SQLite takes the DDL with `name` in every place and has exactly this name afterwards.
template <FixedString name>
void expect_usable() {
    struct Sample {
        std::int64_t id = 0;
        std::optional<std::int64_t> value;
        std::optional<std::int64_t> doubled;
        static constexpr auto mapping() {
            return table(name.view(), column<&Sample::value>(name.view()), unique<&Sample::value>,
                         foreign_key<&Sample::value, &Sample::id>.on_delete(set_null), check(col<&Sample::value> > 0),
                         generated<&Sample::doubled>(col<&Sample::value> * 2),
                         mica::index<&Sample::value>.where(col<&Sample::value> < 9),
                         index_on(col<&Sample::value>.desc()));
        }
    };
    const std::string plain{name.view()};
    RawDatabase database;
    EXPECT_EQ(database.complaint(ddl<Sample>), "") << ddl<Sample>;
    EXPECT_EQ(database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"), std::vector<std::string>{plain});
    EXPECT_EQ(database.rows("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE INDEX%' ORDER BY rowid"),
              (std::vector<std::string>{"ix_" + plain + "_" + plain, "ix_" + plain + "_1"}));
    const std::string id = in_quotes(plain, '"');
    const std::string literal = in_quotes(plain, '\'');
    EXPECT_EQ(database.rows("SELECT name FROM pragma_table_xinfo(" + literal + ") WHERE cid = 1"),
              std::vector<std::string>{plain});
    EXPECT_EQ(database.rows("SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(" + literal + ")"),
              std::vector<std::string>{plain + "|" + plain + "|id"});
    database.must("INSERT INTO " + id + " (id, " + id + ") VALUES (1, 1), (2, 2)");
    EXPECT_EQ(database.complaint("INSERT INTO " + id + " (" + id + ") VALUES (0)"),
              "CHECK constraint failed: ck_" + plain + "_1");
    EXPECT_EQ(database.value("SELECT doubled FROM " + id + " WHERE " + id + " = 2"), "4");
}

TEST(DdlIdentifier, may_hold_any_punctuation) {
    expect_usable<"boring">();
    expect_usable<"per cent">();
    expect_usable<"per % cent">();
    expect_usable<"%percent">();
    expect_usable<"par(ens)">();
    expect_usable<"percent%(ens)yah">();
    expect_usable<"col:ons">();
    expect_usable<"dot.s">();
    expect_usable<"more :: %colons%">();
    expect_usable<"[BracketsAndCase]">();
    expect_usable<"has spaces">();
    expect_usable<"/slashes/">();
    expect_usable<"more/slashes">();
    expect_usable<"q?marks">();
    expect_usable<"semi;colon;\nnew line">();
    expect_usable<"-- comment">();
    expect_usable<"/* comment">();
    expect_usable<"back\\slash">();
    expect_usable<" ">();
}

TEST(DdlIdentifier, may_begin_with_a_digit_or_an_underscore) {
    expect_usable<"42numbers">();
    expect_usable<"1param">();
    expect_usable<"1col:on">();
    expect_usable<"_starts_with_underscore">();
    expect_usable<"_name">();
    expect_usable<"___name">();
}

TEST(DdlIdentifier, may_hold_quotes) {
    expect_usable<"a\"b">();
    expect_usable<"\"">();
    expect_usable<"\"\"">();
    expect_usable<"it's">();
    expect_usable<"`backticks`">();
    expect_usable<"\"); DROP TABLE x; --">();
}

TEST(DdlIdentifier, may_be_a_reserved_word) {
    expect_usable<"select">();
    expect_usable<"order by">();
    expect_usable<"order">();
    expect_usable<"table">();
    expect_usable<"column">();
    expect_usable<"true">();
    expect_usable<"false">();
    expect_usable<"null">();
    expect_usable<"exists">();
    expect_usable<"check">();
    expect_usable<"primary">();
    expect_usable<"group">();
}

TEST(DdlIdentifier, may_be_in_any_script) {
    expect_usable<"測試">();
    expect_usable<"méil">();
    expect_usable<"Unitéble2">();
    expect_usable<"имя">();
    expect_usable<"🐍">();
}

TEST(DdlIdentifier, may_be_very_long) {
    expect_usable<
        "a_name_of_more_than_two_hundred_characters_a_name_of_more_than_two_hundred_characters_a_name_of_more_"
        "than_two_hundred_characters_a_name_of_more_than_two_hundred_characters_a_name_of_more_than_two_"
        "hundred_characters">();
}

struct select {
    std::int64_t id = 0;
    std::int64_t order = 0;
    std::string 測試;
    static constexpr auto mapping() {
        return table(mica::index<&select::order>, unique<&select::測試>, foreign_key<&select::order, &select::id>);
    }
};

TEST(DdlIdentifier, the_names_of_a_struct_and_its_fields_are_quoted_too) {
    RawDatabase database;
    expect_ddl<select>(database,
                       R"(CREATE TABLE "select" ("id" INTEGER PRIMARY KEY, "order" INTEGER NOT NULL, )"
                       R"("測試" TEXT NOT NULL, CONSTRAINT "uq_select_測試" UNIQUE ("測試"), )"
                       R"(CONSTRAINT "fk_select_order" FOREIGN KEY ("order") REFERENCES "select" ("id")) STRICT;)"
                       "\n"
                       R"(CREATE INDEX "ix_select_order" ON "select" ("order"))");
}

struct Quoted {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() {
        return table("a\"b", column<&Quoted::id>("i\"d"), column<&Quoted::name>("n'm"),
                     collate<&Quoted::name>("NO\"CASE"), unique<&Quoted::name>,
                     mica::index<&Quoted::name>.name("x\"y"));
    }
};

TEST(DdlIdentifier, quotes_are_doubled_wherever_a_name_stands) {
    EXPECT_EQ(ddl<Quoted>, R"(CREATE TABLE "a""b" ("i""d" INTEGER PRIMARY KEY, )"
                           R"("n'm" TEXT NOT NULL COLLATE "NO""CASE", )"
                           R"(CONSTRAINT "uq_a""b_n'm" UNIQUE ("n'm")) STRICT;)"
                           "\n"
                           R"(CREATE INDEX "x""y" ON "a""b" ("n'm"))");
    RawDatabase database;
    EXPECT_EQ(database.complaint(ddl<Quoted>), "no such collation sequence: NO\"CASE");
}

}  // namespace unit_ddl_identifier
