// SPDX-License-Identifier: BSL-1.0
// A step of a schema's plan, and what a plan is told beside the structs. A step is a template of its text's type, so
// that only programs that make a plan compile it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mica {

/// What no comparison can find out: what something was called before, what fills it, that it may go.
struct SchemaChange {
    enum class Kind : unsigned char {
        rename_table,
        rename_column,
        fill,
        convert,
        drop_column,
        drop_table,
        accept_affinity,
    };

    Kind kind = Kind::accept_affinity;
    std::string table{};       ///< of the struct, of what is dropped that of the database; with its schema in front
    std::string column{};      ///< likewise
    std::string former{};      ///< what it is called in the database
    std::string expression{};  ///< SQL
};

/// A query for rows that a step cannot take along: it gives the rowids of some as text, or the keys where there is
/// none.
template <class Text>
struct BasicSchemaCheck {
    Text sql;
    Text problem;              ///< what is wrong with these rows, for people
    bool is_enforced = false;  ///< the step itself fails because of them: this only names them
    bool is_silent = false;    ///< without it the step would change what is in them
};

/// One step of a SchemaPlan: what is done to a table, and why.
template <class Text>
struct BasicSchemaStep {
    Text table;   ///< of the database
    Text sql;     ///< one statement or several
    Text reason;  ///< for people
    std::vector<BasicSchemaCheck<Text>> checks{};
    std::int64_t rows = 0;  ///< that are written anew
    bool loses = false;
    bool rebuilds = false;
    bool renames = false;
    Text new_name{};  ///< what the table is called while it is made anew

    /// Whether something is lost that no change has named.
    bool is_lossy() const noexcept { return loses; }
    /// Whether the table is made anew and its rows copied, for want of a statement that changes it.
    bool is_rebuild() const noexcept { return rebuilds; }
};

using SchemaCheck = BasicSchemaCheck<std::string>;
using SchemaStep = BasicSchemaStep<std::string>;

}  // namespace mica
