// SPDX-License-Identifier: BSL-1.0
// The rows of a SELECT as a table of another statement: subqueries in FROM, and the columns that they provide.
#pragma once

#include <mica/query/compound.hpp>

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

/// A column of a derived table.
struct DerivedMatch {
    std::size_t count = 0;   ///< how many have the name
    std::size_t term = 0;    ///< the place of the term that is or has the last of them
    std::size_t column = 0;  ///< its place within the term
};

template <class Term>
constexpr std::string_view name_of_term() {
    if constexpr (requires { Term::label(); }) {
        return Term::label();
    } else if constexpr (requires { Term::column(); }) {
        return Term::column().name;
    } else if constexpr (requires { Term::derived_name(); }) {
        return Term::derived_name();
    } else {
        return {};
    }
}

template <ColumnKey key, class Term>
inline constexpr bool is_member_key = false;

template <class Key>
inline constexpr bool is_label_key = false;
template <std::size_t size>
inline constexpr bool is_label_key<FixedString<size>> = true;

template <ColumnKey key, class Term>
constexpr void match_column(DerivedMatch& match, std::size_t term) {
    if constexpr (is_label_key<decltype(key.value)>) {
        if constexpr (is_whole_entity<Term>) {
            const Table& table = Term::Source::table();
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                if (table.columns[i].name == key.value.view()) match = {match.count + 1, term, i};
            }
        } else if (name_of_term<Term>() == key.value.view()) {
            match = {match.count + 1, term, 0};
        }
    } else {
        using Owner = reflect::OwnerOf<key.value>;
        if constexpr (is_whole_entity<Term>) {
            if constexpr (std::same_as<typename Term::Owner, Owner>) {
                const std::size_t column = table_of<Owner>().column_of(reflect::address_of(key.value));
                if (column < table_of<Owner>().columns.size()) match = {match.count + 1, term, column};
            }
        } else if constexpr (requires { typename Term::Owner; }) {
            if constexpr (std::same_as<typename Term::Owner, Owner>) {
                if (Term::field() == reflect::address_of(key.value)) match = {match.count + 1, term, 0};
            }
        }
    }
}

template <ColumnKey key, class... Terms>
constexpr DerivedMatch find_derived(std::type_identity<SelectList<Terms...>>) {
    DerivedMatch match;
    std::size_t term = 0;
    (match_column<key, Terms>(match, term++), ...);
    return match;
}
template <ColumnKey key, class List>
constexpr DerivedMatch find_derived(std::type_identity<DistinctRows<List>>) {
    return find_derived<key>(std::type_identity<List>{});
}
template <ColumnKey key, class Dto, class List>
constexpr DerivedMatch find_derived(std::type_identity<IntoAggregate<Dto, List>>) {
    return find_derived<key>(std::type_identity<List>{});
}

template <class List>
struct TermsIn;
template <class... Terms>
struct TermsIn<SelectList<Terms...>> {
    using Type = std::tuple<Terms...>*;
    template <std::size_t index>
    using At = std::tuple_element_t<index, std::tuple<Terms...>>;
    static constexpr bool is_single = sizeof...(Terms) == 1;
};
template <class List>
struct TermsIn<DistinctRows<List>> : TermsIn<List> {};
template <class Dto, class List>
struct TermsIn<IntoAggregate<Dto, List>> : TermsIn<List> {};

template <std::size_t wanted>
struct FieldAt {
    template <class... Fields>
    auto operator()(const Fields&...) const -> std::type_identity<std::tuple_element_t<wanted, std::tuple<Fields...>>>;
};

/// The type of an entity's column; of one of an embedded object void, for it is named by a path only.
template <class Owner, std::size_t column>
consteval auto type_of_column() {
    constexpr std::size_t field =
        reflect::index_of_address(reflect::field_addresses<Owner>, table_of<Owner>().columns[column].field);
    using Field =
        typename decltype(reflect::with_fields(reflect::detail::specimen<Owner>.value, FieldAt<field>{}))::type;
    if constexpr (Storable<Field>) {
        return std::type_identity<Field>{};
    } else {
        return std::type_identity<void>{};
    }
}

