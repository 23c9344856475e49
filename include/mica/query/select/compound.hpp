// SPDX-License-Identifier: BSL-1.0
// union_, union_all, intersect and except: the rows of several SELECTs as those of one.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/select/select.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mica {

/// How the rows of two SELECTs are put together.
enum class SetOperator : unsigned char { distinct_union, union_all, intersect, except };

namespace detail {

/// The type that holds the values of two members' columns, void where none does.
template <class Left, class Right>
consteval auto unify_values() {
    using First = without_optional<Left>;
    using Second = without_optional<Right>;
    constexpr bool nullable = is_optional<Left> || is_optional<Right>;
    if constexpr (std::same_as<First, Second>) {
        return std::type_identity<NullableIf<First, nullable>>{};
    } else if constexpr (is_number<First> && is_number<Second>) {
        return std::type_identity<NullableIf<NumberOf<First, Second>, nullable>>{};
    } else {
        return std::type_identity<void>{};
    }
}

template <class Left, class Right>
consteval auto unify_rows(std::type_identity<Left>, std::type_identity<Right>) {
    return unify_values<Left, Right>();
}
template <class... Left, class... Right>
consteval auto unify_rows(std::type_identity<std::tuple<Left...>>, std::type_identity<std::tuple<Right...>>) {
    if constexpr (sizeof...(Left) != sizeof...(Right)) {
        return std::type_identity<void>{};
    } else if constexpr ((std::is_void_v<typename decltype(unify_values<Left, Right>())::type> || ...)) {
        return std::type_identity<void>{};
    } else {
        return std::type_identity<std::tuple<typename decltype(unify_values<Left, Right>())::type...>>{};
    }
}

/// The row type of two members, void where they have different shapes.
template <class Left, class Right>
using UnifiedRow = typename decltype(unify_rows(std::type_identity<Left>{}, std::type_identity<Right>{}))::type;

template <class Row, class... More>
struct UnifyAll {
    using Type = Row;
};
template <class Row, class Next, class... More>
struct UnifyAll<Row, Next, More...> : UnifyAll<UnifiedRow<Row, Next>, More...> {};

/// Whether a member has to be wrapped: SQLite takes neither ORDER BY nor LIMIT nor WITH nor another set operation
/// there.
template <class Member>
consteval bool is_wrapped() {
    if constexpr (requires { typename Member::Definitions; }) {
        return Member::is_ordered || Member::is_limited || !Member::Definitions::is_empty;
    } else {
        return true;
    }
}

template <class Member>
constexpr void render_member(SqlWriter& writer) {
    if constexpr (is_wrapped<Member>()) {
        writer.text("SELECT * FROM ");
        render_nameless_source<Member>(writer);
    } else {
        Member::render(writer);
    }
}

/// What keeps the rows of all members from being read into an aggregate.
template <class Dto, class... Members>
consteval DtoFlaw first_dto_flaw() {
    DtoFlaw first = DtoFlaw::none;
    const auto look = [&first](DtoFlaw flaw) {
        if (first == DtoFlaw::none) first = flaw;
    };
    (look(find_dto_flaw<Dto, typename Members::Projection, typename Members::Source>()), ...);
    return first;
}

template <class First, class Term>
constexpr auto as_ordinal(Term term) {
    if constexpr (requires { typename Term::ExpressionType; }) {
        auto inner = as_ordinal<First>(term.term);
        if constexpr (std::same_as<decltype(inner), Invalid>) {
            return inner;
        } else {
            return term.with(inner, std::type_identity<decltype(inner)>{});
        }
    } else {
        constexpr std::size_t place = place_of<Term>(std::type_identity<typename First::Projection::Plain>{});
        static_assert(place != 0, "mica: the rows of a set operation are sorted by what its first member selects");
        if constexpr (place == 0) {
            return Invalid{};
        } else {
            return Ordinal<Term, place>{};
        }
    }
}

}  // namespace detail

/// Several SELECTs as one (https://www.sqlite.org/lang_select.html, section 3).
template <SetOperator set_operator, class Order, class Limit, class... Members>
struct [[nodiscard]] Compound : SelectStatement<Compound<set_operator, Order, Limit, Members...>> {
    using Row = typename detail::UnifyAll<typename Members::Row...>::Type;
    using First = std::tuple_element_t<0, std::tuple<Members...>>;
    using MemberTypes = Types<Members...>;
    using Projection = typename First::Projection;
    using Source = typename First::Source;
    static constexpr bool is_ordered = !is_none<Order>;
    static constexpr bool is_limited = !is_none<Limit>;
    static constexpr bool has_one_row = false;

    boost::hana::basic_tuple<Members...> members;
    Order order{};
    Limit row_limit{};

