// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace sql_delete {

struct Entry {
    std::int64_t id = 0;
    std::string name;
};

namespace {

using mica::col;
using mica::delete_from;
using mica::test::Execution;
using mica::test::list_of;
using sql_delete::Entry;

struct SqlDelete : mica::test::RecordedSql {};

TEST_F(SqlDelete, removes_the_rows_of_a_condition) {
    const auto query = delete_from<Entry>().where(col<&Entry::id> > 1).where(col<&Entry::name>.in({"a"}));
    static_assert(decltype(query)::sql() == R"(DELETE FROM "Entry" WHERE "Entry"."id" > ?1 )"
                                            R"(AND "Entry"."name" IN (SELECT v0.value FROM mica_values(?2) AS v0))");
    EXPECT_EQ(run(query), (Execution{std::string{query.sql()}, {1, list_of({"a"})}}));
}

TEST_F(SqlDelete, removes_every_row_on_demand) {
    mica::test::show(delete_from<Entry>().all_rows());
    static_assert(delete_from<Entry>().all_rows().sql() == R"(DELETE FROM "Entry")");
    EXPECT_EQ(run(delete_from<Entry>().all_rows()), (Execution{R"(DELETE FROM "Entry")"}));
}

TEST_F(SqlDelete, reports_the_number_of_rows) {
    recording.answer("DELETE", {.changes = 3});
    EXPECT_EQ(connection.execute(delete_from<Entry>().all_rows()).rows_affected(), 3);
}

TEST_F(SqlDelete, owns_its_values) {
    std::string name = "before";
    const auto query = delete_from<Entry>().where(col<&Entry::name> == name);
    name = "behind";
    EXPECT_EQ(run(query).values, mica::test::RecordedValues{"before"});
}

}  // namespace
}  // namespace sql_delete
