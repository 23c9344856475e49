// SPDX-License-Identifier: BSL-1.0
// sql<Result>("…", values…): SQL of the user's own as an expression.
#pragma once

#include <mica/core/error.hpp>
#include <mica/query/dynamic/fragment.hpp>
#include <mica/query/expression/operand_types.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// Where in a text a quoted name, a quoted text or a comment ends that begins at `begin`; `begin` where none does.
inline std::size_t end_of_quotes(std::string_view text, std::size_t begin) {
    const auto behind = [&](std::string_view end, std::size_t from) {
        const std::size_t found = text.find(end, from);
        return found == std::string_view::npos ? text.size() : found + end.size();
    };
    switch (text[begin]) {
        case '\'':
        case '"':
        case '`': return behind(text.substr(begin, 1), begin + 1);
        case '[': return behind("]", begin + 1);
        case '-': return text.substr(begin, 2) == "--" ? behind("\n", begin) : begin;
        case '/': return text.substr(begin, 2) == "/*" ? behind("*/", begin + 2) : begin;
        default: return begin;
    }
}

/// Where the first bare `?` of a text of SQL is, its size where it has none. A numbered one is none: it would be
/// another statement's number.
inline std::size_t find_parameter(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = end_of_quotes(text, i);
        if (end == i) {
            const bool is_bare = i + 1 == text.size() || text[i + 1] < '0' || text[i + 1] > '9';
            if (text[i] == '?' && is_bare) return i;
        }
        i = end == i ? i + 1 : end;
    }
    return text.size();
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_wrong_raw_parameters(std::string_view text) {
    throw ProgrammingError(Failure{.message = "mica: sql<>() needs a bare ? in its text for each of its values",
                                   .sql = std::string{text}});
}

/// Whether something is a value, and no expression, whose text sql<>() could not put into its own.
template <class Argument>
inline constexpr bool is_plain_value = !Expression<Argument> && !SelectLike<Argument> && !RefusedLike<Argument> &&
                                       !std::same_as<Lifted<std::string, Argument>, Invalid>;

}  // namespace detail

/// SQL text, taken as it is, and the values of its parameters.
template <class Result>
class RawExpression : public Operand<RawExpression<Result>> {
public:
    using Value = Result;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;
    static constexpr bool is_of_run_time = true;

    template <class... Arguments>
    explicit RawExpression(std::string_view text, const Arguments&... arguments) {
        if (append(text) != sizeof...(Arguments)) detail::throw_wrong_raw_parameters(text);
        (add(arguments), ...);
    }

    static constexpr void render(SqlWriter& writer) { writer.fragment(); }
    static constexpr void inspect(Inspection& inspection) { inspection.is_dynamic = true; }
    template <class Sink>
    void bind(Sink& sink) const {
        erased_.bind(sink, nullptr);
    }

private:
    /// Takes the text apart at its parameters; gives their number.
    std::size_t append(std::string_view text) {
        std::size_t parameters = 0;
        const std::string_view end = text.find("--") == text.npos ? ")" : "\n)";  // a comment ends with its line
        erased_.append_text("(");
        for (;; ++parameters) {
            const std::size_t place = detail::find_parameter(text);
            erased_.append_text(text.substr(0, place));
            if (place == text.size()) break;
            erased_.append_render([](SqlWriter& writer) { writer.parameter(); });
            text.remove_prefix(place + 1);
        }
        erased_.append_text(end);
        return parameters;
    }

    template <class Argument>
    void add(const Argument& argument) {
        if constexpr (std::same_as<Argument, Null>) {
            erased_.values.null();
        } else {
            argument.bind(erased_.values);
        }
    }

    detail::BasicErased<> erased_;
};

/// An expression of SQL text, with a `?` for each of the values, which are bound. `Result` is what it is read as,
/// std::optional where it can be NULL. Nothing in the text is checked: never put into it what somebody else has typed.
/// Throws what a codec throws; ProgrammingError where the text has not one bare `?` for each value.
template <class Result, class... Arguments>
auto sql(std::string_view text, Arguments&&... arguments) {
    static_assert(Storable<Result>, "mica: sql<>() names the type of its result, one that mica can read");
    constexpr bool are_values = (detail::is_plain_value<Arguments> && ...);
    static_assert(are_values, "mica: a value given to SQL has a type that mica cannot store");
    if constexpr (Storable<Result> && are_values) {
        return RawExpression<Result>{text, detail::lift<std::string>(std::forward<Arguments>(arguments))...};
    } else {
        return Invalid{};
    }
}

}  // namespace mica
