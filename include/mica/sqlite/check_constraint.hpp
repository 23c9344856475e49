// SPDX-License-Identifier: BSL-1.0
// Which table and columns a CHECK is about: SQLite names the constraint alone, so its schema is read.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/list.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace mica::sqlite::detail {

/// A table and the columns of it that stand in a CHECK.
struct CheckTarget {
    std::string table{};
    mica::detail::List<std::string> columns{};
};

/// Looks for the CHECK that is called `name`, or where it has no name, reads so. Nothing where no table or more than
/// one has such a constraint, or the schema cannot be read.
[[gnu::cold]] MICA_DECL CheckTarget find_check(sqlite3* db, std::string_view name);

}  // namespace mica::sqlite::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/check_constraint.ipp>
#endif
