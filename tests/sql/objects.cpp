// SPDX-License-Identifier: BSL-1.0
// What is sent for whole objects: one statement, prepared once, run for each of them.
#include <support/caught.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace sql_objects {

struct Size {
    int width = 0;
    std::optional<int> height;
};

struct Sheet {
    std::int64_t id = 0;
    std::string title;
    Size size;
    int area = 0;
    std::string note;

    static constexpr auto mapping() {
        return mica::table("sheet", mica::column<&Sheet::title>("the title"), mica::ignore<&Sheet::note>,
                           mica::generated<&Sheet::area>(mica::col<&Sheet::id> * 2));
    }
};

struct Stock {
    std::string shop;
    int count = 0;
    int shelf = 0;
    static constexpr auto mapping() { return mica::table("stock", mica::primary_key<&Stock::shelf, &Stock::shop>); }
};

struct Page {
    std::int64_t version = 0;
    std::string text;
    int id = 0;
    static constexpr auto mapping() { return mica::table("page", mica::version<&Page::version>); }
};

struct Stamp {
    std::int64_t id = 0;
    std::int64_t version = 0;
    static constexpr auto mapping() { return mica::table("stamp", mica::version<&Stamp::version>); }
};

namespace {

using mica::test::caught;
using mica::test::Execution;
using mica::test::list_of;
using sql_objects::Page;
using sql_objects::Sheet;
using sql_objects::Stamp;
using sql_objects::Stock;
using Executions = std::vector<Execution>;
using Texts = std::vector<std::string>;

constexpr const char* insert_sheet =
    R"(INSERT INTO "sheet" ("id", "the title", "size_width", "size_height") VALUES (?1, ?2, ?3, ?4))";
constexpr const char* select_sheet =
    R"(SELECT "id", "the title", "size_width", "size_height", "area" FROM "sheet" WHERE "id" = ?1)";
constexpr const char* update_sheet =
    R"(UPDATE "sheet" SET "the title" = ?1, "size_width" = ?2, "size_height" = ?3 WHERE "id" = ?4)";
constexpr const char* update_stock = R"(UPDATE "stock" SET "count" = ?1 WHERE "shelf" = ?2 AND "shop" = ?3)";
constexpr const char* delete_stock = R"(DELETE FROM "stock" WHERE "shelf" = ?1 AND "shop" = ?2)";
constexpr const char* update_page =
    R"(UPDATE "page" SET "version" = "version" + 1, "text" = ?1 WHERE "id" = ?2 AND "version" = ?3)";
constexpr const char* delete_page = R"(DELETE FROM "page" WHERE "id" = ?1 AND "version" = ?2)";

const Sheet sheet{.id = 7, .title = "t", .size = {1, {}}, .area = 99, .note = "n"};

struct SqlObjects : mica::test::RecordedSql {};

TEST_F(SqlObjects, one_is_inserted_by_one_statement) {
    EXPECT_EQ(connection.insert(sheet), 1);
    EXPECT_EQ(recording.executed, (Executions{{insert_sheet, {7, "t", 1, std::nullopt}}}));
}

TEST_F(SqlObjects, several_are_inserted_in_a_transaction_of_their_own) {
    const std::vector sheets{sheet, Sheet{}};
    connection.insert(sheets);
    EXPECT_EQ(recording.executed, (Executions{{"BEGIN IMMEDIATE"},
                                              {insert_sheet, {7, "t", 1, std::nullopt}},
                                              {insert_sheet, {std::nullopt, "", 0, std::nullopt}},
                                              {"COMMIT"}}));
}

TEST_F(SqlObjects, what_the_database_computes_is_read_back_into_an_object_that_can_be_changed) {
    Sheet changeable = sheet;
    recording.answer("SELECT", {.rows = {{7, "t", 1, std::nullopt, 14}}});
    connection.insert(changeable);
    EXPECT_EQ(recording.texts(), (Texts{"BEGIN IMMEDIATE", insert_sheet, select_sheet, "COMMIT"}));
    EXPECT_EQ(changeable.area, 14);
}

TEST_F(SqlObjects, several_are_inserted_in_a_savepoint_where_a_transaction_is_open) {
    const auto transaction = connection.begin();
    recording.forget();
    connection.insert({sheet});
    EXPECT_EQ(recording.texts(), (Texts{"SAVEPOINT mica", insert_sheet, "RELEASE mica"}));
}

TEST_F(SqlObjects, the_statement_is_that_of_insert_into) {
    connection.execute(mica::insert_into<Sheet>().values(sheet));
    recording.forget();
    connection.insert(sheet);
    connection.insert({sheet, sheet});
    EXPECT_TRUE(recording.prepared.empty());
}

TEST_F(SqlObjects, an_empty_range_runs_nothing) {
    std::vector<Sheet> none;
    EXPECT_EQ(connection.insert(none), 0);
    EXPECT_EQ(connection.update(none), 0);
    EXPECT_EQ(connection.remove(none), 0);
    EXPECT_TRUE(connection.get_many<Sheet>(std::vector<int>{}).empty());
    EXPECT_EQ(recording.executed, Executions{});
}

TEST_F(SqlObjects, an_update_writes_all_but_the_key_and_what_is_generated_or_ignored) {
    connection.update(sheet);
    EXPECT_EQ(recording.executed, (Executions{{update_sheet, {"t", 1, std::nullopt, 7}}}));
}

TEST_F(SqlObjects, a_composite_key_is_bound_in_its_own_order) {
    const Stock stock{.shop = "north", .count = 3, .shelf = 5};
    connection.update({stock});
    connection.remove({stock});
    EXPECT_EQ(recording.executed, (Executions{{"BEGIN IMMEDIATE"},
                                              {update_stock, {3, 5, "north"}},
                                              {"COMMIT"},
                                              {"BEGIN IMMEDIATE"},
                                              {delete_stock, {5, "north"}},
                                              {"COMMIT"}}));
}

TEST_F(SqlObjects, a_version_is_compared_and_counted_by_the_statement) {
    Page page{.version = 4, .text = "t", .id = 2};
    connection.update(page);
    EXPECT_EQ(page.version, 5);
    connection.remove(page);
    EXPECT_EQ(recording.executed, (Executions{{update_page, {"t", 2, 4}}, {delete_page, {2, 5}}}));
}

TEST_F(SqlObjects, a_version_may_be_all_that_changes) {
    connection.update(Stamp{1, 2});
    EXPECT_EQ(
        recording.last(),
        (Execution{R"(UPDATE "stamp" SET "version" = "version" + 1 WHERE "id" = ?1 AND "version" = ?2)", {1, 2}}));
}

TEST_F(SqlObjects, a_stale_object_is_looked_up_and_undoes_all) {
    recording.answer("UPDATE", {.changes = 1});
    recording.answer("UPDATE", {.changes = 0});
    recording.answer("SELECT", {.rows = {{9}}});
    std::vector<Page> pages{{.version = 4, .text = "a", .id = 2}, {.version = 5, .text = "b", .id = 3}};
    const auto error = caught<mica::StaleDataError>([&] { connection.update(pages); });
    EXPECT_STREQ(error.what(),
                 "mica: the row of object 1 in table \"page\" is no longer what was read: version 5 was read, version "
                 "9 is there");
    EXPECT_EQ(error.expected_version(), 5);
    EXPECT_EQ(error.actual_version(), 9);
    EXPECT_EQ(recording.executed, (Executions{{"BEGIN IMMEDIATE"},
                                              {update_page, {"a", 2, 4}},
                                              {update_page, {"b", 3, 5}},
                                              {R"(SELECT "version" FROM "page" WHERE "id" = ?1)", {3}},
                                              {"ROLLBACK"}}));
    EXPECT_EQ(pages[0].version, 4);
}

TEST_F(SqlObjects, a_versioned_object_without_a_row_is_stale) {
    recording.answer("DELETE", {.changes = 0});
    const auto error =
        caught<mica::StaleDataError>([&] { connection.remove(Page{.version = 4, .text = {}, .id = 2}); });
    EXPECT_STREQ(error.what(), "mica: object 0 has no row in table \"page\"");
    EXPECT_EQ(error.actual_version(), std::nullopt);
}

TEST_F(SqlObjects, a_commit_that_fails_tells_the_objects_nothing) {
    recording.answer("INSERT", {.last_insert_id = 12});
    recording.fail("COMMIT", std::runtime_error("busy"));
    std::vector<Sheet> sheets(1);
    EXPECT_THROW(connection.insert(sheets), std::runtime_error);
    EXPECT_EQ(sheets[0].id, 0);
    EXPECT_EQ(recording.texts().back(), "ROLLBACK");
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(SqlObjects, a_row_that_a_trigger_dropped_has_no_key_to_tell) {
    recording.answer("INSERT", {.changes = 0, .last_insert_id = 12});
    Sheet dropped;
    EXPECT_EQ(connection.insert(dropped), 0);
    EXPECT_EQ(dropped.id, 0);
}

TEST_F(SqlObjects, one_whose_key_may_not_fit_is_inserted_in_a_transaction) {
    recording.answer("INSERT", {.last_insert_id = std::int64_t{1} << 40});
    Page page;
    EXPECT_THROW(connection.insert(page), mica::DataError);
    EXPECT_EQ(page.id, 0);
    EXPECT_EQ(recording.texts().back(), "ROLLBACK");
}

TEST_F(SqlObjects, one_is_found_by_its_key) {
    recording.answer("SELECT", {.rows = {{"north", 3, 5}}});
    const std::optional<Stock> stock = connection.get<Stock>(5, "north");
    ASSERT_TRUE(stock);
    EXPECT_EQ(stock->count, 3);
    EXPECT_EQ(recording.last(),
              (Execution{R"(SELECT "shop", "count", "shelf" FROM "stock" WHERE "shelf" = ?1 AND "shop" = ?2)",
                         {5, "north"}}));
}

TEST_F(SqlObjects, many_are_found_by_one_statement_in_the_order_of_the_table) {
    recording.answer("SELECT", {.rows = {{4, "first", 1, 0}, {4, "ninth", 9, 2}}});
    const auto pages = connection.get_many<Page>({9, 2, 1});
    ASSERT_EQ(pages.size(), 3U);
    EXPECT_EQ(pages[0]->text, "ninth");
    EXPECT_FALSE(pages[1]);
    EXPECT_EQ(pages[2]->text, "first");
    EXPECT_EQ(recording.executed,
              (Executions{{R"(SELECT t."version", t."text", t."id", v0.rowid FROM mica_values(?1) AS v0 )"
                           R"(CROSS JOIN "page" AS t ON t."id" = v0.value)",
                           {list_of({1, 2, 9})}}}));
}

TEST_F(SqlObjects, a_composite_key_has_one_list_for_each_column) {
    EXPECT_EQ(connection.get_many<Stock>({{5, "north"}, {4, "south"}}).size(), 2U);
    EXPECT_EQ(recording.last(),
              (Execution{R"(SELECT t."shop", t."count", t."shelf", v0.rowid FROM mica_values(?1) AS v0 )"
                         R"(JOIN mica_values(?2) AS v1 ON v1.rowid = v0.rowid )"
                         R"(CROSS JOIN "stock" AS t ON t."shelf" = v0.value AND t."shop" = v1.value)",
                         {list_of({5, 4}), list_of({"north", "south"})}}));
}

}  // namespace
}  // namespace sql_objects
