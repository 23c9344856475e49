// SPDX-License-Identifier: BSL-1.0
// RETURNING: the rows that a statement has inserted, changed or removed, typed as those of a SELECT.
#pragma once

#include <mica/query/select/select.hpp>
#include <mica/query/write/assignment.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace mica {

template <class List>
struct Returning {
    using Row = typename List::template RowIn<None>;
    using Children = Types<List>;

    List list{};

    static constexpr ListView<ColumnOrigin> origins() { return List::origins(); }
    static constexpr void render(SqlWriter& writer) {
        writer.need(Feature::returning);
        writer.text(" RETURNING ");
        List::render(writer);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        list.bind(sink);
    }
};

namespace detail {

template <class Clause>
struct RowOfReturning {
    using Type = void;
};
template <class List>
struct RowOfReturning<Returning<List>> {
    using Type = typename Returning<List>::Row;
};

template <class Returned>
constexpr ListView<ColumnOrigin> origins_of_returning() {
    if constexpr (is_none<Returned>) {
        return {};
    } else {
        return Returned::origins();
    }
}

/// Says what keeps expressions from standing in the RETURNING of a statement that writes `Owner`.
template <class Owner, class Returned, class... Terms>
consteval bool require_returning() {
    constexpr bool is_first = is_none<Returned>;
    static_assert(is_first, "mica: returning() is called once, with all its expressions");
    constexpr bool is_table = !is_full_text<Owner>;
    static_assert(is_table,
                  "mica: the database gives back no rows of an fts5<> that were written, so it has no returning()");
    if constexpr (!is_first || !is_table) {
        return false;
    } else if constexpr (require_scope<FromClause<TableSource<Owner>>, Terms...>()) {
        constexpr const Inspection& inspection = inspection_of<Terms...>;
        constexpr bool is_of_one_row = !inspection.has_aggregate && !inspection.has_window;
        static_assert(is_of_one_row,
                      "mica: returning() sees single rows, so it takes no aggregate and no window function");
        return is_of_one_row;
    } else {
        return false;
    }
}

template <class Owner, class Returned, class Entity>
consteval bool require_returned_entity() {
    constexpr bool is_own = std::same_as<Owner, Entity>;
    static_assert(is_own, "mica: returning<T>() gives the rows of the entity that the statement writes");
    if constexpr (is_own) {
        return require_returning<Owner, Returned, WholeEntity<TableSource<Owner>>>();
    } else {
        return false;
    }
}

template <class... Terms>
consteval bool are_returnable() {
    constexpr bool are_terms = sizeof...(Terms) > 0 && (SelectTerm<Terms> && ...);
    static_assert(are_terms, "mica: returning() takes columns and other expressions");
    return are_terms;
}

template <class... Terms>
constexpr auto make_returning(Terms... terms) {
    using List = SelectList<Terms...>;
    return Returning<List>{List{boost::hana::basic_tuple<Terms...>{std::move(terms)...}}};
}

/// The clause for expressions; Invalid where a sentence has said what is wrong.
template <class Owner, class Returned, class... Terms>
constexpr auto returning_of(Terms... terms) {
    if constexpr (!are_returnable<Terms...>()) {
        return Invalid{};
    } else if constexpr (require_returning<Owner, Returned, decltype(as_term(std::declval<Terms>()))...>()) {
        return make_returning(as_term(std::move(terms))...);
    } else {
        return Invalid{};
    }
}

/// The same for the whole entity.
template <class Owner, class Returned, class Entity>
constexpr auto returning_entity() {
    if constexpr (require_returned_entity<Owner, Returned, Entity>()) {
        return Returning<SelectList<WholeEntity<TableSource<Owner>>>>{};
    } else {
        return Invalid{};
    }
}

template <class Clause>
inline constexpr bool is_invalid = std::same_as<Clause, Invalid>;

}  // namespace detail

}  // namespace mica
