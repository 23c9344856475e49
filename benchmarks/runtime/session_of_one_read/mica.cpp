// SPDX-License-Identifier: BSL-1.0
#include "support/mica_file.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), file_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            mica::Session session{file_.engine(), mica::read_only};
            sum_ += weight(*session.get<Row>(key));
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    MicaFile file_;
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("session_of_one_read", "mica");

}  // namespace

}  // namespace benchmarks
