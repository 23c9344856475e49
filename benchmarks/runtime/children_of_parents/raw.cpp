// SPDX-License-Identifier: BSL-1.0
#include "support/family.hpp"
#include "support/raw_connection.hpp"
#include "support/workload.hpp"

#include <utility>

namespace benchmarks {

namespace {

class Database : public RawConnection {
public:
    explicit Database(const Family& family) {
        execute(family_tables_text);
        execute("BEGIN IMMEDIATE");
        const RawStatement insert_parent{*this, "INSERT INTO Parent VALUES (?1, ?2)"};
        for (const ParentRow& parent : family.parents) {
            sqlite3_bind_int64(insert_parent, 1, parent.id);
            sqlite3_bind_text(insert_parent, 2, parent.name.data(), static_cast<int>(parent.name.size()),
                              SQLITE_STATIC);
            if (sqlite3_step(insert_parent) != SQLITE_DONE) fail(insert_parent);
            sqlite3_reset(insert_parent);
        }
        const RawStatement insert_child{*this, "INSERT INTO Child VALUES (?1, ?2, ?3, ?4)"};
        for (const ChildRow& child : family.children) {
            sqlite3_bind_int64(insert_child, 1, child.id);
            sqlite3_bind_int64(insert_child, 2, child.parent_id);
            sqlite3_bind_text(insert_child, 3, child.name.data(), static_cast<int>(child.name.size()), SQLITE_STATIC);
            sqlite3_bind_double(insert_child, 4, child.score);
            if (sqlite3_step(insert_child) != SQLITE_DONE) fail(insert_child);
            sqlite3_reset(insert_child);
        }
    }
};

struct ParentWithChildren {
    ParentRow parent{};
    std::vector<ChildRow> children{};
};

/// A SELECT for each parent: the loop that one writes first, and that with<> spares.
class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_family(rows)) {}

    void run() override {
        while (sqlite3_step(parents_) == SQLITE_ROW) {
            auto& [parent, children] = found_.emplace_back();
            parent.id = sqlite3_column_int64(parents_, 0);
            read_text(parents_, 1, parent.name);
            read_children(parent.id, children);
        }
        sqlite3_reset(parents_);
    }
    std::int64_t result() override {
        std::int64_t sum = 0;
        for (const ParentWithChildren& each : found_) {
            sum += each.parent.id * each.parent.name.back();
            for (const ChildRow& child : each.children) sum = weight_behind(sum, child);
        }
        return sum;
    }
    void restore() override { std::vector<ParentWithChildren>{}.swap(found_); }

private:
    void read_children(std::int64_t parent, std::vector<ChildRow>& children) {
        sqlite3_bind_int64(children_, 1, parent);
        int rc = SQLITE_OK;
        while ((rc = sqlite3_step(children_)) == SQLITE_ROW) {
            ChildRow& child = children.emplace_back();
            child.id = sqlite3_column_int64(children_, 0);
            child.parent_id = sqlite3_column_int64(children_, 1);
            read_text(children_, 2, child.name);
            child.score = sqlite3_column_double(children_, 3);
        }
        if (rc != SQLITE_DONE) fail(children_);
        sqlite3_reset(children_);
    }

    Database database_;
    RawStatement parents_{database_, "SELECT id, name FROM Parent ORDER BY id"};
    RawStatement children_{database_, "SELECT id, parent_id, name, score FROM Child WHERE parent_id = ?1 ORDER BY id"};
    std::vector<ParentWithChildren> found_{};
};

[[maybe_unused]] const bool added = add_side<Work>("children_of_parents", "raw");

}  // namespace

}  // namespace benchmarks
