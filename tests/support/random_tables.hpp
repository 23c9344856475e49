// SPDX-License-Identifier: BSL-1.0
// Tables made at random at run time, with rows and changes of them: cascades, set null, restrict and no action;
// integer, text and composite keys; link tables, lines of a parent, self references, unique columns and unique
// references.
#pragma once

#include <mica/schema/table.hpp>
#include <mica/session/object/snapshot.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace mica::test {

/// A value as text; the column knows whether it is a number.
using Cell = std::optional<std::string>;
using Row = std::vector<Cell>;
using Columns = std::vector<std::size_t>;
/// The values of some columns; empty where one of them is NULL.
using KeyOf = std::optional<std::vector<std::string>>;

inline KeyOf key_of(const Row& row, const Columns& columns) {
    std::vector<std::string> key;
    for (const std::size_t column : columns) {
        if (!row[column]) return std::nullopt;
        key.push_back(*row[column]);
    }
    return key;
}

struct RandomColumn {
    std::string name;
    bool is_text = false;
    bool is_nullable = false;
};

struct RandomTable;

struct RandomReference {
    Columns columns{};
    RandomTable* parent = nullptr;
    std::size_t key = 0;
    Action on_delete = no_action;
    Action on_update = no_action;

    const Columns& parent_columns() const;
};

struct RandomTable {
    std::size_t number = 0;
    std::string name{};
    std::vector<RandomColumn> columns{};
    std::vector<Columns> keys{};
    std::vector<RandomReference> references{};
    bool without_rowid = false;
    bool is_generated = false;  ///< the database may choose the key

    // As mica sees it.
    std::vector<Column> described_columns{};
    std::vector<OptionData> options{};
    std::vector<char> addresses{};

    std::size_t add(std::string column, bool is_text, bool is_nullable) {
        columns.push_back({std::move(column), is_text, is_nullable});
        return columns.size() - 1;
    }
    bool is_in_reference(std::size_t column) const {
        for (const RandomReference& reference : references) {
            for (const std::size_t each : reference.columns) {
                if (each == column) return true;
            }
        }
        return false;
    }
};

inline const Columns& RandomReference::parent_columns() const { return parent->keys[key]; }

inline constexpr std::size_t most_tables = 6;
inline std::array<Table, most_tables> described_tables;

template <std::size_t number>
const Table& described_table() {
    return described_tables[number];
}
inline constexpr std::array<TableFunction, most_tables> described_table_functions{
    &described_table<0>, &described_table<1>, &described_table<2>,
    &described_table<3>, &described_table<4>, &described_table<5>};

/// Tables that stay where they are; what mica sees of them is in described_tables.
struct RandomTables {
    std::list<RandomTable> tables{};

    RandomTable& add() {
        tables.push_back({.number = tables.size()});
        tables.back().name = "t" + std::to_string(tables.back().number);
        return tables.back();
    }
    static RandomReference& refer(RandomTable& child, RandomTable& parent, const std::string& prefix, bool is_nullable,
                                  Action on_delete, Action on_update, std::size_t key = 0) {
        RandomReference reference{.parent = &parent, .key = key, .on_delete = on_delete, .on_update = on_update};
        for (std::size_t i = 0; i < parent.keys[key].size(); ++i) {
            const bool is_text = parent.columns[parent.keys[key][i]].is_text;
            reference.columns.push_back(child.add(prefix + std::to_string(i), is_text, is_nullable));
        }
        child.references.push_back(reference);
        return child.references.back();
    }

