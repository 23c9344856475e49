// SPDX-License-Identifier: BSL-1.0
// All rows of a SELECT of whole entities, read inside of the database's own loop where it can hand them over: that is
// quicker than to step from one to the next. Nothing here knows their type.
#pragma once

#include <mica/core/error.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/engine/row_reader.hpp>
#include <mica/query/select/select.hpp>
#include <mica/query/write/assignment.hpp>

#include <cstddef>
#include <vector>

namespace mica::detail {

/// Whether the rows of a statement may be collected, see collected_text(): what is ordered, limited or grouped may not.
/// Of all rows of a table there are many, until it is known better; of those that a condition finds, few. Tables may be
/// joined.
template <class Query>
inline constexpr bool is_collected = false;
template <class... Owners, class First, JoinKind... kinds, class... Joined, class... On, class Where>
inline constexpr bool
    is_collected<Select<SelectList<WholeEntity<TableSource<Owners>>...>,
                        FromClause<TableSource<First>, Join<kinds, TableSource<Joined>, On>...>, Where>> =
        !is_dynamic<Select<SelectList<WholeEntity<TableSource<Owners>>...>,
                           FromClause<TableSource<First>, Join<kinds, TableSource<Joined>, On>...>, Where>>();

/// Whether the rows of a SELECT, whose text is a constant, are always stepped through.
template <class Query>
inline constexpr bool is_stepped = !is_collected<Query> && !is_write<Query> && !is_dynamic<Query>();

/// With fewer rows it costs more to collect them than to step through them.
inline constexpr std::size_t fewest_collected = 4;

/// A statement with its values, without its type.
template <class BackendType>
struct BoundQuery {
    using Sink = BindSink<typename BackendType::Statement>;

    const void* query;
    void (*bind)(const void* query, Sink& sink);

    template <class Query>
    static BoundQuery of(const Query& query) noexcept {
        return {&query, &bind_values<Query>};
    }

private:
    template <class Query>
    static void bind_values(const void* query, Sink& sink) {
        static_cast<const Query*>(query)->bind(sink);
    }
};

/// Where rows go to, without their type.
template <class BackendType>
struct RowList {
    using Entry = CachedStatement<BackendType>;

    void* rows;
    void (*append)(void* rows, const Entry& entry);
    void (*clear)(void* rows);
    const Entry* entry = nullptr;
    std::size_t count = 0;

    template <class Row>
    static RowList of(std::vector<Row>& rows) noexcept {
        return {&rows, [](void* to, const Entry& entry) { append_row(entry, *static_cast<std::vector<Row>*>(to)); },
                [](void* to) { static_cast<std::vector<Row>*>(to)->clear(); }};
    }
    static void take(void* self) {
        RowList& list = *static_cast<RowList*>(self);
        ++list.count;
        list.append(list.rows, *list.entry);
    }
};

/// All rows, one by one. It does not know the statement's type: it is compiled once for each type of row.
template <class Row, class BackendType>
[[gnu::noinline]] std::vector<Row> step_through(OpenConnection<BackendType>& connection, const StatementInfo& info,
                                                const BoundQuery<BackendType>& query) {
    std::vector<Row> rows;
    StatementLease<BackendType> statement = connection.acquire(info);
    BindSink<typename BackendType::Statement> sink{statement->statement};
    query.bind(query.query, sink);
    collect(*statement, rows);
    statement.end();
    return rows;
}

/// Reads all rows of a statement at once. False where they have to be read one by one, which says what is wrong as the
/// program wrote it.
template <class BackendType>
[[gnu::noinline]] bool collect_rows(OpenConnection<BackendType>& connection, const StatementInfo& collected,
                                    const BoundQuery<BackendType>& query, RowList<BackendType> list) {
    if constexpr (CollectsRows<typename BackendType::Statement>) {
        if (static_cast<int>(collected.origins.size()) > BackendType::Statement::most_collected_columns) return false;
        if (connection.watch.is_wanted()) return false;  // those who listen hear of the plain statement
        try {
            StatementLease<BackendType> lease = connection.acquire(collected);
            BindSink<typename BackendType::Statement> sink{lease->statement};
            query.bind(query.query, sink);
            list.entry = &*lease;
            lease->statement.collect(sink.next, &list, &RowList<BackendType>::take);
            lease.end();
            if (list.count < fewest_collected) {
                connection.statements.expect(collected, StatementCache<BackendType>::Expected::few);
            }
            return true;
        } catch (const OperationalError&) {
            throw;
        } catch (const DatabaseError&) {
            list.clear(list.rows);
        }
    }
    return false;
}

/// Whether the rows of a query are to be read at once, by itself and by what it gave last.
template <class BackendType, class Query>
bool expects_many(const OpenConnection<BackendType>& connection, const Query& query) {
    using Expected = typename StatementCache<BackendType>::Expected;
    const Expected expected = connection.statements.expected(collected_info<Query, BackendType::dialect>);
    return is_none<decltype(query.condition)> ? expected != Expected::few : expected == Expected::many;
}

/// Appends all rows of a query where they are to be read at once. False where not.
template <class BackendType, class Query>
bool collect_if_many(OpenConnection<BackendType>& connection, const Query& query, const RowList<BackendType>& rows) {
    return expects_many(connection, query) && collect_rows(connection, collected_info<Query, BackendType::dialect>,
                                                           BoundQuery<BackendType>::of(query), rows);
}
template <class BackendType, class Query, class Row>
bool collect_if_many(OpenConnection<BackendType>& connection, const Query& query, std::vector<Row>& rows) {
    return expects_many(connection, query) &&
           collect_rows(connection, collected_info<Query, BackendType::dialect>, BoundQuery<BackendType>::of(query),
                        RowList<BackendType>::of(rows));
}

/// To be called when they have been read one by one.
template <class BackendType, class Query>
void note_rows(OpenConnection<BackendType>& connection, std::size_t count) {
    if (count < fewest_collected) return;
    connection.statements.expect(collected_info<Query, BackendType::dialect>,
                                 StatementCache<BackendType>::Expected::many);
}

}  // namespace mica::detail
