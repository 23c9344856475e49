// SPDX-License-Identifier: BSL-1.0
// What a SELECT gives: whole entities, tuples of expressions, or either mapped onto an aggregate of the user's.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/select/join.hpp>
#include <mica/query/statement/statement.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace mica {

/// All columns of one entity, from its table or an alias of it.
template <class From>
struct WholeEntity {
    using Source = From;
    using Owner = typename From::Entity;
    using Children = Types<>;

    static constexpr std::size_t column_count = detail::columns_of<Owner>.size();

    static constexpr void render(SqlWriter& writer) {
        if (&writer.dialect() != &dialect::sqlite) return render_names(writer);
        writer.text(detail::sqlite_text<&WholeEntity::render_names>.view());
    }
    static constexpr void render_names(SqlWriter& writer) { detail::render_names(writer, From::table(), true); }
    static constexpr void inspect(Inspection& inspection) { inspection.add_columns(From::table(), column_count); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

template <class Candidate>
inline constexpr bool is_whole_entity = false;
template <class From>
inline constexpr bool is_whole_entity<WholeEntity<From>> = true;

namespace detail {

/// A view would dangle in a row that outlives the statement's step.
template <class Value>
struct OwnedValue {
    using Type = Value;
};
template <>
struct OwnedValue<std::string_view> {
    using Type = std::string;
};
template <>
struct OwnedValue<std::optional<std::string_view>> {
    using Type = std::optional<std::string>;
};

/// Whether a selected term can be missing or NULL because of an outer join.
template <class Term, class From>
consteval bool is_filled_with_null() {
    if constexpr (!has_outer_join<From>()) {
        return false;
    } else if constexpr (is_whole_entity<Term>) {
        return outer_tables_of<From>.contains(Term::Source::table());
    } else {
        return is_nullable_in<Term>(outer_tables_of<From>);
    }
}

template <class Term>
struct PlainValue {
    using Type = typename OwnedValue<ValueOf<Term>>::Type;
};
template <class From>
struct PlainValue<WholeEntity<From>> {
    using Type = typename From::Entity;
};

/// The type in which a row holds a selected term.
template <class Term, class From>
using RowValue = NullableIf<typename PlainValue<Term>::Type, is_filled_with_null<Term, From>()>;

template <class From, class... Terms>
struct RowOf {
    using Type = std::tuple<RowValue<Terms, From>...>;
};
template <class From, class Only>
struct RowOf<From, Only> {
    using Type = RowValue<Only, From>;
};

template <class Term>
inline constexpr std::size_t columns_of_term = 1;
template <class From>
inline constexpr std::size_t columns_of_term<WholeEntity<From>> = WholeEntity<From>::column_count;

template <class Term>
constexpr ColumnOrigin* add_origins(ColumnOrigin* out) {
    if constexpr (is_whole_entity<Term>) {
        const Table& table = Term::Source::table();
        for (const Column& column : table.columns) *out++ = origin_of_column(table, column);
        return out;
    } else {
        if constexpr (requires { typename Term::Unlabeled; }) {
            add_origins<typename Term::Unlabeled>(out);
        } else if constexpr (requires { Term::column(); }) {
            *out = origin_of_column(Term::table(), Term::column());
        }
        return out + 1;
    }
}

template <class... Terms>
consteval auto collect_origins() {
    std::array<ColumnOrigin, (columns_of_term<Terms> + ... + 0)> origins{};
    ColumnOrigin* out = origins.data();
    ((out = add_origins<Terms>(out)), ...);
    return origins;
}

template <class... Terms>
inline constexpr auto origins_of_terms = collect_origins<Terms...>();

/// A term of a SELECT's list, with its name where it has one.
template <class Term>
constexpr void render_term(SqlWriter& writer) {
    Term::render(writer);
    if constexpr (requires { Term::label(); }) {
        writer.text(" AS ");
        writer.identifier(Term::label());
    }
}

}  // namespace detail

/// What a SELECT gives: entities and expressions. The row is a tuple of them, of a single one the value itself.
template <class... Terms>
struct SelectList {
    using Children = Types<Terms...>;
    using Plain = SelectList;
    template <class From>
    using RowIn = typename detail::RowOf<From, Terms...>::Type;

    boost::hana::basic_tuple<Terms...> terms{};

    static constexpr void render(SqlWriter& writer) {
        bool first = true;
        ((writer.text(detail::exchange(first, false) ? "" : ", "), detail::render_term<Terms>(writer)), ...);
    }
    static constexpr ListView<ColumnOrigin> origins() { return detail::origins_of_terms<Terms...>; }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(terms, sink);
    }
};

/// The same rows once only.
template <class List>
struct DistinctRows {
    using Children = Types<List>;
    using Plain = typename List::Plain;
    static constexpr bool is_distinct = true;
    template <class From>
    using RowIn = typename List::template RowIn<From>;

    List list;

    static constexpr void render(SqlWriter& writer) {
        writer.text("DISTINCT ");
        List::render(writer);
    }
    static constexpr ListView<ColumnOrigin> origins() { return List::origins(); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        list.bind(sink);
    }
};

}  // namespace mica
