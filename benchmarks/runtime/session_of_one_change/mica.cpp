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
            mica::Session session{file_.engine()};
            session.get<Row>(key)->age += 1;
            session.commit();
        }
    }
    std::int64_t result() override { return file_.table_weight(); }
    void restore() override { file_.connection().execute(mica::update<Row>().set(col<&Row::age> = 0).all_rows()); }

private:
    std::vector<std::int64_t> keys_;
    MicaFile file_;
};

[[maybe_unused]] const bool added = add_side<Work>("session_of_one_change", "mica");

}  // namespace

}  // namespace benchmarks
