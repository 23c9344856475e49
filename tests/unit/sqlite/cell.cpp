// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/cell.hpp>
#include <mica/sqlite/database.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

namespace unit_sqlite_cell {
namespace {

using mica::StorageClass;
using mica::sqlite::Cell;
using mica::sqlite::Database;
using mica::sqlite::OpenMode;
using mica::sqlite::Statement;

static_assert(std::is_trivially_copyable_v<Cell>);

struct Row {
    explicit Row(std::string_view sql) : statement(database.prepare(sql)) { statement.step(); }
    Cell cell(int column = 0) { return statement.cell(column); }

    Database database{"", {.mode = OpenMode::memory}};
    Statement statement;
};

TEST(Cell, tells_each_storage_class) {
    Row row("SELECT NULL, 1, 1.5, 'a', x'00'");
    EXPECT_EQ(row.cell(0).storage_class(), StorageClass::null);
    EXPECT_EQ(row.cell(1).storage_class(), StorageClass::integer);
    EXPECT_EQ(row.cell(2).storage_class(), StorageClass::real);
    EXPECT_EQ(row.cell(3).storage_class(), StorageClass::text);
    EXPECT_EQ(row.cell(4).storage_class(), StorageClass::blob);
}

TEST(Cell, a_column_that_is_not_there_is_null) {
    Row row("SELECT 1");
    EXPECT_EQ(row.cell(1).storage_class(), StorageClass::null);
    EXPECT_EQ(row.cell(-1).storage_class(), StorageClass::null);
}

TEST(Cell, reads_both_ends_of_the_64_bit_range) {
    Row row("SELECT -9223372036854775808, 9223372036854775807");
    EXPECT_EQ(row.cell(0).integer(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(row.cell(1).integer(), std::numeric_limits<std::int64_t>::max());
}

TEST(Cell, reads_infinities) {
    Row row("SELECT 9e999, -9e999");
    EXPECT_EQ(row.cell(0).real(), std::numeric_limits<double>::infinity());
    EXPECT_EQ(row.cell(1).real(), -std::numeric_limits<double>::infinity());
}

TEST(Cell, keeps_a_subnormal_real) {
    Row row("SELECT 1");
    Statement echo = row.database.prepare("SELECT ?");
    echo.bind(1, std::numeric_limits<double>::denorm_min());
    ASSERT_TRUE(echo.step());
    EXPECT_EQ(echo.cell(0).real(), std::numeric_limits<double>::denorm_min());
}

TEST(Cell, an_empty_text_is_text) {
    Row row("SELECT ''");
    EXPECT_EQ(row.cell().storage_class(), StorageClass::text);
    EXPECT_EQ(row.cell().text(), "");
}

TEST(Cell, an_empty_blob_is_a_blob) {
    Row row("SELECT x''");
    EXPECT_EQ(row.cell().storage_class(), StorageClass::blob);
    EXPECT_TRUE(row.cell().blob().empty());
}

TEST(Cell, text_keeps_an_embedded_nul) {
    Row row("SELECT CAST(x'610062' AS TEXT)");
    EXPECT_EQ(row.cell().text(), std::string_view("a\0b", 3));
}

TEST(Cell, text_that_is_not_utf_8_stays_as_it_is) {
    Row row("SELECT CAST(x'ff61fe' AS TEXT)");
    EXPECT_EQ(row.cell().storage_class(), StorageClass::text);
    EXPECT_EQ(row.cell().text(),
              "\xff"
              "a\xfe");
}

TEST(Cell, a_blob_keeps_every_byte) {
    Row row("SELECT x'00ff0a00'");
    const mica::Bytes bytes = row.cell().blob();
    ASSERT_EQ(bytes.size(), 4U);
    EXPECT_EQ(bytes[0], std::byte{0x00});
    EXPECT_EQ(bytes[1], std::byte{0xff});
    EXPECT_EQ(bytes[3], std::byte{0x00});
}

TEST(Cell, a_zeroblob_is_expanded) {
    Row row("SELECT zeroblob(1000)");
    const mica::Bytes bytes = row.cell().blob();
    ASSERT_EQ(bytes.size(), 1000U);
    EXPECT_EQ(bytes[999], std::byte{0});
}

TEST(Cell, text_of_a_utf_16_database_arrives_as_utf_8) {
    Database database("", {.mode = OpenMode::memory});
    database.execute_script("PRAGMA encoding='UTF-16'; CREATE TABLE t(a); INSERT INTO t VALUES('gr\xc3\xbc\xc3\x9f')");
    Statement statement = database.prepare("SELECT a FROM t");
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).text(), "gr\xc3\xbc\xc3\x9f");
}

TEST(Cell, null_is_not_read_as_an_empty_blob) {
    Row row("SELECT NULL");
    mica::test::caught<mica::OperationalError>([&] { row.cell().blob(); });
}

TEST(Cell, null_is_not_read_as_empty_text) {
    Row row("SELECT NULL");
    mica::test::caught<mica::DataError>([&] { row.cell().text(); });
}

/// Memory is gone for SQLite as long as this lives.
struct NoMemory {
    NoMemory() { sqlite3_hard_heap_limit64(1); }
    ~NoMemory() { sqlite3_hard_heap_limit64(0); }
};

TEST(Cell, a_text_that_cannot_be_converted_for_want_of_memory_is_not_read_as_empty) {
    Database database("", {.mode = OpenMode::memory});
    database.execute_script("PRAGMA encoding='UTF-16'; CREATE TABLE t(a); INSERT INTO t VALUES(printf('%1000s', 'x'))");
    Statement statement = database.prepare("SELECT a FROM t");
    ASSERT_TRUE(statement.step());
    const auto error = mica::test::caught<mica::OperationalError>([&] {
        const NoMemory limit;
        statement.cell(0).text();
    });
    EXPECT_TRUE(error.is_out_of_memory());
}

TEST(Cell, a_blob_that_cannot_be_expanded_for_want_of_memory_is_not_read_as_empty) {
    Row row("SELECT zeroblob(n) FROM (SELECT 100000 AS n UNION SELECT 100001)");
    ASSERT_EQ(row.cell().storage_class(), StorageClass::blob);
    const auto error = mica::test::caught<mica::OperationalError>([&] {
        const NoMemory limit;
        row.cell().blob();
    });
    EXPECT_TRUE(error.is_out_of_memory());
}

}  // namespace
}  // namespace unit_sqlite_cell
