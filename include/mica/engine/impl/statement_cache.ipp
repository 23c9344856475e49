// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/statement_cache.hpp>

namespace mica::detail {

std::uint32_t assign_slot(const StatementInfo& info) {
    std::uint32_t expected = 0;
    const std::uint32_t mine = next_statement_slot.increment();
    return info.slot.replace(expected, mine) ? mine : expected;
}

}  // namespace mica::detail
