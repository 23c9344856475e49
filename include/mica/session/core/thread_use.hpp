// SPDX-License-Identifier: BSL-1.0
// In debug builds, notices two threads inside of one session.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/error.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/thread_number.hpp>

#include <cstdint>

namespace mica::detail {

/// Who is inside. Costs nothing in a release build.
class ThreadUse {
public:
    class [[nodiscard]] Scope {
    public:
        explicit Scope(Atomic<std::uint64_t>* user) noexcept : user_(user) {}
        Scope(Scope&& other) noexcept : user_(detail::exchange(other.user_, nullptr)) {}
        Scope& operator=(Scope&&) = delete;
        ~Scope() {
            if (user_ != nullptr) user_->exchange(0);
        }

    private:
        Atomic<std::uint64_t>* user_;
    };

    /// Throws ProgrammingError where another thread is inside. A thread may enter again.
    Scope enter() {
#ifndef NDEBUG
        std::uint64_t user = 0;
        if (user_.replace(user, thread_number())) return Scope{&user_};
        if (user != thread_number()) {
            throw_misuse("a session is used by two threads at once; give each thread a session of its own");
        }
#endif
        return Scope{nullptr};
    }

private:
    [[maybe_unused]] Atomic<std::uint64_t> user_{0};
};

}  // namespace mica::detail
