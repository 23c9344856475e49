// SPDX-License-Identifier: BSL-1.0
// The result and the arguments of a callable: a function, a pointer to one, or an object with one call operator.
#pragma once

#include <mica/core/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mica::detail {

/// Void where there are none to be known.
template <class Callable>
struct SignatureOf {
    using Type = void;
};

// NOLINTBEGIN(bugprone-macro-parentheses): qualifiers are no expression
#define MICA_SIGNATURE(qualifiers)                                   \
    template <class Owner, class Result, class... Arguments>         \
    struct SignatureOf<Result (Owner::*)(Arguments...) qualifiers> { \
        using Type = Result(Arguments...);                           \
    }
// NOLINTEND(bugprone-macro-parentheses)
MICA_SIGNATURE();
MICA_SIGNATURE(const);
MICA_SIGNATURE(&);
MICA_SIGNATURE(const&);
MICA_SIGNATURE(noexcept);
MICA_SIGNATURE(const noexcept);
MICA_SIGNATURE(& noexcept);
MICA_SIGNATURE(const& noexcept);
#undef MICA_SIGNATURE

template <class Result, class... Arguments>
struct SignatureOf<Result(Arguments...)> {
    using Type = Result(Arguments...);
};
template <class Result, class... Arguments>
struct SignatureOf<Result(Arguments...) noexcept> {
    using Type = Result(Arguments...);
};

template <class Callable>
struct SignatureOf<Callable*> : SignatureOf<Callable> {};

template <class Callable>
    requires requires { &Callable::operator(); }
struct SignatureOf<Callable> : SignatureOf<decltype(&Callable::operator())> {};

/// As a function type: `Result(Arguments...)`.
template <class Callable>
using Signature = typename SignatureOf<std::remove_cvref_t<Callable>>::Type;

template <class Type>
struct OwnedTypeOf {
    using Value = Type;
};
template <>
struct OwnedTypeOf<std::string_view> {
    using Value = std::string;
};
template <>
struct OwnedTypeOf<Bytes> {
    using Value = std::vector<std::byte>;
};
template <class Type>
struct OwnedTypeOf<std::optional<Type>> {
    using Value = std::optional<typename OwnedTypeOf<Type>::Value>;
};
/// The type of an argument or a result without how it is handed over: views are of what they look at.
template <class Type>
using OwnedType = typename OwnedTypeOf<std::remove_cvref_t<Type>>::Value;

}  // namespace mica::detail
