// SPDX-License-Identifier: BSL-1.0
#include "support/note.hpp"
#include "support/raw_database.hpp"
#include "support/workload.hpp"

#include <utility>

namespace benchmarks {

namespace {

class Database : public RawDatabase {
public:
    explicit Database(int rows) : RawDatabase(make_rows(rows, 1)) {
        execute(note_table_text);
        const RawStatement insert{*this, "INSERT INTO Note VALUES (?1, ?2, ?3)"};
        for (const Note& note : make_notes(rows)) {
            sqlite3_bind_int64(insert, 1, note.id);
            sqlite3_bind_int64(insert, 2, note.row_id);
            sqlite3_bind_text(insert, 3, note.text.data(), static_cast<int>(note.text.size()), SQLITE_STATIC);
            if (sqlite3_step(insert) != SQLITE_DONE) fail(insert);
            sqlite3_reset(insert);
        }
    }
};

class Work : public Workload {
public:
    explicit Work(int rows) : database_(rows) {}

    void run() override {
        int rc = SQLITE_OK;
        while ((rc = sqlite3_step(select_)) == SQLITE_ROW) {
            auto& [note, row] = pairs_.emplace_back();
            note.id = sqlite3_column_int64(select_, 0);
            note.row_id = sqlite3_column_int64(select_, 1);
            read_text(select_, 2, note.text);
            read(select_, row, 3);
        }
        if (rc != SQLITE_DONE) fail(select_);
        sqlite3_reset(select_);
    }
    std::int64_t result() override { return weight_of_pairs(pairs_); }
    void restore() override { std::vector<std::pair<Note, Row>>{}.swap(pairs_); }

private:
    Database database_;
    RawStatement select_{database_,
                         "SELECT Note.id, Note.row_id, Note.text, Row.id, Row.name, Row.age, Row.score, Row.email "
                         "FROM Note JOIN Row ON Row.id = Note.row_id"};
    std::vector<std::pair<Note, Row>> pairs_{};
};

[[maybe_unused]] const bool added = add_side<Work>("join_pairs", "raw");

}  // namespace

}  // namespace benchmarks
