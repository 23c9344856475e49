// SPDX-License-Identifier: BSL-1.0
// What an expression or a statement uses, found while compiling: tables, aggregates, parameters.
#pragma once

#include <mica/query/expression/expression.hpp>
#include <mica/schema/entity.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace mica {

/// A column by which rows are grouped.
struct GroupedColumn {
    const Table* table = nullptr;
    std::size_t column = 0;
};

/// Columns by which rows are grouped.
struct GroupedColumns {
    ListView<GroupedColumn> columns{};

    constexpr bool contains(const Table& table, std::size_t column) const {
        for (const GroupedColumn& grouped : columns) {
            if (grouped.table->is(table) && grouped.column == column) return true;
        }
        return false;
    }
    /// A whole primary key determines every column of its row.
    constexpr bool determines(const Table& table, std::size_t column) const {
        if (contains(table, column)) return true;
        for (const std::size_t key : table.key) {
            if (!contains(table, key)) return false;
        }
        return !table.key.empty();
    }
};

/// A table in FROM. Of an outer one a row may be missing: its columns are NULL then.
struct JoinedTable {
    const Table* table = nullptr;
    bool is_outer = false;
};

/// Which tables of a FROM are outer ones.
struct OuterTables {
    ListView<JoinedTable> joined{};

    constexpr bool contains(const Table& table) const {
        for (const JoinedTable& candidate : joined) {
            if (candidate.is_outer && candidate.table->is(table)) return true;
        }
        return false;
    }
};

/// The type of a value that the program gives at each run, as far as its check needs to know it.
struct ParameterShape {
    std::string_view type{};
    StorageClass storage = StorageClass::null;
    bool nullable = false;
    bool plain = false;  ///< a number or a text, so that others of its kind will do
};

/// A source of rows, by its table; nested where a subquery reads from it.
struct SourceUse {
    const Table* table = nullptr;
    bool is_nested = false;
};

/// Gathers what a walk over expressions meets.
struct Inspection {
    static constexpr std::size_t capacity = 32;
    std::array<const Table*, capacity> tables{};  ///< whose columns are used and that no subquery's own FROM provides
    std::size_t table_count = 0;
    bool has_more_tables = false;               ///< than there is room for
    std::array<SourceUse, capacity> sources{};  ///< that it reads from, its subqueries' too
    std::size_t source_count = 0;
    bool has_more_sources = false;                      ///< than there is room for
    std::array<ParameterShape, capacity> parameters{};  ///< of param<T>, in the order of the text
    std::size_t parameter_count = 0;
    const GroupedColumns* grouped = nullptr;  ///< where is_grouped says so: to g++'s UBSan `!= nullptr` is no constant
    bool is_refused = false;                  ///< a static_assert has said why
    bool has_ignored_field = false;
    bool has_aggregate = false;
    bool has_nested_aggregate = false;
    bool has_window = false;
    bool has_nested_window = false;     ///< inside another one, or inside an aggregate
    bool has_plain_column = false;      ///< outside of an aggregate
    bool has_ungrouped_column = false;  ///< and outside of GROUP BY
    bool is_grouped = false;            ///< by what `grouped` names
    bool has_faulty_subquery = false;
    bool is_dynamic = false;        ///< has text that is known only at run time
    bool inside_aggregate = false;  ///< where the walk is
    bool inside_window = false;
    bool inside_reference = false;       ///< to a term that the list has, whose values are not bound again
    EntityFlaw flaw = EntityFlaw::none;  ///< of a struct whose column it uses

