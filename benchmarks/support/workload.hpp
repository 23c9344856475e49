// SPDX-License-Identifier: BSL-1.0
// One side of one operation, and the list of all that are linked into a program. What measures them knows no more.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace benchmarks {

class Workload {
public:
    Workload() = default;
    Workload(const Workload&) = delete;
    Workload& operator=(const Workload&) = delete;
    virtual ~Workload() = default;

    /// The measured part: as many operations as there are rows.
    virtual void run() = 0;
    /// What the last run came to, the same number on both sides.
    virtual std::int64_t result() = 0;
    /// Brings everything back to where it was before run().
    virtual void restore() = 0;
};

struct Side {
    std::string_view operation;
    std::string_view name;  ///< raw, mica, or a peer's name
    std::unique_ptr<Workload> (*make)(int rows);
};

inline std::vector<Side>& sides() {
    static std::vector<Side> all;
    return all;
}

/// Adds a side; `Work` is constructed with the number of rows.
template <class Work>
bool add_side(std::string_view operation, std::string_view name) {
    sides().push_back(
        {operation, name, [](int rows) -> std::unique_ptr<Workload> { return std::make_unique<Work>(rows); }});
    return true;
}

}  // namespace benchmarks
