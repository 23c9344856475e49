// SPDX-License-Identifier: BSL-1.0
// A short timing table of the linked operations, hand-written sqlite3 loop against mica: a first impression in about
// two seconds. ./dev bench measures with more care.
#include "support/workload.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using benchmarks::Side;
using benchmarks::Workload;

constexpr int rows = 2000;
constexpr double seconds_in_all = 2;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Nanoseconds of CPU time for each operation of one run.
double time_of(Workload& work) {
    const double start = cpu_seconds();
    work.run();
    const double spent = cpu_seconds() - start;
    return spent / rows * 1e9;
}

double median(std::vector<double>& values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::string title(std::string_view operation) {
    std::string text{operation};
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

void require_same_result(Workload& raw, Workload& mica, std::string_view operation) {
    raw.run();
    mica.run();
    if (raw.result() != mica.result()) throw std::runtime_error("the two sides differ: " + title(operation));
    raw.restore();
    mica.restore();
}

void compare(const Side& raw_side, const Side& mica_side, double seconds) {
    const double start = cpu_seconds();
    const std::unique_ptr<Workload> raw = raw_side.make(rows);
    const std::unique_ptr<Workload> mica = mica_side.make(rows);
    require_same_result(*raw, *mica, raw_side.operation);
    std::vector<double> raw_times;
    std::vector<double> mica_times;
    std::vector<double> ratios;
    do {
        raw_times.push_back(time_of(*raw));
        mica_times.push_back(time_of(*mica));
        ratios.push_back(mica_times.back() / raw_times.back());
        raw->restore();
        mica->restore();
    } while (cpu_seconds() - start < seconds);
    std::printf("%-24s %8.0f %8.0f %7.2f\n", title(raw_side.operation).c_str(), median(raw_times), median(mica_times),
                median(ratios));
}

}  // namespace

int main() {
    std::vector<const Side*> raw_sides;
    for (const Side& side : benchmarks::sides()) {
        if (side.name == "raw") raw_sides.push_back(&side);
    }
    std::printf("\nRaw sqlite3 against mica: CPU time for each row, in memory, inside a transaction\n");
    std::printf("%-24s %8s %8s %7s\n", "", "raw ns", "mica ns", "ratio");
    for (const Side* raw : raw_sides) {
        for (const Side& side : benchmarks::sides()) {
            if (side.name == "mica" && side.operation == raw->operation) {
                compare(*raw, side, seconds_in_all / static_cast<double>(raw_sides.size()));
            }
        }
    }
}
