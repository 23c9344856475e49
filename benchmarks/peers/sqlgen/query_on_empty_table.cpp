// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlgen/database.hpp"
#include "support/workload.hpp"

#include <string>

namespace benchmarks {

namespace {

using namespace sqlgen::literals;

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            const auto select = sqlgen::read<std::vector<Row>> |
                                sqlgen::where("age"_c > key && "score"_c < 900.0 && "name"_c == std::string{"nobody"});
            found_ += select(database_.get()).value().size();
        }
    }
    std::int64_t result() override { return static_cast<std::int64_t>(found_); }
    void restore() override { found_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    sqlgen_peer::Database database_{{}};
    std::size_t found_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("query_on_empty_table", "sqlgen");

}  // namespace

}  // namespace benchmarks
