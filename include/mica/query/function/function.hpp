// SPDX-License-Identifier: BSL-1.0
// A call of a function of SQL, and func<"name", Result>(…) for those that mica does not know.
#pragma once

#include <mica/core/fixed_string.hpp>
#include <mica/dialect/call_writer.hpp>
#include <mica/query/expression/argument.hpp>
#include <mica/schema/mapping.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace mica {

/// Which NULL among its arguments makes a function's result NULL.
enum class NullRule : unsigned char { never, any, all, any_but_first };

namespace detail {

/// Whether the result can be NULL, from which arguments can.
template <std::size_t count>
constexpr bool follows_null(NullRule rule, const std::array<bool, count>& nullable) {
    std::size_t nulls = 0;
    for (const bool is_nullable : nullable) nulls += is_nullable ? 1 : 0;
    switch (rule) {
        case NullRule::never: return false;
        case NullRule::any: return nulls > 0;
        case NullRule::all: return count > 0 && nulls == count;
        case NullRule::any_but_first: return nulls > (count > 0 && nullable.front() ? 1 : 0);
    }
    return true;
}

template <class... Nodes>
inline constexpr std::array<bool, sizeof...(Nodes)> optional_among{is_optional<ValueOf<Nodes>>...};

/// The type of a result that is NULL by `rule`.
template <class Result, NullRule rule, class... Nodes>
using ResultOf = NullableIf<Result, follows_null(rule, optional_among<Nodes...>)>;

}  // namespace detail

/// `name(arguments…)`.
template <FixedString name, class Result, NullRule rule, Expression... Given>
struct Function : Operand<Function<name, Result, rule, Given...>> {
    using Value = Result;
    using Children = Types<Given...>;
    static constexpr int precedence = precedence::primary;

    boost::hana::basic_tuple<Given...> arguments;

    static constexpr void render(SqlWriter& writer) {
        CallWriter call{writer, name.view(), sizeof...(Given)};
        ((call.next(), Given::render(writer)), ...);
        call.end();
    }
    static constexpr bool is_nullable(const OuterTables& outer) {
        return detail::follows_null(rule, std::array<bool, sizeof...(Given)>{detail::is_nullable_in<Given>(outer)...});
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(arguments, sink);
    }
};

namespace detail {

/// `"name"(arguments…)`, quoted so that it may be any word of SQL's.
template <class Self, FixedString name, class... Given>
struct CallByName : Operand<Self> {
    using Children = Types<Given...>;
    static constexpr int precedence = precedence::primary;

    boost::hana::basic_tuple<Given...> arguments;

    static constexpr void render(SqlWriter& writer) {
        writer.identifier(name.view());
        writer.put('(');
        detail::render_list<Given...>(writer);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(arguments, sink);
    }
};

}  // namespace detail

/// A call of a function of others.
template <FixedString name, class Result, Expression... Given>
struct NamedFunction : detail::CallByName<NamedFunction<name, Result, Given...>, name, Given...> {
    using Value = Result;
};

namespace detail {

template <FixedString name, class Result, NullRule rule, class... Nodes>
constexpr auto make_function(Nodes... nodes) {
    return Function<name, ResultOf<Result, rule, Nodes...>, rule, Nodes...>{
        {}, boost::hana::basic_tuple<Nodes...>{std::move(nodes)...}};
}

/// A call whose places take what `places` says, one for each argument.
template <FixedString name, class Result, NullRule rule, Takes... places, class... Given>
constexpr auto call(Given&&... given) {
    if constexpr (are_sound<places...>(std::type_identity<Types<Given...>>{})) {
        return make_function<name, Result, rule>(argument(std::forward<Given>(given))...);
    } else {
        return Invalid{};
    }
}

template <FixedString name, NullRule rule, class... Nodes>
constexpr auto make_common_function(Nodes... nodes) {
    using Common = CommonValue<Nodes...>;
    if constexpr (require_common_type<Common>()) {
        return make_function<name, Common, rule>(std::move(nodes)...);
    } else {
        return Invalid{};
    }
}

/// A call whose result is one of its arguments, so that they have one type.
template <FixedString name, NullRule rule, class... Given>
constexpr auto call_with_common_type(Given&&... given) {
    if constexpr (!(require_argument<Takes::anything, Given>() && ...) ||
                  (std::same_as<Argument<Given>, Invalid> || ...)) {
        return Invalid{};
    } else {
        using Peer = PeerAmong<Argument<Given>...>;
        return make_common_function<name, rule>(beside<Peer>(argument(std::forward<Given>(given)))...);
    }
}

/// A function whose result is what its caller says.
template <FixedString name, class Result, class... Nodes>
constexpr auto make_named_function(Nodes... nodes) {
    return NamedFunction<name, Result, Nodes...>{{{}, boost::hana::basic_tuple<Nodes...>{std::move(nodes)...}}};
}

}  // namespace detail

/// Any other function of SQL: `func<"slug", std::string>(col<&Post::title>)`. `Result` is what it gives for these
/// arguments, std::optional where it can be NULL; where an outer join makes an argument NULL, so is the result.
template <FixedString name, class Result, class... Given>
    requires detail::Arguments<Given...>
constexpr auto func(Given&&... given) {
    constexpr bool is_storable = Storable<Result>;
    static_assert(is_storable, "mica: the result of func<> has a type that mica can store");
    if constexpr (!is_storable) {
        return Invalid{};
    } else if constexpr ((detail::require_argument<detail::Takes::anything, Given>() && ... && true)) {
        return detail::make_named_function<name, Result>(detail::argument(std::forward<Given>(given))...);
    } else {
        return Invalid{};
    }
}

}  // namespace mica
