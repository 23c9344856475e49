// SPDX-License-Identifier: BSL-1.0
// What the number of a row is called, by which SQLite finds it.
#pragma once

#include <mica/core/text.hpp>
#include <mica/migration/table_info.hpp>

#include <string_view>

namespace mica::detail {

template <class Text>
const BasicColumnInfo<Text>* column_named(const BasicTableInfo<Text>& table, std::string_view name) noexcept {
    for (const BasicColumnInfo<Text>& column : table.columns) {
        if (is_same_name(column.name, name)) return &column;
    }
    return nullptr;
}

/// The column that is another name of the rowid (https://www.sqlite.org/lang_createtable.html, section 5).
template <class Text>
const BasicColumnInfo<Text>* rowid_alias(const BasicTableInfo<Text>& table) noexcept {
    if (table.is_without_rowid || table.primary_key.columns.size() != 1) return nullptr;
    if (table.primary_key.is_descending) return nullptr;
    const BasicColumnInfo<Text>* const key = column_named<Text>(table, table.primary_key.columns[0]);
    return key != nullptr && is_same_name(key->type, "INTEGER") ? key : nullptr;
}

/// A name of a row's number that no column has; empty where there is none.
template <class Text>
std::string_view rowid_name(const BasicTableInfo<Text>& table) noexcept {
    if (table.is_without_rowid) return {};
    for (const std::string_view name : {"rowid", "_rowid_", "oid"}) {
        if (column_named<Text>(table, name) == nullptr) return name;
    }
    return {};
}

/// The same where no column is that number.
template <class Text>
std::string_view hidden_rowid(const BasicTableInfo<Text>& table) noexcept {
    return rowid_alias(table) == nullptr ? rowid_name(table) : std::string_view{};
}

}  // namespace mica::detail
