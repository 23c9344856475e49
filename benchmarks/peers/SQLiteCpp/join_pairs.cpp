// SPDX-License-Identifier: BSL-1.0
#include "peers/SQLiteCpp/database.hpp"
#include "support/note.hpp"
#include "support/workload.hpp"

#include <utility>

namespace benchmarks {

namespace {

class Database : public sqlitecpp::Database {
public:
    explicit Database(int rows) : sqlitecpp::Database(make_rows(rows, 1)) {
        get().exec(note_table_text);
        SQLite::Statement insert{get(), "INSERT INTO Note VALUES (?1, ?2, ?3)"};
        for (const Note& note : make_notes(rows)) {
            insert.bind(1, note.id);
            insert.bind(2, note.row_id);
            insert.bindNoCopy(3, note.text);
            insert.exec();
            insert.reset();
        }
    }
};

class Work : public Workload {
public:
    explicit Work(int rows) : database_(rows) {}

    void run() override {
        while (select_.executeStep()) {
            auto& [note, row] = pairs_.emplace_back();
            note.id = select_.getColumn(0).getInt64();
            note.row_id = select_.getColumn(1).getInt64();
            note.text = select_.getColumn(2).getString();
            sqlitecpp::read(select_, row, 3);
        }
        select_.reset();
    }
    std::int64_t result() override { return weight_of_pairs(pairs_); }
    void restore() override { std::vector<std::pair<Note, Row>>{}.swap(pairs_); }

private:
    Database database_;
    SQLite::Statement select_{database_.get(),
                              "SELECT Note.id, Note.row_id, Note.text, Row.id, Row.name, Row.age, Row.score, Row.email "
                              "FROM Note JOIN Row ON Row.id = Note.row_id"};
    std::vector<std::pair<Note, Row>> pairs_{};
};

[[maybe_unused]] const bool added = add_side<Work>("join_pairs", "SQLiteCpp");

}  // namespace

}  // namespace benchmarks
