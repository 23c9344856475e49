// SPDX-License-Identifier: BSL-1.0
// What may leave a worker: values that own what they consist of.
#pragma once

#include <mica/fwd.hpp>
#include <mica/session/query.hpp>

#include <concepts>
#include <optional>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica::detail {

/// What belongs to a connection.
template <class Value>
inline constexpr bool is_bound_to_connection = false;
template <class BackendType, class Row>
inline constexpr bool is_bound_to_connection<BasicResult<BackendType, Row>> = true;
template <class BackendType, class Query>
inline constexpr bool is_bound_to_connection<BasicViews<BackendType, Query>> = true;
template <class BackendType, class Query>
inline constexpr bool is_bound_to_connection<BasicPrepared<BackendType, Query>> = true;
template <class BackendType>
inline constexpr bool is_bound_to_connection<BasicReader<BackendType>> = true;
template <class BackendType>
inline constexpr bool is_bound_to_connection<BasicAnyReader<BackendType>> = true;
template <class BackendType>
inline constexpr bool is_bound_to_connection<BasicConnection<BackendType>> = true;
template <class BackendType>
inline constexpr bool is_bound_to_connection<BasicTransaction<BackendType>> = true;
template <class BackendType>
inline constexpr bool is_bound_to_connection<BasicSavepoint<BackendType>> = true;
template <class BackendType>
inline constexpr bool is_bound_to_connection<BasicNestedScope<BackendType>> = true;
template <class SessionType, class Selection, class... Paths>
inline constexpr bool is_bound_to_connection<BasicQuery<SessionType, Selection, Paths...>> = true;

template <class Value>
inline constexpr bool owns_values =
    !std::is_reference_v<Value> && !std::is_pointer_v<Value> && !std::ranges::enable_view<std::remove_cv_t<Value>> &&
    !is_bound_to_connection<Value>;
template <class Value>
inline constexpr bool owns_values<std::optional<Value>> = owns_values<Value>;
template <class Value, class Allocator>
inline constexpr bool owns_values<std::vector<Value, Allocator>> = owns_values<Value>;
template <class First, class Second>
inline constexpr bool owns_values<std::pair<First, Second>> = owns_values<First> && owns_values<Second>;
template <class... Values>
inline constexpr bool owns_values<std::tuple<Values...>> = (owns_values<Values> && ...);
template <>
inline constexpr bool owns_values<void> = true;

/// Says why something cannot be an operation's result.
template <class Value>
consteval bool require_owned_result() {
    constexpr bool is_owned = owns_values<Value>;
    static_assert(is_owned,
                  "mica: what an asynchronous operation gives owns its values: no view, pointer or reference, and no "
                  "Result, Reader or Query; give a std::vector, a std::string or a struct");
    if constexpr (is_owned && !std::is_void_v<Value>) {
        constexpr bool is_plain = std::default_initializable<Value> && std::move_constructible<Value>;
        static_assert(is_plain,
                      "mica: what an asynchronous operation gives goes beside its error, so that it has to be "
                      "default-constructible, and movable");
        return is_plain;
    } else {
        return is_owned;
    }
}

/// In place of a refused result: becomes whatever is made of it.
struct RefusedResult {
    template <class Any>
    operator Any() const;
};

/// Says that a function can be called with what an operation hands it.
template <class Action, class Argument>
consteval bool require_action() {
    constexpr bool is_callable = std::invocable<Action&, Argument&>;
    static_assert(is_callable,
                  "mica: an asynchronous operation takes a function: of a mica::Reader& to read, of a mica::Session& "
                  "to write");
    return is_callable;
}

}  // namespace mica::detail
