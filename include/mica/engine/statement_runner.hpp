// SPDX-License-Identifier: BSL-1.0
// Runs statements on a connection that is open, and reads what they give.
#pragma once

#include <mica/core/given_text.hpp>
#include <mica/engine/collect_rows.hpp>
#include <mica/engine/result.hpp>
#include <mica/engine/statement_checks.hpp>
#include <mica/engine/transaction.hpp>
#include <mica/engine/transaction_text.hpp>
#include <mica/engine/views.hpp>
#include <mica/query/expression/param.hpp>
#include <mica/query/statement/run_time_text.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

// Defined in engine/prepared.hpp.
template <class BackendType, class Query>
class BasicPrepared;

/// Runs statements on a connection that somebody else holds open. Connection and Session are made of it.
template <class BackendType>
class StatementRunner {
public:
    explicit StatementRunner(detail::OpenConnection<BackendType>& connection) noexcept : connection_(&connection) {}

    /// Runs a statement. A SELECT gives a stream of rows, which owns copies of the statement's values. An insert,
    /// update or delete with returning() has made all its changes and read all its rows when this returns; a row that
    /// cannot be read is a DataError then, and what was done outside a transaction stays. Throws DatabaseError.
    template <StatementLike Query>
    auto execute(const Query& query) const {
        using Row = detail::RowOfStatement<Query>;
        if constexpr (!detail::require_runnable<Query>()) {
            return Refused<Row>{};
        } else if constexpr (std::is_void_v<Row>) {
            return run_with(query);
        } else if constexpr (is_write<Query>) {
            if constexpr (detail::require_kept<Row>()) {
                std::vector<Row> rows;
                const std::int64_t changed = run_returning(query, rows);
                return BasicResult<BackendType, Row>{std::move(rows), changed};
            } else {
                return Refused<Row>{};
            }
        } else {
            return BasicResult<BackendType, Row>{start(query, Lifetime::copied)};
        }
    }

    /// All rows of a statement.
    template <StatementLike Query>
    auto all(const Query& query) const {
        if constexpr (!detail::require_rows<Query>()) {
            return detail::RefusedRows<Query>{}.all();
        } else if constexpr (detail::is_stepped<Query>) {
            return detail::step_through<typename Query::Row>(open_connection(), info_of<Query>(),
                                                             detail::BoundQuery<BackendType>::of(query));
        } else {
            std::vector<detail::RowOfStatement<Query>> rows;
            if constexpr (is_write<Query>) {
                run_returning(query, rows);
            } else {
                if constexpr (detail::is_collected<Query>) {
                    if (detail::collect_if_many(open_connection(), query, rows)) return rows;
                }
                auto statement = start(query, Lifetime::borrowed);
                collect(*statement, rows);
                statement.end();
                if constexpr (detail::is_collected<Query>)
                    detail::note_rows<BackendType, Query>(*connection_, rows.size());
            }
            return rows;
        }
    }

    /// The rows of a SELECT, not copied, see BasicViews and ViewRow. It runs, and throws, when they are read.
    template <StatementLike Query>
    auto views(Query query) const {
        if constexpr (detail::require_viewable<Query>()) {
            return BasicViews<BackendType, Query>{open_connection(), std::move(query)};
        } else {
            return detail::RefusedViews{};
        }
    }

    /// The first row, if there is one. An ordered statement is run with LIMIT 1.
    template <StatementLike Query>
    auto first(const Query& query) const {
        if constexpr (!detail::require_rows<Query>()) {
            return detail::RefusedRows<Query>{}.first();
        } else if constexpr (is_write<Query>) {
            std::optional<detail::RowOfStatement<Query>> row;
            if (auto rows = all(query); !rows.empty()) row = std::move(rows.front());
            return row;
        } else if constexpr (Query::is_ordered && !Query::is_limited) {
            return first_row(query.limit(1));
        } else {
            return first_row(query);
        }
    }

