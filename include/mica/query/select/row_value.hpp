// SPDX-License-Identifier: BSL-1.0
// Row values: row(a, b) == row(c, d), row(a, b).in(select) (https://www.sqlite.org/rowvalue.html).
#pragma once

#include <mica/query/expression/argument.hpp>
#include <mica/query/expression/operators.hpp>
#include <mica/query/select/subquery.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <cstddef>
#include <initializer_list>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mica {

namespace operators {
/// Brings the operators of this namespace to row values.
struct RowTag {};
}  // namespace operators

namespace detail {

/// The values of a row as a list of them is written.
template <class... Elements>
using TupleOf = std::tuple<typename OwnedValue<without_optional<ValueOf<Elements>>>::Type...>;

}  // namespace detail

/// Several values compared as one, from left to right. No value of a column, so it can only be compared.
template <Expression... Elements>
struct ValueRow : operators::RowTag {
    using Children = Types<Elements...>;

    boost::hana::basic_tuple<Elements...> elements;

    /// IN over a SELECT of as many columns, or over any range of tuples, however long. The values are copied.
    template <class Query>
    constexpr auto in(Query query) const;
    template <class Query>
    constexpr auto not_in(Query query) const;
    constexpr auto in(std::initializer_list<detail::TupleOf<Elements...>> rows) const;
    constexpr auto not_in(std::initializer_list<detail::TupleOf<Elements...>> rows) const;

    static constexpr void render(SqlWriter& writer) {
        writer.put('(');
        detail::render_list<Elements...>(writer);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(elements, sink);
    }
};

template <class Candidate>
concept RowLike = __is_base_of(operators::RowTag, std::remove_reference_t<Candidate>);

template <const detail::Operator& sql_operator, class Result, class Left, class Right>
struct RowComparison : Operand<RowComparison<sql_operator, Result, Left, Right>> {
    using Value = Result;
    using Children = Types<Left, Right>;
    static constexpr int precedence = sql_operator.precedence;

    Left left;
    Right right;

    constexpr RowComparison(Left left_row, Right right_row) : left(std::move(left_row)), right(std::move(right_row)) {}

    static constexpr void render(SqlWriter& writer) {
        Left::render(writer);
        detail::render_operator(writer, sql_operator);
        Right::render(writer);
    }
    static constexpr bool is_nullable(const OuterTables& outer) {
        return detail::is_any_nullable_in(std::type_identity<typename Left::Children>{}, outer) ||
               detail::is_any_nullable_in(std::type_identity<typename Right::Children>{}, outer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        left.bind(sink);
        right.bind(sink);
    }
};

template <class Result, class Row, class Query, bool negated>
struct RowInSubquery : Operand<RowInSubquery<Result, Row, Query, negated>> {
    using Value = Result;
    using Children = Types<Row, Query>;
    static constexpr int precedence = precedence::equality;

    Row row;
    Query query;

    constexpr RowInSubquery(Row of, Query in) : row(std::move(of)), query(std::move(in)) {}

