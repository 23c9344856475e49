// SPDX-License-Identifier: BSL-1.0
// What a session does with relations, as the table of functions that relation_info.hpp declares.
#pragma once

#include <mica/session/object/relation_info.hpp>

namespace mica::detail {

/// `Object` is Tracked. Its body is in impl/, as if it were MICA_DECL.
template <class Object>
struct RelationWork {
    static const RelationHooks hooks;
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/relation/impl/relation_hooks.ipp>
#else
namespace mica::detail {
extern template struct RelationWork<Tracked>;
}
#endif
