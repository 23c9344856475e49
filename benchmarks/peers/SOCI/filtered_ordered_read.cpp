// SPDX-License-Identifier: BSL-1.0
#include "peers/SOCI/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override {
        select_.execute();
        while (select_.fetch()) values_.give(rows_.emplace_back());
    }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    soci_peer::Database database_;
    soci_peer::Variables values_;
    int age_ = 30;
    double score_ = 900.0;
    soci::statement select_ =
        (database_.get().prepare << "SELECT id, name, age, score, email FROM Row WHERE age >= :age AND score < :score "
                                    "ORDER BY score, id DESC",
         soci::use(age_), soci::use(score_), soci::into(values_.id), soci::into(values_.name), soci::into(values_.age),
         soci::into(values_.score), soci::into(values_.email, values_.has_email));
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("filtered_ordered_read", "SOCI");

}  // namespace

}  // namespace benchmarks
