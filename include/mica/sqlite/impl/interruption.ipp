// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/run_limits.hpp>
#include <mica/sqlite/interruption.hpp>

namespace mica::sqlite {

void Interruption::heed() noexcept {
    if (is_heeded_) return;
    is_heeded_ = true;
    constexpr int steps = 1000;
    sqlite3_progress_handler(database_, steps, &Interruption::ask, this);
}

Interruption::~Interruption() { sqlite3_progress_handler(database_, 0, nullptr, nullptr); }  // statements may live on

int Interruption::ask(void* interruption) noexcept {
    const auto& self = *static_cast<const Interruption*>(interruption);
    const LimitScope* const limits = mica::detail::innermost_limits;
    // SQLite also asks when a statement has just ended, and committed: to stop it by an answer would call a change
    // that has happened a failure. An interrupt is looked at only where it still can be undone.
    if (self.is_requested() || (limits != nullptr && limits->is_over())) sqlite3_interrupt(self.database_);
    return 0;
}

}  // namespace mica::sqlite
