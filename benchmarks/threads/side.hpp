// SPDX-License-Identifier: BSL-1.0
// Readers beside a writer on one file with a log (WAL): what the two sides do, each thread by its own connection.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace benchmarks {

inline constexpr int rows_of_threads = 10000;
inline constexpr int most_readers = 4;

class ThreadSide {
public:
    ThreadSide() = default;
    ThreadSide(const ThreadSide&) = delete;
    ThreadSide& operator=(const ThreadSide&) = delete;
    virtual ~ThreadSide() = default;

    /// Reads rows by their keys, each read by itself, until it is told to stop. Gives their number.
    virtual std::int64_t read(int reader, const std::atomic<bool>& stop) = 0;
    /// Makes a row a year older, each in a transaction of its own, until it is told to stop. Gives their number.
    virtual std::int64_t write(const std::atomic<bool>& stop) = 0;
    virtual std::int64_t sum_of_ages() = 0;
};

std::unique_ptr<ThreadSide> make_raw_side();
std::unique_ptr<ThreadSide> make_mica_side();

}  // namespace benchmarks