template <class From>
struct SourceOfSelect {
    using Type = From;
};

/// The type of a column of a derived table.
template <class Query, std::size_t term, std::size_t column>
consteval auto type_of_derived() {
    using Term = typename TermsIn<typename Query::Projection>::template At<term>;
    using From = typename Query::Source;
    if constexpr (is_whole_entity<Term>) {
        using Field = typename decltype(type_of_column<typename Term::Owner, column>())::type;
        if constexpr (std::is_void_v<Field>) {
            return std::type_identity<void>{};
        } else {
            return std::type_identity<NullableIf<Field, is_filled_with_null<Term, From>()>>{};
        }
    } else {
        return std::type_identity<RowValue<Term, From>>{};
    }
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

/// The names of a list's columns, by their places.
template <class... Terms>
constexpr std::string_view name_at(std::type_identity<SelectList<Terms...>>, std::size_t place) {
    std::string_view found;
    const auto look = [&](std::string_view name) {
        if (place == 0) found = name;
        --place;
    };
    (
        [&] {
            if constexpr (is_whole_entity<Terms>) {
                for (const Column& column : Terms::Source::table().columns) look(column.name);
            } else {
                look(name_of_term<Terms>());
            }
        }(),
        ...);
    return found;
}
template <class List>
constexpr std::string_view name_at(std::type_identity<DistinctRows<List>>, std::size_t place) {
    return name_at(std::type_identity<List>{}, place);
}
template <class Dto, class List>
constexpr std::string_view name_at(std::type_identity<IntoAggregate<Dto, List>>, std::size_t place) {
    return name_at(std::type_identity<List>{}, place);
}

template <class... Terms>
constexpr std::size_t columns_before_term(std::type_identity<SelectList<Terms...>>, std::size_t term) {
    const std::size_t counts[]{columns_of_term<Terms>...};
    std::size_t before = 0;
    for (std::size_t i = 0; i < term; ++i) before += counts[i];
    return before;
}
template <class List>
constexpr std::size_t columns_before_term(std::type_identity<DistinctRows<List>>, std::size_t term) {
    return columns_before_term(std::type_identity<List>{}, term);
}
template <class Dto, class List>
constexpr std::size_t columns_before_term(std::type_identity<IntoAggregate<Dto, List>>, std::size_t term) {
    return columns_before_term(std::type_identity<List>{}, term);
}

template <class From, class Query, ColumnKey key>
consteval auto make_derived_column() {
    using List = std::type_identity<typename Query::Projection>;
    constexpr DerivedMatch match = find_derived<key>(List{});
    static_assert(match.count != 0,
                  "mica: this subquery selects no column of that name; name an expression by .as<\"name\">()");
    static_assert(match.count <= 1,
                  "mica: this subquery selects two columns of that name; name one by .as<\"name\">()");
    if constexpr (match.count != 1) {
        return Invalid{};
    } else {
        using Type = typename decltype(type_of_derived<Query, match.term, match.column>())::type;
        return DerivedColumn<From, key, Type, columns_before_term(List{}, match.term) + match.column>{};
    }
}

/// Says what keeps a SELECT from being a source of rows.
template <class Query>
consteval bool require_source_query() {
    static_assert(SelectLike<Query> || RefusedLike<Query>, "mica: a derived table is made of a select()");
    if constexpr (SelectLike<Query>) {
        return Query::require_sound() && Query::require_own_scope();
    } else {
        return false;
    }
}

/// What the sources share that are made of a SELECT.
template <class Self, FixedString name, class Query>
struct QuerySource : SourceTag {
    template <ColumnKey key>
    static constexpr auto col = make_derived_column<Self, Query, key>();

    static constexpr const Table& table() { return derived_info<name>; }
    template <std::size_t place>
    static constexpr std::string_view name_at() {
        return detail::name_at(std::type_identity<typename Query::Projection>{}, place);
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
        return Invalid{};
    }
}

}  // namespace mica
