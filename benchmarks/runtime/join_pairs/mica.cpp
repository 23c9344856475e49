// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/note.hpp"
#include "support/workload.hpp"

#include <tuple>

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {
        database_.connection().execute(note_table_text);
        database_.connection().insert(make_notes(rows));
    }

    void run() override {
        pairs_ = database_.connection().all(
            mica::select<Note, Row>().from<Note>().join<Row>(col<&Row::id> == col<&Note::row_id>));
    }
    std::int64_t result() override { return weight_of_pairs(pairs_); }
    void restore() override { std::vector<std::tuple<Note, Row>>{}.swap(pairs_); }

private:
    MicaDatabase database_;
    std::vector<std::tuple<Note, Row>> pairs_{};
};

[[maybe_unused]] const bool added = add_side<Work>("join_pairs", "mica");

}  // namespace

}  // namespace benchmarks
