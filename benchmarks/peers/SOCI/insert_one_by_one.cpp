// SPDX-License-Identifier: BSL-1.0
#include "peers/SOCI/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        for (const Row& row : rows_) {
            values_.take(row);
            insert_.execute(true);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    soci_peer::Database database_{{}};
    soci_peer::Variables values_;
    soci::statement insert_ =
        (database_.get().prepare
             << "INSERT INTO Row (id, name, age, score, email) VALUES (:id, :name, :age, :score, :email)",
         soci::use(values_.id), soci::use(values_.name), soci::use(values_.age), soci::use(values_.score),
         soci::use(values_.email, values_.has_email));
};

[[maybe_unused]] const bool added = add_side<Work>("insert_one_by_one", "SOCI");

}  // namespace

}  // namespace benchmarks
