// SPDX-License-Identifier: BSL-1.0
// sql<Result>("…", values…): SQL of the user's own as an expression.
#pragma once

#include <mica/query/fragment.hpp>
#include <mica/query/related.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

/// SQL text, taken as it is, and the values of its parameters.
template <class Result>
class RawExpression : public Operand<RawExpression<Result>> {
public:
    using Value = Result;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    template <class... Arguments>
    explicit RawExpression(std::string_view text, const Arguments&... arguments) {
        erased_.text += '(';
        erased_.text += text;
        erased_.text += ')';
        (arguments.bind(erased_.values), ...);
    }

    static constexpr void render(SqlWriter& writer) { writer.fragment(); }
    static constexpr void inspect(Inspection& inspection) { inspection.is_dynamic = true; }
    template <class Sink>
    void bind(Sink& sink) const {
        erased_.bind(sink, {});
    }

private:
    detail::BasicErased<> erased_;
};

/// An expression of SQL text, with a `?` for each of the values, which are bound. `Result` is what it is read as,
/// std::optional where it can be NULL. Nothing in the text is checked: never put into it what somebody else has typed.
/// Throws what a codec throws; ProgrammingError at execution where the number of values is another.
template <class Result, class... Arguments>
auto sql(std::string_view text, Arguments&&... arguments) {
    static_assert(Storable<Result>, "mica: sql<>() names the type of its result, one that mica can read");
    constexpr bool are_values = (!std::same_as<decltype(detail::lift<std::string>(arguments)), Invalid> && ...);
    static_assert(are_values, "mica: a value given to SQL has a type that mica cannot store");
    if constexpr (Storable<Result> && are_values) {
        return RawExpression<Result>{text, detail::lift<std::string>(std::forward<Arguments>(arguments))...};
    } else {
        return Invalid{};
    }
}

}  // namespace mica