    constexpr bool reads(const Table& table) const {
        for (std::size_t i = 0; i < table_count; ++i) {
            if (tables[i]->is(table)) return true;
        }
        return false;
    }
    constexpr void add(const Table& table) {
        if (reads(table)) return;
        if (table_count < capacity) {
            tables[table_count++] = &table;
        } else {
            has_more_tables = true;
        }
    }
    constexpr void add_source(const Table& table, bool is_nested = false) {
        for (std::size_t i = 0; i < source_count; ++i) {
            if (!sources[i].table->is(table)) continue;
            sources[i].is_nested = sources[i].is_nested || is_nested;
            return;
        }
        if (source_count < capacity) {
            sources[source_count++] = {&table, is_nested};
        } else {
            has_more_sources = true;
        }
    }
    constexpr void add_column(const Table& table, std::size_t column) {
        add(table);
        if (inside_aggregate) return;
        has_plain_column = true;
        if (is_grouped && !grouped->determines(table, column)) has_ungrouped_column = true;
    }
    /// All columns of a table.
    constexpr void add_columns(const Table& table, std::size_t count) {
        add(table);
        if (inside_aggregate) return;
        has_plain_column = true;
        if (!is_grouped) return;
        for (std::size_t i = 0; i < count; ++i) {
            if (!grouped->determines(table, i)) has_ungrouped_column = true;
        }
    }
    constexpr void add_parameter(ParameterShape shape) {
        if (inside_reference) return;
        if (parameter_count < capacity) parameters[parameter_count] = shape;
        ++parameter_count;
    }
};

namespace detail {

using InspectFunction = void (*)(Inspection&);

template <class Node>
concept InspectsItself = requires(Inspection& inspection) { Node::inspect(inspection); };

/// Whether there is a walk over it.
template <class Node>
concept Inspectable = InspectsItself<Node> || requires { typename Node::Children; };

/// Walks an expression, or a clause made of some: its own way where it has one, else through its children. A pointer
/// costs a tenth of what a function costs that calls one of the two.
template <class Node>
inline constexpr InspectFunction inspect = &Node::Children::inspect;
template <InspectsItself Node>
inline constexpr InspectFunction inspect<Node> = &Node::inspect;

template <class Node>
constexpr bool is_nullable_in(const OuterTables& outer);

template <class... Nodes>
constexpr bool is_any_nullable_in(std::type_identity<Types<Nodes...>>, const OuterTables& outer) {
    return (is_nullable_in<Nodes>(outer) || ...);
}

/// Whether an expression can be NULL where rows of `outer` may be missing: by itself, as it says, or as its children.
template <class Node>
constexpr bool is_nullable_in(const OuterTables& outer) {
    if constexpr (is_optional<typename Node::Value>) {
        return true;
    } else if constexpr (requires { Node::is_nullable(outer); }) {
        return Node::is_nullable(outer);
    } else {
        return is_any_nullable_in(std::type_identity<typename Node::Children>{}, outer);
    }
}

template <class Node>
consteval auto find_source();

template <class... Nodes>
consteval auto find_source_among(std::type_identity<Types<Nodes...>>) {
    return std::type_identity<void>{};
}
template <class First, class... Rest>
consteval auto find_source_among(std::type_identity<Types<First, Rest...>>) {
    using Found = typename decltype(find_source<First>())::type;
    if constexpr (std::is_void_v<Found>) {
        return find_source_among(std::type_identity<Types<Rest...>>{});
    } else {
        return std::type_identity<Found>{};
    }
}

/// The source of the first column that an expression names, void where it names none.
template <class Node>
consteval auto find_source() {
    if constexpr (SelectLike<Node>) {
        return std::type_identity<void>{};  // reads from its own FROM, and never adds to another
    } else if constexpr (requires { typename Node::Source; }) {
        return std::type_identity<typename Node::Source>{};
    } else if constexpr (requires { typename Node::Children; }) {
        return find_source_among(std::type_identity<typename Node::Children>{});
    } else {
        return std::type_identity<void>{};
    }
}

template <class... Nodes>
consteval Inspection inspect_whole() {
    Inspection inspection;
    (detail::inspect<Nodes>(inspection), ...);
    return inspection;
}

}  // namespace detail

template <class... Elements>
constexpr void Types<Elements...>::inspect(Inspection& inspection) {
    (detail::inspect<Elements>(inspection), ...);
}

/// What a list of expressions and clauses uses, in the order of their mention.
template <class... Nodes>
inline constexpr Inspection inspection_of = detail::inspect_whole<Nodes...>();

}  // namespace mica
