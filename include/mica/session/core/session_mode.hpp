// SPDX-License-Identifier: BSL-1.0
// How a session begins its transactions, and what is said where it may not write, or not any more.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>

#include <cstdint>
#include <string_view>

namespace mica::detail {

/// How a session begins its transactions.
enum class SessionMode : std::uint8_t {
    writing,    ///< takes the write lock at its first statement
    deferred,   ///< reads first, and takes it at its first write
    read_only,  ///< never writes
};

[[noreturn, gnu::cold]] MICA_DECL void throw_read_only(std::string_view what);
[[noreturn, gnu::cold]] MICA_DECL void throw_out_of_date(const Failure& failure);

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/core/impl/session_mode.ipp>
#endif
