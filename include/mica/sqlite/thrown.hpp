// SPDX-License-Identifier: BSL-1.0
// The way of a C++ exception through SQLite, which knows none: kept where a callback threw it, thrown again where the
// statement that called it fails.
#pragma once

#include <mica/core/decl.hpp>

#include <sqlite3.h>

#include <exception>
#include <utility>

namespace mica::sqlite {

/// What a callback of one connection has thrown. It is there from then on until the statement throws it or is reset;
/// of several, such as that of an aggregate that ends because another function failed, the first.
class ThrownInside {
public:
    /// Makes the place of a connection. It lives as long as SQLite keeps that, which may be beyond its close, while a
    /// statement of it is left: SQLite destroys it with a collation that nobody uses, `mica_thrown`.
    [[gnu::cold]] MICA_DECL static ThrownInside* attach_to(sqlite3* db);

    /// That of connections without callbacks that may throw: there is never anything in it.
    [[gnu::cold]] MICA_DECL static ThrownInside* none() noexcept;

    bool is_there() const noexcept { return static_cast<bool>(exception_); }

    /// To be called while an exception is handled.
    [[gnu::cold]] MICA_DECL void keep_current() noexcept;
    [[gnu::cold]] MICA_DECL void forget() noexcept;
    /// Throws it, and there is none any more.
    [[noreturn, gnu::cold]] MICA_DECL void throw_again();

private:
    std::exception_ptr exception_{};
};

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/thrown.ipp>
#endif
