// SPDX-License-Identifier: BSL-1.0
// What a codec stores as an integer, multiplied with or divided by a real number: rounded, half away from zero.
#pragma once

#include <mica/query/expression/cast.hpp>
#include <mica/query/function/number.hpp>

#include <utility>

namespace mica {

/// A real number as the integer that it is. CAST makes the largest or smallest one of what is out of range: by the
/// steps behind it these leave the integers, as an overflow does, and are refused where they are read or stored.
template <class Amount, Expression Of>
struct WholeAmount : Operand<WholeAmount<Amount, Of>> {
    using Value = ValueOf<Cast<Amount, Of>>;
    using Children = Types<Cast<Amount, Of>>;
    static constexpr int precedence = precedence::addition;

    Cast<Amount, Of> cast;

    static constexpr void render(SqlWriter& writer) {
        Cast<Amount, Of>::render(writer);
        writer.text(" + 1 - 2 + 1");
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        cast.bind(sink);
    }
};

namespace detail {

template <class Amount, class Node>
constexpr auto rounded(Node node) {
    auto whole = round(std::move(node));
    return WholeAmount<Amount, decltype(whole)>{{}, {{}, std::move(whole)}};
}

}  // namespace detail

}  // namespace mica
