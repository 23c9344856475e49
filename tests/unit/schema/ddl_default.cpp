// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/path.hpp>
#include <mica/codec/text.hpp>
#include <mica/query/expression/cast.hpp>
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
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unit_ddl_default {

using namespace mica;
using namespace std::chrono;
using namespace std::string_view_literals;
using mica::test::expect_ddl;
using mica::test::RawDatabase;

struct Money {
    std::int64_t cents = 0;
};
struct Port {
    std::uint16_t number = 0;
};

}  // namespace unit_ddl_default

template <>
struct mica::Codec<unit_ddl_default::Money> {
    using Storage = std::int64_t;
    static constexpr Storage encode(const unit_ddl_default::Money& value) noexcept { return value.cents; }
    static constexpr unit_ddl_default::Money decode(Storage stored) noexcept { return {stored}; }
};

/// The bytes that it encodes into do not outlive the encoding.
template <>
struct mica::Codec<unit_ddl_default::Port> {
    using Storage = std::array<std::byte, 2>;
    static constexpr Storage encode(const unit_ddl_default::Port& value) noexcept {
        return {static_cast<std::byte>(value.number >> 8), static_cast<std::byte>(value.number & 255)};
    }
    static constexpr unit_ddl_default::Port decode(const Storage& stored) noexcept {
        return {static_cast<std::uint16_t>(std::to_integer<int>(stored[0]) * 256 + std::to_integer<int>(stored[1]))};
    }
};

