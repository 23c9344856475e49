// SPDX-License-Identifier: BSL-1.0
#include "peers/SOCI/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// A column of all rows is a vector: its bulk operation.
class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        std::vector<long long> ids;
        std::vector<std::string> names;
        std::vector<int> ages;
        std::vector<double> scores;
        std::vector<std::string> emails;
        std::vector<soci::indicator> have_email;
        for (const Row& row : rows_) {
            ids.push_back(row.id);
            names.push_back(row.name);
            ages.push_back(row.age);
            scores.push_back(row.score);
            emails.push_back(row.email.value_or(""));
            have_email.push_back(row.email ? soci::i_ok : soci::i_null);
        }
        database_.get() << "INSERT INTO Row VALUES (:id, :name, :age, :score, :email)", soci::use(ids),
            soci::use(names), soci::use(ages), soci::use(scores), soci::use(emails, have_email);
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    soci_peer::Database database_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_given_keys", "SOCI");

}  // namespace

}  // namespace benchmarks
