// SPDX-License-Identifier: BSL-1.0
// What a user typed as a query of FTS5, whose own language would take quotes, minus signs and stars in it for syntax
// (https://www.sqlite.org/fts5.html, section 3).
#pragma once

#include <mica/core/decl.hpp>

#include <string>
#include <string_view>

namespace mica {

/// Rows with all words of a text, in any order: `match<Search>(match_all(typed))`. Words are what white space parts;
/// each is quoted, so that nothing in it is syntax, and the tokenizer leaves its punctuation out. A text without words
/// finds nothing. Never throws but std::bad_alloc.
[[gnu::cold]] MICA_DECL std::string match_all(std::string_view text);

/// Rows with at least one of the words.
[[gnu::cold]] MICA_DECL std::string match_any(std::string_view text);

/// Rows with the words of a text one behind the other.
[[gnu::cold]] MICA_DECL std::string match_phrase(std::string_view text);

/// Rows with words that begin as those of a text do, for searching while somebody types.
[[gnu::cold]] MICA_DECL std::string match_prefixes(std::string_view text);

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/dialect/impl/match_text.ipp>
#endif
