// SPDX-License-Identifier: BSL-1.0
// The order in which a flush writes its rows: parents before children, removals the other way round, and what is still
// in another row's way after that one.
#pragma once

#include <mica/schema/entity.hpp>
#include <mica/session/row_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace mica::detail {

inline bool has_foreign_key_to(const Table& child, const Table& parent) {
    for (const OptionData& option : child.options) {
        if (option.kind == OptionKind::foreign_key && &option.target() == &parent) return true;
    }
    return false;
}

/// Parents before children. Tables that reference each other stand as they came; the flush copes with any order.
inline void sort_parents_first(std::vector<const Table*>& tables) {
    for (std::size_t placed = 0; placed < tables.size(); ++placed) {
        // Upwards from table to table ends at one that needs none of the others, or goes round in a cycle.
        std::size_t next = placed;
        for (std::size_t steps = placed; steps < tables.size(); ++steps) {
            std::size_t parent = placed;
            while (parent < tables.size() && (parent == next || !has_foreign_key_to(*tables[next], *tables[parent])))
                ++parent;
            if (parent == tables.size()) break;
            next = parent;
        }
        const Table* const first = tables[next];
        for (; next > placed; --next) tables[next] = tables[next - 1];
        tables[placed] = first;
    }
}

/// Writes a list of changes in a good order. A row that a constraint refuses is tried again after the others, because
/// one of them may free the value or insert the parent that it needs; where only rows are left that wait for each
/// other, as when two swap a unique value, one of them gives its value up in passing. Cost: one statement for each row
/// where nothing is refused.
template <class BackendType>
class Flush {
public:
    Flush(OpenConnection<BackendType>& connection, std::vector<Change>& changes)
        : writer_(connection), changes_(changes) {}

    /// Throws what refused a row in the end. Undoes nothing: the caller's savepoint does.
    void run() {
        const std::vector<const Table*> tables = sorted_tables();
        for (const Table* table : tables) {
            for (Change& change : changes_) write_if(change, *table, ChangeKind::insert);
            for (Change& change : changes_) write_if(change, *table, ChangeKind::update);
        }
        // Before removals, for they may cascade to rows that wait to be moved elsewhere.
        while (!waiting_.empty() && retry()) {
        }
        for (std::size_t i = tables.size(); i-- > 0;) {
            // The last one first: a row that references another of its own table usually came after it.
            for (std::size_t c = changes_.size(); c-- > 0;) write_if(changes_[c], *tables[i], ChangeKind::remove);
            if (!waiting_.empty()) retry();
        }
        while (!waiting_.empty()) {
            if (!retry() && !park_one()) std::rethrow_exception(refusal_);
        }
    }

private:
    /// A row that was refused, and the column that it may give up to break a cycle, -1 for none.
    struct Waiting {
        Change* change;
        int column;
    };

    std::vector<const Table*> sorted_tables() const {
        std::vector<const Table*> tables;
        for (const Change& change : changes_) {
            const Table* const table = &change.tracked->table();
            bool known = false;
            for (std::size_t i = tables.size(); !known && i-- > 0;) known = tables[i] == table;
            if (!known) tables.push_back(table);
        }
        sort_parents_first(tables);
        return tables;
    }

    void write_if(Change& change, const Table& table, ChangeKind kind) {
        if (change.kind == kind && &change.tracked->table() == &table) write(change);
    }

    void write(Change& change) {
        try {
            writer_.write(change);
        } catch (const IntegrityError& error) {
            if (!may_wait(error)) throw;
            if (waiting_.empty()) refusal_ = std::current_exception();
            waiting_.push_back({&change, column_in_the_way(change, error)});
        }
    }

    bool may_wait(const IntegrityError& error) const {
        const bool depends_on_others = error.kind() == ConstraintKind::unique ||
                                       error.kind() == ConstraintKind::primary_key ||
                                       error.kind() == ConstraintKind::foreign_key;
        return depends_on_others && changes_.size() > 1 && writer_.connection().database.in_transaction();
    }

    /// Tries those that were refused once more, the last one first. True where one went through.
    bool retry() {
        std::vector<Waiting> again;
        again.swap(waiting_);
        for (std::size_t i = again.size(); i-- > 0;) write(*again[i].change);
        return waiting_.size() < again.size();
    }

    bool park_one() {
        for (Waiting& waiting : waiting_) {
            if (waiting.column < 0) continue;
            try {
                writer_.park(*waiting.change, static_cast<std::uint16_t>(waiting.column));
                return true;
            } catch (const IntegrityError&) {  // a CHECK, a trigger or a child forbids it; another row may do
            }
        }
        return false;
    }

    static int column_in_the_way(const Change& change, const IntegrityError& error) {
        if (change.kind != ChangeKind::update || change.is_parked) return -1;
        const Table& table = change.tracked->table();
        for (const std::uint16_t column : change.columns) {
            if (table.columns[column].is_key) continue;
            for (const std::string& name : error.columns()) {
                if (same_name(name, table.columns[column].name)) return column;
            }
        }
        return -1;
    }

    RowWriter<BackendType> writer_;
    std::vector<Change>& changes_;
    std::vector<Waiting> waiting_{};
    std::exception_ptr refusal_{};
};

}  // namespace mica::detail
