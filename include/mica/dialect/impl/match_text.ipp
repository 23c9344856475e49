// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/match_text.hpp>

#include <cstddef>

namespace mica {

namespace detail {

/// NUL too: a query ends there.
constexpr bool parts_words(char letter) {
    return letter == '\0' || letter == ' ' || (letter >= '\t' && letter <= '\r');
}

[[gnu::cold]] MICA_DECL std::string quoted_words(std::string_view text, std::string_view between,
                                                 std::string_view after) {
    std::string query;
    std::size_t at = 0;
    while (true) {
        while (at < text.size() && parts_words(text[at])) ++at;
        if (at == text.size()) break;
        append(query, {query.empty() ? std::string_view{} : between, "\""});
        for (; at < text.size() && !parts_words(text[at]); ++at) {
            append(query, {text[at] == '"' ? "\"" : "", text.substr(at, 1)});
        }
        append(query, {"\"", after});
    }
    if (query.empty()) append(query, {"\"\""});  // a phrase of no words, which no row has
    return query;
}

}  // namespace detail

std::string match_all(std::string_view text) { return detail::quoted_words(text, " ", ""); }

std::string match_any(std::string_view text) { return detail::quoted_words(text, " OR ", ""); }

std::string match_phrase(std::string_view text) { return detail::quoted_words(text, " + ", ""); }

std::string match_prefixes(std::string_view text) { return detail::quoted_words(text, " ", "*"); }

}  // namespace mica
