// SPDX-License-Identifier: BSL-1.0
// What a session does with foreign keys, as the table of functions that tracked.hpp declares.
#pragma once

#include <mica/session/object/tracked.hpp>

namespace mica::detail {

/// `Object` is Tracked. Its body is in impl/, as if it were MICA_DECL.
template <class Object>
struct ForeignKeyWork {
    static const ForeignKeyHooks hooks;
};

template <class Owner>
const ForeignKeyHooks& foreign_key_hooks_of() {
    return ForeignKeyWork<Tracked>::hooks;
}

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/flush/impl/foreign_keys.ipp>
#else
namespace mica::detail {
extern template struct ForeignKeyWork<Tracked>;
}
#endif
