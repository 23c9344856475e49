// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/session/flush/planner.hpp>

#include <cstddef>

namespace mica::detail {

ColumnSet changes_in(const Tracked& tracked) {
    ColumnSet changed;
    if (!tracked.may_differ()) return changed;
    tracked.operations->find_changes(tracked, changed);
    if (changed.empty() || !tracked.operations->has_generated_column) return changed;
    ColumnSet written;
    changed.for_each([&](std::size_t column) {
        if (!tracked.table().columns[column].is_generated) written.add(column);
    });
    return written;
}

bool differs(const Tracked& tracked) {
    return tracked.state != TrackedState::persistent || is_linked(tracked) || !changes_in(tracked).empty();
}

bool differs_or_cannot_tell(const Tracked& tracked) noexcept {
    try {
        return differs(tracked);
    } catch (...) {
        return true;
    }
}

void set_next_version(Change& change) {
    const auto column = static_cast<std::size_t>(change.tracked->table().version);
    set_integer(change.snapshot, column, version_of(*change.tracked) + 1);
    change.columns.add(column);
}

void revert(const Change& change) noexcept {
    Tracked& tracked = *change.tracked;
    try {
        if (change.is_version_new) tracked.operations->set_version(tracked, change.version_before);
        if (!change.before_hook.empty()) tracked.operations->assign(tracked, change.before_hook);
    } catch (...) {  // a codec refuses what it has made itself: then what the hook wrote stays
    }
    if (change.is_key_new) clear_key(tracked);
}

}  // namespace mica::detail
