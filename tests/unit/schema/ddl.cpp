// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/path.hpp>
#include <mica/codec/text.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/schema/ddl.hpp>

#include <support/expect_ddl.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_ddl {

using namespace mica;
using mica::test::expect_ddl;
using mica::test::RawDatabase;

struct Sportscar {
    std::int64_t id = 0;
    std::string make;
    std::optional<int> year;
};

TEST(Ddl, a_plain_struct_is_a_strict_table_of_its_own_name) {
    RawDatabase database;
    expect_ddl<Sportscar>(
        database,
        R"(CREATE TABLE "Sportscar" ("id" INTEGER PRIMARY KEY, "make" TEXT NOT NULL, "year" INTEGER) STRICT)");
    database.must("INSERT INTO Sportscar (make) VALUES ('Ferrari')");
    EXPECT_EQ(database.rows("SELECT id, make, year FROM Sportscar"), std::vector<std::string>{"1|Ferrari|NULL"});
    EXPECT_EQ(database.complaint("INSERT INTO Sportscar (make) VALUES (NULL)"),
              "NOT NULL constraint failed: Sportscar.make");
    EXPECT_EQ(database.complaint("INSERT INTO Sportscar (make, year) VALUES ('Ferrari', 'old')"),
              "cannot store TEXT value in INTEGER column Sportscar.year");
}

TEST(Ddl, is_a_compile_time_constant) {
    static_assert(ddl<Sportscar>.starts_with("CREATE TABLE"));
    static constexpr std::string_view text = ddl<Sportscar>;
    EXPECT_EQ(text.data()[text.size()], '\0');
}

enum class Color : std::uint8_t { red, green };

struct EveryType {
    std::int64_t id = 0;
    signed char tiny = 0;
    std::uint32_t wide = 0;
    bool flag = false;
    float single_precision = 0;
    double double_precision = 0;
    std::string text;
    std::string_view viewed;
    std::vector<std::byte> bytes;
    std::vector<std::uint8_t> octets;
    std::array<std::byte, 16> fixed{};
    Color color{};
    EnumText<Color> color_name;
    std::chrono::sys_time<std::chrono::milliseconds> moment;
    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::seconds span{};
    std::chrono::duration<double> real_span{};
    std::filesystem::path file;
};

TEST(Ddl, has_a_column_type_for_every_field_type) {
    RawDatabase database;
    expect_ddl<EveryType>(
        database,
        R"(CREATE TABLE "EveryType" ("id" INTEGER PRIMARY KEY, "tiny" INTEGER NOT NULL, "wide" INTEGER NOT NULL, )"
        R"("flag" INTEGER NOT NULL, "single_precision" REAL NOT NULL, "double_precision" REAL NOT NULL, )"
        R"("text" TEXT NOT NULL, "viewed" TEXT NOT NULL, "bytes" BLOB NOT NULL, "octets" BLOB NOT NULL, )"
        R"("fixed" BLOB NOT NULL, "color" INTEGER NOT NULL, "color_name" TEXT NOT NULL, "moment" TEXT NOT NULL, )"
        R"("day" TEXT NOT NULL, "date" TEXT NOT NULL, "span" INTEGER NOT NULL, "real_span" REAL NOT NULL, )"
        R"("file" TEXT NOT NULL) STRICT)");
}

struct EveryOptional {
    std::int64_t id = 0;
    std::optional<std::int64_t> integer;
    std::optional<bool> flag;
    std::optional<double> real;
    std::optional<std::string> text;
    std::optional<std::vector<std::byte>> bytes;
    std::optional<Color> color;
    std::optional<EnumText<Color>> color_name;
    std::optional<std::chrono::sys_days> day;
    std::optional<std::filesystem::path> file;
};

TEST(Ddl, an_optional_field_is_a_nullable_column) {
    RawDatabase database;
    expect_ddl<EveryOptional>(
        database,
        R"(CREATE TABLE "EveryOptional" ("id" INTEGER PRIMARY KEY, "integer" INTEGER, "flag" INTEGER, "real" REAL, )"
        R"("text" TEXT, "bytes" BLOB, "color" INTEGER, "color_name" TEXT, "day" TEXT, "file" TEXT) STRICT)");
    database.must("INSERT INTO EveryOptional DEFAULT VALUES");
}

