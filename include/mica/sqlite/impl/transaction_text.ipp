// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/dialect/token.hpp>
#include <mica/sqlite/transaction_text.hpp>

#include <string>
#include <string_view>

namespace mica::sqlite::detail {

using mica::detail::cut_token;
using mica::detail::is_word;
using mica::detail::Token;

/// The first token of a statement; semicolons may stand before it.
[[gnu::cold]] MICA_DECL Token first_token(std::string_view& sql) noexcept {
    Token token = cut_token(sql);
    while (token.kind == ';') token = cut_token(sql);
    return token;
}

/// The name in small letters, as SQLite compares it.
[[gnu::cold]] MICA_DECL std::string small_name(const Token& token) {
    std::string name = mica::detail::name_of(token);
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    return name;
}

/// The name behind SAVEPOINT, which may be left out, and which may be the name itself.
[[gnu::cold]] MICA_DECL std::string savepoint_name(std::string_view sql) {
    const Token token = cut_token(sql);
    const Token behind = cut_token(sql);
    const bool is_left_out = !is_word(token, "SAVEPOINT") || behind.kind == 0 || behind.kind == ';';
    return small_name(is_left_out ? token : behind);
}

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

TransactionText read_transaction_text(std::string_view sql) {
    using detail::cut_token;
    using detail::is_word;
    using Kind = TransactionText::Kind;
    detail::Token verb = detail::first_token(sql);
    if (is_word(verb, "EXPLAIN")) {  // makes a setting all the same, if it is one that is made when it is prepared
        verb = cut_token(sql);
        if (is_word(verb, "QUERY") && is_word(cut_token(sql), "PLAN")) verb = cut_token(sql);
        if (!is_word(verb, "PRAGMA")) return {};
    }
    if (is_word(verb, "BEGIN")) return {Kind::begin};
    if (is_word(verb, "COMMIT") || is_word(verb, "END")) return {Kind::end};
    if (is_word(verb, "SAVEPOINT")) return {Kind::savepoint, detail::small_name(cut_token(sql))};
    if (is_word(verb, "RELEASE")) return {Kind::release, detail::savepoint_name(sql)};
    if (is_word(verb, "ROLLBACK")) {
        detail::Token next = cut_token(sql);
        if (is_word(next, "TRANSACTION")) next = cut_token(sql);
        if (!is_word(next, "TO")) return {Kind::end};
        return {Kind::rollback_to, detail::savepoint_name(sql)};
    }
    if (!is_word(verb, "PRAGMA")) return {};
    detail::Token setting = cut_token(sql);
    detail::Token next = cut_token(sql);
    if (next.kind == '.') {
        setting = cut_token(sql);
        next = cut_token(sql);
    }
    if (next.kind != '=' && next.kind != '(') return {};
    std::string name = detail::small_name(setting);
    if (std::string_view{name} == "query_only") return {Kind::write_permission, name};
    const bool is_ignored = std::string_view{name} == "foreign_keys" || std::string_view{name} == "journal_mode";
    return {is_ignored ? Kind::ignored_setting : Kind::other, name};
}

bool may_be_transaction_text(std::string_view sql) noexcept {
    const detail::Token verb = detail::first_token(sql);
    for (const std::string_view first :
         {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "EXPLAIN"}) {
        if (detail::is_word(verb, first)) return true;
    }
    return false;
}

}  // namespace mica::sqlite
