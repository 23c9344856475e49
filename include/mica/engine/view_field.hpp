// SPDX-License-Identifier: BSL-1.0
// Where the fields of a row of views() lie in it, and how one of them is read.
#pragma once

#include <mica/engine/row_reader.hpp>
#include <mica/query/select/into.hpp>
#include <mica/query/select/select.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace mica::detail {

/// What a row of views gives for a field: text and bytes where they lie, anything else as the field holds it.
template <class Value>
struct ViewOf {
    using Type = Value;
    static constexpr bool is_view = false;
};
template <>
struct ViewOf<std::string> {
    using Type = std::string_view;
    static constexpr bool is_view = true;
};
template <>
struct ViewOf<std::string_view> : ViewOf<std::string> {};
template <class Byte>
    requires(std::same_as<Byte, std::byte> || std::same_as<Byte, unsigned char>)
struct ViewOf<std::vector<Byte>> {
    using Type = Bytes;
    static constexpr bool is_view = true;
};
template <class Value>
struct ViewOf<std::optional<Value>> {
    using Type = std::optional<typename ViewOf<Value>::Type>;
    static constexpr bool is_view = ViewOf<Value>::is_view;
};

/// A field of a row: from which column on, and its type.
template <class Value>
struct ViewField {
    using Field = Value;
    static constexpr bool is_there = true;
    int column;
};
struct NoViewField {
    static constexpr bool is_there = false;
};

template <class Term, auto... path>
inline constexpr bool is_column_of = false;
template <class Entity, auto... path>
inline constexpr bool is_column_of<ColumnRef<Entity, path...>, path...> = true;
template <class From, auto... path>
inline constexpr bool is_column_of<AliasColumn<From, path...>, path...> = true;

/// From which column on a member lies in a row of its struct, an embedded object's by the path to it.
template <auto first, auto... rest>
constexpr int column_within() {
    using Owner = reflect::OwnerOf<first>;
    if constexpr (Entity<Owner>) {
        return static_cast<int>(&find_column<Owner, first, rest...>() - table_of<Owner>().columns.data());
    } else {
        return static_cast<int>(
            (columns_before<Owner, first>() + ... + columns_before<reflect::OwnerOf<rest>, rest>()));
    }
}

/// What a path of members names among the terms of a SELECT.
template <auto... path>
struct ByPath {
    using Owner = typename MemberPath<path...>::Owner;

    template <class Term>
    static consteval bool is_in() {
        if constexpr (is_whole_entity<Term>) {
            return std::same_as<typename Term::Owner, Owner>;
        } else {
            return is_column_of<typename Unnamed<Term>::Type, path...>;
        }
    }
    template <class Term, class From>
    static consteval auto within() {
        using Value = NullableIf<typename MemberPath<path...>::Value, is_filled_with_null<Term, From>()>;
        if constexpr (is_whole_entity<Term>) {
            return ViewField<Value>{column_within<path...>()};
        } else {
            return ViewField<Value>{0};
        }
    }
};

/// The same of an expression, which is one of the terms or a column of a whole entity among them.
template <class Wanted>
struct ByExpression {
    template <class Term>
    static consteval bool is_in() {
        if constexpr (!is_whole_entity<Term>) {
            return is_same_term<Term, Wanted>;
        } else if constexpr (requires { typename Wanted::Source; }) {
            return std::same_as<typename Term::Source, typename Wanted::Source>;
        } else {
            return false;
        }
    }
    template <class Term, class From>
    static consteval auto within() {
        if constexpr (is_whole_entity<Term>) {
            using Value = NullableIf<typename Wanted::Value, is_filled_with_null<Term, From>()>;
            const auto column = &Wanted::column() - table_of<typename Term::Owner>().columns.data();
            return ViewField<Value>{static_cast<int>(column)};
        } else {
            return ViewField<RowValue<Term, From>>{0};
        }
    }
};

template <class Search, class From, int column>
consteval NoViewField find_field() {
    return {};
}
template <class Search, class From, int column, class Term, class... Rest>
consteval auto find_field() {
    if constexpr (Search::template is_in<Term>()) {
        auto found = Search::template within<Term, From>();
        found.column += column;
        return found;
    } else {
        return find_field<Search, From, column + static_cast<int>(columns_of_term<Term>), Rest...>();
    }
}

