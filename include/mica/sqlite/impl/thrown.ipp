// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/sqlite/thrown.hpp>

namespace mica::sqlite {

void ThrownInside::keep_current() noexcept {
    if (!exception_) exception_ = std::current_exception();
}

void ThrownInside::forget() noexcept { exception_ = nullptr; }

void ThrownInside::throw_again() { std::rethrow_exception(std::exchange(exception_, nullptr)); }

}  // namespace mica::sqlite
