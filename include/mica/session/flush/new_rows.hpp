// SPDX-License-Identifier: BSL-1.0
// The new rows of one table, inserted by one statement that reads them inside of the database's own loop.
#pragma once

#include <mica/core/late.hpp>
#include <mica/core/list.hpp>
#include <mica/core/row_source.hpp>
#include <mica/engine/insert_rows.hpp>
#include <mica/engine/object_range.hpp>
#include <mica/query/statement/whole_row.hpp>
#include <mica/session/flush/change.hpp>
#include <mica/session/flush/row_writer.hpp>
#include <mica/session/flush/table_order.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace mica::detail {

template <class BackendType>
class NewRows {
    using Lazy = Late<void, BackendType>;

public:
    NewRows(OpenConnection<BackendType>& connection, List<Change>& changes, const ChangeRun<Lazy>& run) noexcept
        : connection_(connection), changes_(changes), run_(run) {}

    /// What leaves columns to the database has a statement of its own for each.
    bool are_for_one_statement() const {
        return may_insert_at_once(connection_, run_.table, run_.count) &&
               changes_[run_.first - 1].tracked->operations->take_inserted == nullptr;
    }

    /// False where none is there: then a statement for each says what is wrong.
    bool insert() {
        if constexpr (InsertsRows<typename BackendType::Statement>) {
            places_.reserve(run_.count);
            run_.for_each(changes_, [&](std::uint32_t number) { places_.push_back(&changes_[number]); });
            source_.encode = &encode;
            if (run_.table.generated_key >= 0) {
                source_.key = value_of_key(run_.table);
                source_.set_key = [](void*, std::int64_t) {};  // whether it fits is seen by take_key()
            }
            source_.first = places_.data();
            source_.count = run_.count;
            source_.stride = sizeof(const void*);
            source_.is_indirect = true;
            return insert_at_once(connection_, run_.table, source_, false, changed_) == RowsEnd::done;
        } else {
            return false;
        }
    }

    Change& operator[](std::size_t index) noexcept { return *const_cast<Change*>(change_of(source_.object(index))); }

    /// The object of a row gets the key that the database chose. Throws DataError as take_key() of a change does, and
    /// OperationalError where there is no row.
    void settle(std::size_t index) {
        if (index < source_.keys.size() && source_.keys[index] != 0) {
            take_key((*this)[index], source_.keys[index]);
        } else if (changed_ < static_cast<std::int64_t>(run_.count)) {
            require_written(connection_, (*this)[index]);
        }
    }

private:
    static const Change* change_of(const void* object) noexcept { return static_cast<const Change*>(object); }

    static void encode(const void* object, RowCells& cells) {
        const Change& change = *change_of(object);
        const Table& table = change.tracked->table();
        SnapshotCell cell = first_cell(change.snapshot);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (table.columns[i].is_generated) {
                cell = cell.next();
            } else if (static_cast<int>(i) == table.generated_key && cell.integer() == 0) {
                cells.null();
                cell = cell.next();
            } else {
                cell.send(cells);
            }
        }
    }

    OpenConnection<BackendType>& connection_;
    List<Change>& changes_;
    const ChangeRun<Lazy>& run_;
    List<const void*> places_{};
    RowSource source_{};
    std::int64_t changed_ = 0;
};

}  // namespace mica::detail
