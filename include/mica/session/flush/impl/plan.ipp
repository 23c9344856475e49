// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/core/value_text.hpp>
#include <mica/session/flush/plan.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

void append_value(std::string& text, const SnapshotCell& cell) { append_text_of(text, cell); }

std::string key_text(const Table& table, std::string_view snapshot) {
    std::string text;
    for (const std::size_t& column : table.key) {
        const SnapshotCell cell = cell_at(snapshot, column);
        if (static_cast<int>(column) == table.generated_key && cell.integer() == 0) return {};
        if (&column != table.key.data()) append(text, {", "});
        append_value(text, cell);
    }
    return text;
}

}  // namespace mica::detail
