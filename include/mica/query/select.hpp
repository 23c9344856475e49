// SPDX-License-Identifier: BSL-1.0
// select<T>() and select(expr, …): every clause gives a new type, so the text is known from the type alone.
#pragma once

#include <mica/query/predicate.hpp>
#include <mica/query/projection.hpp>
#include <mica/query/refused.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace mica {

/// A clause that a statement does not have.
struct None {
    static constexpr void render(SqlWriter&) {}
    static constexpr void inspect(Inspection&) {}
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

template <class Clause>
inline constexpr bool is_none = std::same_as<Clause, None>;

/// Terms of ORDER BY.
template <class... Terms>
struct OrderBy {
    boost::hana::basic_tuple<Terms...> terms;

    static constexpr void render(SqlWriter& writer) {
        writer.text(" ORDER BY ");
        detail::render_list<Terms...>(writer);
    }
    static constexpr void inspect(Inspection& inspection) { (Terms::inspect(inspection), ...); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(terms, sink);
    }
};

namespace detail {

template <class Term>
concept OrderTerm = Expression<Term> || requires { typename std::remove_cvref_t<Term>::ExpressionType; };

constexpr bool reads_only(const Inspection& inspection, const Table* table) {
    for (std::size_t i = 0; i < inspection.table_count; ++i) {
        if (inspection.tables[i] != table) return false;
    }
    return true;
}

/// By specialization, as g++ with -fsanitize=undefined does not know while compiling that an address is not null.
template <const Table* source>
inline constexpr bool reads_a_table = true;
template <>
inline constexpr bool reads_a_table<nullptr> = false;

/// Stands for the struct, named in the line of the error that is the user's own.
struct OwnerOfColumn;

/// Says that every column in these clauses is one.
template <class... Clauses>
consteval bool require_columns() {
    constexpr const Inspection& inspection = inspection_of<Clauses...>;
    if constexpr (inspection.flaw != EntityFlaw::none) {
        return require_entity<OwnerOfColumn, inspection.flaw>();
    } else {
        static_assert(!inspection.has_ignored_field, "mica: a field in ignore<> is no column");
        return !inspection.has_ignored_field && !inspection.is_refused;
    }
}

/// Says that every table a clause reads is the statement's own.
template <const Table* source, class... Clauses>
consteval bool require_scope() {
    if constexpr (require_columns<Clauses...>()) {
        constexpr bool in_scope = reads_only(inspection_of<Clauses...>, source);
        static_assert(in_scope, "mica: this statement uses a column of a table that it does not read from");
        return in_scope;
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
    return {boost::hana::basic_tuple<New...>{std::move(terms)...}};
}

/// The new condition alone, or together with the one before it.
template <class Existing, Predicate Condition>
constexpr auto add_condition(const Existing& existing, Condition condition) {
    if constexpr (is_none<Existing>) {
        return condition;
    } else {
        return existing && std::move(condition);
    }
}

}  // namespace detail

/// A SELECT that reads from `source`, from nothing where that is null; the clauses are None until they are given.
template <class Projection, const Table* source, class Where = None, class Order = None, class Limit = None,
          class Offset = None>
struct Select : Statement<Select<Projection, source, Where, Order, Limit, Offset>> {
    using Row = typename Projection::Row;
    static constexpr bool is_ordered = !is_none<Order>;
    static constexpr bool is_limited = !is_none<Limit> || !is_none<Offset>;
    static constexpr bool is_in_scope = detail::reads_only(inspection_of<Projection>, source);

    Projection projection;
    Where condition{};
    Order order{};
    Limit row_limit{};
    Offset row_offset{};

    /// Rows for which `filter` is true; several are combined by AND.
    template <class Filter>
    constexpr auto where(Filter filter) const {
        constexpr bool is_condition = Predicate<Filter>;
        static_assert(is_condition, "mica: where() takes a condition");
        if constexpr (!is_condition) {
            return *this;
        } else if constexpr (detail::require_scope<source, Filter>()) {
            auto both = detail::add_condition(condition, std::move(filter));
            return Select<Projection, source, decltype(both), Order, Limit, Offset>{{},    projection, std::move(both),
                                                                                    order, row_limit,  row_offset};
        } else {
            return *this;
        }
    }

