// SPDX-License-Identifier: BSL-1.0
// What a CREATE statement declares, read from its text: a database keeps it, and mica's own DDL is one too.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/migration/table_info.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace mica::detail {

constexpr char lower_case(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Adds what `sql` creates to `tables`: a table or view as one of them, an index or a trigger to the one that it is on.
/// Takes several statements, separated by ';' or ended by NUL. What is no CREATE statement adds nothing; what stops
/// short adds what it says until there (https://www.sqlite.org/lang_createtable.html).
template <class Text = std::string>
[[gnu::cold]] void read_create(std::string_view sql, std::string_view schema,
                               std::vector<BasicTableInfo<Text>>& tables);

/// Cuts off one statement, its ';' too. A trigger has some inside, up to its END.
[[gnu::cold]] MICA_DECL std::string_view cut_statement(std::string_view& sql) noexcept;

/// Whether both names are one to SQL, which does not tell the cases of ASCII letters apart.
[[gnu::cold]] MICA_DECL bool is_same_name(std::string_view left, std::string_view right) noexcept;

/// A table's name with its schema in front, where that is not the main one: as changes and differences name it.
[[gnu::cold]] MICA_DECL std::string shown_name(std::string_view schema, std::string_view name);

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/migration/impl/create_parser.ipp>
#endif
