// SPDX-License-Identifier: BSL-1.0
// What tells threads apart also after one of them has ended: an address or a thread's id may come back then.
#pragma once

#include <mica/core/atomic.hpp>

#include <cstdint>

namespace mica::detail {

/// One for all shared objects of a program, also for those that hide their symbols.
[[gnu::visibility("default")]] inline Atomic<std::uint64_t> numbered_threads{0};
[[gnu::visibility("default")]] inline thread_local std::uint64_t this_threads_number = 0;

/// Where the loader was told to keep shared objects apart all the same, the counter's address does so with their
/// numbers, of 65535 threads at least.
[[gnu::cold, gnu::noinline]] inline std::uint64_t number_this_thread() noexcept {
    const std::uint64_t place = reinterpret_cast<std::uintptr_t>(&numbered_threads);
    return this_threads_number = (place << 16U) + numbered_threads.increment() + 1;
}

/// The calling thread's number, never 0.
inline std::uint64_t thread_number() noexcept {
    const std::uint64_t number = this_threads_number;
    return number != 0 ? number : number_this_thread();
}

}  // namespace mica::detail
