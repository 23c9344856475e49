// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlgen/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

using namespace sqlgen::literals;

class Work : public Workload {
public:
    explicit Work(int rows) : changed_(make_rows(rows, 2)), database_(make_rows(rows, 1)) { shuffle(changed_); }

    void run() override {
        for (const Row& row : changed_) {
            const auto update = sqlgen::update<Row>("name"_c.set(row.name), "age"_c.set(row.age),
                                                    "score"_c.set(row.score), "email"_c.set(row.email)) |
                                sqlgen::where("id"_c == row.id);
            update(database_.get()).value();
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> changed_;
    sqlgen_peer::Database database_;
};

[[maybe_unused]] const bool added = add_side<Work>("update_by_key", "sqlgen");

}  // namespace

}  // namespace benchmarks
