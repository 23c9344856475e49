// SPDX-License-Identifier: BSL-1.0
#include "expression.hpp"

#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <system_error>
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
    ValueKind kind = ValueKind::integer;
    bool is_literal = false;
};

struct Untold {};  ///< thrown where C++ has no word for it

bool is_number_token(const Token& token) { return token.kind == 'a' && token.text[0] >= '0' && token.text[0] <= '9'; }

void require(bool is_said) {
    if (!is_said) throw Untold{};
}

/// One spelling of a number that C++ and SQL read alike.
Text number_text(std::string text) {
    require(text.find_first_not_of("0123456789.eE+-") == text.npos);
    const bool is_whole = text.find_first_not_of("0123456789") == text.npos;
    if (is_whole) {
        text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));  // octal to C++
        // From 2^63 on SQL has a number with a fraction.
        static constexpr std::string_view largest = "9223372036854775807";
        require(text.size() < largest.size() || (text.size() == largest.size() && text <= largest));
        return {std::move(text), primary, ValueKind::integer, true};
    }
    // As mica writes it: what has more digits than these is a product there.
    static constexpr std::size_t most_letters = 18;
    char buffer[32];
    const double value = std::strtod(text.c_str(), nullptr);
    const auto [end, error] = std::to_chars(buffer, buffer + most_letters, value, std::chars_format::fixed);
    require(error == std::errc{} && std::isfinite(value));
    text.assign(buffer, end);
    if (text.find('.') == text.npos) text += ".0";
    return {std::move(text), primary, ValueKind::real, true};
}

bool is_number(ValueKind kind) { return kind == ValueKind::integer || kind == ValueKind::real; }

bool are_comparable(ValueKind left, ValueKind right) {
    return left != ValueKind::condition && (left == right || (is_number(left) && is_number(right)));
}

class Reader {
public:
    Reader(std::string_view sql, const ColumnText& column) : rest_(sql), column_(column) {}

    TypedText read() {
        Text whole = read_or();
        require(next().kind == 0 && !whole.is_literal);
        return {std::move(whole.text), whole.kind};
    }