    /// The only row. Throws NoResultFound or MultipleResultsFound; what an insert, update or delete did stays then.
    template <StatementLike Query>
    auto one(const Query& query) const {
        if constexpr (!detail::require_rows<Query>()) {
            return detail::RefusedRows<Query>{}.one();
        } else {
            detail::RowOfStatement<Query> row{};
            if (!read_only_row(query, row)) detail::throw_no_result(detail::text_of_query<BackendType::dialect>(query));
            return row;
        }
    }

    /// The only row, if there is one. Throws MultipleResultsFound as one() does.
    template <StatementLike Query>
    auto one_or_none(const Query& query) const {
        if constexpr (!detail::require_rows<Query>()) {
            return detail::RefusedRows<Query>{}.one_or_none();
        } else {
            std::optional<detail::RowOfStatement<Query>> row{std::in_place};
            if (!read_only_row(query, *row)) row.reset();
            return row;
        }
    }

    /// The first column of the first row. Throws NoResultFound.
    template <StatementLike Query>
    auto scalar(const Query& query) const {
        if constexpr (!detail::require_rows<Query>()) {
            return detail::RefusedRows<Query>{}.scalar();
        } else if constexpr (is_write<Query>) {
            auto rows = all(query);
            if (rows.empty()) detail::throw_no_result(detail::text_of_query<BackendType::dialect>(query));
            detail::RowOfStatement<Query> row = std::move(rows.front());
            return detail::first_of(row);
        } else {
            detail::RowOfStatement<Query> row{};
            auto statement = start(query, Lifetime::borrowed);
            if (!statement->statement.step()) detail::throw_no_result(statement->statement.sql());
            read_row(*statement, row);
            return statement.end_with(detail::first_of(row));
        }
    }

    /// Runs SQL text with values bound in the order of its parameters. Reads its rows into any aggregate, tuple or
    /// storable value, by position; where no row type is named, drops them.
    /// Throws SchemaMismatch where the number of columns is another.
    template <class Row = void, class... Arguments>
    auto execute(std::string_view sql, Arguments&&... arguments) const {
        return execute_text<Row>(sql, detail::as_given(arguments)...);
    }

    /// A statement with its values bound, not yet stepped. `least` as in BindSink. Two functions, because g++ before 14
    /// moves what is returned from an inner block; the first without acquire(), a function less for each query.
    template <class Query>
    detail::StatementLease<BackendType> start(const Query& query, Lifetime least) const {
        if constexpr (lacks_features) static_cast<void>(detail::require_features<Query, BackendType::dialect>());
        Lease statement = open_connection().acquire(detail::statement_info<Query, BackendType::dialect>);
        Sink sink{statement->statement, least};
        query.bind(sink);
        return statement;
    }
    template <class Query>
        requires(detail::is_dynamic<Query>())
    detail::StatementLease<BackendType> start(const Query& query, Lifetime least) const {
        Lease statement = acquire(query);
        Sink sink{statement->statement, least};
        query.bind(sink);
        detail::require_parameters(statement->statement, sink.next - 1);
        return statement;
    }

    /// The same for a statement with param<>s, whose values are `arguments`.
    template <class Query, class... Arguments>
    detail::StatementLease<BackendType> start_with(const Query& query, const Arguments&... arguments) const {
        Lease statement = acquire(query);
        detail::ArgumentSink<Sink, Arguments...> sink{Sink{statement->statement, Lifetime::copied}, arguments...};
        query.bind(sink);
        if constexpr (detail::is_dynamic<Query>()) detail::require_parameters(statement->statement, sink.next - 1);
        return statement;
    }

    /// Runs a statement without rows, with the values of its param<>s if it has some.
    template <class Query, class... Arguments>
    BasicResult<BackendType, void> run_with(const Query& query, const Arguments&... arguments) const {
        if constexpr (detail::is_many<Query>) {
            return run_each(query, [](auto& entry) { entry.statement.step(); }, arguments...);
        } else {
            Lease statement = start_any(query, arguments...);
            statement->statement.step();
            const auto summary = statement->statement.summary();
            return statement.end_with(BasicResult<BackendType, void>{summary.changed(), summary.generated_key()});
        }
    }

