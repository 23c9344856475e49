// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlite_orm/database.hpp"
#include "support/workload.hpp"

#include <string>

namespace benchmarks {

namespace {

auto prepared(sqlite_orm_peer::Database& database) {
    using namespace sqlite_orm;
    return database.get().prepare(get_all<Row>(
        where(c(&Row::age) > std::int64_t{} && c(&Row::score) < 900.0 && c(&Row::name) == std::string{"nobody"})));
}

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            sqlite_orm::get<0>(select_) = key;
            found_ += database_.get().execute(select_).size();
        }
    }
    std::int64_t result() override { return static_cast<std::int64_t>(found_); }
    void restore() override { found_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    sqlite_orm_peer::Database database_{{}};
    decltype(prepared(database_)) select_ = prepared(database_);
    std::size_t found_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("query_on_empty_table", "sqlite_orm");

}  // namespace

}  // namespace benchmarks
