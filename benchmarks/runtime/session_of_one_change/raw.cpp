// SPDX-License-Identifier: BSL-1.0
#include "support/raw_file.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// Each row read and changed in a transaction of its own, as a request to a service does it.
class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), file_(make_rows(rows, 1)) {}

    void run() override {
        Row row;
        for (const std::int64_t key : keys_) {
            begin_.run();
            sqlite3_bind_int64(select_, 1, key);
            if (sqlite3_step(select_) != SQLITE_ROW) fail(select_);
            read(select_, row);
            sqlite3_reset(select_);
            sqlite3_bind_int(update_, 1, row.age + 1);
            sqlite3_bind_int64(update_, 2, key);
            update_.run();
            commit_.run();
        }
    }
    std::int64_t result() override { return file_.table_weight(); }
    void restore() override { file_.execute("UPDATE Row SET age = 0"); }

private:
    std::vector<std::int64_t> keys_;
    RawFile file_;
    RawStatement begin_{file_, "BEGIN IMMEDIATE"};
    RawStatement select_{file_, "SELECT id, name, age, score, email FROM Row WHERE id = ?1"};
    RawStatement update_{file_, "UPDATE Row SET age = ?1 WHERE id = ?2"};
    RawStatement commit_{file_, "COMMIT"};
};

[[maybe_unused]] const bool added = add_side<Work>("session_of_one_change", "raw");

}  // namespace

}  // namespace benchmarks
