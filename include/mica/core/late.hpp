// SPDX-License-Identifier: BSL-1.0
// Types that cost nothing where they are only named: g++ and clang++ instantiate what a function gives as soon as they
// have read its body, unless that depends on the function's own template parameters.
#pragma once

namespace mica::detail {

template <class Whole, class... Parameters>
struct LateType {
    using Type = Whole;
};

/// `Whole`, instantiated not before `Parameters` are known.
template <class Whole, class... Parameters>
using Late = typename LateType<Whole, Parameters...>::Type;

}  // namespace mica::detail
