// SPDX-License-Identifier: BSL-1.0
// What ALTER TABLE can do with a column alone (https://www.sqlite.org/lang_altertable.html).
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/former_names.hpp>
#include <mica/migration/table_info.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace mica::detail {

/// As ADD COLUMN takes it.
template <class Text>
std::string definition(const BasicColumnInfo<Text>& column) {
    std::string sql = join({quoted<Text>(column.name), " ", column.type, column.is_nullable ? "" : " NOT NULL"});
    if (!column.collation.empty()) append(sql, {" COLLATE ", quoted<Text>(column.collation)});
    if (column.default_value) append(sql, {" DEFAULT (", *column.default_value, ")"});
    if (!column.generated.empty()) append(sql, {" GENERATED ALWAYS AS (", column.generated, ") VIRTUAL"});
    return sql;
}

/// ADD COLUMN takes no other.
template <class Text>
bool has_constant_default(const BasicColumnInfo<Text>& column) noexcept {
    if (!column.default_value) return false;
    std::string_view rest = *column.default_value;
    while (true) {
        const Token token = cut_token(rest);
        if (token.kind == 0) return true;
        const bool is_number = token.kind == 'a' && token.text[0] >= '0' && token.text[0] <= '9';
        if (token.kind != '\'' && token.kind != '-' && token.kind != '+' && token.kind != '.' && !is_number)
            return false;
    }
}

/// Whether a constraint, an index or another column names a column, so that it cannot be dropped alone.
template <class Text>
bool is_used(const BasicTableInfo<Text>& table, std::string_view name) {
    const auto names = [name](std::string_view sql) { return mentions<Text>(sql, name); };
    const auto holds = [name](const std::vector<Text>& columns) {
        for (const std::string& column : columns) {
            if (is_same_name(column, name)) return true;
        }
        return false;
    };
    bool is_named = holds(table.primary_key.columns);
    for (const BasicUniqueInfo<Text>& unique : table.uniques) is_named = is_named || holds(unique.columns);
    for (const BasicForeignKeyInfo<Text>& key : table.foreign_keys) is_named = is_named || holds(key.columns);
    for (const BasicCheckInfo<Text>& check : table.checks) is_named = is_named || names(check.condition);
    for (const BasicColumnInfo<Text>& column : table.columns) is_named = is_named || names(column.generated);
    for (const BasicIndexInfo<Text>& index : table.indexes) is_named = is_named || names(index.sql);
    for (const BasicTriggerInfo<Text>& trigger : table.triggers) is_named = is_named || names(trigger.sql);
    return is_named;
}

}  // namespace mica::detail
