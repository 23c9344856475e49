// SPDX-License-Identifier: BSL-1.0
// GROUP BY and HAVING, and which expressions may stand beside them.
#pragma once

#include <mica/query/select/clause.hpp>
#include <mica/query/select/into.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

template <class Having, class... Terms>
struct GroupBy {
    using Children = Types<Terms..., Having>;

    boost::hana::basic_tuple<Terms...> terms;
    Having having{};

    static constexpr void render(SqlWriter& writer) {
        writer.text(" GROUP BY ");
        detail::render_list<Terms...>(writer);
        if constexpr (!is_none<Having>) {
            writer.text(" HAVING ");
            Having::render(writer);
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(terms, sink);
        having.bind(sink);
    }
};

namespace detail {

/// Bracket what stands elsewhere and is only named.
struct ReferenceBegin {
    static constexpr void inspect(Inspection& inspection) { inspection.inside_reference = true; }
};
struct ReferenceEnd {
    static constexpr void inspect(Inspection& inspection) { inspection.inside_reference = false; }
};

}  // namespace detail

/// The name of a term of the SELECT's list, in ORDER BY.
template <class Term>
struct LabelOf : Operand<LabelOf<Term>> {
    using Named = Term;
    using Value = typename Term::Value;
    using Children = Types<detail::ReferenceBegin, Term, detail::ReferenceEnd>;
    static constexpr int precedence = precedence::primary;

