// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            const auto rows = database_.connection().all(mica::select<Row>().where(
                col<&Row::age> > key && col<&Row::score> < 900.0 && col<&Row::name> == "nobody"));
            found_ += rows.size();
        }
    }
    std::int64_t result() override { return static_cast<std::int64_t>(found_); }
    void restore() override { found_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    MicaDatabase database_{{}};
    std::size_t found_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("query_on_empty_table", "mica");

}  // namespace

}  // namespace benchmarks
