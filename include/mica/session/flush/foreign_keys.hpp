// SPDX-License-Identifier: BSL-1.0
// What a session does with foreign keys, as the table of functions that tracked.hpp declares.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/flush/forgotten_keys.hpp>
#include <mica/session/object/undo.hpp>

namespace mica::detail {

template <class Object>
struct ForeignKeyActions {
    static void clear_dead_keys(const List<Undo>& forgotten) {
        const ForgottenKeys<Object> dead{forgotten};
        for (const Undo& each : forgotten) dead.clear_in(*each.tracked);
    }
};

template <class Object>
inline constexpr ForeignKeyHooks foreign_key_hooks{
    .clear_dead_keys = &ForeignKeyActions<Object>::clear_dead_keys,
};

template <class Owner>
const ForeignKeyHooks& foreign_key_hooks_of() {
    return foreign_key_hooks<Tracked>;
}

}  // namespace mica::detail
