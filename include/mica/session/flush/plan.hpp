// SPDX-License-Identifier: BSL-1.0
// What a session would write, in words: rows and columns for a reader, nothing that is executed.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/schema/table.hpp>
#include <mica/session/object/snapshot.hpp>
#include <mica/session/object/undo.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica {

/// One row that a flush would write.
template <class Text, class View>
struct BasicPlannedChange {
    ChangeKind kind = ChangeKind::insert;
    View table{};
    Text key{};                   ///< as text; empty where the database will choose it
    std::vector<View> columns{};  ///< that will be written; none of a removal
};

/// One column whose value differs from that in the database. Values are as text, blobs as x'…', NULL is empty.
template <class Text>
struct BasicColumnChange {
    std::string_view column{};
    std::optional<Text> before{};  ///< also empty where there is no row yet
    std::optional<Text> after{};   ///< also empty where the row will be removed
};

using PlannedChange = BasicPlannedChange<std::string, std::string_view>;
using ColumnChange = BasicColumnChange<std::string>;

namespace detail {

[[gnu::cold]] MICA_DECL void append_value(std::string& text, const SnapshotCell& cell);

/// A row's key as text, its values separated by commas; empty where the database has not chosen it yet.
[[gnu::cold]] MICA_DECL std::string key_text(const Table& table, std::string_view snapshot);

/// What follows is in templates, so that only a program that asks for it pays for its vectors.
template <class Text = std::string>
std::optional<Text> text_of(const SnapshotCell& cell) {
    if (cell.storage_class() == StorageClass::null) return std::nullopt;
    Text text;
    append_value(text, cell);
    return text;
}

/// All columns of a row that is new or will be removed; one of the two snapshots is null.
template <class Described = ColumnChange>
std::vector<Described> describe_row(const Table& table, const std::string_view* before, const std::string_view* after) {
    std::vector<Described> changes;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].is_generated) continue;
        Described change{.column = table.columns[i].name};
        if (before != nullptr) change.before = text_of(cell_at(*before, i));
        if (after != nullptr) change.after = text_of(cell_at(*after, i));
        changes.push_back(std::move(change));
    }
    return changes;
}

/// The columns in which two snapshots of a row differ.
template <class Described = ColumnChange>
std::vector<Described> describe_changes(const Table& table, std::string_view before, std::string_view after) {
    std::vector<Described> changes;
    find_changes(table, before, after).for_each([&](std::size_t column) {
        changes.push_back(
            {table.columns[column].name, text_of(cell_at(before, column)), text_of(cell_at(after, column))});
    });
    return changes;
}

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/flush/impl/plan.ipp>
#endif
