// SPDX-License-Identifier: BSL-1.0
// SOCI (libsoci-dev) as its users have it, at its best: statements are prepared once, with variables bound to them.
#pragma once

#include "support/row.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace benchmarks::soci_peer {

/// mica's settings, for a handle of sqlite3: SOCI has that header in a namespace of its own, and so it is not included.
void apply_settings(void* handle);

/// The variables that a statement is bound to: SOCI has no std::optional, but an indicator.
struct Variables {
    long long id = 0;
    std::string name{};
    int age = 0;
    double score = 0;
    std::string email{};
    soci::indicator has_email = soci::i_ok;

    void take(const Row& row) {
        id = row.id;
        name = row.name;
        age = row.age;
        score = row.score;
        has_email = row.email ? soci::i_ok : soci::i_null;
        if (row.email) email = *row.email;
    }
    void give(Row& row) const {
        row.id = id;
        row.name = name;
        row.age = age;
        row.score = score;
        row.email.reset();
        if (has_email == soci::i_ok) row.email = email;
    }
};

/// A database in memory with mica's own settings, an open transaction and the table, which holds `rows`. Its flags are
/// SOCI's: with a mutex.
class Database {
public:
    explicit Database(const std::vector<Row>& rows) {
        apply_settings(static_cast<soci::sqlite3_session_backend*>(session_.get_backend())->conn_);
        session_ << table_text;
        session_ << "BEGIN IMMEDIATE";
        Variables values;
        soci::statement insert = (session_.prepare << "INSERT INTO Row VALUES (:id, :name, :age, :score, :email)",
                                  soci::use(values.id), soci::use(values.name), soci::use(values.age),
                                  soci::use(values.score), soci::use(values.email, values.has_email));
        for (const Row& row : rows) {
            values.take(row);
            insert.execute(true);
        }
        session_ << "COMMIT";
        session_ << "BEGIN IMMEDIATE";
    }

    soci::session& get() noexcept { return session_; }
    void restore() {
        session_ << "ROLLBACK";
        session_ << "BEGIN IMMEDIATE";
    }
    std::int64_t table_weight() {
        long long weight = 0;
        session_ << weight_text, soci::into(weight);
        return weight;
    }

private:
    soci::session session_{soci::sqlite3, "dbname=:memory:"};
};

}  // namespace benchmarks::soci_peer
