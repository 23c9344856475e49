// SPDX-License-Identifier: BSL-1.0
// select<T>() and select(expr, …): every clause gives a new type, so the text is known from the type alone.
#pragma once

#include <mica/query/select/clause.hpp>
#include <mica/query/select/grouping.hpp>
#include <mica/query/select/into.hpp>
#include <mica/query/select/limit.hpp>
#include <mica/query/select/subquery.hpp>
#include <mica/query/select/with.hpp>
#include <mica/query/statement/refused.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace mica {

template <class List, class From, class Where = None, class Grouping = None, class Order = None, class Limit = None>
struct Select;

namespace detail {

// Defined in query/filter.hpp.
template <class Wanted, class Given>
constexpr auto condition_if(const Wanted& wanted, Given given);

// Not members: each of a SELECT's clauses gives it another type, for which all of its members are declared anew.
template <JoinKind kind, class Entity, class Query, class... Given>
constexpr auto join(const Query& query, Given... given);
template <class New, class List, class From, class Where, class Grouping, class Order, class Limit>
constexpr auto with_list(const Select<List, From, Where, Grouping, Order, Limit>& query, New changed);
template <class Count, class Skipped, class List, class From, class Where, class Grouping, class Order, class Limit>
constexpr auto limited(const Select<List, From, Where, Grouping, Order, Limit>& query, Count count, Skipped skipped);

}  // namespace detail

/// A SELECT. The clauses are None until they are given; those it is made of say what they hold.
template <class List, class From, class Where, class Grouping, class Order, class Limit>
struct [[nodiscard]] Select : SelectStatement<Select<List, From, Where, Grouping, Order, Limit>> {
    using Projection = List;
    using Source = From;
    using Row = typename List::template RowIn<From>;
    using Definitions = detail::DefinitionsOf<From>;
    using Grouped = Grouping;
    static constexpr bool is_ordered = !is_none<Order>;
    static constexpr bool is_limited = !is_none<Limit>;

    /// In the order of the text.
    static constexpr const Inspection& uses = inspection_of<Definitions, List, From, Where, Grouping, Order, Limit>;

    List list;
    From source{};
    Where condition{};
    Grouping grouping{};
    Order order{};
    Limit row_limit{};

    /// Adds an entity's table, join<Entity>(on), or an alias, a subquery or a common table expression, join(source,
    /// on). Without a condition it is found from the one foreign key between this table and the others. The other four
    /// kinds are SQL's; the rows that an outer join fills up with NULL become std::optional.
    template <class Entity = void, class... Given>
    constexpr auto join(Given... given) const {
        return detail::join<JoinKind::inner, Entity>(*this, std::move(given)...);
    }
    template <class Entity = void, class... Given>
    constexpr auto left_join(Given... given) const {
        return detail::join<JoinKind::left, Entity>(*this, std::move(given)...);
    }
    template <class Entity = void, class... Given>
    constexpr auto right_join(Given... given) const {
        return detail::join<JoinKind::right, Entity>(*this, std::move(given)...);
    }
    template <class Entity = void, class... Given>
    constexpr auto full_join(Given... given) const {
        return detail::join<JoinKind::full, Entity>(*this, std::move(given)...);
    }
    /// Every row with every row.
    template <class Entity = void, class... Given>
    constexpr auto cross_join(Given... given) const {
        return detail::join<JoinKind::cross, Entity>(*this, std::move(given)..., None{});
    }

    /// Rows for which `filter` is true; several are combined by AND.
    template <class Filter>
    constexpr auto where(Filter filter) const {
        if constexpr (!detail::require_predicate<Predicate<Filter>>()) {
            return Refused<Row>{};
        } else if constexpr (!detail::require_row_condition<detail::findings_of<Filter>>()) {
            return Refused<Row>{};
        } else if constexpr (is_none<Where>) {
            return Select<List, From, Filter, Grouping, Order, Limit>{
                {}, list, source, static_cast<Filter&&>(filter), grouping, order, row_limit};
        } else {
            return Select<List, From, decltype(condition && static_cast<Filter&&>(filter)), Grouping, Order, Limit>{
                {}, list, source, condition && static_cast<Filter&&>(filter), grouping, order, row_limit};
        }
    }