    /// Fills described_tables.
    void describe() {
        for (RandomTable& table : tables) {
            table.addresses.resize(table.columns.size());
            table.described_columns.clear();
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                table.described_columns.push_back(
                    {.name = table.columns[i].name,
                     .field = &table.addresses[i],
                     .storage = table.columns[i].is_text ? StorageClass::text : StorageClass::integer,
                     .nullable = table.columns[i].is_nullable});
            }
        }
        for (RandomTable& table : tables) {
            table.options.clear();
            for (std::size_t key = 1; key < table.keys.size(); ++key) {
                table.options.push_back({.kind = OptionKind::unique, .fields = fields(table, table.keys[key])});
            }
            for (const RandomReference& reference : table.references) {
                table.options.push_back({.kind = OptionKind::foreign_key,
                                         .fields = fields(table, reference.columns),
                                         .target = described_table_functions[reference.parent->number],
                                         .target_fields = fields(*reference.parent, reference.parent_columns()),
                                         .delete_action = reference.on_delete,
                                         .update_action = reference.on_update});
            }
            described_tables[table.number] = {.name = table.name,
                                              .identity = table.name,
                                              .relation = table.name,
                                              .columns = {table.described_columns.data(), table.columns.size()},
                                              .options = {table.options.data(), table.options.size()},
                                              .key = {table.keys[0].data(), table.keys[0].size()},
                                              .generated_key = table.is_generated ? int(table.keys[0][0]) : -1};
        }
    }

    /// CREATE TABLE of all of them.
    std::string ddl() const {
        std::string text;
        for (const RandomTable& table : tables) {
            text += "CREATE TABLE " + table.name + "(";
            for (const RandomColumn& column : table.columns) {
                text +=
                    column.name + (column.is_text ? " TEXT" : " INTEGER") + (column.is_nullable ? ", " : " NOT NULL, ");
            }
            text += "PRIMARY KEY(" + names(table, table.keys[0]) + ")";
            for (std::size_t key = 1; key < table.keys.size(); ++key)
                text += ", UNIQUE(" + names(table, table.keys[key]) + ")";
            for (const RandomReference& reference : table.references) {
                text += ", FOREIGN KEY(" + names(table, reference.columns) + ") REFERENCES " + reference.parent->name +
                        "(" + names(*reference.parent, reference.parent_columns()) + ") ON DELETE " +
                        word(reference.on_delete) + " ON UPDATE " + word(reference.on_update);
            }
            text += table.without_rowid ? ") WITHOUT ROWID;\n" : ");\n";
        }
        return text;
    }
    static std::string names(const RandomTable& table, const Columns& columns) {
        std::string text;
        for (const std::size_t column : columns) text += (text.empty() ? "" : ", ") + table.columns[column].name;
        return text;
    }
    static std::string word(Action action) {
        switch (action) {
            case Action::no_action: return "NO ACTION";
            case Action::restrict: return "RESTRICT";
            case Action::set_null: return "SET NULL";
            case Action::set_default: return "SET DEFAULT";
            case Action::cascade: break;
        }
        return "CASCADE";
    }

private:
    static FieldList fields(const RandomTable& table, const Columns& columns) {
        FieldList list;
        for (const std::size_t column : columns) list.addresses[list.count++] = &table.addresses[column];
        return list;
    }
};

/// A value as SQL writes it.
inline std::string literal(const RandomTable& table, std::size_t column, const Cell& cell) {
    if (!cell) return "NULL";
    return table.columns[column].is_text ? "'" + *cell + "'" : *cell;
}

/// A row as a session keeps it.
inline std::string snapshot_of(const RandomTable& table, const Row& row) {
    mica::detail::SnapshotBuffer buffer;
    mica::detail::SnapshotSink sink{buffer};
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (!row[i]) {
            sink.null();
        } else if (table.columns[i].is_text) {
            sink.text(*row[i], Lifetime::borrowed);
        } else {
            sink.integer(std::stoll(*row[i]));
        }
    }
    return std::string{buffer.view()};
}

/// A row that a session tracks, or one that is only in the database.
struct RandomObject {
    RandomTable* table = nullptr;
    std::optional<Row> old{};
    Row now{};
    bool is_removed = false;
    bool is_tracked = true;
    bool is_generated = false;    ///< new, and the database chooses its key: the one that `now` has
    std::vector<bool> follows{};  ///< for each reference: it means the row that had the key
};

