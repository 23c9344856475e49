// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/holder.hpp>

namespace mica::detail {

std::string_view name_of(HolderKind kind) noexcept {
    switch (kind) {
        case HolderKind::connection: return "a Connection";
        case HolderKind::session: return "a Session";
        case HolderKind::reader: return "a Reader";
        case HolderKind::engine: return "a function of the engine";
        case HolderKind::test_scope: break;
    }
    return "a test scope";
}

}  // namespace mica::detail
