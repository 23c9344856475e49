// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace query_rowcount {

struct Department {
    std::int64_t id = 0;
    std::string name;
};
struct Employee {
    std::int64_t id = 0;
    std::string name;
    std::int64_t department = 0;
    static constexpr auto mapping() {
        return mica::table("employee", mica::unique<&Employee::name>,
                           mica::foreign_key<&Employee::department, &Department::id>.on_delete(mica::cascade));
    }
};

namespace {

using mica::col;
using mica::IntegrityError;
using mica::select;
using mica::test::caught;
using query_rowcount::Department;
using query_rowcount::Employee;

constexpr auto department = col<&Employee::department>;

struct QueryRowcount : mica::test::MemoryDatabase<Department, Employee> {
    QueryRowcount() {
        insert<Department>({{1, "A"}, {2, "B"}, {3, "C"}});
        insert<Employee>({{1, "Angela", 1},
                          {2, "Andrew", 1},
                          {3, "Anand", 1},
                          {4, "Bob", 2},
                          {5, "Bobette", 2},
                          {6, "Buffy", 2},
                          {7, "Charlie", 3},
                          {8, "Cynthia", 3},
                          {9, "Chris", 3}});
    }
    template <class Query>
    std::int64_t rows(const Query& query) {
        return connection.execute(query).rows_affected();
    }
    std::int64_t employees() { return connection.execute<std::int64_t>("SELECT count(*) FROM employee").one(); }
};

TEST_F(QueryRowcount, counts_changed_rows) {
    EXPECT_EQ(rows(mica::update<Employee>().set(department = 2).where(department == 3)), 3);
    EXPECT_EQ(rows(mica::update<Employee>().set(department = 1).where(department == 3)), 0);
}

TEST_F(QueryRowcount, counts_rows_whose_values_stay_the_same) {
    EXPECT_EQ(rows(mica::update<Employee>().set(department = 3).where(department == 3)), 3);
}

TEST_F(QueryRowcount, counts_removed_rows) {
    EXPECT_EQ(rows(mica::delete_from<Employee>().where(department == 3)), 3);
    EXPECT_EQ(rows(mica::delete_from<Employee>().where(department == 3)), 0);
    EXPECT_EQ(rows(mica::delete_from<Employee>().all_rows()), 6);
}

TEST_F(QueryRowcount, counts_inserted_rows) {
    EXPECT_EQ(rows(mica::insert_into<Department>().values(Department{0, "D"})), 1);
    EXPECT_EQ(rows(mica::insert_into<Department>().values(std::vector<Department>{{0, "E"}, {0, "F"}})), 2);
}

TEST_F(QueryRowcount, counts_for_raw_sql_too) {
    EXPECT_EQ(connection.execute("UPDATE employee SET department = ? WHERE department = ?", 2, 3).rows_affected(), 3);
    EXPECT_EQ(connection.execute("DELETE FROM employee WHERE department = 2").rows_affected(), 6);
}

TEST_F(QueryRowcount, is_0_for_raw_sql_that_changes_no_rows) {
    rows(mica::delete_from<Employee>().where(department == 3));
    EXPECT_EQ(connection.execute("CREATE TABLE other (a)").rows_affected(), 0);
    EXPECT_EQ(connection.execute("SELECT * FROM employee").rows_affected(), 0);
    EXPECT_EQ(connection.execute("PRAGMA user_version = 3").rows_affected(), 0);
    EXPECT_EQ(connection.execute("UPDATE employee SET department = 1 WHERE 0").rows_affected(), 0);
}

TEST_F(QueryRowcount, is_there_after_the_connection_was_given_back) {
    const auto result = connection.execute(mica::delete_from<Employee>().where(department == 3));
    {
        const auto given_back = std::move(connection);
    }
    EXPECT_EQ(result.rows_affected(), 3);
}

TEST_F(QueryRowcount, leaves_out_what_a_foreign_key_removes) {
    EXPECT_EQ(rows(mica::delete_from<Department>().where(col<&Department::id> == 3)), 1);
    EXPECT_EQ(employees(), 6);
}

TEST_F(QueryRowcount, comes_from_set_based_changes_of_a_session) {
    {
        const auto given_back = std::move(connection);
    }
    mica::Session session{engine};
    EXPECT_EQ(session.query<Employee>().where(department == 3).update(department = 3), 3);
    EXPECT_EQ(session.query<Employee>().where(department == 3).remove(), 3);
    EXPECT_EQ(session.query<Employee>().remove(), 6);
}

TEST_F(QueryRowcount, a_refused_insert_of_many_inserts_none) {
    const std::vector<Employee> some{{10, "Dave", 1}, {11, "Bob", 1}, {12, "Dora", 1}};
    const auto error = caught<IntegrityError>([&] { rows(mica::insert_into<Employee>().values(some)); });
    EXPECT_EQ(error.kind(), IntegrityError::unique);
    EXPECT_EQ(error.table(), "employee");
    EXPECT_EQ(error.columns(), std::vector<std::string>{"name"});
    EXPECT_EQ(employees(), 9);
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(QueryRowcount, a_refused_insert_leaves_the_transaction_usable) {
    auto transaction = connection.begin();
    rows(mica::insert_into<Employee>().values(Employee{10, "Dave", 1}));
    EXPECT_THROW(rows(mica::insert_into<Employee>().values(Employee{11, "Bob", 1})), IntegrityError);
    EXPECT_THROW(rows(mica::insert_into<Employee>().values(std::vector<Employee>{{12, "Dora", 1}, {13, "Bob", 1}})),
                 IntegrityError);
    EXPECT_TRUE(transaction.is_active());
    rows(mica::insert_into<Employee>().values(Employee{11, "Dan", 1}));
    transaction.commit();
    EXPECT_EQ(employees(), 11);
}

TEST_F(QueryRowcount, the_last_key_is_that_of_the_row) {
    const auto result = connection.execute(mica::insert_into<Department>().values(Department{0, "D"}));
    EXPECT_EQ(connection.one(select(col<&Department::id>).where(col<&Department::name> == "D")),
              result.last_insert_id());
    const auto many =
        connection.execute(mica::insert_into<Department>().values(std::vector<Department>{{0, "E"}, {0, "F"}}));
    EXPECT_EQ(connection.one(select(col<&Department::id>).where(col<&Department::name> == "F")), many.last_insert_id());
}

}  // namespace
}  // namespace query_rowcount
