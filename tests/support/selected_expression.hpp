// SPDX-License-Identifier: BSL-1.0
// The text of one expression, selected from an entity's table, and the values bound in it.
#pragma once

#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace mica::test {

template <class Entity>
struct SelectedExpression : RecordedSql {
    /// As it stands in a SELECT's list, without the name of the table.
    template <class Expression>
    Execution selected(const Expression& expression) {
        Execution execution = run(select(expression).template from<Entity>());
        const std::string table = '"' + std::string{ddl_name()} + '"';
        const std::string from = " FROM " + table;
        EXPECT_TRUE(execution.sql.starts_with("SELECT ") && execution.sql.ends_with(from)) << execution;
        execution.sql.erase(0, std::string_view{"SELECT "}.size());
        execution.sql.erase(execution.sql.size() - from.size());
        for (std::size_t at = 0; (at = execution.sql.find(table + ".")) != std::string::npos;) {
            execution.sql.erase(at, table.size() + 1);
        }
        return execution;
    }

private:
    static std::string_view ddl_name() { return table_of<Entity>().name; }
};

/// Whether an expression's value is a `Value` in the rows that it is selected into.
template <class Value, class Expression>
constexpr bool gives(const Expression&) {
    return std::same_as<typename decltype(select(std::declval<Expression>()))::Row, Value>;
}

}  // namespace mica::test
