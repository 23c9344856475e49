// SPDX-License-Identifier: BSL-1.0
// SQL text in one spelling, in which texts that say the same are the same.
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::detail {

/// Words in lower case, names without quotes, one blank between tokens, no parentheses around all of it.
template <class Text>
std::string canonical_sql(std::string_view sql) {
    while (true) {
        std::string_view rest = trim(sql);
        const std::string_view inside = cut_parentheses(rest);
        if (inside.empty() || !trim(rest).empty()) break;
        sql = inside;
    }
    std::string text;
    for (Token token = cut_token(sql); token.kind != 0; token = cut_token(sql)) {
        if (!text.empty()) append(text, {" "});
        const std::string name = token.kind == '\'' ? std::string{} : name_of(token);
        for (const char& c : name) {
            const char lower = lower_case(c);
            append(text, {letter(lower)});
        }
        if (token.kind == '\'') append(text, {token.text});
    }
    return text;
}

/// For people.
template <class Text>
std::string list_names(const std::vector<Text>& names) {
    std::string text = "(";
    for (const std::string& name : names) append(text, {&name == names.data() ? "" : ", ", name});
    append(text, {")"});
    return text;
}

/// Names in one spelling and order, for a comparison as sets.
template <class Text>
std::string canonical_set(const std::vector<Text>& names) {
    std::vector<Text> sorted;
    for (const std::string& name : names) {
        std::string canonical = canonical_sql<Text>(name);
        std::size_t place = 0;
        while (place < sorted.size() && sorted[place] < canonical) ++place;
        sorted.insert(sorted.begin() + static_cast<std::ptrdiff_t>(place), std::move(canonical));
    }
    return list_names<Text>(sorted);
}

/// What SQLite makes of a declared type (https://www.sqlite.org/datatype3.html, section 3.1).
template <class Text>
std::string_view affinity_of(std::string_view type) {
    const std::string lower = canonical_sql<Text>(type);
    const auto holds = [&lower](std::string_view part) { return lower.find(part) != lower.npos; };
    if (holds("int")) return "INTEGER";
    if (holds("char") || holds("clob") || holds("text")) return "TEXT";
    if (lower.empty() || holds("blob")) return "BLOB";
    if (holds("real") || holds("floa") || holds("doub")) return "REAL";
    return "NUMERIC";
}

}  // namespace mica::detail