struct Random {
    std::mt19937_64 engine;

    std::size_t below(std::size_t limit) { return engine() % limit; }
    bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
    template <class List>
    auto& pick(List& list) {
        return list[below(list.size())];
    }
    std::string value(bool is_text) {
        const std::size_t number = below(7);
        return is_text ? std::string(1, static_cast<char>('a' + number)) : std::to_string(number + 1);
    }
    Action delete_action(bool is_nullable) {
        constexpr std::array actions{no_action, restrict, cascade, cascade, set_null};
        return actions[below(is_nullable ? 5 : 4)];
    }
    Action update_action() { return chance(33) ? no_action : cascade; }
};

inline RandomTables random_tables(Random& random) {
    RandomTables made;
    const std::size_t count = 3 + random.below(3);
    std::vector<RandomTable*> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(&made.add());
    const auto refer = [&](RandomTable& child, RandomTable& parent, const std::string& prefix, bool is_nullable,
                           std::size_t key) -> RandomReference& {
        const Action on_delete = random.delete_action(is_nullable);
        return RandomTables::refer(child, parent, prefix, is_nullable, on_delete, random.update_action(), key);
    };
    for (std::size_t i = 0; i < count; ++i) {
        RandomTable& table = *all[i];
        std::vector<RandomTable*> parents;  // of a key that another key may contain
        std::copy_if(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i), std::back_inserter(parents),
                     [](const RandomTable* parent) { return parent->keys[0].size() <= 3; });
        const std::size_t shape = random.below(100);
        if (!parents.empty() && shape < 15) {
            Columns key = refer(table, *random.pick(parents), "la", false, 0).columns;
            const Columns other = refer(table, *random.pick(parents), "lb", false, 0).columns;
            key.insert(key.end(), other.begin(), other.end());
            table.keys.push_back(key);
        } else if (!parents.empty() && shape < 35) {
            Columns key = refer(table, *random.pick(parents), "ln", false, 0).columns;
            key.push_back(table.add("n", false, false));
            table.keys.push_back(key);
        } else if (shape < 50) {
            const std::size_t x = table.add("x", false, false);
            table.keys.push_back({x, table.add("y", true, false)});
        } else if (shape < 65) {
            table.keys.push_back({table.add("code", true, false)});
        } else {
            table.keys.push_back({table.add("id", false, false)});
            table.is_generated = random.chance(50);
        }
        if (random.chance(35)) table.keys.push_back({table.add("u", false, random.chance(50))});
        table.without_rowid = !table.is_generated && random.chance(20);
    }
    for (std::size_t i = 0; i < count; ++i) {
        RandomTable& table = *all[i];
        const std::size_t references = i > 0 ? std::array<std::size_t, 4>{0, 1, 1, 2}[random.below(4)]
                                             : std::array<std::size_t, 4>{0, 0, 1, 2}[random.below(4)];
        for (std::size_t j = 0; j < references; ++j) {
            const std::size_t which = random.below(100);
            RandomTable* parent = which < 30 ? &table : which < 85 && i > 0 ? all[random.below(i)] : random.pick(all);
            if (j == 1 && !table.references.empty() && random.chance(30)) parent = table.references.back().parent;
            const bool is_nullable = random.chance(50);
            const bool by_unique =
                parent->keys.back().size() == 1 && parent->columns[parent->keys.back()[0]].name == "u";
            const std::size_t key = by_unique && random.chance(30) ? parent->keys.size() - 1 : 0;
            const Columns columns = refer(table, *parent, "f" + std::to_string(j) + "_", is_nullable, key).columns;
            if (random.chance(25)) table.keys.push_back(columns);
        }
        table.add("v", false, true);
    }
    made.describe();
    return made;
}

}  // namespace mica::test
