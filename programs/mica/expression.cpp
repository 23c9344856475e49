// SPDX-License-Identifier: BSL-1.0
#include "expression.hpp"

#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace mica::program {

namespace {

using mica::detail::cut_token;
using mica::detail::is_same_name;
using mica::detail::is_word;
using mica::detail::Token;

/// How tightly C++ binds what a text consists of.
enum Strength : int { logical_or, logical_and, equality, relation, sum, product, unary, primary };

struct Text {
    std::string text;
    Strength strength = primary;
    bool is_literal = false;
    bool is_text = false;  ///< what its value is
};

struct Untold {};  ///< thrown where C++ has no word for it

bool is_number(const Token& token) { return token.kind == 'a' && token.text[0] >= '0' && token.text[0] <= '9'; }

/// One spelling of a number.
std::string number_text(std::string text) {
    if (text.starts_with("0x") || text.starts_with("0X")) throw Untold{};
    if (text.find_first_not_of("0123456789.eE+-") != text.npos) throw Untold{};
    const std::size_t point = text.find('.');
    if (point != text.npos && text.find_first_not_of('0', point + 1) == text.npos) text.replace(point, text.npos, ".0");
    if (point == 0) text.insert(0, "0");
    if (text.size() > 1 && text[0] == '0' && text.find_first_not_of("0123456789") == text.npos) {
        text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));  // octal to C++
    }
    return text;
}

class Reader {
public:
    Reader(std::string_view sql, const ColumnText& column) : rest_(sql), column_(column) {}

    std::string read() {
        Text whole = read_or();
        if (next().kind != 0) throw Untold{};
        return std::move(whole.text);
    }

    std::string read_literal() {
        Text literal = read_unary();
        if (next().kind != 0 || !literal.is_literal) throw Untold{};
        return without_fraction(std::move(literal)).text;
    }

private:
    Token next() const {
        std::string_view rest = rest_;
        return cut_token(rest);
    }
    bool take(std::string_view word) {
        if (!is_word(next(), word)) return false;
        cut_token(rest_);
        return true;
    }
    bool take_sign(std::string_view sign) {
        std::string_view rest = rest_;
        Token token = cut_token(rest);
        if (token.text.empty() || token.kind == '\'' || token.kind == '"' || token.text[0] != sign[0]) return false;
        for (std::size_t i = 1; i < sign.size(); ++i) {
            if (rest.empty() || rest[0] != sign[i]) return false;
            rest.remove_prefix(1);
        }
        rest_ = rest;
        return true;
    }
    void require_sign(std::string_view sign) {
        if (!take_sign(sign)) throw Untold{};
    }

    static std::string within(const Text& part, Strength least) {
        return part.strength < least ? "(" + part.text + ")" : part.text;
    }
    static Text binary(const Text& left, std::string_view sign, const Text& right, Strength strength) {
        const auto stronger = static_cast<Strength>(strength + 1);
        return {within(left, strength) + " " + std::string{sign} + " " + within(right, stronger), strength};
    }
    static Text comparison(Text left, std::string_view sign, Text right, Strength strength) {
        return binary(without_fraction(std::move(left)), sign, without_fraction(std::move(right)), strength);
    }
    /// 5 for 5.0: it compares alike, and is divided otherwise.
    static Text without_fraction(Text part) {
        if (part.is_literal && part.text.ends_with(".0")) part.text.resize(part.text.size() - 2);
        return part;
    }
    static Text negated(const Text& part) { return {"!" + within(part, primary), unary}; }

    Text read_or() {
        Text left = read_and();
        while (take("OR")) left = binary(left, "||", read_and(), logical_or);
        return left;
    }
    Text read_and() {
        Text left = read_not();
        while (take("AND")) left = binary(left, "&&", read_not(), logical_and);
        return left;
    }
    Text read_not() { return take("NOT") ? negated(read_not()) : read_equality(); }