    /// Runs a write with returning() to its end, where it may fail to commit. Appends its rows; gives how many changed.
    template <class Query, class Row, class... Arguments>
    std::int64_t run_returning(const Query& query, std::vector<Row>& rows, const Arguments&... arguments) const {
        if constexpr (detail::is_many<Query>) {
            return run_each(query, [&rows](auto& entry) { collect(entry, rows); }, arguments...).rows_affected();
        } else {
            Lease statement = start_any(query, arguments...);
            collect(*statement, rows);
            return statement.end_with(statement->statement.summary().changed());
        }
    }

    /// Prepares a statement with param<>s: `auto by_year = connection.prepare(select<Car>().where(col<&Car::year> >
    /// param<int>)); by_year(2000).all()`. It is as fast without, but for the values that are given by name there.
    /// Throws what preparing throws. Lifetime: ends with the connection.
    template <StatementLike Query>
    auto prepare(Query query) const {
        if constexpr (detail::require_sound<Query>()) open_connection().prepare(key_of(query));
        return BasicPrepared<BackendType, Query>{open_connection(), std::move(query)};
    }

protected:
    /// Throws ProgrammingError where it has been moved from.
    detail::OpenConnection<BackendType>& open_connection() const {
        if (connection_ == nullptr) [[unlikely]]
            detail::throw_misuse("this connection has been moved from");
        return *connection_;
    }
    bool was_moved_from() const noexcept { return connection_ == nullptr; }
    /// Gives what it ran on before.
    detail::OpenConnection<BackendType>* rebind(detail::OpenConnection<BackendType>* connection) noexcept {
        return detail::exchange(connection_, connection);
    }

    using Lease = detail::StatementLease<BackendType>;
    using Sink = detail::BindSink<typename BackendType::Statement>;
    static_assert(ValueSink<Sink>);

    template <class Row, class... Arguments>
    auto execute_text(std::string_view sql, const Arguments&... arguments) const {
        if constexpr (!detail::require_row_type<Row>() || !detail::require_arguments<Arguments...>()) {
            return Refused<Row>{};
        } else if constexpr (std::is_void_v<Row>) {
            auto statement = start_text(sql, arguments...);
            if (statement->may_be_about_transactions) [[unlikely]]
                return statement.end_with(run_about_transactions(*statement, sql));
            return statement.end_with(run_to_end(*statement));
        } else {
            auto statement = start_text(sql, arguments...);
            detail::require_columns<Row>(statement->statement.column_count(), sql);
            if (statement->may_be_about_transactions) [[unlikely]]
                detail::TransactionTextRun<BackendType>{open_connection(), sql};  // what has columns can only set
            BasicResult<BackendType, Row> result{std::move(statement), true};
            detail::require_columns<Row>(result.column_count(), sql);  // the first step notices other tables
            return result;
        }
    }

    template <class Query>
    static const StatementInfo& info_of() {
        if constexpr (lacks_features) static_cast<void>(detail::require_features<Query, BackendType::dialect>());
        return detail::statement_info<Query, BackendType::dialect>;
    }

    template <class Query>
    auto first_row(const Query& query) const {
        using Row = std::optional<detail::RowOfStatement<Query>>;  // one that is filled later is cleared first
        auto statement = start(query, Lifetime::borrowed);
        auto row = statement->statement.step() ? Row{std::in_place} : Row{};
        if (row) read_row(*statement, *row);
        statement.end();
        return row;
    }

private:
    /// False where there is no row.
    template <class Query>
    bool read_only_row(const Query& query, detail::RowOfStatement<Query>& row) const {
        if constexpr (is_write<Query>) {
            auto rows = all(query);
            if (rows.size() > 1) detail::throw_multiple_results(detail::text_of_query<BackendType::dialect>(query));
            if (rows.empty()) return false;
            row = std::move(rows.front());
        } else {
            auto statement = start(query, Lifetime::borrowed);
            if (!statement->statement.step()) return false;
            read_row(*statement, row);
            if (statement->statement.step()) detail::throw_multiple_results(statement->statement.sql());
            statement.end();
        }
        return true;
    }

