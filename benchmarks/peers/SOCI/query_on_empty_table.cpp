// SPDX-License-Identifier: BSL-1.0
#include "peers/SOCI/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            age_ = key;
            std::vector<Row> rows;
            select_.execute();
            while (select_.fetch()) values_.give(rows.emplace_back());
            found_ += rows.size();
        }
    }
    std::int64_t result() override { return static_cast<std::int64_t>(found_); }
    void restore() override { found_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    soci_peer::Database database_{{}};
    soci_peer::Variables values_;
    long long age_ = 0;
    double score_ = 900.0;
    std::string name_ = "nobody";
    soci::statement select_ =
        (database_.get().prepare
             << "SELECT id, name, age, score, email FROM Row WHERE age > :age AND score < :score AND name = :name",
         soci::use(age_), soci::use(score_), soci::use(name_), soci::into(values_.id), soci::into(values_.name),
         soci::into(values_.age), soci::into(values_.score), soci::into(values_.email, values_.has_email));
    std::size_t found_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("query_on_empty_table", "SOCI");

}  // namespace

}  // namespace benchmarks
