// SPDX-License-Identifier: BSL-1.0
// A picture of the tables that structs describe.
#pragma once

#include <mica/dialect/sqlite.hpp>
#include <mica/engine/inspect.hpp>
#include <mica/migration/diagram.hpp>
#include <mica/schema/schema.hpp>

#include <string>
#include <vector>

namespace mica {

namespace detail {

template <class Text = std::string>
[[gnu::cold]] std::string draw_texts(ListView<TableText> texts) {
    std::vector<BasicTableInfo<Text>> tables;
    for (const TableText& table : texts) read_table(table.text, table.schema, tables);
    return draw_tables(tables);
}

}  // namespace detail

/// The tables of these entities, or of one Schema, as an entity-relationship diagram for Mermaid, as diagram() of what
/// inspect() gives; parents come before their children. Opens no database. Throws only what allocating throws. Cost:
/// reads the text of CREATE TABLE anew at each call.
template <class... Entities>
    requires(sizeof...(Entities) > 0)
std::string diagram() {
    if constexpr (detail::require_schema(SchemaFor<Entities...>{})) {
        using Texts = decltype(detail::texts_of<dialect::sqlite>(SchemaFor<Entities...>{}));
        return detail::draw_texts(Texts::create);
    } else {
        return {};
    }
}

}  // namespace mica
