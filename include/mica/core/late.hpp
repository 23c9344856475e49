// SPDX-License-Identifier: BSL-1.0
// What only some programs use is no template of anything, and still analysed in those programs only.
#pragma once

namespace mica::detail {

template <class Whole, class... Parameters>
struct LateType {
    using Type = Whole;
};

/// `Whole`, which g++ and clang++ do not look into before `Parameters` are known: what a function gives they would else
/// instantiate as soon as they have read its body.
///
/// A class or function that few programs use is a template of `Lazy`, which is always void: `template <class Lazy =
/// void>`. Who uses it names it by its default; a template that may not yet names it by `Late<void, T>`, T being its
/// own parameter. A function that gives a standard container says its element in the place of `Lazy`, `template <class
/// Text = std::string>`, so that the container's members are instantiated where the function is called.
template <class Whole, class... Parameters>
using Late = typename LateType<Whole, Parameters...>::Type;

}  // namespace mica::detail
