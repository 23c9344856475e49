// SPDX-License-Identifier: BSL-1.0
// SQL text taken apart into tokens, as SQLite's tokenizer does: names, strings and comments end where they end there.
#pragma once

#include <mica/core/decl.hpp>

#include <string>
#include <string_view>

namespace mica::detail {

/// One word, quoted name, string or other character of SQL text.
struct Token {
    std::string_view text{};
    char kind = 0;  ///< 'a' a word or number, '"' a quoted name, '\'' a string, else the character itself; 0 at the end
};

/// Whether a character is one of a word or number. Those beyond ASCII are (https://www.sqlite.org/draft/tokenreq.html).
constexpr bool is_of_a_word(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) > 0x7f;
}

/// The next token of `sql`, which is cut off; blanks and comments are passed over.
[[gnu::cold]] MICA_DECL Token cut_token(std::string_view& sql) noexcept;

/// The name that a token stands for, without quotes.
[[gnu::cold]] MICA_DECL std::string name_of(const Token& token);

/// Whether a token is that word, written without quotes in letters of whatever case. `word` is in capitals.
[[gnu::cold]] MICA_DECL bool is_word(const Token& token, std::string_view word) noexcept;

/// What stands in the parentheses that `sql` begins with, which are cut off. Empty where it begins with none, or they
/// do not end.
[[gnu::cold]] MICA_DECL std::string_view cut_parentheses(std::string_view& sql) noexcept;

/// The text without the blanks around it.
[[gnu::cold]] MICA_DECL std::string_view trim(std::string_view text) noexcept;

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/dialect/impl/token.ipp>
#endif
