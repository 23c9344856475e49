// SPDX-License-Identifier: BSL-1.0
// Values of a database as a reader sees them in messages, plans and events.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/text.hpp>
#include <mica/core/value.hpp>

#include <string>

namespace mica::detail {

/// As x'…'.
[[gnu::cold]] MICA_DECL void append_blob(std::string& text, Bytes blob);

/// The text of a cell, whatever has cells: text is itself, a blob is x'…', NULL is NULL.
template <class Cell>
[[gnu::cold]] void append_text_of(std::string& text, const Cell& cell) {
    switch (cell.storage_class()) {
        case StorageClass::null: return append(text, {"NULL"});
        case StorageClass::integer: return append(text, {Decimal{cell.integer()}});
        case StorageClass::real: return append_real(text, cell.real());
        case StorageClass::text: return append(text, {cell.text()});
        case StorageClass::blob: return append_blob(text, cell.blob());
    }
}

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/value_text.ipp>
#endif
