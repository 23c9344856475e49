// SPDX-License-Identifier: BSL-1.0
// SQL expressions in one spelling, for comparison: what parentheses, NOT and numbers can be written like in several
// ways.
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/canonical_sql.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/default_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

/// Reads an expression by SQLite's precedences (https://www.sqlite.org/lang_expr.html, section 2) and writes it with
/// all parentheses that there can be.
template <class Text>
class ExpressionText {
public:
    explicit ExpressionText(std::string_view sql) noexcept : rest_(sql) {}

    /// Empty for what is beyond these rules, as a subquery.
    std::string read() {
        std::string text = read_from(either);
        return has_failed_ || next().kind != 0 ? std::string{} : text;
    }

private:
    enum Precedence : int { either = 1, both, inverse, equal_to, order, bits, sum, product, joined, sign };

    struct Operator {
        std::string_view text;
        std::string_view canonical;
        int precedence;
    };
    static constexpr Operator operators[] = {
        {"||", "||", joined},   {"->>", "->>", joined}, {"->", "->", joined}, {"<<", "<<", bits},
        {">>", ">>", bits},     {"<=", "<=", order},    {">=", ">=", order},  {"<>", "<>", equal_to},
        {"!=", "<>", equal_to}, {"==", "=", equal_to},  {"=", "=", equal_to}, {"<", "<", order},
        {">", ">", order},      {"&", "&", bits},       {"|", "|", bits},     {"+", "+", sum},
        {"-", "-", sum},        {"*", "*", product},    {"/", "/", product},  {"%", "%", product}};

    Token next() const noexcept {
        std::string_view rest = rest_;
        return cut_token(rest);
    }
    bool take(std::string_view word) noexcept {
        if (!is_word(next(), word)) return false;
        cut_token(rest_);
        return true;
    }
    bool take_sign(char kind) noexcept {
        if (next().kind != kind) return false;
        cut_token(rest_);
        return true;
    }
    void require(bool is_right) noexcept {
        if (is_right) return;
        has_failed_ = true;
        rest_ = {};
    }

    std::string read_from(int least) {
        require(++depth_ < most_depth);
        std::string left = read_prefix();
        while (!has_failed_ && (read_operator(left, least) || read_predicate(left, least))) {
        }
        --depth_;
        return left;
    }

    bool read_operator(std::string& left, int least) {
        const Token token = next();
        if (token.kind == 0 || token.kind == 'a' || token.kind == '"' || token.kind == '\'') return false;
        const auto passed = static_cast<std::size_t>(token.text.data() - rest_.data());
        for (const Operator& one : operators) {
            if (!rest_.substr(passed).starts_with(one.text)) continue;
            if (one.precedence < least) return false;
            rest_.remove_prefix(passed + one.text.size());
            left = join({"(", left, " ", one.canonical, " ", read_from(one.precedence + 1), ")"});
            return true;
        }
        return false;
    }

    bool read_predicate(std::string& left, int least) {
        if (least <= either && take("OR")) return combine(left, " or ", both);
        if (least <= both && take("AND")) return combine(left, " and ", inverse);
        if (take("COLLATE")) {
            left = join({"(", left, " collate ", lower(name_of(cut_token(rest_))), ")"});
            return true;
        }
        if (least > equal_to) return false;
        const std::string_view before = rest_;
        const bool is_not = take("NOT");
        if (is_not ? take("NULL") : take("NOTNULL")) {
            left = join({"(", left, " is not null)"});
        } else if (!is_not && take("ISNULL")) {
            left = join({"(", left, " is null)"});
        } else if (!is_not && take("IS")) {
            bool differs = take("NOT");
            if (take("DISTINCT")) {
                require(take("FROM"));
                differs = !differs;
            }
            left = join({"(", left, differs ? " is not " : " is ", read_from(order), ")"});
        } else if (read_test(left)) {
            if (is_not) left = join({"(not ", left, ")"});
        } else {
            rest_ = before;
            return false;
        }
        return true;
    }

