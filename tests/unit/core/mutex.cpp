// SPDX-License-Identifier: BSL-1.0
#include <mica/core/mutex.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace unit_core_mutex {
namespace {

using mica::detail::Mutex;
using mica::detail::MutexLock;

TEST(Mutex, is_held_by_one_thread_at_a_time) {
    Mutex mutex;
    int count = 0;
    const auto add = [&] {
        for (int i = 0; i < 10'000; ++i) {
            const MutexLock lock{mutex};
            ++count;
        }
    };
    std::thread other{add};
    add();
    other.join();
    EXPECT_EQ(count, 20'000);
}

TEST(Mutex, is_free_again_behind_its_lock) {
    Mutex mutex;
    {
        const MutexLock lock{mutex};
    }
    EXPECT_EQ(pthread_mutex_trylock(&mutex.handle), 0);
    pthread_mutex_unlock(&mutex.handle);
}

}  // namespace
}  // namespace unit_core_mutex
