// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/flush/foreign_keys.hpp>
#include <mica/session/flush/forgotten_keys.hpp>
#include <mica/session/flush/kept_references.hpp>
#include <mica/session/object/undo.hpp>

namespace mica::detail {

template <class Object>
struct ForeignKeyActions {
    static void clear_dead_keys(const List<Undo>& forgotten) {
        const ForgottenKeys<Object> dead{forgotten};
        for (const Undo& each : forgotten) dead.clear_in(*each.tracked);
    }
    static void keep_references(TrackedList& list) { KeptReferences<Object>{list}.keep(); }
};

template <class Object>
const ForeignKeyHooks ForeignKeyWork<Object>::hooks{
    .clear_dead_keys = &ForeignKeyActions<Object>::clear_dead_keys,
    .keep_references = &ForeignKeyActions<Object>::keep_references,
};

}  // namespace mica::detail
