// SPDX-License-Identifier: BSL-1.0
// The terms of ORDER BY, here and in a window: an expression, which way, and where NULL goes.
#pragma once

#include <mica/query/expression/operand.hpp>

#include <type_traits>
#include <utility>

namespace mica {

/// Where ORDER BY puts NULL; unsaid, SQLite puts it first.
enum class NullPlace : unsigned char { unsaid, first, last };

/// A term of ORDER BY.
template <Expression Term, bool descending, NullPlace nulls = NullPlace::unsaid>
struct Ordering {
    using ExpressionType = Term;
    using Children = Types<Term>;
    Term term;

    /// Where rows without a value go; without it SQLite takes NULL for the smallest value.
    constexpr auto nulls_first() const { return Ordering<Term, descending, NullPlace::first>{term}; }
    constexpr auto nulls_last() const { return Ordering<Term, descending, NullPlace::last>{term}; }

    /// The same order of another expression.
    template <class Other>
    static constexpr auto with(Other other, std::type_identity<Other>) {
        return Ordering<Other, descending, nulls>{std::move(other)};
    }

    static constexpr void render(SqlWriter& writer) {
        Term::render(writer);
        if (descending) writer.text(" DESC");
        render_nulls(writer);
    }
    static constexpr void render_nulls(SqlWriter& writer) {
        if (nulls == NullPlace::first) writer.text(" NULLS FIRST");
        if (nulls == NullPlace::last) writer.text(" NULLS LAST");
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        term.bind(sink);
    }
};

/// A term of ORDER BY whose direction is known at run time only.
template <Expression Term, NullPlace nulls = NullPlace::unsaid>
struct ChosenOrdering {
    using ExpressionType = Term;
    using Children = Types<Term>;
    Term term;
    bool is_descending;

    constexpr auto nulls_first() const { return ChosenOrdering<Term, NullPlace::first>{term, is_descending}; }
    constexpr auto nulls_last() const { return ChosenOrdering<Term, NullPlace::last>{term, is_descending}; }

    /// The same order of another expression.
    template <class Other>
    constexpr auto with(Other other, std::type_identity<Other>) const {
        return ChosenOrdering<Other, nulls>{std::move(other), is_descending};
    }

    static constexpr void render(SqlWriter& writer) {
        Term::render(writer);
        writer.fragment();
        Ordering<Term, false, nulls>::render_nulls(writer);
    }
    static constexpr void inspect(Inspection& inspection) {
        inspection.is_dynamic = true;
        detail::inspect<Term>(inspection);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        term.bind(sink);
        if constexpr (requires { sink.fragment(Fragment{}); }) {
            sink.fragment({.pieces = 1});
            sink.fragment({.text = is_descending ? " DESC" : ""});
        }
    }
};

namespace detail {

/// What order_by() takes: an expression, its asc() or desc(), or an Order.
template <class Term>
concept OrderTerm = Expression<Term> || requires { typename std::remove_cvref_t<Term>::ExpressionType; } ||
                    requires { typename std::remove_cvref_t<Term>::IsOrder; };

}  // namespace detail

template <class Self>
constexpr auto Operand<Self>::nulls_first() const {
    return Ordering<Self, false, NullPlace::first>{self()};
}

template <class Self>
constexpr auto Operand<Self>::nulls_last() const {
    return Ordering<Self, false, NullPlace::last>{self()};
}

template <class Self>
constexpr auto Operand<Self>::asc() const {
    return Ordering<Self, false>{static_cast<const Self&>(*this)};
}

template <class Self>
constexpr auto Operand<Self>::asc(bool is_ascending) const {
    return ChosenOrdering<Self>{self(), !is_ascending};
}

template <class Self>
constexpr auto Operand<Self>::desc() const {
    return Ordering<Self, true>{static_cast<const Self&>(*this)};
}

}  // namespace mica
