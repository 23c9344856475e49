// SPDX-License-Identifier: BSL-1.0
// A query that is asked again after each commit that may have changed what it gives.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/mutex.hpp>
#include <mica/core/row_changes.hpp>
#include <mica/core/text.hpp>
#include <mica/engine/statement_runner.hpp>
#include <mica/query/expression/inspection.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::detail {

/// Appends a cell so that two rows with the same cells are the same bytes, and no others.
template <class Cell>
void append_print(const Cell& cell, std::string& print) {
    const auto append_bytes = [&print](const auto& value) {
        append(print, {{reinterpret_cast<const char*>(&value), sizeof value}});
    };
    const StorageClass kind = cell.storage_class();
    append_bytes(kind);
    switch (kind) {
        case StorageClass::null: break;
        case StorageClass::integer: append_bytes(cell.integer()); break;
        case StorageClass::real: append_bytes(cell.real()); break;
        case StorageClass::text: {
            const std::string_view text = cell.text();
            append_bytes(text.size());
            append(print, {text});
            break;
        }
        case StorageClass::blob: {
            const Bytes bytes = cell.blob();
            append_bytes(bytes.size());
            append(print, {{reinterpret_cast<const char*>(bytes.data()), bytes.size()}});
            break;
        }
    }
}

/// One thread at a time asks; others that come meanwhile leave it to ask again, and wait for nothing.
class ObserverTurn {
public:
    /// False where another is at it.
    bool take() noexcept {
        const MutexLock lock{mutex_};
        is_wanted_again_ = is_taken_;
        return !detail::exchange(is_taken_, true);
    }
    /// True where it is to be asked again, and the turn is kept.
    bool wants_again() noexcept {
        const MutexLock lock{mutex_};
        is_taken_ = is_wanted_again_;
        return detail::exchange(is_wanted_again_, false);
    }
    void give_up() noexcept {
        const MutexLock lock{mutex_};
        is_taken_ = false;
    }

private:
    Mutex mutex_{};
    bool is_taken_ = false;
    bool is_wanted_again_ = false;
};

/// Keeps the bytes of what it gave last, not its rows: any row can be compared by them.
template <class BackendType, class Query, class Action>
class QueryObserver {
public:
    using Row = RowOfStatement<Query>;

    QueryObserver(Query query, Action action) : query_(std::move(query)), action_(std::move(action)) {
        turn_.take();  // until begin() has read
    }
    QueryObserver(const QueryObserver&) = delete;
    QueryObserver& operator=(const QueryObserver&) = delete;

    /// What is there now has been given. Throws what reading throws.
    void begin(OpenConnection<BackendType>& connection) {
        reads_anything_.store(!has_plain_tables(connection));
        std::vector<Row> rows;
        read(connection, last_, rows);
        if (turn_.wants_again()) give_changed(connection);
    }

    void note(const RowChanges& changes, OpenConnection<BackendType>& connection) {
        if (!may_touch(changes) || !turn_.take()) return;
        give_changed(connection);
    }

private:
    /// With the turn.
    void give_changed(OpenConnection<BackendType>& connection) {
        try {
            do {
                std::string print;
                std::vector<Row> rows;
                read(connection, print, rows);
                if (print == last_) continue;
                last_.swap(print);
                action_(std::move(rows));
            } while (turn_.wants_again());
        } catch (...) {
            turn_.give_up();
            throw;
        }
    }

    void read(OpenConnection<BackendType>& connection, std::string& print, std::vector<Row>& rows) const {
        auto statement = StatementRunner<BackendType>{connection}.start(query_, Lifetime::borrowed);
        const int columns = statement->statement.column_count();
        while (statement->statement.step()) {
            for (int i = 0; i < columns; ++i) append_print(statement->statement.cell(i), print);
            append_row(*statement, rows);
        }
        statement.end();
    }

    /// A view changes with tables that the query does not name.
    static bool has_plain_tables(OpenConnection<BackendType>& connection) {
        constexpr const Inspection& inspection = inspection_of<Query>;
        if (inspection.has_more_sources || inspection.is_dynamic) return false;
        const typename OpenConnection<BackendType>::Use use{connection};
        for (std::size_t i = 0; i < inspection.source_count; ++i) {
            const Table& table = *inspection.sources[i].table;
            if (!connection.database.has_table(table.schema, table.name)) return false;
        }
        return true;
    }
    bool may_touch(const RowChanges& changes) const noexcept {
        if (reads_anything_.load()) return true;
        constexpr const Inspection& inspection = inspection_of<Query>;
        for (std::size_t i = 0; i < inspection.source_count; ++i) {
            if (changes.may_touch(inspection.sources[i].table->name)) return true;
        }
        return false;
    }

    Query query_;
    Action action_;
    std::string last_{};
    ObserverTurn turn_{};
    Atomic<bool> reads_anything_{true};
};

/// Owns an observer, and calls it.
template <class Observer>
class ObserverOwner {
public:
    explicit ObserverOwner(Observer* observer) noexcept : observer_(observer) {}
    ObserverOwner(ObserverOwner&& other) noexcept : observer_(detail::exchange(other.observer_, nullptr)) {}
    ObserverOwner& operator=(ObserverOwner&&) = delete;
    ~ObserverOwner() { delete observer_; }

    template <class Connection>
    void operator()(const RowChanges& changes, Connection& connection) {
        observer_->note(changes, connection);
    }

private:
    Observer* observer_;
};

}  // namespace mica::detail