    /// Sorts by expressions or by their .asc() and .desc(); further calls sort what the first leaves equal.
    template <class... Terms>
    constexpr auto order_by(Terms... terms) const {
        constexpr bool are_terms = sizeof...(Terms) > 0 && (detail::OrderTerm<Terms> && ...);
        static_assert(are_terms, "mica: order_by() takes expressions, or their asc() and desc()");
        if constexpr (!are_terms) {
            return *this;
        } else if constexpr (detail::require_scope<source, Terms...>()) {
            auto all = detail::append_terms(order, std::move(terms)...);
            return Select<Projection, source, Where, decltype(all), Limit, Offset>{
                {}, projection, condition, std::move(all), row_limit, row_offset};
        } else {
            return *this;
        }
    }

    /// At most `count` rows; negative means all (https://www.sqlite.org/lang_select.html, section 5).
    constexpr auto limit(std::int64_t count) const {
        using Count = Bound<std::int64_t>;
        return Select<Projection, source, Where, Order, Count, Offset>{{},    projection,       condition,
                                                                       order, Count{{}, count}, row_offset};
    }

    /// Without the first `count` rows.
    constexpr auto offset(std::int64_t count) const {
        using Count = Bound<std::int64_t>;
        return Select<Projection, source, Where, Order, Limit, Count>{{},    projection, condition,
                                                                      order, row_limit,  Count{{}, count}};
    }

    /// Names the table to read from where the first selected column does not.
    template <class Entity>
    constexpr auto from() const {
        if constexpr (!require_entity<Entity>()) {
            return *this;
        } else if constexpr (detail::require_scope<&detail::table_info<Entity>, Projection, Where, Order>()) {
            return Select<Projection, &detail::table_info<Entity>, Where, Order, Limit, Offset>{
                {}, projection, condition, order, row_limit, row_offset};
        } else {
            return *this;
        }
    }

    /// Reads the selected columns into the fields of `Dto`, by position.
    template <class Dto>
    constexpr auto into() const {
        if constexpr (detail::require_dto<Dto, Projection>()) {
            using Mapped = IntoAggregate<Dto, Projection>;
            return Select<Mapped, source, Where, Order, Limit, Offset>{{},    Mapped{projection}, condition,
                                                                       order, row_limit,          row_offset};
        } else {
            return *this;
        }
    }

    static constexpr ListView<ColumnOrigin> origins() { return Projection::origins(); }

    static constexpr void render(SqlWriter& writer) {
        writer.text("SELECT ");
        Projection::render(writer);
        if constexpr (detail::reads_a_table<source>) {
            writer.text(" FROM ");
            writer.identifier(source->name);
        }
        if constexpr (!is_none<Where>) {
            writer.text(" WHERE ");
            Where::render(writer);
        }
        Order::render(writer);
        if constexpr (is_limited) {
            writer.text(" LIMIT ");
            if constexpr (is_none<Limit>) {
                writer.text(dialect::sqlite.unlimited);
            } else {
                Limit::render(writer);
            }
        }
        if constexpr (!is_none<Offset>) {
            writer.text(" OFFSET ");
            Offset::render(writer);
        }
    }

    template <class Sink>
    constexpr void bind(Sink& sink) const {
        projection.bind(sink);
        condition.bind(sink);
        order.bind(sink);
        row_limit.bind(sink);
        row_offset.bind(sink);
    }
};

/// All rows of an entity.
template <class Owner>
constexpr auto select() {
    if constexpr (require_entity<Owner>()) {
        return Select<WholeEntity<Owner>, &detail::table_info<Owner>>{};
    } else {
        return Refused<Owner>{};
    }
}

/// Rows of expressions, read from the table of the first column unless .from<T>() names another.
template <class... Terms>
    requires(sizeof...(Terms) > 0)
constexpr auto select(Terms... terms) {
    constexpr bool are_expressions = (Expression<Terms> && ...);
    static_assert(are_expressions, "mica: select() takes columns and other expressions");
    if constexpr (!are_expressions) {
        return Refused<int>{};
    } else if constexpr (!detail::require_columns<Terms...>()) {
        return Refused<typename detail::RowOf<Terms...>::Type>{};
    } else {
        using Columns = ExpressionRow<Terms...>;
        return Select<Columns, inspection_of<Terms...>.tables[0]>{
            {}, Columns{boost::hana::basic_tuple<Terms...>{std::move(terms)...}}};
    }
}

}  // namespace mica
