// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/sqlite/check_constraint.hpp>

#include <cstddef>

namespace mica::sqlite::detail {

/// One word, quoted name, string or other character of SQL text.
struct Token {
    std::string_view text{};
    char kind = 0;  ///< 'a' a word, '"' a quoted name, '\'' a string, else the character itself; 0 at the end
};

/// The next token of `sql`, which is cut off; blanks and comments are passed over.
[[gnu::cold]] MICA_DECL Token cut_token(std::string_view& sql) noexcept {
    const auto is_of_a_word = [](char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c == '$' || c < 0;
    };
    const auto cut = [&sql](std::size_t size, char kind) {
        const Token token{sql.substr(0, size), kind};
        sql.remove_prefix(token.text.size());
        return token;
    };
    while (!sql.empty()) {
        const char first = sql[0];
        if (first == ' ' || (first >= '\t' && first <= '\r')) {
            sql.remove_prefix(1);
        } else if (sql.starts_with("--") || sql.starts_with("/*")) {
            const std::string_view end = first == '-' ? "\n" : "*/";
            const std::size_t at = sql.find(end, 2);
            sql.remove_prefix(at == sql.npos ? sql.size() : at + end.size());
        } else if (first == '"' || first == '`' || first == '[' || first == '\'') {
            const char last = first == '[' ? ']' : first;
            std::size_t end = sql.find(last, 1);
            while (last != ']' && end < sql.size() - 1 && sql[end + 1] == last) end = sql.find(last, end + 2);
            return cut(end == sql.npos ? end : end + 1, first == '\'' ? first : '"');
        } else {
            std::size_t size = 0;
            while (size < sql.size() && is_of_a_word(sql[size])) ++size;
            return size == 0 ? cut(1, first) : cut(size, 'a');
        }
    }
    return {};
}

/// The name that a token stands for.
[[gnu::cold]] MICA_DECL std::string name_of(const Token& token) {
    if (token.kind != '"' && token.kind != '\'') return mica::detail::join({token.text});
    std::string name;
    const char quote = token.text[0];
    for (std::size_t i = 1; i + 1 < token.text.size(); ++i) {
        if (token.text[i] == quote) ++i;  // doubled
        mica::detail::append(name, {token.text.substr(i, 1)});
    }
    return name;
}

[[gnu::cold]] MICA_DECL bool is_word(const Token& token, std::string_view word) noexcept {
    return token.kind == 'a' && token.text.size() == word.size() &&
           sqlite3_strnicmp(token.text.data(), word.data(), static_cast<int>(word.size())) == 0;
}

/// What stands in the parentheses that `sql` begins with, which are cut off.
[[gnu::cold]] MICA_DECL std::string_view cut_parentheses(std::string_view& sql) noexcept {
    const Token open = cut_token(sql);
    if (open.kind != '(') return {};
    const std::string_view inside = sql;
    int depth = 1;
    std::size_t size = 0;
    while (depth > 0) {
        const Token token = cut_token(sql);
        if (token.kind == 0) return {};
        depth += token.kind == '(' ? 1 : token.kind == ')' ? -1 : 0;
        size = static_cast<std::size_t>(token.text.data() - inside.data());
    }
    return inside.substr(0, size);
}

[[gnu::cold]] MICA_DECL std::string_view trim(std::string_view text) noexcept {
    const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

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
    if (values[0] == nullptr || values[1] == nullptr) return 0;
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
    if (values[1] == nullptr) return 0;
    try {
        search.schema = values[1];
        std::string sql = "SELECT name, sql FROM \"";
        for (const char& c : search.schema) mica::detail::append(sql, {c == '"' ? "\"" : "", {&c, 1}});
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
