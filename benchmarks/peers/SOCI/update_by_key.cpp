// SPDX-License-Identifier: BSL-1.0
#include "peers/SOCI/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : changed_(make_rows(rows, 2)), database_(make_rows(rows, 1)) { shuffle(changed_); }

    void run() override {
        for (const Row& row : changed_) {
            values_.take(row);
            update_.execute(true);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> changed_;
    soci_peer::Database database_;
    soci_peer::Variables values_;
    soci::statement update_ =
        (database_.get().prepare
             << "UPDATE Row SET name = :name, age = :age, score = :score, email = :email WHERE id = :id",
         soci::use(values_.name), soci::use(values_.age), soci::use(values_.score),
         soci::use(values_.email, values_.has_email), soci::use(values_.id));
};

[[maybe_unused]] const bool added = add_side<Work>("update_by_key", "SOCI");

}  // namespace

}  // namespace benchmarks
