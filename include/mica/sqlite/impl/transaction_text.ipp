// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/sqlite/transaction_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::sqlite::detail {

/// Takes SQL apart into words, quoted names and single characters (https://www.sqlite.org/syntax/comment-syntax.html).
struct WordReader {
    std::string_view rest;

    [[gnu::cold]] MICA_DECL void skip_blanks() noexcept;
    /// The next word or name; empty at the end and before anything else.
    [[gnu::cold]] MICA_DECL std::string_view next() noexcept;
    [[gnu::cold]] MICA_DECL bool take(char wanted) noexcept;
};

void WordReader::skip_blanks() noexcept {
    for (;;) {
        const std::size_t blanks = rest.find_first_not_of(" \t\r\n\f");
        rest.remove_prefix(blanks == rest.npos ? rest.size() : blanks);
        std::string_view end;
        if (rest.starts_with("--")) end = "\n";
        if (rest.starts_with("/*")) end = "*/";
        if (end.empty()) return;
        const std::size_t last = rest.find(end, 2);
        rest.remove_prefix(last == rest.npos ? rest.size() : last + end.size());
    }
}

std::string_view WordReader::next() noexcept {
    skip_blanks();
    if (rest.empty()) return {};
    const char first = rest.front();
    if (first == '"' || first == '\'' || first == '`' || first == '[') {
        const std::size_t end = rest.find(first == '[' ? ']' : first, 1);
        const std::string_view name = rest.substr(1, end == rest.npos ? end : end - 1);
        rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
        return name;
    }
    std::size_t length = 0;
    while (length < rest.size()) {
        const char c = rest[length];
        const bool belongs = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' ||
                             c == '$' || static_cast<unsigned char>(c) >= 0x80;
        if (!belongs) break;
        ++length;
    }
    const std::string_view word = rest.substr(0, length);
    rest.remove_prefix(length);
    return word;
}

bool WordReader::take(char wanted) noexcept {
    skip_blanks();
    const bool is_there = rest.starts_with(wanted);
    if (is_there) rest.remove_prefix(1);
    return is_there;
}

[[gnu::cold]] MICA_DECL std::string in_small_letters(std::string_view word) {
    std::string small{word};
    for (char& c : small) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    return small;
}

/// The name behind an optional word: that word may itself be the name.
[[gnu::cold]] MICA_DECL std::string name_behind(WordReader& words, std::string_view optional) {
    std::string name = in_small_letters(words.next());
    if (std::string_view{name} != optional) return name;
    const std::string behind = in_small_letters(words.next());
    return behind.empty() ? name : behind;
}

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

TransactionText read_transaction_text(std::string_view sql) {
    using Kind = TransactionText::Kind;
    detail::WordReader words{sql};
    while (words.take(';')) {
    }
    const std::string first = detail::in_small_letters(words.next());
    const std::string_view verb = first;
    if (verb == "begin") return {Kind::begin};
    if (verb == "commit" || verb == "end") return {Kind::end};
    if (verb == "savepoint") return {Kind::savepoint, detail::in_small_letters(words.next())};
    if (verb == "release") return {Kind::release, detail::name_behind(words, "savepoint")};
    if (verb == "rollback") {
        std::string next = detail::in_small_letters(words.next());
        if (std::string_view{next} == "transaction") next = detail::in_small_letters(words.next());
        if (std::string_view{next} != "to") return {Kind::end};
        return {Kind::rollback_to, detail::name_behind(words, "savepoint")};
    }
    if (verb == "pragma") {
        std::string setting = detail::in_small_letters(words.next());
        if (words.take('.')) setting = detail::in_small_letters(words.next());
        if (!words.take('=') && !words.take('(')) return {};
        for (const std::string_view ignored : {"foreign_keys", "journal_mode"}) {
            if (std::string_view{setting} == ignored) return {Kind::ignored_setting, setting};
        }
    }
    return {};
}

bool may_be_transaction_text(std::string_view sql) noexcept {
    detail::WordReader words{sql};
    while (words.take(';')) {
    }
    const std::string_view word = words.next();
    for (const std::string_view first : {"begin", "commit", "end", "rollback", "savepoint", "release", "pragma"}) {
        if (word.size() != first.size()) continue;
        std::size_t same = 0;
        while (same < word.size() && (word[same] | 0x20) == first[same]) ++same;
        if (same == word.size()) return true;
    }
    return false;
}

}  // namespace mica::sqlite