    /// The same where `wanted` is true, nothing where not; of a std::optional, what a function makes of its value:
    /// `where_if(least, [](int value) { return col<&T::x> >= value; })`. The text is put together at run time.
    template <class Wanted, class Filter>
    constexpr auto where_if(const Wanted& wanted, Filter filter) const {
        return where(detail::condition_if(wanted, std::move(filter)));
    }

    /// One row for each group of rows that have the same values of these expressions. Beside aggregates a query then
    /// selects nothing else but these, and the columns of a table whose whole primary key is among them.
    template <class... Terms>
    constexpr auto group_by(Terms... terms) const {
        constexpr bool are_expressions = sizeof...(Terms) > 0 && (Expression<Terms> && ...);
        constexpr bool is_first = is_none<Grouping>;
        static_assert(are_expressions, "mica: group_by() takes columns and other expressions");
        static_assert(is_first, "mica: group_by() is called once, with all its expressions");
        if constexpr (!are_expressions || !is_first) {
            return Refused<Row>{};
        } else if constexpr (detail::require_ungrouped_terms<detail::findings_of<Terms...>>()) {
            auto groups = detail::groups_of(detail::as_place<List>(std::move(terms))...);
            return Select<List, From, Where, decltype(groups), Order, Limit>{
                {}, list, source, condition, std::move(groups), order, row_limit};
        } else {
            return Refused<Row>{};
        }
    }

    /// Groups for which `filter` is true. Goes after group_by().
    template <class Filter>
    constexpr auto having(Filter filter) const {
        static_assert(!is_none<Grouping>, "mica: having() goes after group_by()");
        if constexpr (is_none<Grouping> || !detail::require_predicate<Predicate<Filter>>()) {
            return Refused<Row>{};
        } else if constexpr (detail::require_group_condition<detail::findings_of<Filter>>()) {
            auto groups = detail::add_having(grouping, std::move(filter));
            return Select<List, From, Where, decltype(groups), Order, Limit>{
                {}, list, source, condition, std::move(groups), order, row_limit};
        } else {
            return Refused<Row>{};
        }
    }

    /// Sorts by expressions or by their .asc() and .desc(); further calls sort what the first leaves equal.
    template <class... Terms>
    constexpr auto order_by(Terms... terms) const {
        constexpr bool are_terms = sizeof...(Terms) > 0 && (detail::OrderTerm<Terms> && ...);
        static_assert(are_terms, "mica: order_by() takes expressions, or their asc() and desc()");
        if constexpr (!are_terms) {
            return Refused<Row>{};
        } else if constexpr (detail::require_columns<detail::findings_of<Terms...>>()) {
            auto all = detail::append_terms(order, detail::as_label<List>(static_cast<Terms&&>(terms))...);
            using All = decltype(all);
            return Select<List, From, Where, Grouping, All, Limit>{
                {}, list, source, condition, grouping, static_cast<All&&>(all), row_limit};
        } else {
            return Refused<Row>{};
        }
    }

    /// At most `count` rows, a number or a param<>. Throws DataError for a negative one.
    template <class Count>
    constexpr auto limit(Count count) const {
        if constexpr (detail::require_row_number<Count>()) {
            return detail::limited(*this, detail::as_row_number(std::move(count)), detail::skipped_of(row_limit));
        } else {
            return Refused<Row>{};
        }
    }

    /// Without the first `count` rows. Throws DataError as limit() does.
    template <class Count>
    constexpr auto offset(Count count) const {
        if constexpr (detail::require_row_number<Count>()) {
            return detail::limited(*this, detail::count_of(row_limit), detail::as_row_number(std::move(count)));
        } else {
            return Refused<Row>{};
        }
    }

    /// Equal rows once only.
    constexpr auto distinct() const {
        if constexpr (requires { requires List::is_distinct; }) {
            return *this;
        } else {
            return detail::with_list(*this, DistinctRows<List>{list});
        }
    }

