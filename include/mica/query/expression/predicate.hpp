// SPDX-License-Identifier: BSL-1.0
// Conditions that are no operators: patterns, lists, ranges, NULL tests.
#pragma once

#include <mica/core/iterator.hpp>
#include <mica/core/value_list.hpp>
#include <mica/query/expression/arithmetic.hpp>
#include <mica/query/expression/like_pattern.hpp>
#include <mica/query/expression/list_rows.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

enum class PatternKind : unsigned char { like, glob, regexp, match, escaped };

namespace detail {

constexpr std::string_view text_of(PatternKind kind, const Dialect& dialect) {
    switch (kind) {
        case PatternKind::glob: return dialect.glob;
        case PatternKind::regexp: return dialect.regexp;
        case PatternKind::match: return dialect.match;
        case PatternKind::like:
        case PatternKind::escaped: break;
    }
    return dialect.like;
}

constexpr Feature needs_of(PatternKind kind) {
    switch (kind) {
        case PatternKind::glob: return Feature::glob;
        case PatternKind::regexp: return Feature::regexp;
        case PatternKind::match: return Feature::match;
        case PatternKind::like:
        case PatternKind::escaped: break;
    }
    return Feature::none;
}

}  // namespace detail

template <PatternKind kind, Expression Subject, Expression Pattern>
struct Matches : Operand<Matches<kind, Subject, Pattern>> {
    using Value = detail::NullableIf<bool, detail::either_nullable<Subject, Pattern>>;
    using Children = Types<Subject, Pattern>;
    static constexpr int precedence = precedence::equality;

    Subject subject;
    Pattern pattern;

    constexpr Matches(Subject of, Pattern with) : subject(std::move(of)), pattern(std::move(with)) {}

    static constexpr void render(SqlWriter& writer) {
        detail::render_operand<Subject>(writer, precedence::addition);
        writer.need(detail::needs_of(kind));
        writer.text(detail::text_of(kind, writer.dialect()));
        detail::render_operand<Pattern>(writer, precedence::addition);
        if (kind == PatternKind::escaped) writer.text(writer.dialect().escape);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        subject.bind(sink);
        pattern.bind(sink);
    }
};

/// IN over a list of values bound as one parameter, a source of rows.
template <Expression Subject, bool negated>
struct InValues : Operand<InValues<Subject, negated>> {
    using Value = detail::NullableIf<bool, is_optional<ValueOf<Subject>>>;
    using Children = Types<Subject>;
    static constexpr int precedence = precedence::equality;

    Subject subject;
    ValueList values;

    InValues(Subject of, ValueList list) : subject(std::move(of)), values(std::move(list)) {}

    static constexpr void render(SqlWriter& writer) {
        detail::render_operand<Subject>(writer, precedence::addition);
        writer.text(negated ? " NOT IN " : " IN ");
        detail::render_list_rows(writer, 1);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        subject.bind(sink);
        sink.values(values);
    }
};

/// The same over values that may be missing: NULL is one of them where one is. Never unknown, as in C++.
template <Expression Subject, bool negated>
struct InOptionals : Operand<InOptionals<Subject, negated>> {
    using Value = bool;
    using Children = Types<Subject, Subject, Subject>;  // as often as the text has it
    static constexpr int precedence = negated ? precedence::negation : precedence::disjunction;

    InValues<Subject, false> among;
    Bound<bool> is_one_missing;

    InOptionals(Subject of, ValueList list, bool with_missing)
        : among(std::move(of), std::move(list)), is_one_missing{{}, with_missing} {}

    static constexpr void render(SqlWriter& writer) {
        if (negated) writer.text("NOT (");
        InValues<Subject, false>::render(writer);
        tested(writer, " AND ", " IS NOT NULL OR ");
        Bound<bool>::render(writer);
        tested(writer, " AND ", " IS NULL");
        if (negated) writer.put(')');
    }
    static constexpr bool is_nullable(const OuterTables&) { return false; }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        among.bind(sink);
        among.subject.bind(sink);
        is_one_missing.bind(sink);
        among.subject.bind(sink);
    }

private:
    static constexpr void tested(SqlWriter& writer, std::string_view before, std::string_view after) {
        writer.text(before);
        detail::render_operand<Subject>(writer, precedence::addition);
        writer.text(after);
    }
};

template <Expression Subject, Expression Low, Expression High>
struct Between : Operand<Between<Subject, Low, High>> {
    using Value = detail::NullableIf<bool, detail::either_nullable<Subject, Low> || is_optional<ValueOf<High>>>;
    using Children = Types<Subject, Low, High>;
    static constexpr int precedence = precedence::equality;

    Subject subject;
    Low low;
    High high;

    constexpr Between(Subject of, Low from, High to)
        : subject(std::move(of)), low(std::move(from)), high(std::move(to)) {}

