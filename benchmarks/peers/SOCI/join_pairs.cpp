// SPDX-License-Identifier: BSL-1.0
#include "peers/SOCI/database.hpp"
#include "support/note.hpp"
#include "support/workload.hpp"

#include <string>
#include <utility>

namespace benchmarks {

namespace {

class Database : public soci_peer::Database {
public:
    explicit Database(int rows) : soci_peer::Database(make_rows(rows, 1)) {
        get() << note_table_text;
        Note note;
        long long id = 0;
        long long row_id = 0;
        soci::statement insert = (get().prepare << "INSERT INTO Note VALUES (:id, :row_id, :text)", soci::use(id),
                                  soci::use(row_id), soci::use(note.text));
        for (const Note& each : make_notes(rows)) {
            id = each.id;
            row_id = each.row_id;
            note.text = each.text;
            insert.execute(true);
        }
    }
};

class Work : public Workload {
public:
    explicit Work(int rows) : database_(rows) {}

    void run() override {
        select_.execute();
        while (select_.fetch()) {
            auto& [note, row] = pairs_.emplace_back();
            note = {id_, row_id_, text_};
            values_.give(row);
        }
    }
    std::int64_t result() override { return weight_of_pairs(pairs_); }
    void restore() override { std::vector<std::pair<Note, Row>>{}.swap(pairs_); }

private:
    Database database_;
    long long id_ = 0;
    long long row_id_ = 0;
    std::string text_{};
    soci_peer::Variables values_{};
    soci::statement select_ =
        (database_.get().prepare
             << "SELECT Note.id, Note.row_id, Note.text, Row.id, Row.name, Row.age, Row.score, Row.email "
                "FROM Note JOIN Row ON Row.id = Note.row_id",
         soci::into(id_), soci::into(row_id_), soci::into(text_), soci::into(values_.id), soci::into(values_.name),
         soci::into(values_.age), soci::into(values_.score), soci::into(values_.email, values_.has_email));
    std::vector<std::pair<Note, Row>> pairs_{};
};

[[maybe_unused]] const bool added = add_side<Work>("join_pairs", "SOCI");

}  // namespace

}  // namespace benchmarks
