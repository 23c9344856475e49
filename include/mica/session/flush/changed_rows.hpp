// SPDX-License-Identifier: BSL-1.0
// Changed rows of one table that follow each other, updated by one statement that finds them by the keys of the rows it
// goes over.
#pragma once

#include <mica/core/late.hpp>
#include <mica/core/list.hpp>
#include <mica/core/row_source.hpp>
#include <mica/engine/change_rows.hpp>
#include <mica/query/by_key/write_rows.hpp>
#include <mica/session/flush/change.hpp>
#include <mica/session/flush/stale.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace mica::detail {

template <class BackendType>
class ChangedRows {
public:
    ChangedRows(OpenConnection<BackendType>& connection, const Table& table) noexcept
        : connection_(connection), table_(table) {}

    /// Where there are fewer, a statement for each is sooner done; and where there is more to it.
    static bool are_for_one_statement(OpenConnection<BackendType>& connection, const Table& table, std::size_t count) {
        return count >= fewest_changed_at_once && has_integer_key(table) && may_change_at_once(connection, table);
    }

    std::size_t size() const noexcept { return rows_.size(); }
    Change& operator[](std::size_t index) const noexcept { return *rows_[index].change; }
    /// The one to which something has happened that update() throws.
    const Change& last() const noexcept { return *last_; }
    void clear() noexcept {
        rows_.clear();
        keys_.clear();
    }

    /// False where a row is not for the same statement as those before: it sets other columns, or its key does not
    /// ascend.
    bool add(Change& change) {
        const std::int64_t key = cell_at(change.tracked->snapshot, table_.key[0]).integer();
        if (size() != 0 && (key <= keys_.back() || change.columns != (*this)[0].columns)) return false;
        rows_.push_back({&change, &last_});
        keys_.push_back(key);
        return true;
    }

    /// False where a statement for each is to be run, which also says what is wrong; no row has changed then.
    bool update() {
        if (!are_close(keys_)) return false;
        last_ = rows_[0].change;
        const ColumnSet& columns = last_->columns;
        const std::string text = make_text(BackendType::dialect, [&](SqlWriter& writer) {
            render_update_rows(writer, table_, [&](std::size_t column) { return columns.has(column); });
        });
        RowSource source;
        source.encode = &encode;
        source.first = rows_.data();
        source.count = rows_.size();
        source.stride = sizeof(Row);
        std::int64_t changed = 0;
        const RowsChange change{.text = text, .sends_values = true, .needs_all = true};
        return change_rows(connection_, table_, change, source, keys_, changed);
    }

private:
    struct Row {
        Change* change;
        const Change** last;  ///< whose values were asked for
    };

    static void encode(const void* object, RowCells& cells) {
        const Row& row = *static_cast<const Row*>(object);
        const Change& change = *row.change;
        *row.last = &change;
        const Table& table = change.tracked->table();
        std::size_t at = 0;
        SnapshotCell cell = first_cell(change.snapshot);
        change.columns.for_each([&](std::size_t column) {
            if (static_cast<int>(column) == table.version) return;
            for (; at < column; ++at) cell = cell.next();
            cell.send(cells);
            ++at;
        });
        if (table.version < 0) return;
        send_key(table, change.tracked->snapshot, cells);
        cells.integer(version_of(*change.tracked));
    }

    OpenConnection<BackendType>& connection_;
    const Table& table_;
    List<Row> rows_{};
    List<std::int64_t> keys_{};
    const Change* last_ = nullptr;
};

}  // namespace mica::detail
