// SPDX-License-Identifier: BSL-1.0
// in(a, b, …): IN over values and expressions that are written one by one. Their number is part of the text.
#pragma once

#include <mica/query/expression/in_braces.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace mica {

/// `subject IN (a, b, …)`.
template <bool negated, Expression Subject, Expression... Elements>
struct InEach : Operand<InEach<negated, Subject, Elements...>> {
    using Value = detail::NullableIf<bool, is_optional<ValueOf<Subject>> || (is_optional<ValueOf<Elements>> || ...)>;
    using Children = Types<Subject, Elements...>;
    static constexpr int precedence = precedence::equality;

    Subject subject;
    boost::hana::basic_tuple<Elements...> elements;

    constexpr InEach(Subject of, boost::hana::basic_tuple<Elements...> in)
        : subject(std::move(of)), elements(std::move(in)) {}

    static constexpr void render(SqlWriter& writer) {
        detail::render_operand<Subject>(writer, precedence::addition);
        writer.text(negated ? " NOT IN (" : " IN (");
        detail::render_list<Elements...>(writer);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        subject.bind(sink);
        detail::bind_each(elements, sink);
    }
};

namespace detail {

/// Whether NULL may be one of these values, which IN says of nothing.
template <class... Given>
inline constexpr bool any_optional_value =
    ((is_optional_value<std::remove_cvref_t<Given>> || is_nullopt<Given>) || ...);

/// One element of a list with values that may be missing.
template <class Subject, class Given>
constexpr auto is_element(const Subject& subject, Given&& given) {
    if constexpr (SqlOperand<Given>) {
        return subject == std::forward<Given>(given);
    } else {
        return subject.is_not_distinct_from(std::forward<Given>(given));
    }
}

template <bool negated, class Subject, class... Given>
constexpr auto in_each(const Subject& subject, Given&&... given) {
    using Value = ValueOf<Subject>;
    constexpr bool fits = (can_stand_beside<Value, Given>() && ...);
    constexpr bool has_cure = any_curable<Value, Given...>;
    static_assert(fits || has_cure, "mica: in() needs values of the type of the expression before it");
    if constexpr (!fits) require_no_cure<Value, Given...>();
    if constexpr (fits && any_optional_value<Given...>) {
        auto condition = (is_element(subject, std::forward<Given>(given)) || ...);
        if constexpr (negated) {
            return !std::move(condition);
        } else {
            return condition;
        }
    } else if constexpr (fits && !(std::same_as<Lifted<Value, Given>, Invalid> || ...)) {
        return InEach<negated, Subject, Lifted<Value, Given>...>{
            subject, boost::hana::basic_tuple<Lifted<Value, Given>...>{lift<Value>(std::forward<Given>(given))...}};
    } else {
        return Invalid{};
    }
}

}  // namespace detail

template <class Self>
template <class First, class Second, class... More>
constexpr auto Operand<Self>::in(First&& first, Second&& second, More&&... more) const {
    return detail::in_each<false>(self(), std::forward<First>(first), std::forward<Second>(second),
                                  std::forward<More>(more)...);
}

template <class Self>
template <class First, class Second, class... More>
constexpr auto Operand<Self>::not_in(First&& first, Second&& second, More&&... more) const {
    return detail::in_each<true>(self(), std::forward<First>(first), std::forward<Second>(second),
                                 std::forward<More>(more)...);
}

}  // namespace mica