    static constexpr void render(SqlWriter& writer) {
        Row::render(writer);
        writer.text(negated ? " NOT IN " : " IN ");
        detail::render_subquery<Query>(writer);
    }
    static constexpr bool is_nullable(const OuterTables& outer) {
        return detail::is_any_nullable_in(std::type_identity<typename Row::Children>{}, outer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        row.bind(sink);
        query.bind(sink);
    }
};

namespace detail {

template <class... Nodes>
constexpr ValueRow<Nodes...> make_row(Nodes... nodes) {
    return {{}, boost::hana::basic_tuple<Nodes...>{std::move(nodes)...}};
}

/// Says what makes two row values comparable.
template <bool has_same_size, bool are_comparable>
consteval bool require_same_shape() {
    static_assert(has_same_size, "mica: row values that are compared have the same number of elements");
    static_assert(are_comparable || !has_same_size,
                  "mica: the elements of row values that are compared have related types");
    return has_same_size && are_comparable;
}

template <const Operator& sql_operator, class... Left, class... Right>
constexpr auto compare_elements(ValueRow<Left...> left, ValueRow<Right...> right) {
    if constexpr (require_same_shape<true, (can_stand_beside<ValueOf<Left>, Right>() && ...)>()) {
        constexpr bool can_be_null = (is_optional<ValueOf<Left>> || ...) || (is_optional<ValueOf<Right>> || ...);
        return RowComparison<sql_operator, NullableIf<bool, can_be_null>, ValueRow<Left...>, ValueRow<Right...>>{
            std::move(left), std::move(right)};
    } else {
        return Invalid{};
    }
}

template <const Operator& sql_operator, class... Left, class... Right, std::size_t... indices>
constexpr auto compare_beside(const ValueRow<Left...>& left, const ValueRow<Right...>& right,
                              std::index_sequence<indices...>) {
    return compare_elements<sql_operator>(
        make_row(beside<ValueOf<Right>>(boost::hana::at_c<indices>(left.elements))...),
        make_row(beside<ValueOf<Left>>(boost::hana::at_c<indices>(right.elements))...));
}

template <const Operator& sql_operator, class... Left, class... Right>
constexpr auto compare_rows(const ValueRow<Left...>& left, const ValueRow<Right...>& right) {
    if constexpr (require_same_shape<sizeof...(Left) == sizeof...(Right), true>()) {
        return compare_beside<sql_operator>(left, right, std::index_sequence_for<Left...>{});
    } else {
        return Invalid{};
    }
}

/// The values of a SELECT's row, which is a tuple where it has several columns.
template <class Row>
struct ColumnsOfRow {
    using Type = Types<Row>;
};
template <class... Values>
struct ColumnsOfRow<std::tuple<Values...>> {
    using Type = Types<Values...>;
};

template <bool negated, class... Elements, class Query, class... Values>
constexpr auto row_in_subquery(const ValueRow<Elements...>& row, Query query, std::type_identity<Types<Values...>>) {
    if constexpr (!require_same_shape<sizeof...(Elements) == sizeof...(Values), true>()) {
        return Invalid{};
    } else if constexpr (!require_same_shape<true, (can_stand_beside_value<ValueOf<Elements>, Values>() && ...)>()) {
        return Invalid{};
    } else if constexpr (!require_subquery<Query>()) {
        return Invalid{};
    } else {
        constexpr bool can_be_null = (is_optional<ValueOf<Elements>> || ...) || (is_optional<Values> || ...);
        return RowInSubquery<NullableIf<bool, can_be_null>, ValueRow<Elements...>, Query, negated>{row,
                                                                                                   std::move(query)};
    }
}

// Defined in query/row_list.hpp.
template <bool negated, class... Elements, class Range>
auto row_in_values(const ValueRow<Elements...>& row, const Range& range);

template <bool negated, class Row, class Query>
constexpr auto row_in(const Row& row, const Query& query) {
    constexpr bool is_range = requires { *std::begin(query); } && !RefusedLike<Query>;
    static_assert(SelectLike<Query> || is_range || RefusedLike<Query>,
                  "mica: in() of a row value takes a SELECT of as many columns, or a range of tuples");
    if constexpr (is_range) {
        return row_in_values<negated>(row, query);
    } else if constexpr (SelectLike<Query>) {
        using Values = typename ColumnsOfRow<typename Query::Row>::Type;
        return row_in_subquery<negated>(row, query, std::type_identity<Values>{});
    } else {
        return Invalid{};
    }
}

}  // namespace detail

/// Several values to compare as one.
template <class First, class Second, class... More>
    requires detail::Arguments<First, Second, More...>
constexpr auto row(First&& first, Second&& second, More&&... more) {
    if constexpr (detail::require_argument<detail::Takes::anything, First>() &&
                  detail::require_argument<detail::Takes::anything, Second>() &&
                  (detail::require_argument<detail::Takes::anything, More>() && ... && true)) {
        return detail::make_row(detail::argument(std::forward<First>(first)),
                                detail::argument(std::forward<Second>(second)),
                                detail::argument(std::forward<More>(more))...);
    } else {
        return Invalid{};
    }
}

template <Expression... Elements>
template <class Query>
constexpr auto ValueRow<Elements...>::in(Query query) const {
    return detail::row_in<false>(*this, std::move(query));
}

template <Expression... Elements>
template <class Query>
constexpr auto ValueRow<Elements...>::not_in(Query query) const {
    return detail::row_in<true>(*this, std::move(query));
}

template <Expression... Elements>
constexpr auto ValueRow<Elements...>::in(std::initializer_list<detail::TupleOf<Elements...>> rows) const {
    return detail::row_in<false>(*this, rows);
}

template <Expression... Elements>
constexpr auto ValueRow<Elements...>::not_in(std::initializer_list<detail::TupleOf<Elements...>> rows) const {
    return detail::row_in<true>(*this, rows);
}

namespace operators {

template <RowLike Left, RowLike Right>
constexpr auto operator==(const Left& left, const Right& right) {
    return detail::compare_rows<detail::equal>(left, right);
}
template <RowLike Left, RowLike Right>
constexpr auto operator!=(const Left& left, const Right& right) {
    return detail::compare_rows<detail::unequal>(left, right);
}
template <RowLike Left, RowLike Right>
constexpr auto operator<(const Left& left, const Right& right) {
    return detail::compare_rows<detail::less>(left, right);
}
template <RowLike Left, RowLike Right>
constexpr auto operator<=(const Left& left, const Right& right) {
    return detail::compare_rows<detail::less_equal>(left, right);
}
template <RowLike Left, RowLike Right>
constexpr auto operator>(const Left& left, const Right& right) {
    return detail::compare_rows<detail::greater>(left, right);
}
template <RowLike Left, RowLike Right>
constexpr auto operator>=(const Left& left, const Right& right) {
    return detail::compare_rows<detail::greater_equal>(left, right);
}

}  // namespace operators

}  // namespace mica
