// SPDX-License-Identifier: BSL-1.0
// How many rows readers read beside a writer on one file, hand-written sqlite3 against mica: in short slices, one side
// right after the other, so that other work of the machine meets both. For each number of readers a line with the
// medians: reads and writes each second of both sides, and the ratios.
#include "threads/side.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using benchmarks::ThreadSide;

constexpr std::chrono::milliseconds slice{120};

struct Throughput {
    double reads = 0;         ///< each second
    double writes = 0;        ///< likewise
    double read_seconds = 0;  ///< of CPU time, for one read
};

double cpu_seconds_of_thread() {
    std::timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Throughput run_slice(ThreadSide& side, int readers) {
    struct Read {
        std::int64_t count;
        double seconds;
    };
    std::atomic<bool> stop{false};
    const std::int64_t before = side.sum_of_ages();
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::future<Read>> reading;
    for (int reader = 0; reader < readers; ++reader) {
        reading.push_back(std::async(std::launch::async, [&side, &stop, reader] {
            const double began = cpu_seconds_of_thread();
            const std::int64_t count = side.read(reader, stop);
            return Read{count, cpu_seconds_of_thread() - began};
        }));
    }
    std::future<std::int64_t> writing = std::async(std::launch::async, [&side, &stop] { return side.write(stop); });
    std::this_thread::sleep_for(slice);
    stop = true;
    Read sum{0, 0};
    for (auto& each : reading) {
        const Read read = each.get();
        sum.count += read.count;
        sum.seconds += read.seconds;
    }
    const std::int64_t written = writing.get();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (side.sum_of_ages() != before + written) throw std::runtime_error("what was written is not there");
    return {static_cast<double>(sum.count) / seconds, static_cast<double>(written) / seconds,
            sum.seconds / static_cast<double>(sum.count)};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    const int slices = argc > 1 ? std::stoi(argv[1]) : 21;
    const std::unique_ptr<ThreadSide> raw = benchmarks::make_raw_side();
    const std::unique_ptr<ThreadSide> mica = benchmarks::make_mica_side();
    std::printf("readers  raw reads/s  mica reads/s  ratio  raw writes/s  mica writes/s  ratio  CPU for a read\n");
    for (const int readers : {1, 2, benchmarks::most_readers}) {
        std::vector<double> figures[7];
        for (int i = 0; i <= slices; ++i) {
            Throughput of_raw;
            Throughput of_mica;
            if (i % 2 == 0) of_raw = run_slice(*raw, readers);
            of_mica = run_slice(*mica, readers);
            if (i % 2 != 0) of_raw = run_slice(*raw, readers);
            if (i == 0) continue;  // the statements were prepared
            const double all[7]{of_raw.reads,
                                of_mica.reads,
                                of_mica.reads / of_raw.reads,
                                of_raw.writes,
                                of_mica.writes,
                                of_mica.writes / of_raw.writes,
                                of_mica.read_seconds / of_raw.read_seconds};
            for (int figure = 0; figure < 7; ++figure) figures[figure].push_back(all[figure]);
        }
        std::printf("%7d  %11.0f  %12.0f  %5.2f  %12.0f  %13.0f  %5.2f  %14.2f\n", readers, median(figures[0]),
                    median(figures[1]), median(figures[2]), median(figures[3]), median(figures[4]), median(figures[5]),
                    median(figures[6]));
        std::fflush(stdout);
    }
}
