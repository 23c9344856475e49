// SPDX-License-Identifier: BSL-1.0
// The members that all expressions share: patterns, ranges, NULL tests, sort order.
#pragma once

#include <mica/core/fixed_string.hpp>
#include <mica/query/expression/inspection.hpp>

#include <initializer_list>
#include <string>
#include <type_traits>

namespace mica {

/// The base class of expressions, by the curiously recurring template pattern.
/// Every member throws std::bad_alloc where it has to copy text, and otherwise only what it says.
template <class Self>
struct Operand : ExpressionTag {
    /// LIKE: `%` is any text, `_` any character; ASCII letters match without regard to case.
    template <class Pattern>
    constexpr auto like(Pattern&& pattern) const;
    /// GLOB: `*` and `?`, and case matters.
    template <class Pattern>
    constexpr auto glob(Pattern&& pattern) const;
    /// REGEXP: what a pattern is says the function `regexp` of the connection.
    template <class Pattern>
    constexpr auto regexp(Pattern&& pattern) const;
    /// MATCH: full-text search, of a column of an FTS table.
    template <class Pattern>
    constexpr auto match(Pattern&& pattern) const;
    /// LIKE with `text` taken literally, wherever it stands. Of a stored text it sees what is before the first NUL.
    /// Throws DataError for a `text` with a NUL.
    template <class Text>
    constexpr auto contains(Text&& text) const;
    template <class Text>
    constexpr auto starts_with(Text&& text) const;
    template <class Text>
    constexpr auto ends_with(Text&& text) const;

    /// IN over any range, however long, or over a SELECT of one column. With a range the SQL text stays the same. The
    /// values are copied. Throws what a codec throws.
    template <class Range>
    constexpr auto in(Range&& range) const;
    template <class Element, std::size_t count>
    constexpr auto in(const Element (&values)[count]) const;
    template <class Range>
    constexpr auto not_in(Range&& range) const;
    template <class Element, std::size_t count>
    constexpr auto not_in(const Element (&values)[count]) const;
    /// IN over values and expressions, in(1, 2, col<&T::x>): the text says how many.
    template <class First, class Second, class... More>
    constexpr auto in(First&& first, Second&& second, More&&... more) const;
    template <class First, class Second, class... More>
    constexpr auto not_in(First&& first, Second&& second, More&&... more) const;

    /// BETWEEN, both ends included.
    template <class Low, class High>
    constexpr auto between(Low&& low, High&& high) const;

    constexpr auto is_null() const;
    constexpr auto is_not_null() const;
    /// Equality in which NULL equals NULL.
    template <class Other>
    constexpr auto is_distinct_from(Other&& other) const;
    template <class Other>
    constexpr auto is_not_distinct_from(Other&& other) const;

    constexpr auto asc() const;
    constexpr auto desc() const;
    /// Ascending or not, as the program says when it runs: the text is put together then.
    constexpr auto asc(bool is_ascending) const;
    /// Ascending, with NULL where it is said.
    constexpr auto nulls_first() const;
    constexpr auto nulls_last() const;

    /// CAST to the type that `Result` is stored as. Text that is no number becomes 0.
    template <class Result>
    constexpr auto cast() const;
    /// Compared and sorted by a collation such as "NOCASE".
    template <FixedString name>
    constexpr auto collate() const;
    /// With a name, where it is selected.
    template <FixedString name>
    constexpr auto as() const;
    /// `->>`: of a JSON document the value at a path, a member's name or an element's number, as a `Result`; NULL where
    /// there is none.
    template <class Result = std::string, class Path>
    constexpr auto json(Path&& path) const;
    /// Of a json<T> column what is at a path of members and elements, `path<&Meta::tags, 0>()`, as what it is there;
    /// NULL where nothing is. Needs <mica/json.hpp>.
    template <auto... steps>
    constexpr auto path() const;

    constexpr const Self& self() const { return static_cast<const Self&>(*this); }
};

/// Is an operand of every operator and has every member, so that nothing more is said about it.
struct Invalid : ExpressionTag {
    using Value = bool;
    static constexpr bool is_invalid = true;
    static constexpr int precedence = precedence::primary;
    static constexpr void render(SqlWriter&) {}
    static constexpr void inspect(Inspection& inspection) { inspection.is_refused = true; }
    template <class Sink>
    constexpr void bind(Sink&) const {}

    template <class... Any>
    constexpr Invalid like(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid glob(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid regexp(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid match(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid contains(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid starts_with(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid ends_with(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid in(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid not_in(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid between(const Any&...) const {
        return {};
    }
    constexpr Invalid is_null() const { return {}; }
    constexpr Invalid is_not_null() const { return {}; }
    template <class... Any>
    constexpr Invalid is_distinct_from(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid is_not_distinct_from(const Any&...) const {
        return {};
    }
    /// As the new value of a column that is none.
    template <class Any>
    constexpr Invalid operator=(const Any&) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid asc(const Any&...) const {
        return {};
    }
    constexpr Invalid desc() const { return {}; }
    constexpr Invalid nulls_first() const { return {}; }
    constexpr Invalid nulls_last() const { return {}; }
    template <class Any>
    constexpr Invalid cast() const {
        return {};
    }
    template <FixedString name>
    constexpr Invalid collate() const {
        return {};
    }
    template <FixedString name>
    constexpr Invalid as() const {
        return {};
    }
    template <class Result = std::string, class... Any>
    constexpr Invalid json(const Any&...) const {
        return {};
    }
    template <auto... steps>
    constexpr Invalid path() const {
        return {};
    }
    template <class... Any>
    constexpr Invalid filter(const Any&...) const {
        return {};
    }
    constexpr Invalid distinct() const { return {}; }
    template <class... Any>
    constexpr Invalid over(const Any&...) const {
        return {};
    }
    template <class... Any>
    constexpr Invalid otherwise(const Any&...) const {
        return {};
    }
};

}  // namespace mica
