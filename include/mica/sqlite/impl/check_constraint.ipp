// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/sqlite/check_constraint.hpp>

namespace mica::sqlite::detail {

using mica::detail::cut_parentheses;
using mica::detail::cut_token;
using mica::detail::is_word;
using mica::detail::name_of;
using mica::detail::Token;
using mica::detail::trim;

/// The condition of the CHECK of that name or text in the statement that created a table; empty where there is none.
[[gnu::cold]] MICA_DECL std::string_view condition_of_check(std::string_view create_table, std::string_view wanted) {
    std::string name;
    while (true) {
        const Token token = cut_token(create_table);
        if (token.kind == 0) return {};
        if (is_word(token, "CONSTRAINT")) {
            name = name_of(cut_token(create_table));
        } else if (is_word(token, "CHECK")) {
            const std::string_view condition = cut_parentheses(create_table);
            if (name.empty() ? trim(condition) == wanted : name == wanted) return condition;
            name.clear();
        } else {
            name.clear();
        }
    }
}

/// The columns of `table` that stand in a condition, each once.
[[gnu::cold]] MICA_DECL void add_columns(sqlite3* db, const std::string& schema, std::string_view condition,
                                         CheckTarget& target) {
    for (Token token = cut_token(condition); token.kind != 0; token = cut_token(condition)) {
        if (token.kind != 'a' && token.kind != '"') continue;
        std::string_view behind = condition;
        if (cut_token(behind).kind == '(') continue;  // a function
        const std::string name = name_of(token);
        bool is_new = sqlite3_table_column_metadata(db, schema.c_str(), target.table.c_str(), name.c_str(), nullptr,
                                                    nullptr, nullptr, nullptr, nullptr) == SQLITE_OK;
        for (const std::string& column : target.columns)
            is_new = is_new && sqlite3_stricmp(column.c_str(), name.c_str()) != 0;
        if (is_new) target.columns.push_back(name);
    }
}

/// What is being looked for, and what has been found.
struct CheckSearch {
    sqlite3* db;
    std::string_view name;
    std::string schema{};
    CheckTarget target{};
    int found = 0;
};

/// Calls `row` for each row of a query over text columns.
[[gnu::cold]] MICA_DECL void for_each_row(CheckSearch& search, const std::string& sql,
                                          int (*row)(void*, int, char**, char**)) {
    sqlite3_exec(search.db, sql.c_str(), row, &search, nullptr);  // what cannot be read has no say
}

[[gnu::cold]] MICA_DECL int look_into_table(void* into, int, char** values, char**) noexcept {
    CheckSearch& search = *static_cast<CheckSearch*>(into);
    if (values == nullptr || values[0] == nullptr || values[1] == nullptr) return 0;
    try {
        const std::string_view condition = condition_of_check(values[1], search.name);
        if (condition.empty() || ++search.found > 1) return 0;
        search.target.table = values[0];
        add_columns(search.db, search.schema, condition, search.target);
    } catch (...) {
        return 1;  // memory has run out: the query ends
    }
    return 0;
}

[[gnu::cold]] MICA_DECL int look_into_schema(void* into, int, char** values, char**) noexcept {
    CheckSearch& search = *static_cast<CheckSearch*>(into);
    if (values == nullptr || values[1] == nullptr) return 0;
    try {
        search.schema = values[1];
        std::string sql = "SELECT name, sql FROM \"";
        for (const char& c : search.schema) mica::detail::append(sql, {c == '"' ? "\"" : "", mica::detail::letter(c)});
        mica::detail::append(sql, {"\".sqlite_master WHERE type = 'table'"});
        for_each_row(search, sql, look_into_table);
    } catch (...) {
        return 1;
    }
    return 0;
}

CheckTarget find_check(sqlite3* db, std::string_view name) {
    CheckSearch search{db, name};
    if (db != nullptr) for_each_row(search, "PRAGMA database_list", look_into_schema);
    return search.found == 1 ? std::move(search.target) : CheckTarget{};
}

}  // namespace mica::sqlite::detail
