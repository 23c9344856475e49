// SPDX-License-Identifier: BSL-1.0
// .as<"label">(): a name for an expression of a SELECT's list.
#pragma once

#include <mica/core/fixed_string.hpp>
#include <mica/query/expression/operand.hpp>

#include <string_view>

namespace mica {

/// An expression with a name. ORDER BY and GROUP BY write the name, everything else the expression.
template <FixedString name, Expression Of>
struct WithLabel : Operand<WithLabel<name, Of>> {
    using Unlabeled = Of;
    using Value = ValueOf<Of>;
    using Children = Types<Of>;
    static constexpr int precedence = Of::precedence;

    Of expression;

    static constexpr std::string_view label() { return name.view(); }
    static constexpr void render(SqlWriter& writer) { Of::render(writer); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        expression.bind(sink);
    }
};

template <class Self>
template <FixedString name>
constexpr auto Operand<Self>::as() const {
    return WithLabel<name, Self>{{}, self()};
}

}  // namespace mica
