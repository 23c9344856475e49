// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/session/flush/stale.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace mica::detail {

void throw_changed(const Tracked& tracked, std::int64_t read, std::int64_t found) {
    throw StaleDataError(join({"mica: row ", key_text(tracked.table(), tracked.snapshot), " of table \"",
                               tracked.table().name, "\" is no longer what the session read: version ", Decimal{read},
                               " was read, version ", Decimal{found}, " is there"}),
                         read, found);
}

void throw_gone(const Tracked& tracked) {
    const Table& table = tracked.table();
    std::optional<std::int64_t> read;
    if (table.version >= 0) read = cell_at(tracked.snapshot, static_cast<std::size_t>(table.version)).integer();
    throw StaleDataError(
        join({"mica: row ", key_text(table, tracked.snapshot), " of table \"", table.name,
              "\" is no longer there: it was removed, or its key was changed, after the session read it"}),
        read);
}

}  // namespace mica::detail
