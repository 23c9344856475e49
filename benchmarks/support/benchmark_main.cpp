// SPDX-License-Identifier: BSL-1.0
// benchmark_<operation>: Google Benchmark on the linked sides. With `--count <side> [<rows>]` it runs that side once in
// the function counted_run and prints the result, for tools/run_benchmarks.py to count that function's instructions.
// With `--heap` in its place it prints how many bytes of heap that run has left in use, with `--time` the CPU time for
// each row, in nanoseconds, of the quickest of several runs; `--sides` names the sides.
#include "support/workload.hpp"

#include <benchmark/benchmark.h>

#include <sqlite3.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>

/// Its name is what callgrind is told to count.
extern "C" [[gnu::noinline]] void counted_run(benchmarks::Workload& work) { work.run(); }

namespace {

constexpr int default_rows = 10000;

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

/// What is allocated, the allocator's own share included; 0 where the C library does not say.
std::size_t heap_in_use() {
#if defined(__GLIBC__)
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Of the quickest run: other work of the machine makes a run longer, never shorter.
int time(std::string_view name, int rows) {
    for (const benchmarks::Side& side : benchmarks::sides()) {
        if (side.name != name) continue;
        const std::unique_ptr<benchmarks::Workload> work = side.make(rows);
        double least = 0;
        double spent = 0;
        int runs = 0;
        do {
            if (runs != 0) work->restore();
            const double start = cpu_seconds();
            work->run();
            const double seconds = cpu_seconds() - start;
            least = runs < 2 || seconds < least ? seconds : least;  // the first run prepares the statements
            spent += seconds;
            ++runs;
        } while (runs < 4 || (spent < 0.3 && runs < 400));
        std::printf("%.2f %lld\n", least / rows * 1e9, static_cast<long long>(work->result()));
        return 0;
    }
    std::fputs("no such side: say raw or mica\n", stderr);
    return 2;
}

/// Counts the second run, as the first prepares the statements.
int count(std::string_view name, int rows, bool is_of_heap) {
    for (const benchmarks::Side& side : benchmarks::sides()) {
        if (side.name != name) continue;
        const std::unique_ptr<benchmarks::Workload> work = side.make(rows);
        work->run();
        work->restore();
        tidy_heap();
        const std::size_t before = heap_in_use();
        counted_run(*work);
        const std::size_t left = heap_in_use() - before;
        const long long result = work->result();
        if (is_of_heap) std::printf("%zu ", left);
        std::printf("%lld\n", result);
        return 0;
    }
    std::fputs("no such side: say raw or mica\n", stderr);
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view option = argc >= 3 ? argv[1] : "";
    if (option == "--count" || option == "--heap") {
        return count(argv[2], argc > 3 ? std::atoi(argv[3]) : default_rows, option == "--heap");
    }
    if (option == "--time") return time(argv[2], argc > 3 ? std::atoi(argv[3]) : default_rows);
    if (argc == 2 && std::string_view{argv[1]} == "--sides") {
        for (const benchmarks::Side& side : benchmarks::sides()) std::printf("%s\n", side.name.data());
        return 0;
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
