// SPDX-License-Identifier: BSL-1.0
// Which side of a fork() this is. A child has its parent's connections in its memory, but not their locks, so it may
// neither use nor close them (https://www.sqlite.org/howtocorrupt.html, 2.6).
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>

#include <cstdint>

namespace mica::detail {

/// How many forks lie between the process that the program was started as and this one. What was made in another
/// process knows another number. One for all shared objects of a program, also for those that hide their symbols.
[[gnu::visibility("default")]] inline Atomic<std::uint64_t> forks{0};

/// Counts forks from now on; called again, does nothing.
[[gnu::cold]] MICA_DECL void count_forks();

/// Says that something belongs to the parent process.
[[noreturn, gnu::cold]] MICA_DECL void throw_forked();

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/fork.ipp>
#endif