    /// Whether it has to be asked what of a statement the database does not have.
    static constexpr bool lacks_features = BackendType::dialect.features != Feature::all;

    /// What the statement of a query is found by: its type, or its text where only that is known.
    template <class Query>
    static auto key_of(const Query& query)
        -> std::conditional_t<detail::is_dynamic<Query>(), std::string, const StatementInfo&> {
        if constexpr (lacks_features) static_cast<void>(detail::require_features<Query, BackendType::dialect>());
        if constexpr (detail::is_dynamic<Query>()) {
            return detail::run_time_text(query, BackendType::dialect);
        } else {
            return detail::statement_info<Query, BackendType::dialect>;
        }
    }

    template <class Query>
    Lease acquire(const Query& query) const {
        Lease statement = open_connection().acquire(key_of(query));
        if constexpr (detail::is_dynamic<Query>()) statement->origins = Query::origins();
        return statement;
    }

    template <class... Arguments>
    Lease start_text(std::string_view sql, const Arguments&... arguments) const {
        Lease statement = detail::acquire_text(open_connection(), sql);
        detail::require_parameters(statement->statement, int{sizeof...(Arguments)});
        [[maybe_unused]] Sink sink{statement->statement, Lifetime::copied};
        (detail::bind_argument(arguments, sink), ...);
        return statement;
    }

    [[gnu::cold]] BasicResult<BackendType, void> run_about_transactions(CachedStatement<BackendType>& entry,
                                                                        std::string_view sql) const {
        detail::TransactionTextRun<BackendType> run{open_connection(), sql};
        auto result = run.is_done() ? BasicResult<BackendType, void>{0, 0} : run_to_end(entry);
        run.note();
        return result;
    }

    BasicResult<BackendType, void> run_to_end(CachedStatement<BackendType>& entry) const {
        const std::int64_t before = connection_->database.revision();
        while (entry.statement.step()) {
        }
        const auto summary = entry.statement.summary();
        return {connection_->database.revision() == before ? 0 : summary.changed(), summary.generated_key()};
    }

    /// Borrows where nothing outlives the run.
    template <class Query, class... Arguments>
    Lease start_any(const Query& query, const Arguments&... arguments) const {
        if constexpr (sizeof...(Arguments) == 0) {
            return start(query, Lifetime::borrowed);
        } else {
            return start_with(query, arguments...);
        }
    }

    /// One statement, run for each object; in a transaction or savepoint of its own, so that all or none are there.
    template <class Query, class Step, class... Arguments>
    BasicResult<BackendType, void> run_each(const Query& query, Step step, const Arguments&... arguments) const {
        BasicSavepoint<BackendType> scope{open_connection()};
        std::int64_t changed = 0;
        std::int64_t generated_key = 0;  ///< the last
        {
            Lease statement = acquire_each(query);
            for (const typename Query::Owner& object : query.source.objects) {
                Sink sink{statement->statement, Lifetime::borrowed};
                bind_object(query, object, sink, arguments...);
                step(*statement);
                statement->statement.reset();
                changed += statement->statement.summary().changed();
            }
            generated_key = statement->statement.summary().generated_key();
            statement.end(changed);
        }
        scope.commit();
        return {changed, generated_key};
    }

    template <class Query, class... Arguments>
    static void bind_object(const Query& query, const typename Query::Owner& object, Sink& sink,
                            const Arguments&... arguments) {
        if constexpr (sizeof...(Arguments) == 0) {
            query.bind_each(object, sink);
        } else {
            detail::ArgumentSink<Sink, Arguments...> with_arguments{sink, arguments...};
            query.bind_each(object, with_arguments);
        }
    }

    /// The statement of one object, for several: the same that a single one is inserted by.
    template <class Query>
    Lease acquire_each(const Query& query) const {
        if constexpr (detail::is_dynamic<Query>()) {
            return acquire(query);
        } else {
            return open_connection().acquire(info_of<typename Query::Each>());
        }
    }

    detail::OpenConnection<BackendType>* connection_;
};

}  // namespace mica
