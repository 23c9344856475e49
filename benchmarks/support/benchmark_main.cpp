// SPDX-License-Identifier: BSL-1.0
// benchmark_<operation>: Google Benchmark on the linked sides. With `--count <side> [<rows>]` it runs that side once in
// the function counted_run and prints the result, for tools/run_benchmarks.py to count that function's instructions.
#include "support/workload.hpp"

#include <benchmark/benchmark.h>

#include <sqlite3.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

/// Its name is what callgrind is told to count.
extern "C" [[gnu::noinline]] void counted_run(benchmarks::Workload& work) { work.run(); }

namespace {

constexpr int default_rows = 5000;

void measure(benchmark::State& state, const benchmarks::Side& side) {
    const std::unique_ptr<benchmarks::Workload> work = side.make(default_rows);
    for (auto step : state) {
        static_cast<void>(step);
        work->run();
        state.PauseTiming();
        work->restore();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * default_rows);
}

/// The free lists that the preparations have left behind decide what an allocation costs: without them both sides start
/// from the same heap.
void tidy_heap() {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

/// Counts the second run, as the first prepares the statements.
int count(std::string_view name, int rows) {
    for (const benchmarks::Side& side : benchmarks::sides()) {
        if (side.name != name) continue;
        const std::unique_ptr<benchmarks::Workload> work = side.make(rows);
        work->run();
        work->restore();
        tidy_heap();
        counted_run(*work);
        std::printf("%lld\n", static_cast<long long>(work->result()));
        return 0;
    }
    std::fputs("no such side: say raw or mica\n", stderr);
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc >= 3 && std::string_view{argv[1]} == "--count") {
        return count(argv[2], argc > 3 ? std::atoi(argv[3]) : default_rows);
    }
    for (const benchmarks::Side& side : benchmarks::sides()) {
        const std::string name = std::string{side.operation} + '/' + std::string{side.name};
        benchmark::RegisterBenchmark(name.c_str(), measure, side);
    }
    benchmark::AddCustomContext("sqlite", sqlite3_libversion());
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
}
