// SPDX-License-Identifier: BSL-1.0
// A picture of tables, as text that Mermaid draws.
#pragma once

#include <mica/migration/table_info.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace mica {

namespace detail {

/// The text of the picture. A template of `Text`, as what else reads TableInfo: only who draws it compiles it.
template <class Text = std::string>
[[gnu::cold]] std::string draw_tables(const std::vector<BasicTableInfo<Text>>& tables);

}  // namespace detail

/// The tables as an entity-relationship diagram for Mermaid
/// (https://mermaid.js.org/syntax/entityRelationshipDiagram.html), which GitHub, GitLab and many editors draw: each
/// column with its type and PK, FK or UK, each foreign key as a line from the table that it references. A line is solid
/// where the key is part of the primary key, else broken; its ends say how many rows there may be. Of views and virtual
/// tables there is the name. Characters that Mermaid does not take in a name are '_'. Throws only what allocating
/// throws.
template <class Info>
    requires std::is_same_v<Info, TableInfo>
std::string diagram(const std::vector<Info>& tables) {
    return detail::draw_tables(tables);
}

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/migration/impl/diagram.ipp>
#endif
