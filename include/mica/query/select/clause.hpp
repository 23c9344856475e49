// SPDX-License-Identifier: BSL-1.0
// ORDER BY, and what a clause may say.
#pragma once

#include <mica/query/expression/ordering.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/query/select/projection.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace mica {

/// Terms of ORDER BY.
template <class... Terms>
struct OrderBy {
    using Children = Types<Terms...>;

    boost::hana::basic_tuple<Terms...> terms;

    static constexpr void render(SqlWriter& writer) {
        writer.text(" ORDER BY ");
        detail::render_list<Terms...>(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(terms, sink);
    }
};

namespace detail {

/// Stands for the struct, named in the line of the error that is the user's own.
struct OwnerOfColumn;

/// What of an inspection the checks ask for. Of statements without a mistake it is nearly always the same, and so are
/// then the instances of the checks: they are made for the first of them alone.
struct Findings {
    EntityFlaw flaw = EntityFlaw::none;
    bool is_refused = false;
    bool has_ignored_field = false;
    bool has_nested_aggregate = false;
    bool has_nested_window = false;
    bool has_more_tables = false;
    bool has_aggregate = false;
    bool has_window = false;
};

constexpr Findings findings(const Inspection& inspection) {
    return {inspection.flaw,
            inspection.is_refused,
            inspection.has_ignored_field,
            inspection.has_nested_aggregate,
            inspection.has_nested_window,
            inspection.has_more_tables,
            inspection.has_aggregate,
            inspection.has_window};
}

template <class... Clauses>
inline constexpr Findings findings_of = findings(inspection_of<Clauses...>);

/// Says that every column in some clauses is one.
template <Findings found>
consteval bool require_columns() {
    if constexpr (found.flaw != EntityFlaw::none) {
        return require_entity<OwnerOfColumn, found.flaw>();
    } else {
        static_assert(!found.has_ignored_field, "mica: a field in ignore<> is no column");
        static_assert(!found.has_nested_aggregate, "mica: an aggregate cannot contain another aggregate");
        static_assert(!found.has_nested_window,
                      "mica: a window function cannot stand inside another one, nor inside an aggregate");
        static_assert(!found.has_more_tables, "mica: a statement uses the columns of at most 32 tables");
        return !found.has_more_tables && !found.has_ignored_field && !found.has_nested_aggregate &&
               !found.has_nested_window && !found.is_refused;
    }
}

/// Says that conditions on single rows hold nothing that is known of several only.
template <Findings found>
consteval bool require_row_condition() {
    if constexpr (require_columns<found>()) {
        static_assert(!found.has_aggregate,
                      "mica: where() sees single rows, so it takes no aggregate; having() sees groups");
        static_assert(!found.has_window,
                      "mica: where() comes before window functions; select them in a subquery and filter its rows");
        return !found.has_aggregate && !found.has_window;
    } else {
        return false;
    }
}

/// Says that a condition on groups holds nothing that comes after them.
template <Findings found>
consteval bool require_group_condition() {
    if constexpr (require_columns<found>()) {
        static_assert(!found.has_window,
                      "mica: having() comes before window functions; select them in a subquery and filter its rows");
        return !found.has_window;
    } else {
        return false;
    }
}

template <class From>
consteval bool require_from() {
    static_assert(!is_none<From>, "mica: from<T>() goes before join() where no column says what to join with");
    return !is_none<From>;
}

/// Says that the condition of a join is one.
template <class From, class On>
consteval bool require_join_condition() {
    if constexpr (!require_from<From>()) {
        return false;
    } else if constexpr (is_none<On>) {
        return true;
    } else {
        constexpr bool is_condition = Predicate<On>;
        static_assert(is_condition, "mica: join() takes a condition");
        if constexpr (is_condition) {
            constexpr const Inspection& inspection = inspection_of<On>;
            static_assert(!inspection.has_aggregate && !inspection.has_window,
                          "mica: the condition of a join sees single rows, so it takes no aggregate");
            return !inspection.has_aggregate && !inspection.has_window && !inspection.is_refused;
        } else {
            return false;
        }
    }
}

/// Says what keeps several sources from being the FROM of one statement.
template <class From>
consteval bool require_sources() {
    if constexpr (is_none<From>) {
        return true;
    } else {
        constexpr bool are_distinct = !From::has_duplicates();
        constexpr bool are_in_order = !From::looks_ahead();
        static_assert(are_distinct,
                      "mica: this table is there twice; give one of the two another name by alias<T, \"name\">");
        static_assert(are_in_order || !are_distinct,
                      "mica: the condition of a join uses a table that is joined only after it");
        return are_distinct && are_in_order;
    }
}

/// Says where from() would take joins away.
template <class From>
consteval bool require_no_joins() {
    constexpr bool has_none = !requires { requires From::has_joins; };
    static_assert(has_none, "mica: from() goes before join()");
    return has_none;
}

template <bool is_condition>
consteval bool require_predicate() {
    static_assert(is_condition, "mica: where() takes a condition");
    return is_condition;
}

/// Whether a FROM provides all the tables that are used.
template <class From>
constexpr bool provides_all(const Inspection& inspection) {
    for (std::size_t i = 0; i < inspection.table_count; ++i) {
        if (!provides<From>(*inspection.tables[i])) return false;
    }
    return true;
}

template <bool in_scope>
consteval bool require_in_scope() {
    static_assert(in_scope, "mica: this statement uses a column of a table that it does not read from");
    return in_scope;
}

/// Says that every table a clause reads is provided by `From`.
template <class From, class... Clauses>
consteval bool require_scope() {
    if constexpr (require_columns<findings_of<Clauses...>>()) {
        return require_in_scope<provides_all<From>(inspection_of<Clauses...>)>();
    } else {
        return false;
    }
}

template <class... Old, class... New, std::size_t... indices>
constexpr OrderBy<Old..., New...> append_terms(const OrderBy<Old...>& order, std::index_sequence<indices...>,
                                               New... terms) {
    return {boost::hana::basic_tuple<Old..., New...>{boost::hana::at_c<indices>(order.terms)..., std::move(terms)...}};
}
template <class... Old, class... New>
constexpr auto append_terms(const OrderBy<Old...>& order, New... terms) {
    return append_terms(order, std::index_sequence_for<Old...>{}, std::move(terms)...);
}
template <class... New>
constexpr OrderBy<New...> append_terms(const None&, New... terms) {
    return {boost::hana::basic_tuple<New...>{static_cast<New&&>(terms)...}};
}

/// The new condition alone, or together with the one before it.
template <class Existing, Predicate Condition>
constexpr auto add_condition(const Existing& existing, Condition condition) {
    if constexpr (is_none<Existing>) {
        return condition;
    } else {
        return existing && static_cast<Condition&&>(condition);
    }
}

}  // namespace detail

}  // namespace mica
