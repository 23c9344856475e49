// SPDX-License-Identifier: BSL-1.0
// What only some programs use is no template of anything, and still analysed in those programs only.
#pragma once

namespace mica::detail {

/// Such a class or function is a template of `Lazy`, which is always void: `template <class Lazy = void>`. Who uses it
/// names it by its default; a template that may not yet, because that would instantiate it at once, names it by
/// `typename Deferred<T>::type`: void, but known to be only when the template's own parameter `T` is. A function that
/// gives a standard container says its element in the place of `Lazy`, `template <class Text = std::string>`, so that
/// the container's members are instantiated where the function is called.
template <class>
struct Deferred {
    using type = void;
};

}  // namespace mica::detail
