// SPDX-License-Identifier: BSL-1.0
// Lists of values side by side, as rows: the i-th values of all of them make the i-th row.
#pragma once

#include <mica/core/sql_text.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

constexpr void render_list_name(SqlWriter& writer, std::size_t list) {
    writer.put('v');
    writer.number(static_cast<std::int64_t>(list));
}

/// Their common FROM. Each list is a parameter, in order; `v0.value` is a value of the first.
constexpr void render_joined_lists(SqlWriter& writer, std::size_t count) {
    writer.text(" FROM ");
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) writer.text(" JOIN ");
        writer.text("mica_values(");
        writer.parameter();
        writer.text(") AS ");
        render_list_name(writer, i);
        if (i == 0) continue;
        writer.text(" ON ");
        render_list_name(writer, i);
        writer.text(".rowid = v0.rowid");
    }
}

}  // namespace mica::detail
