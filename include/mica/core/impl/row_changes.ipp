// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/row_changes.hpp>

namespace mica::detail {

std::uint32_t RowChanges::number_of(std::string_view schema, std::string_view table) {
    // Mostly that of the change before.
    std::size_t number = changes_.empty() ? 0 : changes_.back().table;
    const auto is_it = [&](const TableName& known) { return known.name == table && known.schema == schema; };
    if (number >= tables_.size() || !is_it(tables_[number])) {
        number = 0;
        while (number < tables_.size() && !is_it(tables_[number])) ++number;
        if (number == tables_.size()) tables_.push_back({std::string{schema}, std::string{table}});
    }
    return static_cast<std::uint32_t>(number);
}

void RowChanges::add(std::string_view schema, std::string_view table, std::int64_t key, RowChangeKind kind) {
    changes_.push_back({key, number_of(schema, table), kind, false});
}

void RowChanges::add(std::string_view schema, std::string_view table, std::string_view key_text, RowChangeKind kind) {
    changes_.push_back({static_cast<std::int64_t>(texts_.size()), number_of(schema, table), kind, true});
    try {
        texts_.push_back(std::string{key_text});
    } catch (...) {  // each change with a text has its own
        changes_.pop_back();
        throw;
    }
}

void RowChanges::shrink(std::size_t count) noexcept {
    for (; changes_.size() > count; changes_.pop_back()) {
        if (changes_.back().has_text) texts_.pop_back();
    }
}

void RowChanges::append(const RowChanges& others) {
    for (std::size_t i = 0; i < others.known(); ++i) {
        const RowChange change = others[i];
        if (others.changes_[i].has_text) {
            add(change.schema, change.table, change.key_text, change.kind);
        } else {
            add(change.schema, change.table, change.key, change.kind);
        }
    }
    if (others.has_unknown_) add_unknown();
}

bool RowChanges::may_touch(std::string_view table) const noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    const auto is_it = [&](std::string_view name) {
        if (name.size() != table.size()) return false;
        for (std::size_t i = 0; i < name.size(); ++i) {
            if (lower(name[i]) != lower(table[i])) return false;
        }
        return true;
    };
    if (has_unknown_) return true;
    for (const Change& change : changes_) {
        if (is_it(tables_[change.table].name)) return true;
    }
    return false;
}

}  // namespace mica::detail