    Text read_equality() {
        Text left = read_relation();
        while (true) {
            if (take_sign("==") || take_sign("=")) {
                left = comparison(left, "==", read_relation(), equality);
            } else if (take_sign("!=") || take_sign("<>")) {
                left = comparison(left, "!=", read_relation(), equality);
            } else if (take("ISNULL")) {
                left = member(left, "is_null()");
            } else if (take("NOTNULL")) {
                left = member(left, "is_not_null()");
            } else if (take("IS")) {
                const bool is_not = take("NOT");
                if (!take("NULL")) throw Untold{};
                left = member(left, is_not ? "is_not_null()" : "is_null()");
            } else if (!read_predicate(left)) {
                return left;
            }
        }
    }

    bool read_predicate(Text& left) {
        const bool is_not = take("NOT");
        if (take("IN")) {
            left = member(left, (is_not ? "not_in(" : "in(") + read_list() + ")");
            return true;
        }
        std::string call;
        if (take("LIKE")) {
            call = "like(" + read_relation().text + ")";
            if (is_word(next(), "ESCAPE")) throw Untold{};
        } else if (take("GLOB")) {
            call = "glob(" + read_relation().text + ")";
        } else if (take("BETWEEN")) {
            const std::string low = without_fraction(read_relation()).text;
            if (!take("AND")) throw Untold{};
            call = "between(" + low + ", " + without_fraction(read_relation()).text + ")";
        } else if (is_not) {
            throw Untold{};
        } else {
            return false;
        }
        left = member(left, call);
        if (is_not) left = negated(left);
        return true;
    }

    static Text member(const Text& of, const std::string& call) {
        if (of.is_literal) throw Untold{};
        return {within(of, primary) + "." + call};
    }

    std::string read_list() {
        require_sign("(");
        std::string list;
        if (is_word(next(), "SELECT") || is_word(next(), "VALUES")) throw Untold{};
        for (bool goes_on = true; goes_on; goes_on = take_sign(","))
            list += (list.empty() ? "" : ", ") + without_fraction(read_or()).text;
        require_sign(")");
        return list;
    }

    Text read_relation() {
        Text left = read_sum();
        while (true) {
            if (take_sign("<<") || take_sign(">>")) throw Untold{};
            const Token token = next();
            if (token.text == "<" && is_followed_by('>')) return left;
            if (take_sign("<="))
                left = comparison(left, "<=", read_sum(), relation);
            else if (take_sign(">="))
                left = comparison(left, ">=", read_sum(), relation);
            else if (take_sign("<"))
                left = comparison(left, "<", read_sum(), relation);
            else if (take_sign(">"))
                left = comparison(left, ">", read_sum(), relation);
            else
                return left;
        }
    }
    bool is_followed_by(char sign) const {
        std::string_view rest = rest_;
        cut_token(rest);
        return !rest.empty() && rest[0] == sign;
    }

    Text read_sum() {
        Text left = read_product();
        while (true) {
            if (take_sign("+"))
                left = binary(left, "+", read_product(), sum);
            else if (take_sign("-"))
                left = binary(left, "-", read_product(), sum);
            else
                return left;
        }
    }
    Text read_product() {
        Text left = read_concatenation();
        while (true) {
            if (take_sign("*"))
                left = binary(left, "*", read_concatenation(), product);
            else if (take_sign("/"))
                left = binary(left, "/", read_concatenation(), product);
            else if (take_sign("%"))
                left = binary(left, "%", read_concatenation(), product);
            else
                return left;
        }
    }
    Text read_concatenation() {
        Text left = read_unary();
        while (take_sign("||")) {
            const Text right = read_unary();
            // To mica || is OR between others, as to C++ between two literals.
            if (!left.is_text || !right.is_text || (left.is_literal && right.is_literal)) throw Untold{};
            left = binary(left, "||", right, logical_or);
            left.is_text = true;
        }
        return left;
    }

    Text read_unary() {
        if (take_sign("+")) return read_unary();
        if (!take_sign("-")) return read_primary();
        Text part = read_unary();
        return {"-" + within(part, unary), unary, part.is_literal};
    }