/// The terms of a SELECT, so far as they say what is in a row.
template <class Query>
struct TermsOf {
    template <class>
    static constexpr int count = 0;
    template <class>
    static consteval NoViewField find() {
        return {};
    }
};
template <class List>
struct PlainList {
    using Type = List;
};
template <class List>
struct PlainList<DistinctRows<List>> : PlainList<List> {};
template <class List, class From>
struct TermsOfList : TermsOf<void> {};
template <class... Terms, class From>
struct TermsOfList<SelectList<Terms...>, From> {
    template <class Search>
    static constexpr int count = (int{Search::template is_in<Terms>()} + ... + 0);
    template <class Search>
    static consteval auto find() {
        return find_field<Search, From, 0, Terms...>();
    }
};
template <class List, class From, class... Clauses>
struct TermsOf<Select<List, From, Clauses...>> : TermsOfList<typename PlainList<List>::Type, From> {};

/// The field that a path of members names in a row, or a sentence that there is none.
template <class Query, auto first, auto... rest>
consteval auto field_at_path() {
    using Search = ByPath<first, rest...>;
    if constexpr (!require_path<first, rest...>()) {
        return NoViewField{};
    } else if constexpr (std::same_as<typename Query::Row, typename Search::Owner>) {
        return ViewField<typename MemberPath<first, rest...>::Value>{column_within<first, rest...>()};
    } else {
        constexpr int count = TermsOf<Query>::template count<Search>;
        static_assert(count != 0,
                      "mica: a row of views has the fields that its SELECT reads, and this is none of them");
        static_assert(count < 2,
                      "mica: this field is there twice in a row of views; name its source, row[alias.col<&T::field>]");
        if constexpr (count == 1) {
            return TermsOf<Query>::template find<Search>();
        } else {
            return NoViewField{};
        }
    }
}

/// Whether all expressions of a type are the same one, as those are that have no values.
template <class Wanted>
consteval bool is_named_by_type() {
    SqlWriter writer;
    Unnamed<Wanted>::Type::render(writer);
    return writer.parameters() == 0 && !inspection_of<Wanted>.is_dynamic;
}

template <class Query, class Wanted>
consteval auto field_of_expression() {
    constexpr auto place = TermsOf<Query>::template find<ByExpression<Wanted>>();
    static_assert(place.is_there, "mica: row[] takes a column or an expression that the SELECT of its views reads");
    if constexpr (place.is_there) {
        constexpr bool is_clear = is_named_by_type<Wanted>();
        static_assert(is_clear,
                      "mica: an expression with values does not say which one it is; name its place, row.get<0>()");
        if constexpr (is_clear) {
            return place;
        } else {
            return NoViewField{};
        }
    } else {
        return place;
    }
}

template <class Row>
struct RowElements {
    static constexpr std::size_t count = Storable<Row> ? 1 : 0;
    template <std::size_t>
    using Element = Row;
    template <std::size_t>
    static consteval int column() {
        return 0;
    }
};
template <class... Values>
struct RowElements<std::tuple<Values...>> {
    static constexpr std::size_t count = sizeof...(Values);
    template <std::size_t place>
    using Element = std::tuple_element_t<place, std::tuple<Values...>>;
    template <std::size_t place>
    static consteval int column() {
        const std::array<int, sizeof...(Values)> counts{column_count<Values>()...};
        int column = 0;
        for (std::size_t i = 0; i < place; ++i) column += counts[i];
        return column;
    }
};

/// Reads a field. Throws DataError. Inlined: a call would cost as much as the reading.
template <class Field, bool is_embedded, class Entry>
[[gnu::always_inline]] inline typename ViewOf<Field>::Type read_field(const Entry& entry, int column) {
    if constexpr (ViewOf<Field>::is_view) {
        const auto cell = entry.statement.cell(column);
        const StorageClass held = cell.storage_class();
        if constexpr (is_optional<Field>) {
            if (held == StorageClass::null) return {};
        }
        without_optional<typename ViewOf<Field>::Type> view{};
        const DecodeFlaw flaw = detail::read(cell, held, view);
        if (flaw != DecodeFlaw::none) [[unlikely]]
            throw_decode_flaw(entry, column, flaw, wanted_cell<Field>);
        return view;
    } else {
        Field value{};
        RowReader<Entry> reader{entry, column};
        if constexpr (Storable<Field> || !is_embedded) {
            reader.value(value);
        } else if constexpr (is_optional<Field>) {
            reader.missable(value);
        } else {
            for_each_column(value, reader);
        }
        return value;
    }
}

}  // namespace mica::detail