    /// Sorts by expressions that the first member selects, or by their .asc() and .desc().
    template <class... Terms>
    constexpr auto order_by(Terms... terms) const {
        constexpr bool are_terms = sizeof...(Terms) > 0 && (detail::OrderTerm<Terms> && ...);
        static_assert(are_terms, "mica: order_by() takes expressions, or their asc() and desc()");
        if constexpr (!are_terms) {
            return Refused<Row>{};
        } else {
            return ordered(detail::as_ordinal<First>(std::move(terms))...);
        }
    }

    template <class Count>
    constexpr auto limit(Count count) const {
        if constexpr (detail::require_row_number<Count>()) {
            return limited(detail::as_row_number(std::move(count)), detail::skipped_of(row_limit));
        } else {
            return Refused<Row>{};
        }
    }
    template <class Count>
    constexpr auto offset(Count count) const {
        if constexpr (detail::require_row_number<Count>()) {
            return limited(detail::count_of(row_limit), detail::as_row_number(std::move(count)));
        } else {
            return Refused<Row>{};
        }
    }

    /// Reads the selected columns of all members into the fields of `Dto`, by position.
    template <class Dto>
    constexpr auto into() const {
        if constexpr (detail::require_no_dto_flaw<detail::first_dto_flaw<Dto, Members...>()>()) {
            return into<Dto>(std::index_sequence_for<Members...>{});
        } else {
            return Refused<Dto>{};
        }
    }

    /// The value of its only column in its first row, as an expression; NULL where there is no row.
    constexpr auto scalar_subquery() const { return detail::lift<void>(*this); }

    static constexpr ListView<ColumnOrigin> origins() { return First::origins(); }

    static constexpr void render(SqlWriter& writer) {
        constexpr std::string_view words[]{" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT "};
        bool first = true;
        ((writer.text(detail::exchange(first, false) ? "" : words[static_cast<std::size_t>(set_operator)]),
          detail::render_member<Members>(writer)),
         ...);
        Order::render(writer);
        Limit::render(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(members, sink);
        order.bind(sink);
        row_limit.bind(sink);
    }

    static consteval bool require_sound() {
        return (Members::require_sound() && ...) && !inspection_of<Order>.is_refused;
    }
    static consteval bool is_in_scope() { return (Members::is_in_scope() && ...); }
    static consteval bool require_own_scope() { return detail::require_in_scope<is_in_scope()>(); }
    static constexpr void inspect(Inspection& outer) {
        (detail::inspect<Members>(outer), ...);
        detail::inspect<Limit>(outer);
        outer.is_dynamic = outer.is_dynamic || inspection_of<Order>.is_dynamic;
    }

private:
    template <class Dto, std::size_t... indices>
    constexpr auto into(std::index_sequence<indices...>) const {
        using All = boost::hana::basic_tuple<decltype(std::declval<Members>().template into<Dto>())...>;
        return Compound<set_operator, Order, Limit, decltype(std::declval<Members>().template into<Dto>())...>{
            {}, All{boost::hana::at_c<indices>(members).template into<Dto>()...}, order, row_limit};
    }
    template <class... Terms>
    constexpr auto ordered(Terms... terms) const {
        auto all = detail::append_terms(order, std::move(terms)...);
        return Compound<set_operator, decltype(all), Limit, Members...>{{}, members, std::move(all), row_limit};
    }
    template <class Count, class Skipped>
    constexpr auto limited(Count count, Skipped skipped) const {
        using Both = LimitClause<Count, Skipped>;
        return Compound<set_operator, Order, Both, Members...>{
            {}, members, order, Both{std::move(count), std::move(skipped)}};
    }
};

namespace detail {

template <SetOperator set_operator, class... Members>
constexpr auto combine_selects(Members... members) {
    constexpr bool are_selects = sizeof...(Members) > 1 && (SelectLike<Members> && ...);
    static_assert(are_selects || (RefusedLike<Members> || ...), "mica: a set operation takes two or more select()s");
    if constexpr (!are_selects) {
        return Refused<int>{};
    } else {
        using Row = typename UnifyAll<typename Members::Row...>::Type;
        static_assert(!std::is_void_v<Row>, "mica: the members of a set operation select columns of the same types");
        if constexpr (std::is_void_v<Row>) {
            return Refused<int>{};
        } else {
            return Compound<set_operator, None, None, Members...>{
                {}, boost::hana::basic_tuple<Members...>{std::move(members)...}};
        }
    }
}

}  // namespace detail

/// The rows of all members, equal ones once only.
template <class... Members>
constexpr auto union_(Members... members) {
    return detail::combine_selects<SetOperator::distinct_union>(std::move(members)...);
}
/// The rows of all members.
template <class... Members>
constexpr auto union_all(Members... members) {
    return detail::combine_selects<SetOperator::union_all>(std::move(members)...);
}
/// The rows that all members have.
template <class... Members>
constexpr auto intersect(Members... members) {
    return detail::combine_selects<SetOperator::intersect>(std::move(members)...);
}
/// The rows of the first member that no other has.
template <class... Members>
constexpr auto except(Members... members) {
    return detail::combine_selects<SetOperator::except>(std::move(members)...);
}

}  // namespace mica