    std::string read_literal() {
        for (const auto& [word, text] : {std::pair{"TRUE", "true"}, std::pair{"FALSE", "false"}}) {
            if (take(word) && next().kind == 0) return text;
        }
        Text literal = read_unary();
        require(next().kind == 0 && literal.is_literal);
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
    void require_sign(std::string_view sign) { require(take_sign(sign)); }

    static std::string within(const Text& part, Strength least) {
        return part.strength < least ? "(" + part.text + ")" : part.text;
    }
    static Text binary(const Text& left, std::string_view sign, const Text& right, Strength strength, ValueKind kind) {
        require(!left.is_literal || !right.is_literal);  // C++ would compute it
        const auto stronger = static_cast<Strength>(strength + 1);
        return {operand(left, strength, strength) + " " + std::string{sign} + " " + operand(right, stronger, strength),
                strength, kind};
    }
    /// Compilers warn of && in || without parentheses.
    static std::string operand(const Text& part, Strength least, Strength of) {
        return within(part, of == logical_or && part.strength == logical_and ? equality : least);
    }
    static Text comparison(const Text& left, std::string_view sign, const Text& right, Strength strength) {
        require(are_comparable(left.kind, right.kind));
        return binary(left, sign, right, strength, ValueKind::condition);
    }
    static Text arithmetic(const Text& left, std::string_view sign, const Text& right, Strength strength) {
        require(is_number(left.kind) && is_number(right.kind));
        const bool is_real = left.kind == ValueKind::real || right.kind == ValueKind::real;
        require(sign != "%" || !is_real);
        return binary(left, sign, right, strength, is_real ? ValueKind::real : ValueKind::integer);
    }
    static Text combination(const Text& left, std::string_view sign, const Text& right, Strength strength) {
        require(left.kind == ValueKind::condition && right.kind == ValueKind::condition);
        return binary(left, sign, right, strength, ValueKind::condition);
    }
    /// 5 for 5.0, which is what a field of either kind takes.
    static Text without_fraction(Text part) {
        if (part.is_literal && part.text.ends_with(".0")) part.text.resize(part.text.size() - 2);
        return part;
    }
    static Text negated(const Text& part) {
        require(part.kind == ValueKind::condition);
        return {"!" + within(part, primary), unary, ValueKind::condition};
    }

    Text read_or() {
        Text left = read_and();
        while (take("OR")) left = combination(left, "||", read_and(), logical_or);
        return left;
    }
    Text read_and() {
        Text left = read_not();
        while (take("AND")) left = combination(left, "&&", read_not(), logical_and);
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
                require(take("NULL"));
                left = member(left, is_not ? "is_not_null()" : "is_null()");
            } else if (!read_predicate(left)) {
                return left;
            }
        }
    }

    bool read_predicate(Text& left) {
        const bool is_not = take("NOT");
        if (take("IN")) {
            left = member(left, (is_not ? "not_in(" : "in(") + read_list(left) + ")");
            return true;
        }
        std::string call;
        if (take("LIKE")) {
            call = "like(" + read_pattern(left) + ")";
            require(!is_word(next(), "ESCAPE"));
        } else if (take("GLOB")) {
            call = "glob(" + read_pattern(left) + ")";
        } else if (take("BETWEEN")) {
            const Text low = read_relation();
            require(take("AND"));
            const Text high = read_relation();
            require(are_comparable(left.kind, low.kind) && are_comparable(left.kind, high.kind));
            call = "between(" + low.text + ", " + high.text + ")";
        } else {
            require(!is_not);
            return false;
        }
        left = member(left, call);
        if (is_not) left = negated(left);
        return true;
    }

    static Text member(const Text& of, const std::string& call) {
        require(!of.is_literal);
        return {within(of, primary) + "." + call, primary, ValueKind::condition};
    }

    std::string read_pattern(const Text& of) {
        const Text pattern = read_relation();
        require(of.kind == ValueKind::text && pattern.kind == ValueKind::text);
        return pattern.text;
    }

    std::string read_list(const Text& of) {
        require_sign("(");
        require(!is_word(next(), "SELECT") && !is_word(next(), "VALUES"));
        std::string list;
        int count = 0;
        bool is_constant = true;
        for (bool goes_on = true; goes_on; goes_on = take_sign(",")) {
            const Text element = read_or();
            require(are_comparable(of.kind, element.kind));
            list += (list.empty() ? "" : ", ") + element.text;
            is_constant = is_constant && element.is_literal && element.kind != ValueKind::text;
            ++count;
        }
        require_sign(")");
        if (count > 1) return list;
        require(is_constant);  // one text would be taken as a list of letters
        return "{" + list + "}";
    }

    Text read_relation() {
        Text left = read_sum();
        while (true) {
            require(!take_sign("<<") && !take_sign(">>"));
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
                left = arithmetic(left, "+", read_product(), sum);
            else if (take_sign("-"))
                left = arithmetic(left, "-", read_product(), sum);
            else
                return left;
        }
    }
    Text read_product() {
        Text left = read_concatenation();
        while (true) {
            if (take_sign("*"))
                left = arithmetic(left, "*", read_concatenation(), product);
            else if (take_sign("/"))
                left = arithmetic(left, "/", read_concatenation(), product);
            else if (take_sign("%"))
                left = arithmetic(left, "%", read_concatenation(), product);
            else
                return left;
        }
    }
    Text read_concatenation() {
        Text left = read_unary();
        while (take_sign("||")) {
            const Text right = read_unary();
            // To mica || is OR between others.
            require(left.kind == ValueKind::text && right.kind == ValueKind::text);
            left = binary(left, "||", right, logical_or, ValueKind::text);
        }
        return left;
    }

    Text read_unary() {
        if (take_sign("+")) return read_unary();
        if (!take_sign("-")) return read_primary();
        Text part = read_unary();
        require(is_number(part.kind) && part.text[0] != '-');  // two would be C++'s --
        return {"-" + within(part, unary), unary, part.kind, part.is_literal};
    }

    Text read_primary() {
        if (take_sign("(")) {
            require(!is_word(next(), "SELECT"));
            Text inside = read_or();
            require_sign(")");
            return inside;
        }
        const Token token = cut_token(rest_);
        if (token.kind == '\'') return {quoted_text(mica::detail::name_of(token)), primary, ValueKind::text, true};
        if (token.kind == '.' || is_number_token(token)) return read_number(token);
        require(token.kind == 'a' || token.kind == '"');
        if (token.kind == 'a' && take_sign("(")) return read_call(token.text);
        auto column = column_(mica::detail::name_of(token));
        require(column.has_value());
        return {std::move(column->text), primary, column->kind};
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
        return number_text({begin, static_cast<std::size_t>(end - begin)});
    }

    /// What a function takes, a letter each: t a text, n a number, i a whole one, v a text or a blob, a what the first
    /// one is; from | on what may be missing, + for more of them.
    struct Function {
        std::string_view name;
        std::string_view takes;
        char gives;
    };

    Text read_call(std::string_view name) {
        static constexpr Function known[] = {
            {"lower", "t", 't'},   {"upper", "t", 't'},   {"length", "v", 'i'},    {"trim", "t|t", 't'},
            {"ltrim", "t|t", 't'}, {"rtrim", "t|t", 't'}, {"substr", "ti|i", 't'}, {"replace", "ttt", 't'},
            {"instr", "tt", 'i'},  {"hex", "v", 't'},     {"abs", "n", 'a'},       {"round", "n|i", 'r'},
            {"ifnull", "aa", 'a'}, {"nullif", "aa", 'a'}, {"coalesce", "aa+", 'a'}};
        for (const Function& function : known) {
            if (!is_same_name(name, function.name)) continue;
            std::vector<Text> arguments;
            for (bool goes_on = true; goes_on; goes_on = take_sign(",")) arguments.push_back(read_or());
            require_sign(")");
            require(takes(function.takes, arguments));
            std::string list;
            for (const Text& argument : arguments) list += (list.empty() ? "" : ", ") + argument.text;
            const ValueKind kind = function.gives == 't'   ? ValueKind::text
                                   : function.gives == 'i' ? ValueKind::integer
                                   : function.gives == 'r' ? ValueKind::real
                                                           : arguments[0].kind;
            return {"mica::" + std::string{function.name} + "(" + list + ")", primary, kind};
        }
        throw Untold{};
    }

    static bool takes(std::string_view wanted, const std::vector<Text>& arguments) {
        if (arguments[0].is_literal) return false;
        bool may_end = false;
        std::size_t count = 0;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (wanted[i] == '|') {
                may_end = true;
            } else if (wanted[i] == '+') {
                for (; count < arguments.size(); ++count) {
                    if (!is_taken('a', arguments[count].kind, arguments[0].kind)) return false;
                }
            } else if (count == arguments.size()) {
                return may_end;
            } else {
                if (!is_taken(wanted[i], arguments[count].kind, arguments[0].kind)) return false;
                ++count;
            }
        }
        return count == arguments.size();
    }

    static bool is_taken(char wanted, ValueKind kind, ValueKind first) {
        switch (wanted) {
            case 't': return kind == ValueKind::text;
            case 'i': return kind == ValueKind::integer;
            case 'n': return is_number(kind);
            case 'v': return kind == ValueKind::text || kind == ValueKind::blob;
            default: return kind == first && kind != ValueKind::condition;
        }
    }

    std::string_view rest_;
    const ColumnText& column_;
};

}  // namespace

std::optional<TypedText> expression_text(std::string_view sql, const ColumnText& column) {
    try {
        return Reader{sql, column}.read();
    } catch (const Untold&) {
        return {};
    }
}

std::optional<std::string> literal_text(std::string_view sql) {
    const ColumnText none = [](std::string_view) { return std::optional<TypedText>{}; };
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