    static constexpr void render(SqlWriter& writer) {
        detail::render_operand<Subject>(writer, precedence::addition);
        writer.text(" BETWEEN ");
        detail::render_operand<Low>(writer, precedence::addition);
        writer.text(" AND ");
        detail::render_operand<High>(writer, precedence::addition);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        subject.bind(sink);
        low.bind(sink);
        high.bind(sink);
    }
};

namespace detail {

template <class Text>
inline constexpr bool is_text_value = std::convertible_to<Text, std::string_view>;

template <PatternKind kind, class Subject, class Pattern>
constexpr auto match(const Subject& subject, Pattern&& pattern) {
    constexpr bool are_texts = is_text<without_optional<ValueOf<Subject>>> && can_stand_beside<std::string, Pattern>();
    static_assert(are_texts, "mica: a pattern needs text on both sides");
    if constexpr (are_texts) {
        using Lifted = detail::Lifted<std::string, Pattern>;
        return Matches<kind, Subject, Lifted>{subject, lift<std::string>(std::forward<Pattern>(pattern))};
    } else {
        return Invalid{};
    }
}

template <class Subject, class Text>
constexpr auto match_literally(const Subject& subject, std::string_view before, Text&& text, std::string_view after) {
    constexpr bool are_texts = is_text<without_optional<ValueOf<Subject>>> && is_text_value<Text&&>;
    static_assert(are_texts, "mica: contains, starts_with and ends_with look for a text in a text");
    if constexpr (are_texts) {
        const std::string_view given = text_of(text);
        if constexpr (literal_size<Text&&> > 0) {
            constexpr std::size_t capacity = text_capacity(2 * literal_size<Text&&> + 2);
            using Escaped = BoundText<capacity>;
            char pattern[capacity]{};
            const std::string_view written{pattern, write_pattern(pattern, before, given, after)};
            return Matches<PatternKind::escaped, Subject, Escaped>{subject, Escaped{{}, OwnedText<capacity>{written}}};
        } else {
            using Escaped = Bound<std::string>;
            std::string pattern(2 * given.size() + 2, '\0');
            pattern.resize(write_pattern(pattern.data(), before, given, after));
            return Matches<PatternKind::escaped, Subject, Escaped>{subject, Escaped{{}, std::move(pattern)}};
        }
    } else {
        return Invalid{};
    }
}

// Defined in query/subquery.hpp.
template <bool negated, class Subject, class Query>
constexpr auto in_subquery(const Subject& subject, Query query);

template <class Subject, class Range>
consteval bool can_be_in() {
    if constexpr (requires(Range& range) { *std::begin(range); }) {
        return can_stand_beside<ValueOf<Subject>, std::iter_value_t<decltype(std::begin(std::declval<Range&>()))>>();
    } else {
        return false;
    }
}

/// Says what does not fit into in().
template <bool fits, class Subject, class Range>
consteval bool require_elements() {
    if constexpr (!fits && requires(Range& range) { *std::begin(range); }) {
        using Element = std::iter_value_t<decltype(std::begin(std::declval<Range&>()))>;
        constexpr bool has_cure = any_curable<ValueOf<Subject>, Element>;
        require_no_cure<ValueOf<Subject>, Element>();
        static_assert(has_cure, "mica: in() needs a list of values of the type of the expression before it");
    } else {
        static_assert(fits, "mica: in() needs a list of values of the type of the expression before it");
    }
    return fits;
}

template <class Type, class Element, class Sink>
constexpr void send_element(const Element& element, Sink& sink, Lifetime lifetime) {
    if constexpr (std::convertible_to<Element, std::string_view> && is_text<without_optional<Type>>) {
        sink.text(text_of(element), lifetime);
    } else if constexpr (MadeFiner<Type, Element>) {
        encode(made_finer<Type>(element), sink, lifetime);
    } else {
        encode(static_cast<const Type&>(element), sink, lifetime);
    }
}

template <bool negated, class Subject, class Range>
auto in_values(const Subject& subject, Range& range) {
    constexpr bool fits = require_elements<can_be_in<Subject, Range>(), Subject, Range>();
    if constexpr (fits) {
        using Element = std::iter_value_t<decltype(std::begin(range))>;
        using Type = typename decltype(bound_type<Element, ValueOf<Subject>>())::type;
        ValueList values;
        if constexpr (requires { range.size(); }) values.reserve(range.size());
        [[maybe_unused]] bool is_one_missing = false;
        for (const auto& element : range) {
            if constexpr (is_optional<Type>) {
                if (!element.has_value()) {
                    is_one_missing = true;
                    continue;
                }
            }
            send_element<Type>(element, values, Lifetime::copied);
        }
        values.sort();  // once here, so that every execution searches less
        if constexpr (is_optional<Type>) {
            return InOptionals<Subject, negated>{subject, std::move(values), is_one_missing};
        } else {
            return InValues<Subject, negated>{subject, std::move(values)};
        }
    } else {
        return Invalid{};
    }
}

}  // namespace detail

