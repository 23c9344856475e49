// SPDX-License-Identifier: BSL-1.0
// In debug builds, notices two threads inside of one session.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/engine/pool.hpp>

#include <utility>

namespace mica::detail {

/// Who is inside. Costs nothing in a release build.
class ThreadUse {
public:
    class [[nodiscard]] Scope {
    public:
        explicit Scope(Atomic<const char*>* user) noexcept : user_(user) {}
        Scope(Scope&& other) noexcept : user_(std::exchange(other.user_, nullptr)) {}
        Scope& operator=(Scope&&) = delete;
        ~Scope() {
            if (user_ != nullptr) user_->exchange(nullptr);
        }

    private:
        Atomic<const char*>* user_;
    };

    /// Throws ProgrammingError where another thread is inside. A thread may enter again.
    Scope enter() {
#ifndef NDEBUG
        const char* user = nullptr;
        if (user_.replace(user, &thread_mark)) return Scope{&user_};
        if (user != &thread_mark) {
            throw_misuse("a session is used by two threads at once; give each thread a session of its own");
        }
#endif
        return Scope{nullptr};
    }

private:
    [[maybe_unused]] Atomic<const char*> user_{nullptr};
};

}  // namespace mica::detail
