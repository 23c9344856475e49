// SPDX-License-Identifier: BSL-1.0
// CASE: case_(when(condition, value), …).otherwise(value).
#pragma once

#include <mica/query/expression/argument.hpp>
#include <mica/schema/mapping.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace mica {

/// `WHEN condition THEN value`.
template <Expression Condition, Expression Then>
struct When {
    using Chosen = Then;
    using Children = Types<Condition, Then>;

    Condition condition;
    Then value;

    static constexpr void render(SqlWriter& writer) {
        writer.text(" WHEN ");
        Condition::render(writer);
        writer.text(" THEN ");
        Then::render(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        condition.bind(sink);
        value.bind(sink);
    }
};

/// The value of the first branch whose condition is true. Without `Otherwise` it is NULL where none is.
template <class Result, class Otherwise, class... Branches>
struct Case : Operand<Case<Result, Otherwise, Branches...>> {
    using Value = Result;
    using Children = Types<Branches..., Otherwise>;
    static constexpr int precedence = precedence::primary;

    boost::hana::basic_tuple<Branches...> branches;
    Otherwise rest{};

    /// The value where no condition is true. Called once, at the end.
    template <class Given>
    constexpr auto otherwise(Given&& given) const;

    static constexpr void render(SqlWriter& writer) {
        writer.text("CASE");
        (Branches::render(writer), ...);
        if constexpr (!is_none<Otherwise>) {
            writer.text(" ELSE ");
            Otherwise::render(writer);
        }
        writer.text(" END");
    }
    static constexpr bool is_nullable(const OuterTables& outer) {
        bool nullable = (detail::is_nullable_in<typename Branches::Chosen>(outer) || ...);
        if constexpr (!is_none<Otherwise>) nullable = nullable || detail::is_nullable_in<Otherwise>(outer);
        return nullable;
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(branches, sink);
        rest.bind(sink);
    }
};

namespace detail {

/// The branch with its value bound as beside a `Peer`.
template <class Peer, class Condition, class Then>
constexpr auto branch_beside(const When<Condition, Then>& branch) {
    return When<Condition, Beside<Peer, Then>>{branch.condition, beside<Peer>(branch.value)};
}

template <class Otherwise, class... Branches>
constexpr auto make_case(Otherwise rest, Branches... branches) {
    using Common = CommonValue<typename Branches::Chosen..., Otherwise>;
    if constexpr (require_common_type<Common>()) {
        constexpr bool can_be_null =
            (is_optional<ValueOf<typename Branches::Chosen>> || ...) || is_optional<ValueOf<Otherwise>>;
        return Case<NullableIf<Common, can_be_null>, Otherwise, Branches...>{
            {}, boost::hana::basic_tuple<Branches...>{std::move(branches)...}, std::move(rest)};
    } else {
        return Invalid{};
    }
}

template <class... Branches>
constexpr auto make_open_case(Branches... branches) {
    using Common = CommonValue<typename Branches::Chosen...>;
    if constexpr (std::is_void_v<Common>) {  // NULL so far; otherwise() may say more
        return Case<std::optional<bool>, None, Branches...>{
            {}, boost::hana::basic_tuple<Branches...>{std::move(branches)...}};
    } else if constexpr (require_common_type<Common>()) {
        return Case<std::optional<Common>, None, Branches...>{
            {}, boost::hana::basic_tuple<Branches...>{std::move(branches)...}};
    } else {
        return Invalid{};
    }
}

template <class Rest, class... Branches, std::size_t... indices>
constexpr auto close_case(const boost::hana::basic_tuple<Branches...>& branches, Rest rest,
                          std::index_sequence<indices...>) {
    using Peer = PeerAmong<typename Branches::Chosen..., Rest>;
    return make_case(beside<Peer>(std::move(rest)), branch_beside<Peer>(boost::hana::at_c<indices>(branches))...);
}

template <class Candidate>
inline constexpr bool is_branch = false;
template <class Condition, class Then>
inline constexpr bool is_branch<When<Condition, Then>> = true;

}  // namespace detail

/// A branch of case_().
template <class Condition, class Given>
constexpr auto when(Condition condition, Given&& value) {
    constexpr bool is_condition = Predicate<Condition>;
    static_assert(is_condition, "mica: when() takes a condition and a value");
    if constexpr (is_condition && detail::require_argument<detail::Takes::anything, Given>()) {
        return When<Condition, detail::Argument<Given>>{std::move(condition),
                                                        detail::argument(std::forward<Given>(value))};
    } else {
        return Invalid{};
    }
}

/// The value of the first branch whose condition is true, else that of otherwise(), else NULL.
template <class... Branches>
constexpr auto case_(Branches... branches) {
    constexpr bool is_refused = (std::same_as<Branches, Invalid> || ...);
    constexpr bool are_branches = sizeof...(Branches) > 0 && (detail::is_branch<Branches> && ...);
    static_assert(are_branches || is_refused, "mica: case_() takes branches: case_(when(condition, value), …)");
    if constexpr (are_branches) {
        using Peer = detail::PeerAmong<typename Branches::Chosen...>;
        return detail::make_open_case(detail::branch_beside<Peer>(branches)...);
    } else {
        return Invalid{};
    }
}

template <class Result, class Otherwise, class... Branches>
template <class Given>
constexpr auto Case<Result, Otherwise, Branches...>::otherwise(Given&& given) const {
    static_assert(is_none<Otherwise>, "mica: otherwise() is called once");
    if constexpr (!is_none<Otherwise> || !detail::require_argument<detail::Takes::anything, Given>()) {
        return Invalid{};
    } else {
        return detail::close_case(branches, detail::argument(std::forward<Given>(given)),
                                  std::index_sequence_for<Branches...>{});
    }
}

}  // namespace mica