    /// Names the table to read from where the first selected column does not.
    template <class Entity>
    constexpr auto from() const {
        if constexpr (require_entity<Entity>()) {
            return from(TableSource<Entity>{});
        } else {
            return Refused<Row>{};
        }
    }
    template <SourceLike New>
    constexpr auto from(New first) const {
        if constexpr (detail::require_no_joins<From>()) {
            using First = FromClause<New>;
            return Select<List, First, Where, Grouping, Order, Limit>{
                {}, list, First{std::move(first)}, condition, grouping, order, row_limit};
        } else {
            return Refused<Row>{};
        }
    }

    /// Reads the selected columns into the fields of `Dto`, by position.
    template <class Dto>
    constexpr auto into() const {
        if constexpr (detail::require_dto<Dto, List, From>()) {
            return detail::with_list(*this, IntoAggregate<Dto, List>{list});
        } else {
            return Refused<Dto>{};
        }
    }

    /// The value of its only column in its first row, as an expression; NULL where there is no row.
    constexpr auto scalar_subquery() const { return detail::lift<void>(*this); }

    static constexpr ListView<ColumnOrigin> origins() { return List::origins(); }

    static constexpr void render(SqlWriter& writer) {
        Definitions::render(writer);
        render_body(writer);
    }
    /// What follows its WITH.
    static constexpr void render_body(SqlWriter& writer) {
        writer.text("SELECT ");
        List::render(writer);
        From::render(writer);
        if constexpr (!is_none<Where>) {
            writer.text(" WHERE ");
            Where::render(writer);
        }
        Grouping::render(writer);
        Order::render(writer);
        Limit::render(writer);
    }

    template <class Sink>
    constexpr void bind(Sink& sink) const {
        Definitions::bind(source, sink);
        bind_body(sink);
    }
    template <class Sink>
    constexpr void bind_body(Sink& sink) const {
        list.bind(sink);
        source.bind(sink);
        condition.bind(sink);
        grouping.bind(sink);
        order.bind(sink);
        row_limit.bind(sink);
    }

    /// Says what keeps it from being a statement, or part of one, that the database takes.
    static consteval bool require_sound() {
        if constexpr (!detail::require_sources<From>() || !detail::require_columns<detail::findings(uses)>() ||
                      !detail::require_own_name<Definitions::hides_a_table(uses)>()) {
            return false;
        } else if constexpr (is_none<Grouping> && !uses.has_aggregate) {
            return detail::require_no_dto_flaw<detail::find_late_flaw<From>(std::type_identity<List>{})>();
        } else {
            constexpr bool is_grouped =
                !detail::has_ungrouped_column<Grouping, List, Order, detail::HavingOf<Grouping>>();
            static_assert(is_grouped,
                          "mica: beside an aggregate a column must be in group_by(), or in an aggregate too");
            return is_grouped &&
                   detail::require_no_dto_flaw<detail::find_late_flaw<From>(std::type_identity<List>{})>();
        }
    }
    /// The tables whose columns it uses and that its own FROM does not provide.
    static consteval bool is_in_scope() { return detail::provides_all<From>(uses); }
    static consteval bool require_own_scope() { return detail::require_in_scope<is_in_scope()>(); }
    /// As a part of another statement: what its own FROM does not provide the other one's has to.
    static constexpr void inspect(Inspection& outer) { detail::inspect_subquery<From>(uses, outer); }
    /// Whether it has exactly one row, whatever the tables hold.
    static constexpr bool has_one_row = is_none<Grouping> && is_none<Limit> && inspection_of<List>.has_aggregate;
};

