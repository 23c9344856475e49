// SPDX-License-Identifier: BSL-1.0
// A SELECT inside of another statement: as a value, in IN, in EXISTS. It may use columns of the statement around it,
// and never adds to that one's FROM.
#pragma once

#include <mica/query/select/clause.hpp>
#include <mica/query/statement/statement.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace mica {

/// What all statements are that give rows by reading.
template <class Self>
struct SelectStatement : Statement<Self>, SelectTag {
    /// For the sentence alone, where a statement is assigned to one of another type: `q = q.where(…)`.
    template <class Other>
        requires(__is_base_of(SelectTag, Other) && !std::same_as<Other, Self>)
    constexpr operator Other() const {
        static_assert(
            std::same_as<Other, Self>,
            "mica: each clause gives a statement of another type, which cannot be assigned to the one before; "
            "name it anew, or use a Filter or where_if() for what is known at run time");
        __builtin_unreachable();
    }
    static constexpr bool spans_rows = true;
};

namespace detail {

template <class Row>
struct OnlyValue {
    using Type = Invalid;
};
template <Storable Value>
struct OnlyValue<Value> {
    using Type = Value;
};

/// Says what keeps a SELECT from being a part of another statement.
template <class Query>
consteval bool require_subquery() {
    if constexpr (requires { Query::require_sound(); }) {
        return Query::require_sound();
    } else {
        return true;
    }
}

/// Hands on what a subquery uses and does not provide itself.
template <class From>
constexpr void inspect_subquery(const Inspection& inner, Inspection& outer) {
    for (std::size_t i = 0; i < inner.table_count; ++i) {
        if (!provides<From>(*inner.tables[i])) outer.add(*inner.tables[i]);
    }
    for (std::size_t i = 0; i < inner.source_count; ++i) outer.add_source(*inner.sources[i].table, true);
    for (std::size_t i = 0; i < inner.parameter_count; ++i) {
        outer.add_parameter(i < Inspection::capacity ? inner.parameters[i] : ParameterShape{});
    }
    outer.has_more_sources = outer.has_more_sources || inner.has_more_sources;
    outer.is_dynamic = outer.is_dynamic || inner.is_dynamic;
    outer.is_refused = outer.is_refused || inner.is_refused;
}

template <class Query>
constexpr void render_subquery(SqlWriter& writer) {
    writer.put('(');
    Query::render(writer);
    writer.put(')');
}

/// A SELECT in FROM whose name nobody uses.
template <class Query>
constexpr void render_nameless_source(SqlWriter& writer) {
    render_subquery<Query>(writer);
    writer.text(writer.dialect().subquery_alias);
}

}  // namespace detail

/// The value of a SELECT's only column in its first row; NULL where there is no row.
template <class Query>
struct ScalarSubquery : Operand<ScalarSubquery<Query>> {
    using Selected = typename detail::OnlyValue<typename Query::Row>::Type;
    using Value = detail::NullableIf<Selected, !Query::has_one_row>;
    using Children = Types<Query>;
    static constexpr int precedence = precedence::primary;

    Query query;

    static constexpr void render(SqlWriter& writer) { detail::render_subquery<Query>(writer); }
    static constexpr bool is_nullable(const OuterTables&) { return is_optional<Value>; }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        query.bind(sink);
    }
};

/// Whether a SELECT has a row.
template <class Query>
struct Exists : Operand<Exists<Query>> {
    using Value = bool;
    using Children = Types<Query>;
    static constexpr int precedence = precedence::primary;

    Query query;

    static constexpr void render(SqlWriter& writer) {
        writer.text("EXISTS ");
        detail::render_subquery<Query>(writer);
    }
    static constexpr bool is_nullable(const OuterTables&) { return false; }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        query.bind(sink);
    }
};

/// IN over the rows of a SELECT.
template <class Subject, class Query, bool negated>
struct InSubquery : Operand<InSubquery<Subject, Query, negated>> {
    using Value = detail::NullableIf<bool, is_optional<ValueOf<Subject>> || is_optional<typename Query::Row>>;
    using Children = Types<Subject, Query>;
    static constexpr int precedence = precedence::equality;

    Subject subject;
    Query query;

    constexpr InSubquery(Subject of, Query in) : subject(std::move(of)), query(std::move(in)) {}

    static constexpr void render(SqlWriter& writer) {
        detail::render_operand<Subject>(writer, precedence::addition);
        writer.text(negated ? " NOT IN " : " IN ");
        detail::render_subquery<Query>(writer);
    }
    static constexpr bool is_nullable(const OuterTables& outer) { return detail::is_nullable_in<Subject>(outer); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        subject.bind(sink);
        query.bind(sink);
    }
};

/// True where the SELECT has a row; what it selects is of no interest.
template <class Query>
constexpr auto exists(Query query) {
    static_assert(SelectLike<Query> || RefusedLike<Query>, "mica: exists() takes a select()");
    if constexpr (!SelectLike<Query>) {
        return Invalid{};
    } else if constexpr (detail::require_subquery<Query>()) {
        return Exists<Query>{{}, std::move(query)};
    } else {
        return Invalid{};
    }
}

namespace detail {

/// The value of a SELECT as an operand.
template <class Query>
constexpr auto make_scalar_subquery(Query query) {
    constexpr bool has_one_column = !std::same_as<typename OnlyValue<typename Query::Row>::Type, Invalid>;
    static_assert(has_one_column, "mica: a SELECT used as a value selects one expression");
    if constexpr (!has_one_column) {
        return Invalid{};
    } else if constexpr (require_subquery<Query>()) {
        return ScalarSubquery<Query>{{}, std::move(query)};
    } else {
        return Invalid{};
    }
}

template <bool negated, class Subject, class Query>
constexpr auto in_subquery(const Subject& subject, Query query) {
    constexpr bool fits = can_stand_beside_value<ValueOf<Subject>, typename OnlyValue<typename Query::Row>::Type>();
    static_assert(fits, "mica: in() needs a SELECT of one column of the type of the expression before it");
    if constexpr (!fits) {
        return Invalid{};
    } else if constexpr (require_subquery<Query>()) {
        return InSubquery<Subject, Query, negated>{subject, std::move(query)};
    } else {
        return Invalid{};
    }
}

}  // namespace detail

}  // namespace mica
