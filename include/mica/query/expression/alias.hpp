// SPDX-License-Identifier: BSL-1.0
// alias<Employee, "boss">: a table under another name.
#pragma once

#include <mica/core/fixed_string.hpp>
#include <mica/query/expression/column.hpp>

#include <string_view>

namespace mica {

namespace detail {

constexpr Table rename(Table table, std::string_view name) {
    table.name = name;
    return table;
}

/// A copy of an entity's table under another name.
template <class Owner, FixedString name>
inline constexpr Table alias_info = rename(table_of<Owner>(), name.view());

}  // namespace detail

/// An entity's table under a name of its own, for joining a table with itself: `boss.col<&Employee::name>`.
template <class Owner, FixedString name>
struct Alias : SourceTag {
    using Entity = Owner;
    static constexpr bool is_alias = true;

    template <auto... path>
    static constexpr decltype(detail::make_column<Alias, path...>()) col{};

    static constexpr const Table& table() { return detail::alias_info<Owner, name>; }
    static constexpr void inspect(Inspection& inspection) { inspection.add_source(table()); }
    static constexpr void render(SqlWriter& writer) {
        name_table(writer, table());
        writer.text(" AS ");
        writer.identifier(table().name);
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

namespace detail {

template <class Owner, FixedString name>
consteval auto make_alias() {
    if constexpr (require_entity<Owner>()) {
        return Alias<Owner, name>{};
    } else {
        return Invalid{};
    }
}

}  // namespace detail

/// An entity's table under another name, to read it twice: `constexpr auto boss = alias<Employee, "boss">;`, whose
/// columns are `boss.col<&Employee::name>`.
template <class Owner, FixedString name>
inline constexpr auto alias = detail::make_alias<Owner, name>();

}  // namespace mica
