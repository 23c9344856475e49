// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>

#include <cstddef>

namespace mica::detail {

Token cut_token(std::string_view& sql) noexcept {
    const auto cut = [&sql](std::size_t size, char kind) {
        const Token token{sql.substr(0, size), kind};
        sql.remove_prefix(token.text.size());
        return token;
    };
    while (!sql.empty()) {
        const char first = sql[0];
        if (first == ' ' || (first >= '\t' && first <= '\r')) {
            sql.remove_prefix(1);
        } else if (sql.starts_with("--") || sql.starts_with("/*")) {
            const std::string_view end = first == '-' ? "\n" : "*/";
            const std::size_t at = sql.find(end, 2);
            sql.remove_prefix(at == sql.npos ? sql.size() : at + end.size());
        } else if (first == '"' || first == '`' || first == '[' || first == '\'') {
            const char last = first == '[' ? ']' : first;
            std::size_t end = sql.find(last, 1);
            while (last != ']' && end < sql.size() - 1 && sql[end + 1] == last) end = sql.find(last, end + 2);
            return cut(end == sql.npos ? end : end + 1, first == '\'' ? first : '"');
        } else {
            std::size_t size = 0;
            while (size < sql.size() && is_of_a_word(sql[size])) ++size;
            return size == 0 ? cut(1, first) : cut(size, 'a');
        }
    }
    return {};
}

std::string name_of(const Token& token) {
    if (token.kind != '"' && token.kind != '\'') return join({token.text});
    std::string name;
    const char quote = token.text[0];
    for (std::size_t i = 1; i + 1 < token.text.size(); ++i) {
        if (quote != '[' && token.text[i] == quote) ++i;  // doubled
        append(name, {token.text.substr(i, 1)});
    }
    return name;
}

bool is_word(const Token& token, std::string_view word) noexcept {
    if (token.kind != 'a' || token.text.size() != word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = token.text[i];
        if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != word[i]) return false;
    }
    return true;
}

std::string_view cut_parentheses(std::string_view& sql) noexcept {
    const Token open = cut_token(sql);
    if (open.kind != '(') return {};
    const std::string_view inside = sql;
    int depth = 1;
    std::size_t size = 0;
    while (depth > 0) {
        const Token token = cut_token(sql);
        if (token.kind == 0) return {};
        depth += token.kind == '(' ? 1 : token.kind == ')' ? -1 : 0;
        size = static_cast<std::size_t>(token.text.data() - inside.data());
    }
    return inside.substr(0, size);
}

std::string_view trim(std::string_view text) noexcept {
    const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace mica::detail
