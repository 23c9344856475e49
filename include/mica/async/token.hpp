// SPDX-License-Identifier: BSL-1.0
// Members that take any number of values and perhaps a completion token behind them.
#pragma once

#include <mica/codec/codec.hpp>
#include <mica/core/given_text.hpp>
#include <mica/query/write/assignment.hpp>

#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mica::detail {

using DefaultToken = boost::asio::use_awaitable_t<>;

/// Whether an argument is for the database, a value or an assignment; else it is a completion token.
template <class Argument>
inline constexpr bool is_value =
    Storable<without_optional<AsGiven<Argument>>> || std::is_same_v<std::remove_cvref_t<Argument>, std::nullopt_t> ||
    is_assignment<std::remove_cvref_t<Argument>>;

/// A copy that does not need what it was made of.
template <class Argument>
auto own(Argument&& argument) {
    if constexpr (std::is_convertible_v<const Argument&, std::string_view> &&
                  !std::is_same_v<std::remove_cvref_t<Argument>, std::string>) {
        return std::string{text_of(argument)};
    } else {
        return std::decay_t<Argument>(std::forward<Argument>(argument));
    }
}

/// Calls `start(token, values...)`, with the default token where the last argument is a value.
template <class Start, class... Arguments>
auto with_token(Start start, Arguments&&... arguments) {
    constexpr std::size_t count = sizeof...(Arguments);
    auto given = std::forward_as_tuple(std::forward<Arguments>(arguments)...);
    constexpr bool has_token = [] {
        if constexpr (count == 0) {
            return false;
        } else {
            return !is_value<std::tuple_element_t<count - 1, std::tuple<Arguments...>>>;
        }
    }();
    return [&]<std::size_t... indexes>(std::index_sequence<indexes...>) {
        // NOLINTBEGIN(bugprone-use-after-move): a tuple of references, each of which is moved once
        if constexpr (has_token) {
            return start(std::get<count - 1>(std::move(given)), own(std::get<indexes>(std::move(given)))...);
        } else {
            return start(DefaultToken{}, own(std::get<indexes>(std::move(given)))...);
        }
        // NOLINTEND(bugprone-use-after-move)
    }(std::make_index_sequence<has_token ? count - 1 : count>{});
}

}  // namespace mica::detail
