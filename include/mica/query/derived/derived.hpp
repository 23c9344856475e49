// SPDX-License-Identifier: BSL-1.0
// The rows of a SELECT as a table of another statement: subqueries in FROM, and the columns that they provide.
#pragma once

#include <mica/query/derived/derived_type.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// What names a column of a derived table: its label or its column's name, or the member that it comes from.
template <class Key>
struct ColumnKey {
    Key value;

    consteval ColumnKey(Key key) : value(key) {}
    template <std::size_t size>
    consteval ColumnKey(const char (&label)[size]) : value(label) {}
};
template <std::size_t size>
ColumnKey(const char (&)[size]) -> ColumnKey<FixedString<size>>;
template <class Owner, class Field>
ColumnKey(Field Owner::*) -> ColumnKey<Field Owner::*>;

/// The columns of a derived table that have a name, and the last of their places.
struct DerivedMatch {
    std::size_t count = 0;
    std::size_t place = 0;
};

template <class Key>
inline constexpr bool is_label_key = false;
template <std::size_t size>
inline constexpr bool is_label_key<FixedString<size>> = true;

/// The name of a column of a term; empty where the program has given none.
template <class Term>
constexpr std::string_view name_within([[maybe_unused]] std::size_t column) {
    if constexpr (is_whole_entity<Term>) {
        return Term::Source::table().columns[column].name;
    } else if constexpr (requires { Term::label(); }) {
        return Term::label();
    } else if constexpr (requires { Term::column(); }) {
        return Term::column().name;
    } else if constexpr (requires { Term::derived_name(); }) {
        return Term::derived_name();
    } else {
        return {};
    }
}

/// Whether a column of a term comes from the member that a key is.
template <auto member, class Term>
constexpr bool is_from_member([[maybe_unused]] std::size_t column) {
    using Bare = typename Unnamed<Term>::Type;
    using Owner = reflect::OwnerOf<member>;
    if constexpr (!Storable<reflect::FieldOf<member>>) {
        return false;  // an embedded object has no column of its own
    } else if constexpr (is_whole_entity<Bare>) {
        if constexpr (std::same_as<typename Bare::Owner, Owner>) {
            return table_of<Owner>().column_of(reflect::address_of(member)) == column;
        } else {
            return false;
        }
    } else if constexpr (requires { Bare::derived_key; }) {
        if constexpr (std::same_as<decltype(Bare::derived_key), const decltype(member)>) {
            return Bare::derived_key == member;
        } else {
            return false;
        }
    } else if constexpr (requires { typename Bare::Owner; }) {
        if constexpr (std::same_as<typename Bare::Owner, Owner>) {
            return Bare::field() == reflect::address_of(member);
        } else {
            return false;
        }
    } else {
        return false;
    }
}

template <ColumnKey key, class Term>
constexpr bool is_called(std::size_t column) {
    if constexpr (is_label_key<decltype(key.value)>) {
        return same_name(name_within<Term>(column), key.value.view());
    } else {
        return is_from_member<key.value, Term>(column);
    }
}

template <ColumnKey key, class... Terms>
constexpr DerivedMatch find_derived(std::type_identity<SelectList<Terms...>>) {
    DerivedMatch match;
    std::size_t place = 0;
    const auto look = [&](std::size_t columns, bool (*is_it)(std::size_t)) {
        for (std::size_t column = 0; column < columns; ++column, ++place) {
            if (is_it(column)) match = {match.count + 1, place};
        }
    };
    (look(columns_of_term<Terms>, &is_called<key, Terms>), ...);
    return match;
}

/// The names of a list's columns, by their places.
template <class... Terms>
constexpr std::string_view name_at(std::type_identity<SelectList<Terms...>>, std::size_t place) {
    std::string_view found;
    const auto look = [&](std::size_t columns, std::string_view (*name)(std::size_t)) {
        for (std::size_t column = 0; column < columns; ++column, --place) {
            if (place == 0) found = name(column);
        }
    };
    (look(columns_of_term<Terms>, &name_within<Terms>), ...);
    return found;
}

/// How many columns of a list go by a name: SQLite would find the first of them.
template <class... Terms>
constexpr std::size_t count_named(std::type_identity<SelectList<Terms...>>, std::string_view name) {
    std::size_t count = 0;
    const auto look = [&](std::size_t columns, std::string_view (*name_of)(std::size_t)) {
        for (std::size_t column = 0; column < columns; ++column) {
            if (same_name(name_of(column), name)) ++count;
        }
    };
    (look(columns_of_term<Terms>, &name_within<Terms>), ...);
    return count;
}

