// SPDX-License-Identifier: BSL-1.0
// What a codec stores as an integer, multiplied with or divided by a real number: rounded, half away from zero.
#pragma once

#include <mica/query/function/number.hpp>

#include <utility>

namespace mica {

/// A real number as the integer that it is. CAST makes the largest or smallest one of what is out of range: by the
/// steps behind it these leave the integers, as an overflow does, and are refused where they are read or stored.
template <class Amount, Expression Of>
struct WholeAmount : Operand<WholeAmount<Amount, Of>> {
    using Value = detail::NullableIf<Amount, is_optional<ValueOf<Of>>>;
    using Children = Types<Of>;
    static constexpr int precedence = precedence::addition;

    Of operand;

    static constexpr void render(SqlWriter& writer) {
        writer.text("CAST(");
        Of::render(writer);
        writer.text(" AS ");
        writer.type(StorageClass::integer);
        writer.text(") + 1 - 2 + 1");
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        operand.bind(sink);
    }
};

namespace detail {

template <class Amount, class Node>
constexpr auto rounded(Node node) {
    auto whole = round(std::move(node));
    return WholeAmount<Amount, decltype(whole)>{{}, std::move(whole)};
}

}  // namespace detail

}  // namespace mica