    static constexpr void render(SqlWriter& writer) { writer.identifier(Term::label()); }
    static constexpr bool is_nullable(const OuterTables& outer) { return detail::is_nullable_in<Term>(outer); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

/// The place of a term among the columns of the SELECT's list, counted from 1. GROUP BY goes by places, for a name
/// there may also be that of a table's column.
template <class Term, std::size_t place>
struct Ordinal : Operand<Ordinal<Term, place>> {
    using Named = Term;
    using Value = typename Term::Value;
    using Children = Types<detail::ReferenceBegin, Term, detail::ReferenceEnd>;
    static constexpr int precedence = precedence::primary;

    static constexpr void render(SqlWriter& writer) { writer.number(static_cast<std::int64_t>(place)); }
    static constexpr bool is_nullable(const OuterTables& outer) { return detail::is_nullable_in<Term>(outer); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

namespace detail {

template <class Term, class Selected>
constexpr std::size_t place_within() {
    if constexpr (std::same_as<Term, Selected>) {
        return 1;
    } else if constexpr (requires { typename Term::Named; }) {
        return place_within<typename Term::Named, Selected>();
    } else if constexpr (is_whole_entity<Selected> && requires { Term::column(); }) {
        const Table& table = Selected::Source::table();
        if (!table.is(Term::table())) return 0;
        return static_cast<std::size_t>(&Term::column() - table.columns.data()) + 1;
    } else if constexpr (requires { typename Selected::Unlabeled; }) {
        return std::same_as<Term, typename Selected::Unlabeled> ? 1 : 0;
    } else {
        return 0;
    }
}

/// The place of an expression among the columns of a list, counted from 1; 0 where it is none of them.
template <class Term, class... Terms>
constexpr std::size_t place_of(std::type_identity<SelectList<Terms...>>) {
    std::size_t before = 0;
    std::size_t found = 0;
    const auto look = [&](std::size_t place, std::size_t columns) {
        if (found == 0 && place != 0) found = before + place;
        before += columns;
    };
    (look(place_within<Term, Terms>(), columns_of_term<Terms>), ...);
    return found;
}

/// A term without its names.
template <class Term>
struct Unnamed {
    using Type = Term;
};
template <class Term>
    requires requires { typename Term::Named; }
struct Unnamed<Term> : Unnamed<typename Term::Named> {};
template <class Term>
    requires requires { typename Term::Unlabeled; }
struct Unnamed<Term> : Unnamed<typename Term::Unlabeled> {};

template <class Left, class Right>
inline constexpr bool is_same_term = std::same_as<typename Unnamed<Left>::Type, typename Unnamed<Right>::Type>;

/// How many columns a term of GROUP BY names: none where it is an expression.
template <class Given>
consteval std::size_t count_grouped() {
    using Term = typename Unnamed<Given>::Type;
    return is_whole_entity<Term> || requires { Term::column(); } ? columns_of_term<Term> : 0;
}

/// Writes the columns that a term of GROUP BY names; gives the end of what it has written.
template <class Given>
constexpr GroupedColumn* add_grouped(GroupedColumn* next) {
    using Term = typename Unnamed<Given>::Type;
    if constexpr (requires { Term::column(); }) {
        const Table& table = Term::table();
        *next++ = {&table, static_cast<std::size_t>(&Term::column() - table.columns.data())};
    } else if constexpr (is_whole_entity<Term>) {
        const Table& table = Term::Source::table();
        for (std::size_t i = 0; i < table.columns.size(); ++i) *next++ = {&table, i};
    }
    return next;
}

template <class... Terms>
consteval auto collect_grouped() {
    std::array<GroupedColumn, (count_grouped<Terms>() + ...)> columns{};
    GroupedColumn* next = columns.data();
    ((next = add_grouped<Terms>(next)), ...);
    return columns;
}

template <class... Terms>
inline constexpr auto grouped_list = collect_grouped<Terms...>();

/// The columns that a GROUP BY names.
template <class... Terms>
inline constexpr GroupedColumns grouped_columns_of{grouped_list<Terms...>};

/// Walks an expression down to what is a term of GROUP BY itself, which determines it whatever its columns are.
template <class Node, class... Terms>
constexpr void inspect_grouped(Inspection& inspection);

template <class... Terms, class... Nodes>
constexpr void inspect_all_grouped(std::type_identity<Types<Nodes...>>, Inspection& inspection) {
    (inspect_grouped<Nodes, Terms...>(inspection), ...);
}

template <class Node, class... Terms>
constexpr void inspect_grouped(Inspection& inspection) {
    if constexpr ((is_same_term<Node, Terms> || ...)) {
        return;
    } else if constexpr (requires { Node::inspect(inspection); }) {
        Node::inspect(inspection);
    } else {
        inspect_all_grouped<Terms...>(std::type_identity<typename Node::Children>{}, inspection);
    }
}

template <class Having, class... Terms, class... Nodes>
consteval bool has_ungrouped_column(std::type_identity<GroupBy<Having, Terms...>>,
                                    std::type_identity<Types<Nodes...>>) {
    Inspection inspection;
    inspection.is_grouped = true;
    inspection.grouped = &grouped_columns_of<Terms...>;
    (inspect_grouped<Nodes, Terms...>(inspection), ...);
    return inspection.has_ungrouped_column;
}

/// Whether a column stands where each row is a whole group, and is not the same throughout the group.
template <class Grouping, class... Clauses>
consteval bool has_ungrouped_column() {
    if constexpr (is_none<Grouping>) {
        const Inspection& inspection = inspection_of<Clauses...>;
        return inspection.has_aggregate && inspection.has_plain_column;
    } else {
        return has_ungrouped_column(std::type_identity<Grouping>{}, std::type_identity<Types<Clauses...>>{});
    }
}

template <class Selected>
consteval std::string_view label_of() {
    if constexpr (requires { Selected::label(); }) {
        return Selected::label();
    } else {
        return {};
    }
}

/// Whether a term's name means that very term: of several that have it ORDER BY takes the first.
template <class Term, class... Terms>
consteval bool is_named_first(std::type_identity<SelectList<Terms...>>) {
    bool is_first = true;
    bool is_this = false;
    const auto look = [&](std::string_view label, bool is_same) {
        if (!is_first || !same_name(label, Term::label())) return;
        is_first = false;
        is_this = is_same;
    };
    (look(label_of<Terms>(), std::same_as<Term, Terms>), ...);
    return is_this;
}

/// A term that the SELECT's list names goes by that name, or where another one has that too by its place, so that its
/// values are not bound again.
template <class List, class Term>
constexpr auto as_label(Term term) {
    if constexpr (requires { Term::ExpressionType::label(); }) {
        using Inner = decltype(as_label<List>(term.term));
        return term.with(as_label<List>(std::move(term.term)), std::type_identity<Inner>{});
    } else if constexpr (requires { Term::label(); }) {
        constexpr std::size_t place = place_of<Term>(std::type_identity<typename List::Plain>{});
        if constexpr (is_named_first<Term>(std::type_identity<typename List::Plain>{})) {
            return LabelOf<Term>{};
        } else if constexpr (place != 0) {
            return Ordinal<Term, place>{};
        } else {
            return term;
        }
    } else {
        return term;
    }
}

/// The same in GROUP BY, by its place.
template <class List, class Term>
constexpr auto as_place(Term term) {
    if constexpr (requires { Term::label(); }) {
        constexpr std::size_t place = place_of<Term>(std::type_identity<typename List::Plain>{});
        if constexpr (place != 0) {
            return Ordinal<Term, place>{};
        } else {
            return term;
        }
    } else {
        return term;
    }
}

template <class... Terms>
constexpr GroupBy<None, Terms...> groups_of(Terms... terms) {
    return {boost::hana::basic_tuple<Terms...>{std::move(terms)...}};
}

template <class Filter, class Having, class... Terms>
constexpr auto add_having(const GroupBy<Having, Terms...>& grouping, Filter filter) {
    auto both = add_condition(grouping.having, std::move(filter));
    return GroupBy<decltype(both), Terms...>{grouping.terms, std::move(both)};
}

template <class Grouping>
struct HavingIn {
    using Type = None;
};
template <class Having, class... Terms>
struct HavingIn<GroupBy<Having, Terms...>> {
    using Type = Having;
};
template <class Grouping>
using HavingOf = typename HavingIn<Grouping>::Type;

/// Says that groups are made of what each row has by itself.
template <Findings found>
consteval bool require_ungrouped_terms() {
    if constexpr (require_columns<found>()) {
        static_assert(!found.has_aggregate && !found.has_window,
                      "mica: group_by() sees single rows, so it takes no aggregate and no window function");
        return !found.has_aggregate && !found.has_window;
    } else {
        return false;
    }
}

}  // namespace detail

}  // namespace mica