/// Derived tables have no type of rows in common; their name tells them apart.
template <FixedString name>
inline constexpr Table derived_info{.name = name.view(), .identity = "a derived table"};

}  // namespace detail

/// A column of a derived table.
template <class From, detail::ColumnKey key, class Type, std::size_t place>
struct DerivedColumn : Operand<DerivedColumn<From, key, Type, place>> {
    using Source = From;
    using Value = Type;
    static constexpr int precedence = precedence::primary;

    static constexpr auto derived_key = key.value;
    static constexpr std::string_view derived_name() { return From::template name_at<place>(); }
    static constexpr void render(SqlWriter& writer) {
        writer.identifier(From::table().name);
        writer.put('.');
        writer.identifier(derived_name());
    }
    static constexpr void inspect(Inspection& inspection) { inspection.add_column(From::table(), place); }
    static constexpr bool is_nullable(const OuterTables& outer) { return outer.contains(From::table()); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

namespace detail {

template <class From, class Query, ColumnKey key>
consteval auto make_derived_column() {
    using List = std::type_identity<typename Query::Projection::Plain>;
    constexpr DerivedMatch match = find_derived<key>(List{});
    constexpr bool is_there = match.count != 0;
    constexpr bool is_only = match.count == 1 && count_named(List{}, name_at(List{}, match.place)) == 1;
    constexpr bool is_of_values = requires { requires Query::is_of_values; };
    static_assert(is_there || is_of_values,
                  "mica: this subquery selects no column of that name; name an expression by .as<\"name\">()");
    static_assert(is_there || !is_of_values, "mica: these values have no column of that name");
    static_assert(is_only || !is_there,
                  "mica: this subquery selects two columns of that name; name one by .as<\"name\">()");
    if constexpr (is_only) {
        return DerivedColumn<From, key, typename decltype(type_at<Query, match.place>())::type, match.place>{};
    } else {
        return Invalid{};
    }
}

/// In place of a source that has been refused: has every column, and nothing more is said about them.
struct RefusedSource : SourceTag {
    template <ColumnKey key>
    static constexpr Invalid col{};

    static constexpr const Table& table() { return derived_info<"">; }
    static constexpr void render(SqlWriter&) {}
    static constexpr void inspect(Inspection& inspection) { inspection.is_refused = true; }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

/// Says what keeps a SELECT from being a source of rows.
template <class Query>
consteval bool require_source_query() {
    static_assert(SelectLike<Query> || RefusedLike<Query> || std::same_as<Query, RefusedSource>,
                  "mica: a derived table is made of a select()");
    if constexpr (SelectLike<Query>) {
        return Query::require_sound() && Query::require_own_scope();
    } else {
        return false;
    }
}

/// What the sources share that are made of a SELECT.
template <class Self, FixedString name, class Query>
struct QuerySource : SourceTag {
    /// Not `auto`: clang would not look behind that in an unevaluated operand.
    template <ColumnKey key>
    static constexpr decltype(make_derived_column<Self, Query, key>()) col{};

    static constexpr const Table& table() { return derived_info<name>; }
    template <std::size_t place>
    static constexpr std::string_view name_at() {
        return detail::name_at(std::type_identity<typename Query::Projection::Plain>{}, place);
    }
};

}  // namespace detail

/// A SELECT in FROM, under a name: `top.col<"total">`, `top.col<&Album::title>`.
template <FixedString name, class Query>
struct DerivedTable : detail::QuerySource<DerivedTable<name, Query>, name, Query> {
    using Children = Types<Query>;

    Query query;

    static constexpr void render(SqlWriter& writer) {
        detail::render_subquery<Query>(writer);
        writer.text(" AS ");
        writer.identifier(name.view());
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        query.bind(sink);
    }
};

/// A SELECT as a table of another one.
template <FixedString name, class Query>
constexpr auto subquery(Query query) {
    if constexpr (detail::require_source_query<Query>()) {
        return DerivedTable<name, Query>{{}, std::move(query)};
    } else {
        return detail::RefusedSource{};
    }
}

}  // namespace mica
