// SPDX-License-Identifier: BSL-1.0
// Statements of one's own inside of a session's transaction.
#pragma once

#include <mica/engine/object_statements.hpp>
#include <mica/session/core/reads.hpp>
#include <mica/session/session_transaction.hpp>

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

/// A part of BasicSession.
template <class BackendType>
class SessionStatements : public SessionTransaction<BackendType> {
public:
    /// Runs a statement inside the transaction; pending changes are flushed first, before a SELECT those of the tables
    /// that it reads. Objects whose rows a statement may have changed are read again when a query meets them.
    template <StatementLike Query>
    auto execute(const Query& query) {
        return run<Query>([&query](const Runner& runner) { return runner.execute(query); });
    }
    /// The same with SQL text, see StatementRunner.
    template <class Row = void, class... Arguments>
    auto execute(std::string_view sql, Arguments&&... arguments) {
        return run<void>(
            [&](const Runner& runner) { return runner.template execute<Row>(sql, detail::as_given(arguments)...); });
    }

    /// Rows as plain values, untracked; see StatementRunner.
    template <StatementLike Query>
    auto all(const Query& query) {
        return run<Query>([&query](const Runner& runner) { return runner.all(query); });
    }
    template <StatementLike Query>
    auto views(Query query) {
        return run<Query>([&query](const Runner& runner) { return runner.views(std::move(query)); });
    }
    template <StatementLike Query>
    auto first(const Query& query) {
        return run<Query>([&query](const Runner& runner) { return runner.first(query); });
    }
    template <StatementLike Query>
    auto one(const Query& query) {
        return run<Query>([&query](const Runner& runner) { return runner.one(query); });
    }
    template <StatementLike Query>
    auto one_or_none(const Query& query) {
        return run<Query>([&query](const Runner& runner) { return runner.one_or_none(query); });
    }
    template <StatementLike Query>
    auto scalar(const Query& query) {
        return run<Query>([&query](const Runner& runner) { return runner.scalar(query); });
    }

    /// Inserts the rows of objects, or updates those with their primary keys, by statements at once: see
    /// ObjectStatements. Pending changes are flushed first. The objects stay untracked; tracked ones with these keys
    /// are read again when a query or get() meets them.
    template <class Objects>
    std::int64_t upsert(Objects&& objects) {
        return write([&](const auto& rows) { return rows.upsert(objects); });
    }
    template <class Owner>
    std::int64_t upsert(std::initializer_list<Owner> objects) {
        return write([&](const auto& rows) { return rows.upsert(objects); });
    }

    using AnyReader = BasicAnyReader<BackendType>;
    /// For AnyReader.
    void run_reading(const Inspection* reads, void* action, void (*call)(void*, detail::OpenConnection<BackendType>&)) {
        const auto inside = core_.enter();
        if (reads != nullptr) {
            core_.flush_before(detail::ReadsInspected{*reads});
            call(action, core_.connection());
        } else {
            core_.flush_before(detail::ReadsAll{});
            core_.run_statement([&](auto& open) { call(action, open); });
        }
    }

protected:
    using SessionTransaction<BackendType>::SessionTransaction;
    using SessionTransaction<BackendType>::core_;

private:
    using Runner = StatementRunner<BackendType>;

    template <class Action>
    std::int64_t write(Action action) {
        const auto inside = core_.enter_to_change("upsert()");
        core_.flush_before(detail::ReadsAll{});
        return core_.run_statement([&](auto& open) { return action(ObjectStatements<BackendType>{open}); });
    }

    template <class Query, class Action>
    auto run(Action action) {
        const auto inside = core_.enter();
        if constexpr (SelectLike<Query>) {
            core_.flush_before(detail::ReadsOf<Query>{});
            return action(Runner{core_.connection()});
        } else {
            core_.flush_before(detail::ReadsAll{});
            return core_.run_statement([&](auto& open) { return action(Runner{open}); });
        }
    }
};

}  // namespace mica
