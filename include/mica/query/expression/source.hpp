// SPDX-License-Identifier: BSL-1.0
// What a statement reads rows from; of all such sources the simplest, an entity's table.
#pragma once

#include <mica/query/expression/inspection.hpp>

#include <concepts>
#include <type_traits>

namespace mica {

/// The base of all sources of rows. A source has
/// - `static table()`, the columns it provides under the name that statements know it by;
/// - `static render(SqlWriter&)` and `bind(Sink&) const`, as it stands in FROM;
/// - `Entity`, where each of its rows is one.
struct SourceTag {
    using Children = Types<>;
};

template <class Candidate>
concept SourceLike = __is_base_of(SourceTag, std::remove_reference_t<Candidate>);

/// The table of an entity.
template <class Owner>
struct TableSource : SourceTag {
    using Entity = Owner;
    static constexpr bool is_alias = false;
    static constexpr const Table& table() { return table_of<Owner>(); }
    static constexpr void inspect(Inspection& inspection) { inspection.add_source(table()); }
    static constexpr void render(SqlWriter& writer) { name_table(writer, table()); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

}  // namespace mica
