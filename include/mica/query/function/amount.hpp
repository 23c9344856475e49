// SPDX-License-Identifier: BSL-1.0
// What a codec stores as an integer, multiplied with or divided by a real number: rounded, half away from zero.
#pragma once

#include <mica/query/expression/cast.hpp>
#include <mica/query/function/number.hpp>

#include <utility>

namespace mica::detail {

template <class Amount, class Node>
constexpr auto rounded(Node node) {
    auto whole = round(std::move(node));
    return Cast<Amount, decltype(whole)>{{}, std::move(whole)};
}

}  // namespace mica::detail
