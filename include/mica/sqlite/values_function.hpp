// SPDX-License-Identifier: BSL-1.0
// The table-valued function mica_values(?): the values of a list bound as one parameter, one row each, so that IN over
// any number of them is one text. SQL cannot make such a list: only binding one can.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/value.hpp>
#include <mica/core/value_list.hpp>

#include <sqlite3.h>

namespace mica::sqlite {

namespace detail {

/// Gives SQLite's result code. Throws std::bad_alloc where a copy does not fit.
MICA_DECL int bind_values(sqlite3_stmt* statement, int index, const ValueList& values, Lifetime lifetime);

}  // namespace detail

/// Makes `mica_values(?)` known to a connection: `a IN (SELECT value FROM mica_values(?1))` with a list bound by
/// `Statement::bind` means what IN means, NULLs included, and searches an index on `a`. Only where `a` is TEXT and the
/// values are numbers, `SELECT +value` is needed for what `a = ?` means (https://www.sqlite.org/datatype3.html, 4.2).
/// The rowid is the position in the list. A table or view of that name in the database hides the function, so that
/// preparing fails.
MICA_DECL void register_values_function(sqlite3* db);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/values_function.ipp>
#endif
