// SPDX-License-Identifier: BSL-1.0
// Lists of values side by side, as rows: the i-th values of all of them make the i-th row.
#pragma once

#include <mica/dialect/sql_writer.hpp>

#include <cstddef>

namespace mica::detail {

/// Their common FROM. Each list is a parameter, in order.
constexpr void render_joined_lists(SqlWriter& writer, std::size_t count) {
    writer.text(" FROM ");
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) writer.text(" JOIN ");
        writer.list_source(i);
        if (i == 0) continue;
        writer.text(" ON ");
        writer.list_position(i);
        writer.text(" = ");
        writer.list_position(0);
    }
}

/// `(SELECT the values of the lists)`, row by row, as the right side of IN.
constexpr void render_list_rows(SqlWriter& writer, std::size_t count) {
    writer.text("(SELECT ");
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) writer.text(", ");
        writer.list_value(i);
    }
    render_joined_lists(writer, count);
    writer.put(')');
}

}  // namespace mica::detail
