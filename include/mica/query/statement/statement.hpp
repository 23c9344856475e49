// SPDX-License-Identifier: BSL-1.0
// A statement's text and shape, made once per type in constant evaluation and shared by all its executions.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/text.hpp>
#include <mica/dialect/requirement.hpp>
#include <mica/query/expression/inspection.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace mica {

/// Where a result column comes from, for errors that name it.
struct ColumnOrigin {
    std::string_view table{};
    std::string_view column{};
    bool is_rowid = false;
};

/// What a connection knows of a statement's type. `slot` is its place in every connection's cache, given at first use.
/// The text is in one dialect; where all connections share a statement of a table, each writes it in its own.
struct StatementInfo {
    std::string_view sql{};
    int parameters = 0;
    ListView<ColumnOrigin> origins{};
    mutable detail::Atomic<std::uint32_t> slot{0};
    void (*write)(SqlWriter& writer, const Table& table) = nullptr;
    const Table* table = nullptr;
    bool is_collected = false;  ///< the text is to be made as collected_text() says
};

namespace detail {

/// A SELECT of whole entities with Dialect::collect around its columns: what stands before FROM is names alone. Who
/// receives the rows is a parameter of its own, behind all others.
[[gnu::cold, gnu::noinline]] inline std::string collected_text(const StatementInfo& info, const Dialect& dialect) {
    constexpr std::string_view begin = "SELECT ";
    std::size_t from = begin.size();
    for (bool in_name = false; in_name || info.sql.substr(from, 6) != " FROM "; ++from) {
        const char letter = info.sql[from];
        if (letter == (in_name ? dialect.close_quote : dialect.open_quote)) in_name = !in_name;
    }
    return join({begin, dialect.collect.before, dialect.parameter, Decimal{info.parameters + 1}, ", ",
                 info.sql.substr(begin.size(), from - begin.size()), dialect.collect.after, info.sql.substr(from)});
}

[[gnu::cold, gnu::noinline]] inline std::string text_of(const StatementInfo& info, const Dialect& dialect) {
    if (info.is_collected) return collected_text(info, dialect);
    if (info.write == nullptr) return join({info.sql});
    return make_text(dialect, [&info](SqlWriter& writer) { info.write(writer, *info.table); });
}

template <class Query, const Dialect& database = dialect::sqlite>
inline constexpr TextShape statement_shape = measure(&Query::render, database);

template <class Query, const Dialect& database = dialect::sqlite>
inline constexpr auto statement_text = mica::write<statement_shape<Query, database>.size>(&Query::render, database);

template <class Query, const Dialect& database = dialect::sqlite>
inline constinit StatementInfo statement_info{statement_text<Query, database>.view(),
                                              statement_shape<Query, database>.parameters, Query::origins()};

/// The same statement, its rows collected. It has a place of its own in the cache.
template <class Query, const Dialect& database = dialect::sqlite>
inline constinit StatementInfo collected_info{
    .sql = statement_text<Query, database>.view(),
    .parameters = statement_shape<Query, database>.parameters,
    .origins = Query::origins(),
    .is_collected = true,
};

/// Says what of a statement a database does not have. In a Filter or an Order only the run finds that.
template <class Query, const Dialect& database>
consteval bool require_features() {
    if constexpr (database.features == Feature::all) {
        return true;
    } else {
        return require_features<database, statement_shape<Query, database>.needs>();
    }
}

/// Whether a table's primary key is its rowid.
constexpr bool has_rowid_key(const Table& table) {
    return table.key.size() == 1 && !table.without_rowid &&
           table.columns[table.key[0]].storage == StorageClass::integer;
}

/// One column of a table as a result column.
constexpr ColumnOrigin origin_of_column(const Table& table, const Column& column) {
    const bool is_rowid = has_rowid_key(table) && &table.columns[table.key[0]] == &column;
    return {table.name, column.name, is_rowid};
}

/// The columns of one table as result columns.
template <std::size_t count>
consteval std::array<ColumnOrigin, count> origins_of(const Table& table) {
    std::array<ColumnOrigin, count> origins{};
    for (std::size_t i = 0; i < count; ++i) origins[i] = origin_of_column(table, table.columns[i]);
    return origins;
}

template <class Owner>
inline constexpr auto entity_origins = origins_of<table_of<Owner>().columns.size()>(table_of<Owner>());

constexpr void render_names(SqlWriter& writer, const Table& table, bool qualified) {
    bool first = true;
    for (const Column& column : table.columns) {
        if (!first) writer.text(", ");
        first = false;
        if (qualified) {
            writer.identifier(table.name);
            writer.put('.');
        }
        writer.identifier(column.name);
    }
}

/// What a statement uses. A SELECT has found that already, for its own checks.
template <class Query>
inline constexpr const Inspection& uses_of = inspection_of<>;
template <Inspectable Query>
inline constexpr const Inspection& uses_of<Query> = inspection_of<Query>;
template <Inspectable Query>
    requires requires { Query::uses; }
inline constexpr const Inspection& uses_of<Query> = Query::uses;

/// Whether a part of a statement's text is known only at run time.
template <class Query>
consteval bool is_dynamic() {
    return uses_of<Query>.is_dynamic;
}

/// How many values a statement wants at each run.
template <class Query>
inline constexpr std::size_t parameter_count = uses_of<Query>.parameter_count;

/// Says where a statement's text is no constant.
template <class Query>
consteval bool require_static_text() {
    static_assert(!is_dynamic<Query>(),
                  "mica: the text of a statement with a Filter, an Order, where_if() or sql<>() is known only at run "
                  "time; use mica::to_string()");
    return !is_dynamic<Query>();
}

}  // namespace detail

/// The base of all statements.
template <class Self>
struct Statement {
    /// The statement's text in a dialect, a compile-time constant; values stand in it as parameters.
    template <const Dialect& database = dialect::sqlite>
    static constexpr std::string_view sql() {
        if constexpr (detail::require_static_text<Self>() && detail::require_features<Self, database>()) {
            return detail::statement_text<Self, database>.view();
        } else {
            return {};
        }
    }
    /// Statements without result columns keep this.
    static constexpr ListView<ColumnOrigin> origins() { return {}; }
};

/// A statement: its text is known from its type, `Row` is void where it gives no rows.
template <class Candidate>
concept StatementLike = __is_base_of(Statement<std::remove_cvref_t<Candidate>>, std::remove_cvref_t<Candidate>);

}  // namespace mica
