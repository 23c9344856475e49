// SPDX-License-Identifier: BSL-1.0
#include "support/mica_session.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// Each lookup writes the object that was added before it.
class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        mica::Session& session = database_.session();
        for (const Row& row : rows_) {
            if (session.query<Row>().where(mica::col<&Row::id> == row.id).first()) continue;
            session.add(Row{row});
        }
        session.flush();
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    MicaSession database_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("add_after_lookup", "mica");

}  // namespace

}  // namespace benchmarks
