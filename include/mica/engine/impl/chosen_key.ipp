// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/chosen_key.hpp>

namespace mica::detail {

void throw_no_chosen_key(const Table& table) {
    const std::string_view key = table.columns[static_cast<std::size_t>(table.generated_key)].name;
    refuse<SchemaMismatch>({"mica: \"", table.name, "\" of the database chooses no keys: its column \"", key,
                            "\" does not number its rows, and would hold NULL. Give the object a key, or make the "
                            "table anew by sync()"});
}

}  // namespace mica::detail
