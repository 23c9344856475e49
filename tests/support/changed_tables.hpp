// SPDX-License-Identifier: BSL-1.0
// Random tables of what may stand in the way of a statement that changes many rows: constraints with other ends than an
// error, indexes, triggers that write, refuse or ignore, foreign keys.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace mica::test {

using Random = std::mt19937;

inline bool one_of(Random& random, unsigned count) { return random() % count == 0; }

/// A table for objects with `id`, `name`, `size`, `maker` and another integer, as anybody might have made it, and what
/// is on it; an @ between its statements.
inline std::string changed_tables(Random& random, const std::string& name, std::string_view integer) {
    const auto maybe = [&](unsigned count, std::string text) { return one_of(random, count) ? text : std::string{}; };
    const auto clause = [&] {
        return std::vector<std::string>{"", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE", " ON CONFLICT FAIL",
                                        " ON CONFLICT ROLLBACK"}[one_of(random, 3) ? random() % 5 : 0];
    };
    const bool is_strict = one_of(random, 2);
    const bool has_rowid = !one_of(random, 4);
    std::string text =
        "CREATE TABLE maker (id INTEGER PRIMARY KEY)@INSERT INTO maker VALUES (1), (2)@"
        "CREATE TABLE log (what, id, name, here)@";
    text += "CREATE TABLE " + name + " (id INTEGER PRIMARY KEY, ";
    text += "name TEXT NOT NULL" + clause();
    text += maybe(3, " UNIQUE" + clause()) + maybe(3, " CHECK (name <> 'n3')") + ", size INTEGER";
    text += maybe(3, " CHECK (size < 9)") + ", ";
    text += std::string{integer} + " INTEGER NOT NULL, maker INTEGER NOT NULL" +
            maybe(2, " REFERENCES maker" + maybe(2, " DEFERRABLE INITIALLY DEFERRED"));
    text += maybe(3, ", more TEXT DEFAULT 'more'") + maybe(3, ", twice INTEGER AS (size * 2)") + ")";
    text += std::string{is_strict ? " STRICT" : ""} + (is_strict && !has_rowid ? "," : "") +
            (has_rowid ? "" : " WITHOUT ROWID") + "@";
    text += maybe(3, "CREATE INDEX by_size ON " + name + "(size, name)@");
    text += maybe(4, "CREATE UNIQUE INDEX by_both ON " + name + "(name, maker)@");
    const std::string note = "INSERT INTO log SELECT 'w', coalesce(new.id, 0), new.name, count(*) FROM " + name + ";";
    const std::string gone = "INSERT INTO log SELECT 'd', old.id, old.name, total(size) FROM " + name + ";";
    text += maybe(3, "CREATE TRIGGER au AFTER UPDATE ON " + name + " BEGIN " + note + " END@");
    text += maybe(4, "CREATE TRIGGER bu BEFORE UPDATE OF size ON " + name + " BEGIN " + note + " END@");
    text += maybe(3, "CREATE TRIGGER ad AFTER DELETE ON " + name + " BEGIN " + gone + " END@");
    text +=
        maybe(5, "CREATE TRIGGER bi BEFORE UPDATE ON " + name + " WHEN new.size = 4 BEGIN SELECT RAISE(IGNORE); END@");
    text += maybe(
        5, "CREATE TRIGGER ab BEFORE DELETE ON " + name + " WHEN old.size = 5 BEGIN SELECT RAISE(ABORT, 'five'); END@");
    text += maybe(
        5, "CREATE TRIGGER fa AFTER UPDATE ON " + name + " WHEN new.size = 6 BEGIN SELECT RAISE(FAIL, 'six'); END@");
    // What changes rows whose turn is still to come, or has been.
    const std::string other = " AFTER UPDATE ON " + name + " WHEN new.size = ";
    text += maybe(5, "CREATE TRIGGER so" + other + "7 BEGIN UPDATE " + name + " SET maker = 2, " +
                         std::string{integer} + " = 5 WHERE id = new.id + 2; END@");
    text += maybe(
        5, "CREATE TRIGGER sb" + other + "8 BEGIN UPDATE " + name + " SET size = NULL WHERE id = new.id - 1; END@");
    text += maybe(6, "CREATE TRIGGER sd" + other + "9 BEGIN DELETE FROM " + name + " WHERE id = new.id + 1; END@");
    text += maybe(6, "CREATE TRIGGER sk" + other + "10 BEGIN UPDATE OR IGNORE " + name +
                         " SET id = -id - 1000 WHERE id = new.id + 3; END@");
    const std::string action =
        std::vector<std::string>{"", " ON DELETE CASCADE", " ON DELETE RESTRICT", " ON DELETE SET NULL"}[random() % 4];
    text +=
        "CREATE TABLE child (id INTEGER PRIMARY KEY, thing" + maybe(2, " REFERENCES " + name + "(id)" + action) + ")";
    return text;
}

}  // namespace mica::test
