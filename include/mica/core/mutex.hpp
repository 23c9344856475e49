// SPDX-License-Identifier: BSL-1.0
// A mutex and who holds it, on POSIX threads: <mutex> costs every translation unit 2 MB.
#pragma once

#include <pthread.h>

namespace mica::detail {

// The macro is the system's, and so is what it expands to.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wzero-as-null-pointer-constant"
struct Mutex {
    pthread_mutex_t handle = PTHREAD_MUTEX_INITIALIZER;
};
#pragma GCC diagnostic pop

/// Holds a mutex as long as it lives.
class [[nodiscard]] MutexLock {
public:
    explicit MutexLock(Mutex& locked) noexcept : mutex_(locked) { pthread_mutex_lock(&mutex_.handle); }
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;
    ~MutexLock() { pthread_mutex_unlock(&mutex_.handle); }

private:
    Mutex& mutex_;
};

}  // namespace mica::detail