struct Coordinates {
    double latitude = 0;
    std::optional<double> longitude;
};
struct Address {
    std::string city;
    Coordinates at;
};
struct Person {
    std::int64_t id = 0;
    Address home;
    Coordinates last_seen;
    Address work;
    static constexpr auto mapping() { return table("person", column<&Person::work>("office")); }
};

TEST(Ddl, an_embedded_object_has_its_columns_prefixed) {
    RawDatabase database;
    expect_ddl<Person>(
        database, R"(CREATE TABLE "person" ("id" INTEGER PRIMARY KEY, "home_city" TEXT NOT NULL, )"
                  R"("home_at_latitude" REAL NOT NULL, "home_at_longitude" REAL, "last_seen_latitude" REAL NOT NULL, )"
                  R"("last_seen_longitude" REAL, "office_city" TEXT NOT NULL, "office_at_latitude" REAL NOT NULL, )"
                  R"("office_at_longitude" REAL) STRICT)");
}

struct Renamed {
    std::int64_t id = 0;
    std::string name;
    std::string secret;
    static constexpr auto mapping() {
        return table("other", column<&Renamed::id>("key"), column<&Renamed::name>("title"), ignore<&Renamed::secret>);
    }
};

TEST(Ddl, columns_may_be_renamed_and_ignored) {
    RawDatabase database;
    expect_ddl<Renamed>(database, R"(CREATE TABLE "other" ("key" INTEGER PRIMARY KEY, "title" TEXT NOT NULL) STRICT)");
}

struct Unmapped {
    int key = 0;
    std::string name;
};
struct UnmappedNode {
    int key = 0;
    std::optional<int> parent;
};

}  // namespace unit_ddl

template <>
inline constexpr auto mica::mapping<unit_ddl::Unmapped> =
    mica::table("theirs", mica::primary_key<&unit_ddl::Unmapped::key>);

template <>
inline constexpr auto mica::mapping<unit_ddl::UnmappedNode> =
    mica::table("node", mica::primary_key<&unit_ddl::UnmappedNode::key>,
                mica::foreign_key<&unit_ddl::UnmappedNode::parent, &unit_ddl::UnmappedNode::key>,
                mica::check(mica::col<&unit_ddl::UnmappedNode::parent> != mica::col<&unit_ddl::UnmappedNode::key>));

namespace unit_ddl {

TEST(Ddl, a_struct_may_be_mapped_from_outside) {
    RawDatabase database;
    expect_ddl<Unmapped>(database, R"(CREATE TABLE "theirs" ("key" INTEGER PRIMARY KEY, "name" TEXT NOT NULL) STRICT)");
}

TEST(Ddl, a_struct_mapped_from_outside_may_reference_itself) {
    RawDatabase database;
    expect_ddl<UnmappedNode>(database,
                             R"(CREATE TABLE "node" ("key" INTEGER PRIMARY KEY, "parent" INTEGER, )"
                             R"(CONSTRAINT "fk_node_parent" FOREIGN KEY ("parent") REFERENCES "node" ("key"), )"
                             R"(CONSTRAINT "ck_node_1" CHECK ("parent" <> "key")) STRICT;)"
                             "\n"
                             R"(CREATE INDEX "ix_node_parent" ON "node" ("parent"))");
}

struct NotStrict {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return table(not_strict); }
};

TEST(Ddl, a_table_may_be_not_strict) {
    RawDatabase database;
    expect_ddl<NotStrict>(database, R"(CREATE TABLE "NotStrict" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL))");
    database.must("INSERT INTO NotStrict (name) VALUES (x'00')");
}

struct Counted {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(autoincrement); }
};

