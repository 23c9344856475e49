// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/thrown.hpp>

namespace mica::sqlite {

ThrownInside* ThrownInside::attach_to(sqlite3* db) {
    auto* const thrown = new ThrownInside;
    const int rc = sqlite3_create_collation_v2(
        db, "mica_thrown", SQLITE_UTF8, thrown, [](void*, int, const void*, int, const void*) { return 0; },
        [](void* attached) { delete static_cast<ThrownInside*>(attached); });
    if (rc == SQLITE_OK) return thrown;
    delete thrown;  // which SQLite does of functions only
    throw_failure(db, rc, {});
}

ThrownInside* ThrownInside::none() noexcept {
    static ThrownInside nothing;
    return &nothing;
}

void ThrownInside::keep_current() noexcept {
    if (!exception_) exception_ = std::current_exception();
}

void ThrownInside::forget() noexcept { exception_ = nullptr; }

void ThrownInside::throw_again() { std::rethrow_exception(mica::detail::exchange(exception_, nullptr)); }

}  // namespace mica::sqlite
