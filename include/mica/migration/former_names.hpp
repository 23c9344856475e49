// SPDX-License-Identifier: BSL-1.0
// Renames, taken over into what is known of a schema: what follows is planned for the names of the structs.
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/table_info.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mica::detail {

/// A name as SQL takes it, whatever it holds.
template <class Text>
std::string quoted(std::string_view name) {
    std::string text = "\"";
    for (const char& c : name) append(text, {c == '"' ? "\"" : "", letter(c)});
    append(text, {"\""});
    return text;
}

template <class Text>
std::string qualified(std::string_view schema, std::string_view name) {
    if (schema.empty() || is_same_name(schema, "main")) return quoted<Text>(name);
    return join({quoted<Text>(schema), ".", quoted<Text>(name)});
}

/// A text as a value of SQL.
template <class Text>
std::string literal(std::string_view text) {
    std::string sql = "'";
    for (const char& c : text) append(sql, {c == '\'' ? "'" : "", letter(c)});
    append(sql, {"'"});
    return sql;
}

/// CREATE INDEX or TRIGGER as the database keeps it, which does not say in which schema it is.
template <class Text>
std::string in_schema(std::string_view sql, std::string_view schema) {
    std::string_view rest = sql;
    for (Token token = cut_token(rest); token.kind != 0; token = cut_token(rest)) {
        if (is_word(token, "INDEX") || is_word(token, "TRIGGER")) break;
    }
    std::string_view behind = rest;
    const Token name = cut_token(behind);
    const auto place = static_cast<std::size_t>(name.text.data() - sql.data());
    return join({sql.substr(0, place), qualified<Text>(schema, name_of(name)), behind});
}

/// SQL text in which every bare mention of a name is another one. A function's name, which `(` follows, is none.
template <class Text>
std::string with_name(std::string_view sql, std::string_view former, std::string_view name) {
    std::string text;
    const char* copied = sql.data();
    for (std::string_view rest = sql; true;) {
        const Token token = cut_token(rest);
        if (token.kind == 0) break;
        if ((token.kind != 'a' && token.kind != '"') || !is_same_name(name_of(token), former)) continue;
        std::string_view behind = rest;
        if (cut_token(behind).kind == '(') continue;
        append(text, {{copied, static_cast<std::size_t>(token.text.data() - copied)}, quoted<Text>(name)});
        copied = token.text.data() + token.text.size();
    }
    append(text, {{copied, static_cast<std::size_t>(sql.data() + sql.size() - copied)}});
    return text;
}

template <class Text>
bool mentions(std::string_view sql, std::string_view name) {
    return with_name<Text>(sql, name, {}) != sql;
}

template <class Text>
void rename_in(std::vector<Text>& names, std::string_view former, std::string_view name) {
    for (auto& one : names) {
        if (is_same_name(one, former)) one = name;
    }
}

/// As ALTER TABLE … RENAME TO leaves the schema.
template <class Text>
void rename_table(std::vector<BasicTableInfo<Text>>& tables, BasicTableInfo<Text>& renamed, std::string_view name) {
    const std::string former = renamed.name;
    for (auto& table : tables) {
        if (!is_same_name(table.schema, renamed.schema)) continue;
        for (auto& key : table.foreign_keys) {
            if (is_same_name(key.target, former)) key.target = name;
        }
        for (auto& trigger : table.triggers) trigger.sql = with_name<Text>(trigger.sql, former, name);
    }
    for (auto& index : renamed.indexes) index.sql = with_name<Text>(index.sql, former, name);
    renamed.name = name;
}

/// As ALTER TABLE … RENAME COLUMN leaves the schema, as far as names alone can tell: of a trigger that names a column
/// of that name of two tables only the database knows which is which.
template <class Text>
void rename_column(std::vector<BasicTableInfo<Text>>& tables, BasicTableInfo<Text>& table, std::string_view former,
                   std::string_view name) {
    for (auto& column : table.columns) {
        if (is_same_name(column.name, former)) column.name = name;
        column.generated = with_name<Text>(column.generated, former, name);
    }
    rename_in<Text>(table.primary_key.columns, former, name);
    for (auto& unique : table.uniques) rename_in<Text>(unique.columns, former, name);
    for (auto& check : table.checks) check.condition = with_name<Text>(check.condition, former, name);
    for (auto& index : table.indexes) {
        for (auto& term : index.terms) term = with_name<Text>(term, former, name);
        index.condition = with_name<Text>(index.condition, former, name);
        index.sql = with_name<Text>(index.sql, former, name);
    }
    for (auto& trigger : table.triggers) trigger.sql = with_name<Text>(trigger.sql, former, name);
    for (auto& key : table.foreign_keys) rename_in<Text>(key.columns, former, name);
    for (auto& other : tables) {
        for (auto& key : other.foreign_keys) {
            if (is_same_name(key.target, table.name)) rename_in<Text>(key.target_columns, former, name);
        }
        bool has_one_too = &other == &table;
        for (const auto& column : other.columns) has_one_too = has_one_too || is_same_name(column.name, former);
        for (auto& trigger : other.triggers) {
            if (!has_one_too && mentions<Text>(trigger.sql, table.name))
                trigger.sql = with_name<Text>(trigger.sql, former, name);
        }
    }
}

}  // namespace mica::detail
