// SPDX-License-Identifier: BSL-1.0
// Keys of objects that a rollback forgets: the database chose them, nobody has them any more, and so no other forgotten
// object keeps one as its foreign key.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/key_index.hpp>
#include <mica/session/object/undo.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

template <class Object>
class ForgottenKeys {
public:
    /// Objects without a row, each with the row that it had where the database had chosen its key.
    explicit ForgottenKeys(const List<Undo>& forgotten) {
        for (const Undo& each : forgotten) {
            const Table& table = each.tracked->table();
            if (!each.snapshot.empty()) dead_.add(name(table, encoded_key(table, each.snapshot)), each.tracked.get());
        }
    }

    /// Takes dead keys out of an object's foreign keys: NULL where it can be, else 0.
    void clear_in(Object& tracked) const {
        if (dead_.size() == 0) return;
        SnapshotBuffer current;
        tracked.operations->take_snapshot(tracked, current);
        std::string row;
        for (const OptionData& option : tracked.table().options) {
            if (option.kind != OptionKind::foreign_key) continue;
            const Table& parent = option.target();
            const ForeignKey key = columns_of_key(option, tracked.table(), parent);
            if (!names_primary_key(key, parent)) continue;
            const std::string encoded = child_key(current, key);
            if (encoded.empty() || dead_.find(name(parent, encoded)) == nullptr) continue;
            row = with_columns(tracked.table(), current, key);
            current.clear();
            std::memcpy(current.extend(row.size()), row.data(), row.size());
        }
        if (!row.empty()) tracked.operations->assign(tracked, row);
    }

private:
    static std::string name(const Table& table, std::string_view key) {
        const Table* const address = &table;
        std::string text{reinterpret_cast<const char*>(&address), sizeof address};
        return text += key;
    }

    /// The row with a key that names nothing.
    static std::string with_columns(const Table& table, std::string_view row, const ForeignKey& key) {
        std::string changed;
        SnapshotCell cell = first_cell(row);
        for (std::size_t i = 0; i < table.columns.size(); ++i, cell = cell.next()) {
            std::size_t part = 0;
            while (part < key.count && key.child[part] != i) ++part;
            if (part == key.count) {
                changed += cell.encoded();
            } else if (table.columns[i].nullable) {
                changed += static_cast<char>(StorageClass::null);
            } else {
                changed += static_cast<char>(StorageClass::integer);
                changed.append(8, '\0');
            }
        }
        return changed;
    }

    KeyIndex<Object> dead_{};
};

}  // namespace mica::detail
