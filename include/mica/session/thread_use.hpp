// SPDX-License-Identifier: BSL-1.0
// In debug builds, notices two threads inside of one session.
#pragma once

#include <mica/engine/pool.hpp>

#include <atomic>
#include <utility>

namespace mica::detail {

/// Who is inside. Costs nothing in a release build.
class ThreadUse {
public:
    class [[nodiscard]] Scope {
    public:
        explicit Scope(std::atomic<const char*>* user) noexcept : user_(user) {}
        Scope(Scope&& other) noexcept : user_(std::exchange(other.user_, nullptr)) {}
        Scope& operator=(Scope&&) = delete;
        ~Scope() {
            if (user_ != nullptr) user_->store(nullptr, std::memory_order_release);
        }

    private:
        std::atomic<const char*>* user_;
    };

    /// Throws ProgrammingError where another thread is inside. A thread may enter again.
    Scope enter() {
#ifndef NDEBUG
        const char* user = nullptr;
        if (user_.compare_exchange_strong(user, &thread_mark, std::memory_order_acquire)) return Scope{&user_};
        if (user != &thread_mark) {
            throw_misuse("a session is used by two threads at once; give each thread a session of its own");
        }
#endif
        return Scope{nullptr};
    }

private:
    [[maybe_unused]] std::atomic<const char*> user_{nullptr};
};

}  // namespace mica::detail
