// SPDX-License-Identifier: BSL-1.0
// Searching a full-text index, and what it says of a row that it found (https://www.sqlite.org/fts5.html, section 5).
#pragma once

#include <mica/dialect/full_text.hpp>
#include <mica/dialect/match_text.hpp>
#include <mica/query/expression/alias.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/query/function/function.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

enum class IndexPart : unsigned char { all, rank, rowid };

/// A hidden column of an index: the one with the table's own name, which stands for all others, its rank, or the key.
template <class From, IndexPart part>
struct IndexColumn : Operand<IndexColumn<From, part>> {
    using Source = From;
    using Value = std::conditional_t<part == IndexPart::all, std::string,
                                     std::conditional_t<part == IndexPart::rank, double, std::int64_t>>;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    static constexpr const Table& table() { return From::table(); }
    static constexpr void render(SqlWriter& writer) {
        writer.need(Feature::full_text);
        writer.identifier(table().name);
        writer.put('.');
        writer.identifier(part == IndexPart::all    ? table().relation
                          : part == IndexPart::rank ? full_text_rank
                                                    : full_text_key);
    }
    static constexpr void inspect(Inspection& inspection) {
        inspection.add_column(table(), table().columns.size() + static_cast<std::size_t>(part));
    }
    static constexpr bool is_nullable(const OuterTables& outer) { return outer.contains(table()); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

/// Says that a source has a full-text index.
template <class From>
consteval bool require_full_text() {
    if constexpr (!requires { typename From::Entity; }) {
        static_assert(std::is_void_v<From>, "mica: this searches the entity that is mapped by fts5<>");
        return false;
    } else if constexpr (require_entity<typename From::Entity>()) {
        constexpr bool is_index = is_full_text<typename From::Entity>;
        static_assert(is_index, "mica: this searches the entity that is mapped by fts5<>");
        return is_index;
    } else {
        return false;
    }
}

template <class From, IndexPart part>
constexpr auto index_column() {
    if constexpr (require_full_text<From>()) {
        return IndexColumn<From, part>{};
    } else {
        return Invalid{};
    }
}

/// The place of a member's column among those of the index.
template <auto member>
consteval std::int64_t place_in_index() {
    std::int64_t place = 0;
    for (const Column& column : table_of<reflect::OwnerOf<member>>().columns) {
        if (column.field == reflect::address_of(member)) break;
        if (!column.is_key) ++place;
    }
    return place;
}

template <class From, class Pattern>
constexpr auto match_index(Pattern&& pattern) {
    return index_column<From, IndexPart::all>().match(std::forward<Pattern>(pattern));
}

template <class From, class... Weights>
constexpr auto rank_by_bm25(Weights&&... weights) {
    if constexpr (require_full_text<From>()) {
        return call<"bm25", double, NullRule::any, Takes::anything,
                    (static_cast<void>(sizeof(Weights)), Takes::number)...>(IndexColumn<From, IndexPart::all>{},
                                                                            std::forward<Weights>(weights)...);
    } else {
        return Invalid{};
    }
}

template <FixedString function, class Result, class From, Takes... places, class... Given>
constexpr auto show_match(Given&&... given) {
    if constexpr (require_full_text<From>()) {
        return call<function, Result, NullRule::any, Takes::anything, places...>(IndexColumn<From, IndexPart::all>{},
                                                                                 std::forward<Given>(given)...);
    } else {
        return Invalid{};
    }
}

template <auto member>
using TextOf = NullableIf<std::string, is_optional<reflect::FieldOf<member>>>;

}  // namespace detail

/// MATCH: the rows of an index that a query of FTS5 finds in any column; in one, `col<&Search::title>.match(…)`. What a
/// user typed is no query: match_all() and its siblings make one of it. Running it throws DataError for a bad query.
template <class Index, class Pattern>
constexpr auto match(Pattern&& pattern) {
    return detail::match_index<TableSource<Index>>(std::forward<Pattern>(pattern));
}
/// The same of an alias.
template <SourceLike Search, class Pattern>
constexpr auto match(const Search&, Pattern&& pattern) {
    return detail::match_index<Search>(std::forward<Pattern>(pattern));
}

/// How well a row fits the query of match(): the better, the smaller. Sorting by it alone costs least.
template <class Index>
constexpr auto rank() {
    return detail::index_column<TableSource<Index>, detail::IndexPart::rank>();
}
template <SourceLike Search>
constexpr auto rank(const Search&) {
    return detail::index_column<Search, detail::IndexPart::rank>();
}

/// The key of an index's row, and of the row of its content.
template <class Index>
constexpr auto rowid() {
    return detail::index_column<TableSource<Index>, detail::IndexPart::rowid>();
}
template <SourceLike Search>
constexpr auto rowid(const Search&) {
    return detail::index_column<Search, detail::IndexPart::rowid>();
}

/// The rank with weights of the columns, in their order; those that are not given weigh 1.
template <class Index, class... Weights>
constexpr auto bm25(Weights&&... weights) {
    return detail::rank_by_bm25<TableSource<Index>>(std::forward<Weights>(weights)...);
}

/// The text of a column with what was found between `before` and `after`.
template <auto member, class Before, class After, class Index = reflect::OwnerOf<member>>
constexpr auto highlight(Before&& before, After&& after) {
    using detail::Takes;
    return detail::show_match<"highlight", detail::TextOf<member>, TableSource<Index>, Takes::integer, Takes::text,
                              Takes::text>(detail::place_in_index<member>(), std::forward<Before>(before),
                                           std::forward<After>(after));
}

/// The part of a column's text, of at most `words` words (1 to 64), that has most of what was found; `ellipsis` stands
/// where text is left out.
template <auto member, class Before, class After, class Ellipsis, class Words, class Index = reflect::OwnerOf<member>>
constexpr auto snippet(Before&& before, After&& after, Ellipsis&& ellipsis, Words&& words) {
    using detail::Takes;
    return detail::show_match<"snippet", detail::TextOf<member>, TableSource<Index>, Takes::integer, Takes::text,
                              Takes::text, Takes::text, Takes::integer>(
        detail::place_in_index<member>(), std::forward<Before>(before), std::forward<After>(after),
        std::forward<Ellipsis>(ellipsis), std::forward<Words>(words));
}

/// The same of the column that has most of it.
template <class Index, class Before, class After, class Ellipsis, class Words>
constexpr auto snippet(Before&& before, After&& after, Ellipsis&& ellipsis, Words&& words) {
    using detail::Takes;
    return detail::show_match<"snippet", std::string, TableSource<Index>, Takes::integer, Takes::text, Takes::text,
                              Takes::text, Takes::integer>(std::int64_t{-1}, std::forward<Before>(before),
                                                           std::forward<After>(after), std::forward<Ellipsis>(ellipsis),
                                                           std::forward<Words>(words));
}

}  // namespace mica
