// SPDX-License-Identifier: BSL-1.0
#include <mica/dialect/call_writer.hpp>
#include <mica/dialect/sql_writer.hpp>

#include <support/hostile_dialect.hpp>
#include <support/raw_sqlite.hpp>

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>

namespace unit_dialect_sql_writer {
namespace {

using mica::Literal;
using mica::SqlWriter;
using mica::StorageClass;
using mica::test::RawDatabase;

using namespace std::string_view_literals;

/// What `use` writes; the counting pass must agree with the writing one.
template <class Use>
std::string written(Use use) {
    SqlWriter counter;
    use(counter);
    std::string text(counter.size(), '#');
    SqlWriter writer{text.data()};
    use(writer);
    EXPECT_EQ(writer.size(), counter.size());
    EXPECT_EQ(writer.parameters(), counter.parameters());
    return text;
}

std::string literal(const Literal& value) {
    return written([&](SqlWriter& writer) { writer.literal(value); });
}
std::string integer(std::int64_t value) { return literal({.storage = StorageClass::integer, .integer = value}); }
std::string real(double value) { return literal({.storage = StorageClass::real, .real = value}); }
std::string text(std::string_view value) { return literal({.storage = StorageClass::text, .text = value}); }
std::string blob(mica::Bytes value) { return literal({.storage = StorageClass::blob, .blob = value}); }

TEST(SqlWriter, quotes_any_identifier) {
    const auto identifier = [](std::string_view name) {
        return written([=](SqlWriter& writer) { writer.identifier(name); });
    };
    EXPECT_EQ(identifier("album"), R"("album")");
    EXPECT_EQ(identifier("select"), R"("select")");
    EXPECT_EQ(identifier("a\"b"), R"("a""b")");
    EXPECT_EQ(identifier("\""), R"("""")");
    EXPECT_EQ(identifier("it's"), R"("it's")");
    EXPECT_EQ(identifier("測試"), R"("測試")");
    EXPECT_EQ(identifier(""), R"("")");
}

TEST(SqlWriter, puts_an_identifier_together_from_parts) {
    EXPECT_EQ(written([](SqlWriter& writer) {
                  writer.begin_identifier();
                  writer.identifier_part("ix_");
                  writer.identifier_part("a\"b");
                  writer.number(2);
                  writer.end_identifier();
              }),
              R"("ix_a""b2")");
}

TEST(SqlWriter, numbers_its_parameters) {
    EXPECT_EQ(written([](SqlWriter& writer) {
                  for (int i = 0; i < 11; ++i) writer.parameter();
              }),
              "?1?2?3?4?5?6?7?8?9?10?11");
}

TEST(SqlWriter, counts_its_parameters) {
    SqlWriter writer;
    EXPECT_EQ(writer.parameters(), 0);
    writer.parameter();
    writer.parameter();
    EXPECT_EQ(writer.parameters(), 2);
}

TEST(SqlWriter, writes_values_in_place_of_parameters_for_ddl) {
    const std::array literals{Literal{.storage = StorageClass::integer, .integer = 7},
                              Literal{.storage = StorageClass::text, .text = "x"}, Literal{}};
    EXPECT_EQ(written([&](SqlWriter& writer) {
                  writer.write_values(literals.data());
                  writer.parameter();
                  writer.put(',');
                  writer.parameter();
                  writer.put(',');
                  writer.parameter();
                  writer.write_values(nullptr);
                  writer.put(',');
                  writer.parameter();
              }),
              "7,'x',NULL,?1");
}

TEST(SqlWriter, writes_integers) {
    RawDatabase database;
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{10},
                                     std::int64_t{2147483648}, INT64_MAX, INT64_MIN, INT64_MIN + 1}) {
        EXPECT_EQ(integer(value), std::to_string(value));
        EXPECT_EQ(database.value("SELECT typeof(" + integer(value) + ")"), "integer") << value;
        EXPECT_EQ(database.value("SELECT " + integer(value)), std::to_string(value));
    }
}

TEST(SqlWriter, writes_text_with_its_quotes_doubled) {
    RawDatabase database;
    for (const std::string_view value :
         {"", "plain", "it's", "''", "some 'text' hey \"hi there\"", "\\ %% ?1 :a $b", "🐍 測試", "line\nline"}) {
        EXPECT_EQ(database.value("SELECT " + text(value)), value);
        EXPECT_EQ(database.value("SELECT typeof(" + text(value) + ")"), "text");
    }
    EXPECT_EQ(text("it's"), "'it''s'");
}

TEST(SqlWriter, writes_text_with_a_nul_as_its_bytes) {
    RawDatabase database;
    EXPECT_EQ(text("a\0b"sv), "CAST(x'610062' AS TEXT)");
    for (const std::string_view value : {"a\0b"sv, "\0"sv, "é\0\xff"sv, "'\0'"sv}) {
        EXPECT_EQ(database.value("SELECT " + text(value)), value);
        EXPECT_EQ(database.value("SELECT typeof(" + text(value) + ")"), "text");
    }
}

TEST(SqlWriter, writes_blobs_in_hexadecimal) {
    const std::array bytes{std::byte{0x00}, std::byte{0x37}, std::byte{0xe7}, std::byte{0x9f}};
    EXPECT_EQ(blob(bytes), "x'0037E79F'");
    EXPECT_EQ(blob({}), "x''");
    RawDatabase database;
    EXPECT_EQ(database.value("SELECT hex(" + blob(bytes) + ")"), "0037E79F");
    EXPECT_EQ(database.value("SELECT typeof(" + blob({}) + ")"), "blob");
}

TEST(SqlWriter, writes_short_decimals_as_such) {
    EXPECT_EQ(real(0), "0.0");
    EXPECT_EQ(real(1), "1.0");
    EXPECT_EQ(real(-1.5), "-1.5");
    EXPECT_EQ(real(0.1), "0.1");
    EXPECT_EQ(real(15.7563), "15.7563");
    EXPECT_EQ(real(40.02), "40.02");
    EXPECT_EQ(real(0.001), "0.001");
    EXPECT_EQ(real(1e-7), "0.0000001");
    EXPECT_EQ(real(1e15), "1000000000000000.0");
    EXPECT_EQ(real(2.5e-20), "25.0e-21");
}

TEST(SqlWriter, writes_longer_fractions_as_a_short_quotient) {
    EXPECT_EQ(real(static_cast<double>(0.1F)), "(13421773.0 / 134217728.0)");
    EXPECT_EQ(real(-5e-324).substr(0, 10), "-(1.0 / 45");
}

TEST(SqlWriter, writes_infinities_and_has_null_for_nan) {
    RawDatabase database;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(database.real("SELECT " + real(infinity)), infinity);
    EXPECT_EQ(database.real("SELECT " + real(-infinity)), -infinity);
    EXPECT_EQ(real(std::nan("")), "NULL");
}

/// SQLite reads the double that was written, to the last bit.
void expect_exact(RawDatabase& database, double value) {
    const std::string sql = real(value);
    EXPECT_EQ(database.real("SELECT " + sql), value) << sql;
    EXPECT_LT(sql.size(), 600U) << sql;
}

TEST(SqlWriter, the_ends_of_the_doubles_are_exact) {
    RawDatabase database;
    using Limits = std::numeric_limits<double>;
    for (const double value : {1e300, 1e-300, 1e22, 1e23, 5e-324, 2.2250738585072014e-308, Limits::max(), Limits::min(),
                               Limits::denorm_min(), 9007199254740991.0, 9007199254740992.0, 9007199254740994.0,
                               9223372036854775808.0, 0.3, 2.9 + 37.12}) {
        expect_exact(database, value);
        expect_exact(database, -value);
    }
}

TEST(SqlWriter, doubles_of_any_bits_are_exact) {
    RawDatabase database;
    std::mt19937_64 random{20121015};
    for (int i = 0; i < 3000; ++i) {
        const auto value = std::bit_cast<double>(random());
        if (std::isfinite(value)) expect_exact(database, value);
    }
}

TEST(SqlWriter, decimals_of_any_length_are_exact) {
    RawDatabase database;
    std::mt19937_64 random{20121015};
    for (int i = 0; i < 30000; ++i) {
        const double digits = static_cast<double>(random() % 10'000'000'000'000'000U);
        expect_exact(database, digits / std::pow(10, i % 23));
    }
}

/// SQLite before 3.43 reads these decimals as the neighbour of the double that they stand for.
TEST(SqlWriter, decimals_that_sqlite_misreads_are_exact) {
    RawDatabase database;
    for (const double value :
         {488.3653625685902, 151.7063707305186, 46.49424719614154, 19.04337466953322, 298.5239199794689}) {
        expect_exact(database, value);
    }
}

constexpr void render_sample(SqlWriter& writer) {
    writer.text("SELECT ");
    writer.parameter();
    writer.text(" AS ");
    writer.identifier("a\"b");
}

TEST(SqlText, is_a_constant_of_its_own_size_and_ends_in_nul) {
    constexpr mica::TextShape shape = mica::measure(&render_sample);
    constexpr auto sample = mica::write<shape.size>(&render_sample);
    static_assert(sample.view() == R"(SELECT ?1 AS "a""b")");
    static_assert(shape.parameters == 1);
    EXPECT_EQ(sample.data[shape.size], '\0');
    EXPECT_EQ(std::string_view{sample.data}, sample.view());
}

TEST(SqlText, reads_the_same_at_run_time) { EXPECT_EQ(written(&render_sample), R"(SELECT ?1 AS "a""b")"); }

/// What `use` writes in a dialect that is not SQLite's.
template <class Use>
std::string hostile(Use use) {
    return mica::make_text(mica::test::hostile, use);
}

TEST(SqlWriter, quotes_as_its_dialect_does) {
    EXPECT_EQ(hostile([](SqlWriter& writer) { writer.identifier("a]b\"c"); }), "[a]]b\"c]");
}

TEST(SqlWriter, numbers_parameters_as_its_dialect_does) {
    EXPECT_EQ(hostile([](SqlWriter& writer) {
                  writer.parameter();
                  writer.parameter();
              }),
              "$1$2");
}

TEST(SqlWriter, reads_lists_from_the_source_of_its_dialect) {
    const auto write = [](SqlWriter& writer) {
        writer.list_source(1);
        writer.put(' ');
        writer.list_value(1);
        writer.put(' ');
        writer.list_position(1);
    };
    EXPECT_EQ(written(write), "mica_values(?1) AS v1 v1.value v1.rowid");
    EXPECT_EQ(hostile(write), "unnest($1) WITH ORDINALITY AS v1(element, place) v1.element v1.place");
}

TEST(SqlWriter, gathers_what_its_text_needs) {
    SqlWriter writer;
    EXPECT_EQ(writer.needs(), mica::Feature::none);
    writer.need(mica::Feature::glob);
    writer.need(mica::Feature::upsert);
    EXPECT_EQ(writer.needs(), mica::Feature::glob | mica::Feature::upsert);
}

TEST(SqlWriter, takes_the_parts_that_only_the_run_knows_in_their_order) {
    const std::array<mica::Fragment, 4> steps{{{.pieces = 2},
                                               {.text = "a = "},
                                               {.render = [](SqlWriter& writer) { writer.parameter(); }},
                                               {.is_there = false}}};
    EXPECT_EQ(written([&](SqlWriter& writer) {
                  writer.use_fragments(steps.data());
                  EXPECT_TRUE(writer.fragment());
                  EXPECT_FALSE(writer.fragment());
              }),
              "a = ?1");
}

/// A call of `function` with so many arguments, each an `x`.
std::string call(const mica::Dialect& dialect, std::string_view function, std::size_t arguments) {
    return mica::make_text(dialect, [&](SqlWriter& writer) {
        mica::CallWriter call{writer, function, arguments};
        for (std::size_t i = 0; i < arguments; ++i) {
            call.next();
            writer.put('x');
        }
        call.end();
    });
}

TEST(CallWriter, calls_by_name) {
    EXPECT_EQ(call(mica::dialect::sqlite, "f", 0), "f()");
    EXPECT_EQ(call(mica::dialect::sqlite, "f", 2), "f(x, x)");
    EXPECT_EQ(call(mica::dialect::sqlite, "least", 2), "min(x, x)");
}

TEST(CallWriter, calls_in_the_form_that_the_dialect_has) {
    EXPECT_EQ(call(mica::test::hostile, "iif", 3), "CASE WHEN x THEN x ELSE x END");
    EXPECT_EQ(call(mica::test::hostile, "substr", 2), "substring(x FROM x)");
    EXPECT_EQ(call(mica::test::hostile, "substr", 3), "substring(x FROM x FOR x)");
}

TEST(Literal, is_spelled_by_its_dialect) {
    const auto literal_in = [](const Literal& value) {
        return hostile([&](SqlWriter& writer) { writer.literal(value); });
    };
    EXPECT_EQ(literal_in({.storage = StorageClass::real, .real = std::numeric_limits<double>::infinity()}),
              "infinity()");
    EXPECT_EQ(literal_in({.storage = StorageClass::text, .text = "a\0"sv}), "CAST(from_hex('6100') AS VARCHAR)");
}

}  // namespace
}  // namespace unit_dialect_sql_writer
