// SPDX-License-Identifier: BSL-1.0
// Defaults of columns in one spelling, for comparison.
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/canonical_sql.hpp>
#include <mica/migration/former_names.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

/// A number as its sign, its digits from the first to the last that is not 0, and the power of ten of the first: alike
/// for 1, +1.0 and 10e-1. Other text as it is, and numbers of more digits than a REAL holds, which differ from those
/// with a point.
template <class Text>
std::string number_text(std::string_view text) {
    constexpr std::size_t most_digits = 15;
    constexpr int most_exponent = 999;
    std::string_view rest = text;
    bool is_negative = false;
    for (; !rest.empty() && (rest[0] == '-' || rest[0] == '+'); rest.remove_prefix(1))
        is_negative = is_negative != (rest[0] == '-');
    std::string digits;
    int power = 0;
    bool has_point = false;
    bool has_digit = false;
    for (; !rest.empty() && ((rest[0] >= '0' && rest[0] <= '9') || (rest[0] == '.' && !has_point));
         rest.remove_prefix(1)) {
        if (rest[0] == '.') {
            has_point = true;
            continue;
        }
        has_digit = true;
        const bool is_leading_zero = digits.empty() && rest[0] == '0';
        if (!is_leading_zero) append(digits, {letter(rest[0])});
        if (has_point) {
            power -= is_leading_zero ? 1 : 0;
        } else {
            power += is_leading_zero ? 0 : 1;
        }
    }
    if (!has_digit) return join({text});
    if (!rest.empty() && rest[0] == 'e') {
        rest.remove_prefix(1);
        const bool is_small = !rest.empty() && rest[0] == '-';
        if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
        if (rest.empty()) return join({text});
        int exponent = 0;
        for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9' && exponent <= most_exponent; rest.remove_prefix(1))
            exponent = 10 * exponent + (rest[0] - '0');
        power += is_small ? -exponent : exponent;
    }
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    if (!rest.empty() || digits.size() > most_digits) return join({text});
    if (digits.empty()) return "0";
    return join({is_negative ? "-" : "", digits, "e", Decimal{power}});
}

/// Whether a default is a name, which stands for a text there (https://www.sqlite.org/lang_createtable.html).
inline bool is_name(const Token& token) noexcept {
    for (const std::string_view word : {"NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"}) {
        if (is_word(token, word)) return false;
    }
    return token.kind == '"' || (token.kind == 'a' && (token.text[0] < '0' || token.text[0] > '9'));
}

/// What a default gives, so that a column of numbers has the same of 1 and 1.0, TRUE and 1, NULL and none.
template <class Text>
std::string default_text(std::string_view sql, bool is_number) {
    std::string_view rest = sql;
    const Token first = cut_token(rest);
    if (trim(rest).empty() && is_name(first)) return literal<Text>(name_of(first));
    const std::string canonical = canonical_sql<Text>(sql);
    const bool is_quoted = sql.find_first_of("'\"`[") != sql.npos;  // "true" is a text here
    if (canonical == "null" && !is_quoted) return {};
    if (canonical == "true" && !is_quoted) return default_text<Text>("1", is_number);
    if (canonical == "false" && !is_quoted) return default_text<Text>("0", is_number);
    if (!is_number || is_quoted) return canonical;
    std::string tight;
    for (const char& c : canonical) {
        if (c != ' ' && c != '(' && c != ')') append(tight, {letter(c)});
    }
    const std::string number = number_text<Text>(tight);
    return number == tight ? canonical : number;
}

}  // namespace mica::detail
