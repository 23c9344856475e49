// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/session/flush/plan.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

inline void append_blob(std::string& text, Bytes blob) {
    constexpr std::string_view digits = "0123456789abcdef";
    append(text, {"x'"});
    for (const std::byte byte : blob) {
        append(text, {digits.substr(std::to_integer<std::size_t>(byte >> 4), 1),
                      digits.substr(std::to_integer<std::size_t>(byte & std::byte{15}), 1)});
    }
    append(text, {"'"});
}

void append_value(std::string& text, const SnapshotCell& cell) {
    switch (cell.storage_class()) {
        case StorageClass::null: return append(text, {"NULL"});
        case StorageClass::integer: return append(text, {Decimal{cell.integer()}});
        case StorageClass::real: return append_real(text, cell.real());
        case StorageClass::text: return append(text, {cell.text()});
        case StorageClass::blob: return append_blob(text, cell.blob());
    }
}

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
