// SPDX-License-Identifier: BSL-1.0
// What a database says about its tables, as values. Texts of expressions are as they were written.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mica {

/// A column as CREATE TABLE declares it. What its constraints say that have a form for several columns, keys for one,
/// stands in TableInfo.
struct ColumnInfo {
    std::string name;
    std::string type;  ///< as declared, empty where none is
    bool is_nullable = true;
    std::optional<std::string> default_value;  ///< a literal or an expression, without parentheses around all of it
    std::string collation;                     ///< empty for the database's own
    std::string generated;                     ///< the expression that computes it, empty for a column that is stored
    bool is_stored = false;                    ///< whether a generated column is kept with the row

    friend bool operator==(const ColumnInfo&, const ColumnInfo&) = default;
};

/// A UNIQUE constraint or a PRIMARY KEY, in the order of its columns.
struct UniqueInfo {
    std::string name;  ///< of the constraint, empty where it has none
    std::vector<std::string> columns;
    std::string on_conflict;  ///< REPLACE and so on, empty for the database's own

    friend bool operator==(const UniqueInfo&, const UniqueInfo&) = default;
};

/// A CHECK constraint of a table or of one of its columns.
struct CheckInfo {
    std::string name;
    std::string condition;

    friend bool operator==(const CheckInfo&, const CheckInfo&) = default;
};

/// Actions are as SQL has them: CASCADE, SET NULL and so on, empty for none.
struct ForeignKeyInfo {
    std::string name;
    std::vector<std::string> columns;
    std::string target;
    std::vector<std::string> target_columns;  ///< empty for the target's primary key
    std::string on_delete;
    std::string on_update;
    bool is_deferred = false;

    friend bool operator==(const ForeignKeyInfo&, const ForeignKeyInfo&) = default;
};

/// An index that a statement has created; those that keys and UNIQUE bring are no IndexInfo.
struct IndexInfo {
    std::string name;
    std::vector<std::string> terms;  ///< columns and expressions, each with its COLLATE and DESC
    bool is_unique = false;
    std::string condition;  ///< of a partial index, else empty
    std::string sql;

    friend bool operator==(const IndexInfo&, const IndexInfo&) = default;
};

/// A trigger on a table or view.
struct TriggerInfo {
    std::string name;
    std::string sql;

    friend bool operator==(const TriggerInfo&, const TriggerInfo&) = default;
};

/// Whether rows are kept, computed by a SELECT, or a module's.
enum class TableKind : unsigned char { table, view, virtual_table };

/// A table or a view as a database has it, with all that belongs to it: what inspect() gives.
struct TableInfo {
    std::string schema;  ///< main, temp or the name of an attached database
    std::string name;
    TableKind kind = TableKind::table;
    std::vector<ColumnInfo> columns;  ///< of a table alone
    UniqueInfo primary_key;
    std::vector<UniqueInfo> uniques;
    std::vector<CheckInfo> checks;
    std::vector<ForeignKeyInfo> foreign_keys;
    std::vector<IndexInfo> indexes;
    std::vector<TriggerInfo> triggers;
    bool is_strict = false;
    bool is_without_rowid = false;
    bool is_autoincrement = false;
    std::string sql;  ///< the statement that created it, as the database keeps it

    friend bool operator==(const TableInfo&, const TableInfo&) = default;
};

}  // namespace mica