    bool combine(std::string& left, std::string_view word, int least) {
        left = join({"(", left, word, read_from(least), ")"});
        return true;
    }

    bool read_test(std::string& left) {
        if (take("IN")) {
            require(take_sign('('));
            left = join({"(", left, " in (", read_list(), "))"});
            return true;
        }
        if (take("BETWEEN")) {
            const std::string low = read_from(order);
            require(take("AND"));
            left = join({"(", left, " between ", low, " and ", read_from(order), ")"});
            return true;
        }
        for (const std::string_view word : {"LIKE", "GLOB", "MATCH", "REGEXP"}) {
            if (!take(word)) continue;
            left = join({"(", left, " ", word, " ", read_from(order)});
            if (take("ESCAPE")) append(left, {" escape ", read_from(order)});
            append(left, {")"});
            return true;
        }
        return false;
    }

    /// Up to the parenthesis that closes it, which is taken too.
    std::string read_list() {
        std::string list;
        if (take_sign(')')) return list;
        append(list, {read_from(either)});
        while (!has_failed_ && take_sign(',')) append(list, {", ", read_from(either)});
        require(take_sign(')'));
        return list;
    }

    std::string read_prefix() {
        if (has_failed_) return {};
        if (take("NOT")) return join({"(not ", read_from(inverse), ")"});
        const Token token = cut_token(rest_);
        switch (token.kind) {
            case '-': return join({"(- ", read_from(sign), ")"});
            case '+': return join({"(+ ", read_from(sign), ")"});
            case '~': return join({"(~ ", read_from(sign), ")"});
            case '\'': return join({token.text});
            case '"': return read_name(token);
            case 'a':
            case '.': break;
            case '(': {
                std::string inside = read_from(either);
                require(take_sign(')'));  // nor a row of values
                return inside;
            }
            default: require(false); return {};
        }
        if (token.kind == '.' || (token.text[0] >= '0' && token.text[0] <= '9')) return read_number(token);
        if (!rest_.empty() && rest_[0] == '\'' && token.text.size() == 1)
            return join({lower(token.text), cut_token(rest_).text});  // a blob
        for (const std::string_view word : {"SELECT", "WITH", "VALUES", "CASE", "CAST", "EXISTS", "RAISE", "DISTINCT"})
            require(!is_word(token, word));
        return read_name(token);
    }

    std::string read_name(const Token& token) {
        std::string name = lower(name_of(token));
        while (take_sign('.')) append(name, {".", lower(name_of(cut_token(rest_)))});
        if (token.kind == 'a' && take_sign('(')) append(name, {"(", read_list(), ")"});
        return name;
    }

    /// Several tokens that touch, where it has a point or an exponent with a sign.
    std::string read_number(const Token& first) {
        std::string number = lower(first.text);
        while (!rest_.empty()) {
            const char last = number.back();
            const bool is_exponent = last == 'e' && (rest_[0] == '-' || rest_[0] == '+');
            const bool goes_on = rest_[0] == '.' || is_exponent ||
                                 ((last == '.' || last == '-' || last == '+') && is_of_a_word(rest_[0]));
            if (!goes_on) break;
            append(number, {lower(cut_token(rest_).text)});
        }
        if (number.find_first_of(".e") != number.npos && number.find('x') == number.npos)
            return join({number_text<Text>(number), "r"});
        while (number.size() > 1 && number[0] == '0' && number[1] != 'x') number.erase(0, 1);
        return number;
    }

    static std::string lower(std::string_view text) {
        std::string result;
        for (const char& c : text) {
            const char small = lower_case(c);
            append(result, {letter(small)});
        }
        return result;
    }

    static constexpr int most_depth = 200;

    std::string_view rest_;
    int depth_ = 0;
    bool has_failed_ = false;
};

/// An expression in one spelling; where it has parts that are not read here, its tokens.
template <class Text>
std::string canonical_expression(std::string_view sql) {
    std::string text = ExpressionText<Text>{sql}.read();
    return text.empty() ? canonical_sql<Text>(sql) : text;
}

}  // namespace mica::detail