namespace unit_ddl_default {

enum class Color { red, green };

struct Numbers {
    std::int64_t id = 0;
    std::int64_t smallest = 0;
    std::int64_t largest = 0;
    std::uint8_t byte = 0;
    bool flag = false;
    double tenth = 0;
    double huge = 0;
    double tiny = 0;
    double endless = 0;
    float narrow = 0;
    std::optional<int> maybe;
    static constexpr auto mapping() {
        return table(default_value<&Numbers::smallest>(std::numeric_limits<std::int64_t>::min()),
                     default_value<&Numbers::largest>(std::numeric_limits<std::int64_t>::max()),
                     default_value<&Numbers::byte>(255), default_value<&Numbers::flag>(true),
                     default_value<&Numbers::tenth>(0.1), default_value<&Numbers::huge>(-1e300),
                     default_value<&Numbers::tiny>(1e-300),
                     default_value<&Numbers::endless>(std::numeric_limits<double>::infinity()),
                     default_value<&Numbers::narrow>(0.25), default_value<&Numbers::maybe>(-7));
    }
};

TEST(DdlDefault, numbers_are_exact) {
    RawDatabase database;
    EXPECT_TRUE(ddl<Numbers>.starts_with(
        R"(CREATE TABLE "Numbers" ("id" INTEGER PRIMARY KEY, )"
        R"("smallest" INTEGER NOT NULL DEFAULT (-9223372036854775808), )"
        R"("largest" INTEGER NOT NULL DEFAULT (9223372036854775807), "byte" INTEGER NOT NULL DEFAULT (255), )"
        R"("flag" INTEGER NOT NULL DEFAULT (1), "tenth" REAL NOT NULL DEFAULT (0.1), "huge" REAL NOT NULL DEFAULT (-()"))
        << ddl<Numbers>;
    EXPECT_TRUE(ddl<Numbers>.ends_with(R"("endless" REAL NOT NULL DEFAULT (9e999), "narrow" REAL NOT NULL DEFAULT )"
                                       R"((0.25), "maybe" INTEGER DEFAULT (-7)) STRICT)"))
        << ddl<Numbers>;
    database.must(ddl<Numbers>);
    database.must("INSERT INTO Numbers DEFAULT VALUES");
    EXPECT_EQ(database.value("SELECT smallest, largest, byte, flag, maybe FROM Numbers"),
              "-9223372036854775808|9223372036854775807|255|1|-7");
    EXPECT_EQ(database.value("SELECT typeof(smallest) FROM Numbers"), "integer");
    EXPECT_EQ(database.real("SELECT tenth FROM Numbers"), 0.1);
    EXPECT_EQ(database.real("SELECT huge FROM Numbers"), -1e300);
    EXPECT_EQ(database.real("SELECT tiny FROM Numbers"), 1e-300);
    EXPECT_EQ(database.real("SELECT endless FROM Numbers"), std::numeric_limits<double>::infinity());
    EXPECT_EQ(database.real("SELECT narrow FROM Numbers"), 0.25);
}

struct Narrow {
    std::int64_t id = 0;
    float tenth = 0;
    static constexpr auto mapping() { return table(default_value<&Narrow::tenth>(0.1)); }
};

/// A field refuses to read a double that it cannot hold, so its own default must not be one.
TEST(DdlDefault, a_float_has_the_default_that_it_can_read) {
    RawDatabase database;
    expect_ddl<Narrow>(database, R"(CREATE TABLE "Narrow" ("id" INTEGER PRIMARY KEY, )"
                                 R"("tenth" REAL NOT NULL DEFAULT ((13421773.0 / 134217728.0))) STRICT)");
    database.must("INSERT INTO Narrow DEFAULT VALUES");
    EXPECT_EQ(database.real("SELECT tenth FROM Narrow"), static_cast<double>(0.1F));
}

struct Texts {
    std::int64_t id = 0;
    std::string plain;
    std::string quotes;
    std::optional<std::string> empty;
    std::string language;
    std::string nul;
    std::string number;
    std::filesystem::path file;
    static constexpr auto mapping() {
        return table(default_value<&Texts::plain>("new"), default_value<&Texts::quotes>("it's \"so\"; --"),
                     default_value<&Texts::empty>(""), default_value<&Texts::language>("測試"),
                     default_value<&Texts::nul>("a\0b"sv), default_value<&Texts::number>("10"),
                     default_value<&Texts::file>("/tmp/x"));
    }
};

TEST(DdlDefault, texts_keep_every_character) {
    RawDatabase database;
    expect_ddl<Texts>(database, R"(CREATE TABLE "Texts" ("id" INTEGER PRIMARY KEY, )"
                                R"("plain" TEXT NOT NULL DEFAULT ('new'), )"
                                R"("quotes" TEXT NOT NULL DEFAULT ('it''s "so"; --'), )"
                                R"("empty" TEXT DEFAULT (''), "language" TEXT NOT NULL DEFAULT ('測試'), )"
                                R"("nul" TEXT NOT NULL DEFAULT (CAST(x'610062' AS TEXT)), )"
                                R"("number" TEXT NOT NULL DEFAULT ('10'), )"
                                R"("file" TEXT NOT NULL DEFAULT ('/tmp/x')) STRICT)");
    database.must("INSERT INTO Texts DEFAULT VALUES");
    EXPECT_EQ(database.value("SELECT plain, quotes, empty, language, nul, number, file FROM Texts"),
              "new|it's \"so\"; --||測試|a\0b|10|/tmp/x"sv);
}

struct Others {
    std::int64_t id = 0;
    std::array<std::byte, 3> bytes{};
    std::optional<std::array<std::byte, 0>> no_bytes;
    Color color{};
    EnumText<Color> name;
    sys_days day;
    sys_time<milliseconds> moment;
    year_month_day date;
    minutes span{};
    Money price;
    std::optional<Port> port;
    static constexpr auto mapping() {
        return table(default_value<&Others::bytes>(std::array{std::byte{0}, std::byte{0x7f}, std::byte{0xff}}),
                     default_value<&Others::no_bytes>(std::array<std::byte, 0>{}),
                     default_value<&Others::color>(Color::green), default_value<&Others::name>(Color::green),
                     default_value<&Others::day>(2012y / October / 15d),
                     default_value<&Others::moment>(sys_days{1850y / November / 10d} + 11h + 52min + 35s + 39ms),
                     default_value<&Others::date>(2000y / February / 29d), default_value<&Others::span>(2h),
                     default_value<&Others::price>(Money{995}), default_value<&Others::port>(Port{443}));
    }
};

TEST(DdlDefault, every_other_type_is_written_as_its_codec_stores_it) {
    RawDatabase database;
    expect_ddl<Others>(database,
                       R"(CREATE TABLE "Others" ("id" INTEGER PRIMARY KEY, "bytes" BLOB NOT NULL DEFAULT (x'007FFF'), )"
                       R"("no_bytes" BLOB DEFAULT (x''), "color" INTEGER NOT NULL DEFAULT (1), )"
                       R"("name" TEXT NOT NULL DEFAULT ('green'), "day" TEXT NOT NULL DEFAULT ('2012-10-15'), )"
                       R"("moment" TEXT NOT NULL DEFAULT ('1850-11-10 11:52:35.039'), )"
                       R"("date" TEXT NOT NULL DEFAULT ('2000-02-29'), "span" INTEGER NOT NULL DEFAULT (120), )"
                       R"("price" INTEGER NOT NULL DEFAULT (995), "port" BLOB DEFAULT (x'01BB')) STRICT)");
    database.must("INSERT INTO Others DEFAULT VALUES");
    EXPECT_EQ(database.value("SELECT hex(bytes), typeof(no_bytes), length(no_bytes) FROM Others"), "007FFF|blob|0");
}

/// What expressions need is a render function and their values: the schema layer knows no query.
struct CurrentTimestamp {
    static constexpr void render(SqlWriter& writer) { writer.text("CURRENT_TIMESTAMP"); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

struct Dated {
    std::int64_t id = 0;
    sys_seconds created;
    int number = 0;
    static constexpr auto mapping() { return table(default_expr<&Dated::created>(CurrentTimestamp{})); }
};

TEST(DdlDefault, may_be_an_expression) {
    RawDatabase database;
    expect_ddl<Dated>(database, R"(CREATE TABLE "Dated" ("id" INTEGER PRIMARY KEY, "created" TEXT NOT NULL DEFAULT )"
                                R"((CURRENT_TIMESTAMP), "number" INTEGER NOT NULL) STRICT)");
    database.must("INSERT INTO Dated (number) VALUES (1)");
    EXPECT_EQ(database.value("SELECT datetime(created) = created FROM Dated"), "1");
}

struct Rectangle {
    std::int64_t id = 0;
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::int64_t area = 0;
    std::string label;
    std::optional<double> ratio;
    static constexpr auto mapping() {
        return table(generated<&Rectangle::area>(col<&Rectangle::width> * col<&Rectangle::height>),
                     generated<&Rectangle::label>((col<&Rectangle::id> > 3).cast<std::string>()).stored(),
                     column<&Rectangle::height>("h\"t"));
    }
};

TEST(DdlGenerated, columns_are_computed_when_read_or_when_written) {
    RawDatabase database;
    expect_ddl<Rectangle>(
        database,
        R"(CREATE TABLE "Rectangle" ("id" INTEGER PRIMARY KEY, "width" INTEGER NOT NULL, "h""t" INTEGER NOT NULL, )"
        R"("area" INTEGER NOT NULL GENERATED ALWAYS AS ("width" * "h""t") VIRTUAL, )"
        R"("label" TEXT NOT NULL GENERATED ALWAYS AS (CAST("id" > 3 AS TEXT)) STORED, "ratio" REAL) STRICT)");
    database.must(R"(INSERT INTO Rectangle (width, "h""t") VALUES (2, 5), (42, 42))");
    EXPECT_EQ(database.rows("SELECT area, label FROM Rectangle"), (std::vector<std::string>{"10|0", "1764|0"}));
    EXPECT_EQ(database.complaint("UPDATE Rectangle SET area = 1"), "cannot UPDATE generated column \"area\"");
    EXPECT_EQ(database.rows("SELECT name, hidden FROM pragma_table_xinfo('Rectangle') WHERE hidden > 0"),
              (std::vector<std::string>{"area|2", "label|3"}));
}

struct Priced {
    std::int64_t id = 0;
    double net = 0;
    std::optional<double> gross;
    std::string name;
    std::string shouted;
    static constexpr auto mapping() {
        return table(generated<&Priced::gross>(col<&Priced::net> * 1.19),
                     generated<&Priced::shouted>(col<&Priced::name> || "!'").stored(),
                     collate<&Priced::shouted>("NOCASE"));
    }
};

TEST(DdlGenerated, expressions_hold_their_values_as_literals) {
    RawDatabase database;
    expect_ddl<Priced>(
        database, R"(CREATE TABLE "Priced" ("id" INTEGER PRIMARY KEY, "net" REAL NOT NULL, )"
                  R"("gross" REAL GENERATED ALWAYS AS ("net" * 1.19) VIRTUAL, "name" TEXT NOT NULL, )"
                  R"("shouted" TEXT NOT NULL COLLATE "NOCASE" GENERATED ALWAYS AS ("name" || '!''') STORED) STRICT)");
    database.must("INSERT INTO Priced (net, name) VALUES (100, 'car')");
    EXPECT_EQ(database.real("SELECT gross FROM Priced"), 100 * 1.19);
    EXPECT_EQ(database.value("SELECT shouted FROM Priced"), "car!'");
}

}  // namespace unit_ddl_default