    Text read_primary() {
        if (take_sign("(")) {
            if (is_word(next(), "SELECT")) throw Untold{};
            Text inside = read_or();
            require_sign(")");
            return inside;
        }
        const Token token = cut_token(rest_);
        if (token.kind == '\'') return {quoted_text(mica::detail::name_of(token)), primary, true, true};
        if (token.kind == '.' || is_number(token)) return read_number(token);
        if (token.kind != 'a' && token.kind != '"') throw Untold{};
        if (token.kind == 'a' && take_sign("(")) return read_call(token.text);
        const auto column = column_(mica::detail::name_of(token));
        if (column) return {column->text, primary, false, column->is_text};
        for (const auto& [word, text] : {std::pair{"TRUE", "true"}, std::pair{"FALSE", "false"}}) {
            if (is_word(token, word)) return {text, primary, true};
        }
        for (const auto& [word, text] :
             {std::pair{"CURRENT_TIMESTAMP", "mica::current_timestamp"},
              std::pair{"CURRENT_DATE", "mica::current_date"}, std::pair{"CURRENT_TIME", "mica::current_time"}}) {
            if (is_word(token, word)) return {text};
        }
        throw Untold{};
    }

    /// A number is several tokens that touch where it has a point or an exponent with a sign.
    Text read_number(const Token& first) {
        const char* const begin = first.text.data();
        const char* end = begin + first.text.size();
        while (!rest_.empty() && rest_.data() == end) {
            const char last = *(end - 1);
            const bool has_sign = (last == 'e' || last == 'E') && (rest_[0] == '-' || rest_[0] == '+');
            const bool goes_on = rest_[0] == '.' || has_sign ||
                                 ((last == '.' || last == '-' || last == '+') && mica::detail::is_of_a_word(rest_[0]));
            if (!goes_on) break;
            const Token more = cut_token(rest_);
            end = more.text.data() + more.text.size();
        }
        return {number_text({begin, static_cast<std::size_t>(end - begin)}), primary, true};
    }

    Text read_call(std::string_view name) {
        static constexpr std::array known{"lower", "upper", "length", "trim",  "ltrim",  "rtrim",  "substr",  "replace",
                                          "instr", "hex",   "abs",    "round", "ifnull", "nullif", "coalesce"};
        for (const std::string_view function : known) {
            if (!is_same_name(name, function)) continue;
            std::string arguments;
            bool are_texts = true;
            for (bool goes_on = true; goes_on; goes_on = take_sign(",")) {
                const Text argument = read_or();
                arguments += (arguments.empty() ? "" : ", ") + argument.text;
                are_texts = are_texts && argument.is_text;
            }
            require_sign(")");
            const bool is_choice = function == "ifnull" || function == "nullif" || function == "coalesce";
            const bool is_number =
                function == "length" || function == "instr" || function == "abs" || function == "round";
            return {"mica::" + std::string{function} + "(" + arguments + ")", primary, false,
                    is_choice ? are_texts : !is_number};
        }
        throw Untold{};
    }

    std::string_view rest_;
    const ColumnText& column_;
};

}  // namespace

std::optional<std::string> expression_text(std::string_view sql, const ColumnText& column) {
    try {
        return Reader{sql, column}.read();
    } catch (const Untold&) {
        return {};
    }
}

std::optional<std::string> literal_text(std::string_view sql) {
    const ColumnText none = [](std::string_view) { return std::optional<ColumnInText>{}; };
    try {
        return Reader{sql, none}.read_literal();
    } catch (const Untold&) {
        return {};
    }
}

std::string quoted_text(std::string_view text) {
    static constexpr std::string_view octal = "01234567";
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (byte < 0x20 || byte == 0x7f || (c == '?' && quoted.back() == '?')) {
            quoted += {'\\', octal[byte / 64], octal[byte / 8 % 8], octal[byte % 8]};
        } else {
            quoted += c;
        }
    }
    return quoted + "\"";
}

}  // namespace mica::program