TEST(Ddl, autoincrement_never_uses_a_key_again) {
    RawDatabase database;
    expect_ddl<Counted>(database, R"(CREATE TABLE "Counted" ("id" INTEGER PRIMARY KEY AUTOINCREMENT) STRICT)");
    database.must(
        "INSERT INTO Counted DEFAULT VALUES; DELETE FROM Counted;"
        "INSERT INTO Counted DEFAULT VALUES");
    EXPECT_EQ(database.value("SELECT id FROM Counted"), "2");
}

struct Assigned {
    std::int64_t id = 0;
    static constexpr auto mapping() { return table(assigned_key); }
};

TEST(Ddl, an_assigned_key_looks_like_any_other) {
    RawDatabase database;
    expect_ddl<Assigned>(database, R"(CREATE TABLE "Assigned" ("id" INTEGER PRIMARY KEY) STRICT)");
}

struct TextKey {
    std::string code;
    int number = 0;
    static constexpr auto mapping() { return table(primary_key<&TextKey::code>); }
};

/// SQLite takes NULL into a primary key that is not declared NOT NULL.
TEST(Ddl, a_text_key_is_not_null) {
    RawDatabase database;
    expect_ddl<TextKey>(
        database, R"(CREATE TABLE "TextKey" ("code" TEXT NOT NULL PRIMARY KEY, "number" INTEGER NOT NULL) STRICT)");
    EXPECT_EQ(database.complaint("INSERT INTO TextKey VALUES (NULL, 1)"), "NOT NULL constraint failed: TextKey.code");
}

struct EnumKey {
    Color color{};
    std::string name;
    static constexpr auto mapping() { return table(primary_key<&EnumKey::color>); }
};

TEST(Ddl, an_enum_key_is_a_row_number) {
    RawDatabase database;
    expect_ddl<EnumKey>(database,
                        R"(CREATE TABLE "EnumKey" ("color" INTEGER PRIMARY KEY, "name" TEXT NOT NULL) STRICT)");
}

struct Composite {
    int second = 0;
    std::string name;
    std::string first;
    static constexpr auto mapping() { return table(primary_key<&Composite::first, &Composite::second>); }
};

TEST(Ddl, a_composite_key_has_the_order_of_the_mapping) {
    RawDatabase database;
    expect_ddl<Composite>(database, R"(CREATE TABLE "Composite" ("second" INTEGER NOT NULL, "name" TEXT NOT NULL, )"
                                    R"("first" TEXT NOT NULL, PRIMARY KEY ("first", "second")) STRICT)");
    EXPECT_EQ(database.rows("SELECT name, pk FROM pragma_table_info('Composite') ORDER BY cid"),
              (std::vector<std::string>{"second|2", "name|0", "first|1"}));
    EXPECT_EQ(database.complaint("INSERT INTO Composite VALUES (NULL, 'a', 'b')"),
              "NOT NULL constraint failed: Composite.second");
}

struct EmbeddedKey {
    Coordinates unused;
    struct Key {
        std::string country;
        int number = 0;
    } key;
    static constexpr auto mapping() { return table(primary_key<&EmbeddedKey::key>); }
};

TEST(Ddl, an_embedded_object_may_be_the_key) {
    RawDatabase database;
    expect_ddl<EmbeddedKey>(database,
                            R"(CREATE TABLE "EmbeddedKey" ("unused_latitude" REAL NOT NULL, "unused_longitude" REAL, )"
                            R"("key_country" TEXT NOT NULL, "key_number" INTEGER NOT NULL, )"
                            R"(PRIMARY KEY ("key_country", "key_number")) STRICT)");
}

struct EmbeddedSingleKey {
    struct Key {
        std::int64_t number = 0;
    } id;
    std::string name;
};

TEST(Ddl, an_embedded_object_of_one_field_may_be_the_key) {
    RawDatabase database;
    expect_ddl<EmbeddedSingleKey>(
        database, R"(CREATE TABLE "EmbeddedSingleKey" ("id_number" INTEGER PRIMARY KEY, "name" TEXT NOT NULL) STRICT)");
}

