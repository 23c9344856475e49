// SPDX-License-Identifier: BSL-1.0
// The statements of a flush, kept at hand while rows of one kind follow each other.
#pragma once

#include <mica/engine/open_connection.hpp>
#include <mica/query/by_key/by_key.hpp>
#include <mica/session/object/column_set.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace mica::detail {

template <class BackendType>
class RowStatements {
public:
    using Lease = StatementLease<BackendType>;
    using Sink = BindSink<typename BackendType::Statement>;

    explicit RowStatements(OpenConnection<BackendType>& connection) noexcept : connection_(connection) {}

    OpenConnection<BackendType>& connection() const noexcept { return connection_; }

    struct Reset {
        typename BackendType::Statement& statement;
        ~Reset() { statement.reset(); }
    };

    /// The INSERT stays at hand while it is the same. Of this and of an Update, each run is ended by its lease.
    Lease& insert_of(const StatementInfo& info) {
        if (insert_info_ == &info) {
            insert_.run_again();
        } else {
            insert_ = connection_.acquire(info);
            insert_info_ = &info;
        }
        return insert_;
    }

    /// An UPDATE that stays at hand while objects change the same columns.
    struct Update {
        const Table* table;
        ColumnSet columns;
        Lease lease;
    };
    Update& update_of(const Table& table, const ColumnSet& columns) {
        for (Update& known : updates_) {
            if (known.table != &table || known.columns != columns) continue;
            known.lease.run_again();
            return known;
        }
        if (updates_.size() == most_updates) updates_.clear();
        const std::string sql = update_by_key(table, columns.list(), dialect);
        return updates_.push_back({&table, columns, connection_.acquire(sql)});
    }

private:
    static constexpr const Dialect& dialect = BackendType::dialect;
    static constexpr std::size_t most_updates = 8;

    OpenConnection<BackendType>& connection_;
    const StatementInfo* insert_info_ = nullptr;
    Lease insert_{};
    List<Update> updates_{};
};

}  // namespace mica::detail