template <class Self>
template <class Pattern>
constexpr auto Operand<Self>::like(Pattern&& pattern) const {
    return detail::match<PatternKind::like>(self(), std::forward<Pattern>(pattern));
}

template <class Self>
template <class Pattern>
constexpr auto Operand<Self>::glob(Pattern&& pattern) const {
    return detail::match<PatternKind::glob>(self(), std::forward<Pattern>(pattern));
}

template <class Self>
template <class Pattern>
constexpr auto Operand<Self>::regexp(Pattern&& pattern) const {
    return detail::match<PatternKind::regexp>(self(), std::forward<Pattern>(pattern));
}

template <class Self>
template <class Pattern>
constexpr auto Operand<Self>::match(Pattern&& pattern) const {
    return detail::match<PatternKind::match>(self(), std::forward<Pattern>(pattern));
}

template <class Self>
template <class Text>
constexpr auto Operand<Self>::contains(Text&& text) const {
    return detail::match_literally(self(), "%", std::forward<Text>(text), "%");
}

template <class Self>
template <class Text>
constexpr auto Operand<Self>::starts_with(Text&& text) const {
    return detail::match_literally(self(), "", std::forward<Text>(text), "%");
}

template <class Self>
template <class Text>
constexpr auto Operand<Self>::ends_with(Text&& text) const {
    return detail::match_literally(self(), "%", std::forward<Text>(text), "");
}

template <class Self>
template <class Range>
constexpr auto Operand<Self>::in(Range&& range) const {
    if constexpr (SelectLike<Range>) {
        return detail::in_subquery<false>(self(), std::forward<Range>(range));
    } else if constexpr (RefusedLike<Range>) {
        return Invalid{};
    } else {
        return detail::in_values<false>(self(), range);
    }
}

template <class Self>
template <class Range>
constexpr auto Operand<Self>::not_in(Range&& range) const {
    if constexpr (SelectLike<Range>) {
        return detail::in_subquery<true>(self(), std::forward<Range>(range));
    } else if constexpr (RefusedLike<Range>) {
        return Invalid{};
    } else {
        return detail::in_values<true>(self(), range);
    }
}

template <class Self>
template <class Low, class High>
constexpr auto Operand<Self>::between(Low&& low, High&& high) const {
    using Value = ValueOf<Self>;
    constexpr bool fits = detail::can_stand_beside<Value, Low>() && detail::can_stand_beside<Value, High>();
    constexpr bool has_cure = detail::any_curable<Value, Low, High>;
    static_assert(fits || has_cure, "mica: between() needs two values of the type of the expression before it");
    if constexpr (!fits) detail::require_no_cure<Value, Low, High>();
    if constexpr (fits) {
        return Between<Self, detail::Lifted<Value, Low>, detail::Lifted<Value, High>>{
            self(), detail::lift<Value>(std::forward<Low>(low)), detail::lift<Value>(std::forward<High>(high))};
    } else {
        return Invalid{};
    }
}

template <class Self>
constexpr auto Operand<Self>::is_null() const {
    return Binary<detail::tests_null, bool, Self, Null>{{}, self(), Null{}};
}

template <class Self>
constexpr auto Operand<Self>::is_not_null() const {
    return Binary<detail::tests_not_null, bool, Self, Null>{{}, self(), Null{}};
}

template <class Self>
template <class Other>
constexpr auto Operand<Self>::is_distinct_from(Other&& other) const {
    constexpr bool are_comparable = detail::are_comparable_operands<Self, Other>();
    if constexpr (detail::require_comparable_types<are_comparable, ValueOf<Self>, detail::WordedType<Other>>()) {
        using Right = detail::Lifted<ValueOf<Self>, Other>;
        return Binary<detail::unequal_or_null, bool, Self, Right>{
            {}, self(), detail::lift<ValueOf<Self>>(std::forward<Other>(other))};
    } else {
        return Invalid{};
    }
}

template <class Self>
template <class Other>
constexpr auto Operand<Self>::is_not_distinct_from(Other&& other) const {
    constexpr bool are_comparable = detail::are_comparable_operands<Self, Other>();
    if constexpr (detail::require_comparable_types<are_comparable, ValueOf<Self>, detail::WordedType<Other>>()) {
        using Right = detail::Lifted<ValueOf<Self>, Other>;
        return Binary<detail::equal_or_null, bool, Self, Right>{
            {}, self(), detail::lift<ValueOf<Self>>(std::forward<Other>(other))};
    } else {
        return Invalid{};
    }
}

}  // namespace mica
