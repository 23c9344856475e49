// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : changed_(make_rows(rows, 2)), database_(make_rows(rows, 1)) {
        shuffle(changed_);
        remaining_ = changed_;
    }

    void run() override {
        for (Row& row : remaining_) {
            database_.connection().execute(mica::update<Row>()
                                               .set(col<&Row::name> = std::move(row.name), col<&Row::age> = row.age,
                                                    col<&Row::score> = row.score,
                                                    col<&Row::email> = std::move(row.email))
                                               .where(col<&Row::id> == row.id));
        }
        remaining_.clear();
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override {
        remaining_ = changed_;
        database_.restore();
    }

private:
    std::vector<Row> changed_;
    std::vector<Row> remaining_{};  ///< run() uses them up on both sides, since mica's statement takes their texts over
    MicaDatabase database_;
};

[[maybe_unused]] const bool added = add_side<Work>("update_by_key", "mica");

}  // namespace

}  // namespace benchmarks
