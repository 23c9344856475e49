// SPDX-License-Identifier: BSL-1.0
// What a database says about its tables, as values. Texts of expressions are as they were written. All are templates of
// their text's type, as what reads and compares them is: only programs that look at a schema compile it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mica {

/// A column as CREATE TABLE declares it. What its constraints say that have a form for several columns, keys for one,
/// stands in TableInfo.
template <class Text>
struct BasicColumnInfo {
    Text name;
    Text type;  ///< as declared, empty where none is
    bool is_nullable = true;
    std::optional<Text> default_value;  ///< a literal or an expression, without parentheses around all of it
    Text collation;                     ///< empty for the database's own
    Text generated;                     ///< the expression that computes it, empty for a column that is stored
    bool is_stored = false;             ///< whether a generated column is kept with the row

    friend bool operator==(const BasicColumnInfo&, const BasicColumnInfo&) = default;
};

/// A UNIQUE constraint or a PRIMARY KEY, in the order of its columns.
template <class Text>
struct BasicUniqueInfo {
    Text name;  ///< of the constraint, empty where it has none
    std::vector<Text> columns;
    std::vector<Text> collations;  ///< of each column, empty where it is the column's own
    Text on_conflict;              ///< REPLACE and so on, empty for the database's own
    bool is_descending = false;    ///< of a key that its one column declares: INTEGER PRIMARY KEY DESC is no rowid

    friend bool operator==(const BasicUniqueInfo&, const BasicUniqueInfo&) = default;
};

/// A CHECK constraint of a table or of one of its columns.
template <class Text>
struct BasicCheckInfo {
    Text name;
    Text condition;

    friend bool operator==(const BasicCheckInfo&, const BasicCheckInfo&) = default;
};

/// Actions are as SQL has them: CASCADE, SET NULL and so on, empty for none.
template <class Text>
struct BasicForeignKeyInfo {
    Text name;
    std::vector<Text> columns;
    Text target;
    std::vector<Text> target_columns;  ///< empty for the target's primary key
    Text on_delete;
    Text on_update;
    bool is_deferred = false;

    friend bool operator==(const BasicForeignKeyInfo&, const BasicForeignKeyInfo&) = default;
};

/// An index that a statement has created; those that keys and UNIQUE bring are no IndexInfo.
template <class Text>
struct BasicIndexInfo {
    Text name;
    std::vector<Text> terms;  ///< columns and expressions, each with its COLLATE and DESC
    bool is_unique = false;
    Text condition;  ///< of a partial index, else empty
    Text sql;

    friend bool operator==(const BasicIndexInfo&, const BasicIndexInfo&) = default;
};

/// A trigger on a table or view.
template <class Text>
struct BasicTriggerInfo {
    Text name;
    Text sql;
    Text schema{};  ///< temp for one of this connection alone, whatever table it is on; else that of the table

    friend bool operator==(const BasicTriggerInfo&, const BasicTriggerInfo&) = default;
};

/// Whether rows are kept, computed by a SELECT, or a module's.
enum class TableKind : unsigned char { table, view, virtual_table };

/// A table or a view as a database has it, with all that belongs to it: what inspect() gives.
template <class Text>
struct BasicTableInfo {
    Text schema;  ///< main, temp or the name of an attached database
    Text name;
    TableKind kind = TableKind::table;
    std::vector<BasicColumnInfo<Text>> columns;  ///< of a table alone
    BasicUniqueInfo<Text> primary_key;
    std::vector<BasicUniqueInfo<Text>> uniques;
    std::vector<BasicCheckInfo<Text>> checks;
    std::vector<BasicForeignKeyInfo<Text>> foreign_keys;
    std::vector<BasicIndexInfo<Text>> indexes;
    std::vector<BasicTriggerInfo<Text>> triggers;
    bool is_strict = false;
    bool is_without_rowid = false;
    bool is_autoincrement = false;
    Text sql;  ///< the statement that created it, as the database keeps it

    friend bool operator==(const BasicTableInfo&, const BasicTableInfo&) = default;
};

using ColumnInfo = BasicColumnInfo<std::string>;
using UniqueInfo = BasicUniqueInfo<std::string>;
using CheckInfo = BasicCheckInfo<std::string>;
using ForeignKeyInfo = BasicForeignKeyInfo<std::string>;
using IndexInfo = BasicIndexInfo<std::string>;
using TriggerInfo = BasicTriggerInfo<std::string>;
using TableInfo = BasicTableInfo<std::string>;

}  // namespace mica
