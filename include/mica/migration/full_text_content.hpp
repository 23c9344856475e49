// SPDX-License-Identifier: BSL-1.0
// Whose rows a full-text index reads.
#pragma once

#include <mica/dialect/token.hpp>
#include <mica/migration/table_info.hpp>

#include <string>
#include <string_view>

namespace mica::detail {

/// The table whose rows a full-text index reads; empty where it has its own, or is none.
template <class Text>
std::string content_of(const BasicTableInfo<Text>& table) {
    if (table.kind != TableKind::virtual_table) return {};
    std::string_view rest = table.sql;
    for (Token token = cut_token(rest); token.kind != 0 && !is_word(token, "USING");) token = cut_token(rest);
    const Token module = cut_token(rest);
    if (!is_word(module, "FTS5") && !is_word(module, "FTS4")) return {};
    for (Token token = cut_token(rest); token.kind != 0; token = cut_token(rest)) {
        std::string_view behind = rest;
        if (is_word(token, "CONTENT") && cut_token(behind).kind == '=') return name_of(cut_token(behind));
    }
    return {};
}

}  // namespace mica::detail