namespace detail {

template <JoinKind kind, class New, class On, class List, class From, class Where, class Grouping, class Order,
          class Limit>
constexpr auto join_source(const Select<List, From, Where, Grouping, Order, Limit>& query, New joined, On on) {
    if constexpr (!require_join_condition<From, On>()) {
        return Refused<typename Select<List, From, Where, Grouping, Order, Limit>::Row>{};
    } else {
        auto joins = add_join<kind>(query.source, std::move(joined), std::move(on));
        return Select<List, decltype(joins), Where, Grouping, Order, Limit>{
            {}, query.list, std::move(joins), query.condition, query.grouping, query.order, query.row_limit};
    }
}
template <JoinKind kind, class New, class Query>
constexpr auto join_source(const Query& query, New joined) {
    using From = typename Query::Source;
    if constexpr (!require_from<From>()) {
        return Refused<typename Query::Row>{};
    } else {
        auto condition_of_key = infer_condition<New>(std::type_identity<From>{});
        if constexpr (std::same_as<decltype(condition_of_key), Invalid>) {
            return Refused<typename Query::Row>{};
        } else {
            return join_source<kind>(query, std::move(joined), condition_of_key);
        }
    }
}
template <JoinKind kind, class Entity, class Query, class... Given>
constexpr auto join(const Query& query, Given... given) {
    if constexpr (std::is_void_v<Entity>) {
        return join_source<kind>(query, std::move(given)...);
    } else if constexpr (require_entity<Entity>()) {
        return join_source<kind>(query, TableSource<Entity>{}, std::move(given)...);
    } else {
        return Refused<typename Query::Row>{};
    }
}

template <class New, class List, class From, class Where, class Grouping, class Order, class Limit>
constexpr auto with_list(const Select<List, From, Where, Grouping, Order, Limit>& query, New changed) {
    return Select<New, From, Where, Grouping, Order, Limit>{
        {}, std::move(changed), query.source, query.condition, query.grouping, query.order, query.row_limit};
}

template <class Count, class Skipped, class List, class From, class Where, class Grouping, class Order, class Limit>
constexpr auto limited(const Select<List, From, Where, Grouping, Order, Limit>& query, Count count, Skipped skipped) {
    using Both = LimitClause<Count, Skipped>;
    return Select<List, From, Where, Grouping, Order, Both>{{},
                                                            query.list,
                                                            query.source,
                                                            query.condition,
                                                            query.grouping,
                                                            query.order,
                                                            Both{std::move(count), std::move(skipped)}};
}

/// What a select() is given as a term of its list: an alias stands for its whole entity, a SELECT for its value.
template <class Given>
constexpr auto as_term(Given given) {
    if constexpr (SourceLike<Given>) {
        return WholeEntity<Given>{};
    } else {
        return lift<void>(std::move(given));
    }
}

template <class Given>
concept SelectTerm = Expression<Given> || SelectLike<Given> || RefusedLike<Given> || requires {
    typename Given::Entity;
    requires SourceLike<Given>;
};

template <class... Terms>
consteval bool require_terms(std::type_identity<Types<Terms...>>) {
    return require_columns<findings_of<Terms...>>();
}

template <class... Terms>
constexpr auto select_terms(Terms... terms) {
    using List = SelectList<Terms...>;
    using First = typename decltype(find_source_among(std::type_identity<Types<Terms...>>{}))::type;
    if constexpr (requires { typename First::Entity; }) {
        return Select<List, FromClause<First>>{{}, List{boost::hana::basic_tuple<Terms...>{std::move(terms)...}}};
    } else {
        return Select<List, None>{{}, List{boost::hana::basic_tuple<Terms...>{std::move(terms)...}}};
    }
}

}  // namespace detail

/// All rows of an entity; of several, joined by what follows, as tuples.
template <class Owner, class... More>
constexpr auto select() {
    if constexpr ((require_entity<Owner>() && ... && require_entity<More>())) {
        return Select<SelectList<WholeEntity<TableSource<Owner>>, WholeEntity<TableSource<More>>...>,
                      FromClause<TableSource<Owner>>>{};
    } else {
        return Refused<Owner>{};
    }
}

/// Rows of expressions, read from the table of the first column unless .from<T>() names another.
template <class... Terms>
    requires(sizeof...(Terms) > 0)
constexpr auto select(Terms... terms) {
    constexpr bool are_terms = (detail::SelectTerm<Terms> && ...);
    static_assert(are_terms, "mica: select() takes columns and other expressions");
    if constexpr (!are_terms) {
        return Refused<int>{};
    } else {
        using Given = Types<decltype(detail::as_term(std::declval<Terms>()))...>;
        if constexpr (detail::require_terms(std::type_identity<Given>{})) {
            return detail::select_terms(detail::as_term(std::move(terms))...);
        } else {
            return Refused<int>{};
        }
    }
}

}  // namespace mica