struct WithoutRowidInteger {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return table(without_rowid); }
};

TEST(Ddl, an_integer_key_without_rowid_is_not_null) {
    RawDatabase database;
    expect_ddl<WithoutRowidInteger>(database,
                                    R"(CREATE TABLE "WithoutRowidInteger" ("id" INTEGER NOT NULL PRIMARY KEY, )"
                                    R"("name" TEXT NOT NULL) WITHOUT ROWID, STRICT)");
    EXPECT_EQ(database.complaint("INSERT INTO WithoutRowidInteger (name) VALUES ('a')"),
              "NOT NULL constraint failed: WithoutRowidInteger.id");
    EXPECT_EQ(database.complaint("SELECT rowid FROM WithoutRowidInteger"), "no such column: rowid");
}

struct WithoutRowidComposite {
    std::string country;
    std::string city;
    static constexpr auto mapping() {
        return table(primary_key<&WithoutRowidComposite::country, &WithoutRowidComposite::city>, without_rowid,
                     not_strict);
    }
};

TEST(Ddl, a_composite_key_may_be_without_rowid_and_not_strict) {
    RawDatabase database;
    expect_ddl<WithoutRowidComposite>(database,
                                      R"(CREATE TABLE "WithoutRowidComposite" ("country" TEXT NOT NULL, )"
                                      R"("city" TEXT NOT NULL, PRIMARY KEY ("country", "city")) WITHOUT ROWID)");
}

struct Collated {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> nick;
    static constexpr auto mapping() {
        return table(collate<&Collated::name>("NOCASE"), collate<&Collated::nick>("RTRIM"));
    }
};

TEST(Ddl, a_column_may_have_a_collation) {
    RawDatabase database;
    expect_ddl<Collated>(database, R"(CREATE TABLE "Collated" ("id" INTEGER PRIMARY KEY, )"
                                   R"("name" TEXT NOT NULL COLLATE "NOCASE", "nick" TEXT COLLATE "RTRIM") STRICT)");
    database.must("INSERT INTO Collated VALUES (1, 'Ferrari', 'a  ')");
    EXPECT_EQ(database.value("SELECT name = 'FERRARI' AND nick = 'a' FROM Collated"), "1");
}

struct Versioned {
    std::int64_t id = 0;
    int revision = 0;
    static constexpr auto mapping() { return table(version<&Versioned::revision>); }
};

TEST(Ddl, a_version_counter_is_a_plain_column) {
    RawDatabase database;
    expect_ddl<Versioned>(database,
                          R"(CREATE TABLE "Versioned" ("id" INTEGER PRIMARY KEY, "revision" INTEGER NOT NULL) STRICT)");
}

TEST(Ddl, a_local_struct_has_a_table_too) {
    struct Local {
        std::int64_t id = 0;
        std::string name;
    };
    RawDatabase database;
    expect_ddl<Local>(database, R"(CREATE TABLE "Local" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL) STRICT)");
}

template <class Value>
struct Box {
    std::int64_t id = 0;
    Value content;
    static constexpr auto mapping() { return table("box", unique<&Box::content>); }
};

TEST(Ddl, an_instance_of_a_class_template_has_a_table_too) {
    RawDatabase database;
    expect_ddl<Box<double>>(database, R"(CREATE TABLE "box" ("id" INTEGER PRIMARY KEY, "content" REAL NOT NULL, )"
                                      R"(CONSTRAINT "uq_box_content" UNIQUE ("content")) STRICT)");
    static_assert(ddl<Box<std::string>> != ddl<Box<double>>);
}

namespace {

struct Nameless {
    std::int64_t id = 0;
    std::optional<std::string> name;
};

TEST(Ddl, a_struct_of_an_anonymous_namespace_has_a_table_too) {
    mica::test::RawDatabase database;
    mica::test::expect_ddl<Nameless>(database,
                                     R"(CREATE TABLE "Nameless" ("id" INTEGER PRIMARY KEY, "name" TEXT) STRICT)");
}

}  // namespace
}  // namespace unit_ddl
