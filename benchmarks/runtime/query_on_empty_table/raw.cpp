// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            sqlite3_bind_int64(select_, 1, key);
            sqlite3_bind_double(select_, 2, 900.0);
            sqlite3_bind_text(select_, 3, "nobody", 6, SQLITE_STATIC);
            std::vector<Row> rows;
            int rc = SQLITE_OK;
            while ((rc = sqlite3_step(select_)) == SQLITE_ROW) read(select_, rows.emplace_back());
            if (rc != SQLITE_DONE) fail(select_);
            sqlite3_reset(select_);
            found_ += rows.size();
        }
    }
    std::int64_t result() override { return static_cast<std::int64_t>(found_); }
    void restore() override { found_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    RawDatabase database_{{}};
    RawStatement select_{database_,
                         "SELECT id, name, age, score, email FROM Row WHERE age > ?1 AND score < ?2 AND name = ?3"};
    std::size_t found_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("query_on_empty_table", "raw");

}  // namespace

}  // namespace benchmarks
