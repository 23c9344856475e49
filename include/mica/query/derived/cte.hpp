// SPDX-License-Identifier: BSL-1.0
// WITH: common table expressions, recursive ones too. A SELECT that reads from one defines it in front of itself.
#pragma once

#include <mica/query/derived/values.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
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
    static constexpr void inspect(Inspection& inspection) { inspection.add_source(RecursiveReference::table()); }
    static constexpr void render(SqlWriter& writer) { writer.identifier(name.view()); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

/// Rows that begin with those of `Base`; `Step` makes further ones out of each. What `Step` reads from by WITH stands
/// in front of both: SQLite takes no WITH behind UNION.
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
        Step::Definitions::render(writer);
        detail::render_member<Base>(writer);
        writer.text(set_operator == SetOperator::union_all ? " UNION ALL " : " UNION ");
        Step::render_body(writer);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
    template <class Sink>
    constexpr void bind_definition(Sink& sink) const {
        Step::Definitions::bind(step.source, sink);
        base.bind(sink);
        step.bind_body(sink);
    }
};

/// A common table expression: `auto recent = cte<"recent">(select(…)); select(recent.col<"title">).from(recent)`.
template <FixedString name, class Query>
constexpr auto cte(Query query) {
    if constexpr (detail::require_source_query<Query>()) {
        return Cte<name, Query>{{}, std::move(query)};
    } else {
        return detail::RefusedSource{};
    }
}

/// Rows of values as one: `auto wanted = cte<"wanted">(values<"v">(lines))`. Where the statement names it several
/// times, they are bound once.
template <FixedString name, FixedString table, class Row, FixedString... columns>
constexpr auto cte(DerivedTable<table, ValuesQuery<Row, columns...>> rows) {
    return cte<name>(std::move(rows.query));
}

namespace detail {

/// A SELECT as it is, sorted by places in its list: behind UNION there are no tables to take a column from.
template <class Step>
constexpr auto sorted_by_place(Step step) {
    return step;
}
template <class List, class From, class Where, class Grouping, class... Terms, class Limit, std::size_t... indices>
constexpr auto sorted_by_place(const Select<List, From, Where, Grouping, OrderBy<Terms...>, Limit>& step,
                               std::index_sequence<indices...>) {
    using Step = Select<List, From, Where, Grouping, OrderBy<Terms...>, Limit>;
    auto order = append_terms(None{}, as_ordinal<Step>(boost::hana::at_c<indices>(step.order.terms))...);
    return Select<List, From, Where, Grouping, decltype(order), Limit>{
        {}, step.list, step.source, step.condition, step.grouping, std::move(order), step.row_limit};
}
template <class List, class From, class Where, class Grouping, class... Terms, class Limit>
constexpr auto sorted_by_place(Select<List, From, Where, Grouping, OrderBy<Terms...>, Limit> step) {
    return sorted_by_place(step, std::index_sequence_for<Terms...>{});
}

/// Whether two columns hold the same kind of values; the sum of two small integers is a large one, which a small one
/// takes where it fits.
template <class First, class Next>
consteval bool has_shape_of() {
    using Wanted = without_optional<First>;
    using Given = without_optional<Next>;
    if constexpr (is_optional<Next> && !is_optional<First>) {
        return false;
    } else {
        return std::same_as<Wanted, Given> || (StoredInteger<Wanted> && StoredInteger<Given>) ||
               (std::same_as<Wanted, double> && is_number<Given>);
    }
}
template <class First, class Next>
consteval bool has_row_shape_of(std::type_identity<First>, std::type_identity<Next>) {
    return has_shape_of<First, Next>();
}
template <class... First, class... Next>
consteval bool has_row_shape_of(std::type_identity<std::tuple<First...>>, std::type_identity<std::tuple<Next...>>) {
    if constexpr (sizeof...(First) == sizeof...(Next)) {
        return (has_shape_of<First, Next>() && ...);
    } else {
        return false;
    }
}

/// Whether a subquery reads from a source.
constexpr bool is_nested(const Inspection& uses, const Table& table) {
    for (std::size_t i = 0; i < uses.source_count; ++i) {
        if (uses.sources[i].table->is(table)) return uses.sources[i].is_nested;
    }
    return false;
}

/// Says what keeps a SELECT from being what follows from a row of a recursive expression.
template <class Base, class Step, class Reference>
consteval bool require_step() {
    constexpr bool is_plain = requires { typename Step::Definitions; };
    static_assert(is_plain, "mica: the recursive member is a single select()");
    if constexpr (is_plain) {
        constexpr const Inspection& uses = Step::uses;
        constexpr bool is_row_by_row = !uses.has_aggregate && !uses.has_window && is_none<typename Step::Grouped>;
        constexpr bool is_direct = !is_nested(uses, Reference::table());
        constexpr bool has_shape =
            has_row_shape_of(std::type_identity<typename Base::Row>{}, std::type_identity<typename Step::Row>{});
        static_assert(
            is_row_by_row,
            "mica: the recursive member sees one row after the other, so it takes no aggregate, no group_by() "
            "and no window function");
        static_assert(is_direct || !is_row_by_row,
                      "mica: the recursive member reads from itself by from() or join(), not in a subquery");
        static_assert(has_shape || !is_row_by_row || !is_direct,
                      "mica: the recursive member selects columns of the types of the first member's");
        return is_row_by_row && is_direct && has_shape;
    } else {
        return false;
    }
}

}  // namespace detail

/// A recursive one: `base` selects the first rows, `step` is given the expression itself and selects what follows from
/// each of its rows. With SetOperator::distinct_union a row that is there already is not followed again, which ends
/// walks in circles. Sorting and a limit of `step` are those of the whole walk: which row is followed next, by places
/// in the list, and after how many rows it ends.
template <FixedString name, SetOperator set_operator = SetOperator::union_all, class Base, class MakeStep>
constexpr auto recursive_cte(Base base, MakeStep make_step) {
    using Reference = RecursiveReference<name, Base>;
    static_assert(set_operator == SetOperator::union_all || set_operator == SetOperator::distinct_union,
                  "mica: a recursive expression is a union");
    if constexpr (!detail::require_source_query<Base>()) {
        return detail::RefusedSource{};
    } else {
        auto step = detail::sorted_by_place(make_step(Reference{}));
        using Step = decltype(step);
        if constexpr (!detail::require_source_query<Step>()) {
            return detail::RefusedSource{};
        } else if constexpr (detail::require_step<Base, Step, Reference>()) {
            return RecursiveCte<name, set_operator, Base, Step>{{}, std::move(base), std::move(step)};
        } else {
            return detail::RefusedSource{};
        }
    }
}

/// One that begins with rows of values.
template <FixedString name, SetOperator set_operator = SetOperator::union_all, FixedString table, class Row,
          FixedString... columns, class MakeStep>
constexpr auto recursive_cte(DerivedTable<table, ValuesQuery<Row, columns...>> base, MakeStep make_step) {
    return recursive_cte<name, set_operator>(std::move(base.query), std::move(make_step));
}

}  // namespace mica
