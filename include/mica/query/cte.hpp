// SPDX-License-Identifier: BSL-1.0
// WITH: common table expressions, recursive ones too. A SELECT that reads from one defines it in front of itself.
#pragma once

#include <mica/query/derived.hpp>

#include <type_traits>
#include <utility>

namespace mica {

/// A SELECT under a name (https://www.sqlite.org/lang_with.html).
template <FixedString name, class Query>
struct Cte : detail::QuerySource<Cte<name, Query>, name, Query> {
    using Definition = Types<Query>;

    Query query;

    static constexpr std::string_view defined_name() { return name.view(); }
    static constexpr void render(SqlWriter& writer) { writer.identifier(name.view()); }
    static constexpr void render_definition(SqlWriter& writer) {
        writer.identifier(name.view());
        writer.text(" AS ");
        detail::render_subquery<Query>(writer);
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
    template <class Sink>
    constexpr void bind_definition(Sink& sink) const {
        query.bind(sink);
    }
};

/// A recursive expression as its own second member sees it.
template <FixedString name, class Base>
struct RecursiveReference : detail::QuerySource<RecursiveReference<name, Base>, name, Base> {
    static constexpr void render(SqlWriter& writer) { writer.identifier(name.view()); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

/// Rows that begin with those of `Base`; `Step` makes further ones out of each.
template <FixedString name, SetOperator set_operator, class Base, class Step>
struct RecursiveCte : detail::QuerySource<RecursiveCte<name, set_operator, Base, Step>, name, Base> {
    using Definition = Types<Base, Step>;
    static constexpr bool is_recursive = true;

    Base base;
    Step step;

    static constexpr std::string_view defined_name() { return name.view(); }
    static constexpr void render(SqlWriter& writer) { writer.identifier(name.view()); }
    static constexpr void render_definition(SqlWriter& writer) {
        writer.identifier(name.view());
        writer.text(" AS (");
        detail::render_member<Base>(writer);
        writer.text(set_operator == SetOperator::union_all ? " UNION ALL " : " UNION ");
        Step::render(writer);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
    template <class Sink>
    constexpr void bind_definition(Sink& sink) const {
        base.bind(sink);
        step.bind(sink);
    }
};

/// A common table expression: `auto recent = cte<"recent">(select(…)); select(recent.col<"title">).from(recent)`.
template <FixedString name, class Query>
constexpr auto cte(Query query) {
    if constexpr (detail::require_source_query<Query>()) {
        return Cte<name, Query>{{}, std::move(query)};
    } else {
        return Invalid{};
    }
}

/// A recursive one: `base` selects the first rows, `step` is given the expression itself and selects what follows from
/// each of its rows. With SetOperator::distinct_union a row that is there already is not followed again, which ends
/// walks in circles.
template <FixedString name, SetOperator set_operator = SetOperator::union_all, class Base, class MakeStep>
constexpr auto recursive_cte(Base base, MakeStep make_step) {
    static_assert(set_operator == SetOperator::union_all || set_operator == SetOperator::distinct_union,
                  "mica: a recursive expression is a union");
    if constexpr (!detail::require_source_query<Base>()) {
        return Invalid{};
    } else {
        auto step = make_step(RecursiveReference<name, Base>{});
        using Step = decltype(step);
        if constexpr (!detail::require_source_query<Step>()) {
            return Invalid{};
        } else {
            constexpr bool has_shape =
                std::same_as<detail::UnifiedRow<typename Base::Row, typename Step::Row>, typename Base::Row>;
            static_assert(has_shape, "mica: the recursive member selects columns of the types of the first member's");
            if constexpr (has_shape) {
                return RecursiveCte<name, set_operator, Base, Step>{{}, std::move(base), std::move(step)};
            } else {
                return Invalid{};
            }
        }
    }
}

}  // namespace mica
