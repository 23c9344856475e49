// SPDX-License-Identifier: BSL-1.0
// in({a, b, …}): a bound list, as of any range, and where it is a constant, as in a mapping, values one by one.
#pragma once

#include <mica/query/expression/predicate.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace mica {

/// IN over a list in braces, whose values are encoded as `Type`. Each length is a type, and so a statement, of its own,
/// as one of a range is not.
template <Expression Subject, class Type, class Element, std::size_t count, bool negated>
struct InBraces : Operand<InBraces<Subject, Type, Element, count, negated>> {
    using List = InValues<Subject, negated>;
    using Value = typename List::Value;
    using Children = typename List::Children;
    static constexpr int precedence = List::precedence;

    Subject subject;
    std::array<Element, count> constants{};  ///< of a constant, which has no list
    ValueList values{};

    constexpr InBraces(Subject of, const Element (&given)[count]) : subject(std::move(of)) {
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i < count; ++i) constants[i] = given[i];
        } else {
            values = make_list(given);
        }
    }

    static constexpr void render(SqlWriter& writer) {
        if (!writer.writes_values()) return List::render(writer);
        detail::render_operand<Subject>(writer, precedence::addition);
        writer.text(negated ? " NOT IN (" : " IN (");
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) writer.text(", ");
            writer.parameter();
        }
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        subject.bind(sink);
        if constexpr (requires { sink.values(values, Lifetime::borrowed); }) {
            if (values.size() > 0) return sink.values(values, Lifetime::borrowed);
            sink.values(make_list(constants), Lifetime::copied);
        } else if (!std::is_constant_evaluated() && values.size() > 0) {
            for (std::size_t place = 0; place < count; ++place) send_from(place, sink);
        } else {
            for (const Element& element : constants) detail::send_element<Type>(element, sink, Lifetime::borrowed);
        }
    }

private:
    template <class Elements>
    static ValueList make_list(const Elements& elements) {
        ValueList list;
        list.reserve(count);
        for (const Element& element : elements) detail::send_element<Type>(element, list, Lifetime::copied);
        list.sort();
        return list;
    }
    /// The value that was given at a place, before the list was sorted.
    template <class Sink>
    void send_from(std::size_t place, Sink& sink) const {
        for (std::size_t i = 0; i < count; ++i) {
            if (values.position(i) == place) values.send(i, sink);
        }
    }
};

namespace detail {

template <bool negated, class Subject, class Element, std::size_t count>
constexpr auto in_braces(const Subject& subject, const Element (&values)[count]) {
    using Type = typename decltype(bound_type<Element, ValueOf<Subject>>())::type;
    constexpr bool can_be_constant = std::is_trivially_copyable_v<Element> && std::default_initializable<Element>;
    if constexpr (can_be_in<Subject, const Element[count]>() && can_be_constant && !is_optional<Type>) {
        return InBraces<Subject, Type, Element, count, negated>{subject, values};
    } else {
        return in_values<negated>(subject, values);
    }
}

}  // namespace detail

template <class Self>
template <class Element, std::size_t count>
constexpr auto Operand<Self>::in(const Element (&values)[count]) const {
    return detail::in_braces<false>(self(), values);
}

template <class Self>
template <class Element, std::size_t count>
constexpr auto Operand<Self>::not_in(const Element (&values)[count]) const {
    return detail::in_braces<true>(self(), values);
}

}  // namespace mica
