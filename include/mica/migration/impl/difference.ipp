// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/canonical_sql.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/default_text.hpp>
#include <mica/migration/difference.hpp>
#include <mica/migration/expression_text.hpp>
#include <mica/migration/index_meaning.hpp>
#include <mica/migration/rowid.hpp>

#include <cstddef>
#include <utility>

namespace mica {

namespace detail {

/// The line for people.
template <class Text>
std::string describe(const BasicDifferenceItem<Text>& item) {
    static constexpr std::string_view names[] = {
        "table",         "column", "type",  "NOT NULL",    "DEFAULT", "COLLATE", "generated",     "PRIMARY KEY",
        "AUTOINCREMENT", "UNIQUE", "CHECK", "FOREIGN KEY", "index",   "STRICT",  "WITHOUT ROWID", "virtual table"};
    const std::string_view name = names[static_cast<std::size_t>(item.kind)];
    const std::string& one = item.actual.empty() ? item.expected : item.actual;
    std::string text = join({item.table, item.column.empty() ? "" : ".", item.column, ": "});
    if (item.kind == DifferenceKind::table || item.kind == DifferenceKind::column) {
        append(text, {item.actual.empty() ? "there is no such " : "no struct has this ", name});
    } else if (!item.expected.empty() && !item.actual.empty()) {
        append(text, {name, " ", item.actual, " instead of ", item.expected});
    } else {
        append(text, {name, one == name ? "" : " ", one == name ? "" : one,
                      item.actual.empty() ? " is missing" : " is in no struct"});
    }
    return text;
}

/// A list of things in one spelling, for comparison and for people.
template <class Text>
class Listing {
public:
    void add(std::string canonical, std::string shown) { entries_.push_back({std::move(canonical), std::move(shown)}); }

    /// Calls `missing` with those that only `expected` has and `extra` with those that only `actual` has.
    template <class Missing, class Extra>
    static void compare(const Listing& expected, const Listing& actual, Missing missing, Extra extra) {
        for (const Entry& entry : expected.entries_) {
            if (!actual.has(entry.canonical)) missing(entry.shown);
        }
        for (const Entry& entry : actual.entries_) {
            if (!expected.has(entry.canonical)) extra(entry.shown);
        }
    }

private:
    struct Entry {
        std::string canonical;
        std::string shown;
    };

    bool has(std::string_view canonical) const noexcept {
        for (const Entry& entry : entries_) {
            if (entry.canonical == canonical) return true;
        }
        return false;
    }

    std::vector<Entry> entries_;
};

/// Compares one table with what a struct asks for.
template <class Text>
class TableComparison {
public:
    TableComparison(const BasicTableInfo<Text>& expected, const BasicTableInfo<Text>& actual,
                    const std::vector<BasicTableInfo<Text>>& expected_tables,
                    const std::vector<BasicTableInfo<Text>>& actual_tables,
                    std::vector<BasicDifferenceItem<Text>>& items)
        : expected_(expected),
          actual_(actual),
          expected_tables_(expected_tables),
          actual_tables_(actual_tables),
          items_(items) {}

    void run() {
        if (expected_.kind != TableKind::table || actual_.kind != TableKind::table) return compare_kinds();
        for (const BasicColumnInfo<Text>& column : expected_.columns) {
            if (const BasicColumnInfo<Text>* const other = find_column(actual_, column.name)) {
                compare_column(column, *other);
            } else {
                add(DifferenceKind::column, column.name, column.name, {});
            }
        }
        for (const BasicColumnInfo<Text>& column : actual_.columns) {
            if (find_column(expected_, column.name) == nullptr)
                add(DifferenceKind::column, column.name, {}, column.name);
        }
        compare_texts(DifferenceKind::primary_key, {}, key_text(expected_), key_text(actual_));
        compare_flags(DifferenceKind::autoincremented, expected_.is_autoincrement, actual_.is_autoincrement,
                      "AUTOINCREMENT");
        compare_flags(DifferenceKind::strict, expected_.is_strict, actual_.is_strict, "STRICT");
        compare_flags(DifferenceKind::rowid, expected_.is_without_rowid, actual_.is_without_rowid, "WITHOUT ROWID");
        compare_lists(DifferenceKind::unique, uniques_of(expected_), uniques_of(actual_));
        compare_lists(DifferenceKind::check, checks_of(expected_), checks_of(actual_));
        compare_lists(DifferenceKind::foreign_key, foreign_keys_of(expected_, expected_tables_),
                      foreign_keys_of(actual_, actual_tables_));
        compare_lists(DifferenceKind::index, indexes_of(expected_), indexes_of(actual_));
    }

    void report_missing() { add(DifferenceKind::table, {}, expected_.name, {}); }

private:
    void add(DifferenceKind kind, std::string_view column, std::string_view expected, std::string_view actual) {
        BasicDifferenceItem<Text>& item = items_.emplace_back(BasicDifferenceItem<Text>{
            kind, shown_name(expected_), join({column}), join({expected}), join({actual}), {}});
        item.text = describe<Text>(item);
    }

    static std::string shown_name(const BasicTableInfo<Text>& table) {
        const bool is_main = table.schema.empty() || is_same_name(table.schema, "main");
        return join({is_main ? "" : table.schema, is_main ? "" : ".", table.name});
    }

    /// Between a table, a view and a module's table nothing more can be compared; a module gets its text.
    void compare_kinds() {
        static constexpr std::string_view names[] = {"a table", "a view", "a virtual table"};
        if (expected_.kind != actual_.kind) {
            add(DifferenceKind::virtual_table, {}, names[static_cast<std::size_t>(expected_.kind)],
                names[static_cast<std::size_t>(actual_.kind)]);
        } else if (module_text(expected_) != module_text(actual_)) {
            add(DifferenceKind::virtual_table, {}, module_text(expected_), module_text(actual_));
        }
    }

    /// What stands behind USING, and of a view behind AS.
    static std::string module_text(const BasicTableInfo<Text>& table) {
        std::string_view sql = table.sql;
        std::string_view rest = cut_statement(sql);
        const std::string_view word = table.kind == TableKind::view ? "AS" : "USING";
        for (Token token = cut_token(rest); token.kind != 0 && !is_word(token, word);) token = cut_token(rest);
        return canonical_sql<Text>(rest);
    }

    static const BasicColumnInfo<Text>* find_column(const BasicTableInfo<Text>& table, std::string_view name) noexcept {
        for (const BasicColumnInfo<Text>& column : table.columns) {
            if (is_same_name(column.name, name)) return &column;
        }
        return nullptr;
    }

    static bool is_in_key(const BasicTableInfo<Text>& table, const BasicColumnInfo<Text>& column) noexcept {
        for (const std::string& name : table.primary_key.columns) {
            if (is_same_name(name, column.name)) return true;
        }
        return false;
    }

    static bool is_rowid(const BasicTableInfo<Text>& table, const BasicColumnInfo<Text>& column) noexcept {
        return &column == rowid_alias<Text>(table);
    }

    static bool takes_null(const BasicTableInfo<Text>& table, const BasicColumnInfo<Text>& column) noexcept {
        const bool is_key = is_in_key(table, column) && (table.is_without_rowid || table.is_strict);
        return column.is_nullable && !is_key && !is_rowid(table, column);
    }

    void compare_column(const BasicColumnInfo<Text>& expected, const BasicColumnInfo<Text>& actual) {
        const bool is_any = is_same_name(expected.type, "ANY") != is_same_name(actual.type, "ANY");
        if (affinity_of<Text>(expected.type) != affinity_of<Text>(actual.type) || is_any ||
            (is_rowid(expected_, expected) != is_rowid(actual_, actual) && !is_same_name(expected.type, actual.type))) {
            add(DifferenceKind::type, expected.name, expected.type.empty() ? "none" : expected.type,
                actual.type.empty() ? "none" : actual.type);
        }
        compare_flags(DifferenceKind::nullability, !takes_null(expected_, expected), !takes_null(actual_, actual),
                      "NOT NULL", expected.name);
        compare_defaults(expected, actual);
        compare_expressions(DifferenceKind::collation, expected.name, collation_of(expected), collation_of(actual));
        compare_expressions(DifferenceKind::generated, expected.name, expected.generated, actual.generated);
        if (!expected.generated.empty() && !actual.generated.empty() && expected.is_stored != actual.is_stored) {
            add(DifferenceKind::generated, expected.name, expected.is_stored ? "STORED" : "VIRTUAL",
                actual.is_stored ? "STORED" : "VIRTUAL");
        }
    }

    static std::string_view collation_of(const BasicColumnInfo<Text>& column) noexcept {
        return is_same_name(column.collation, "BINARY") ? std::string_view{} : std::string_view{column.collation};
    }

    void compare_texts(DifferenceKind kind, std::string_view column, std::string_view expected,
                       std::string_view actual) {
        if (!is_same_name(expected, actual)) add(kind, column, expected, actual);
    }

    void compare_expressions(DifferenceKind kind, std::string_view column, std::string_view expected,
                             std::string_view actual) {
        if (canonical_expression<Text>(expected) != canonical_expression<Text>(actual))
            add(kind, column, expected, actual);
    }

    void compare_defaults(const BasicColumnInfo<Text>& expected, const BasicColumnInfo<Text>& actual) {
        const std::string_view affinity = affinity_of<Text>(actual.type);
        const bool is_any = actual_.is_strict && is_same_name(actual.type, "ANY");  // which makes no 1 of 1.0
        const bool are_texts = affinity == "TEXT" || affinity == "BLOB" || is_any;
        const std::string wanted = expected.default_value.value_or("");
        const std::string found = actual.default_value.value_or("");
        if (default_text<Text>(wanted, !are_texts) != default_text<Text>(found, !are_texts))
            add(DifferenceKind::default_value, expected.name, wanted, found);
    }

    void compare_flags(DifferenceKind kind, bool expected, bool actual, std::string_view word,
                       std::string_view column = {}) {
        if (expected != actual) add(kind, column, expected ? word : "", actual ? word : "");
    }

    void compare_lists(DifferenceKind kind, const Listing<Text>& expected, const Listing<Text>& actual) {
        Listing<Text>::compare(
            expected, actual, [&](const std::string& shown) { add(kind, {}, shown, {}); },
            [&](const std::string& shown) { add(kind, {}, {}, shown); });
    }

    /// Whether it is DESC alone that keeps the key from being the rowid.
    static bool is_no_rowid(const BasicTableInfo<Text>& table) noexcept {
        if (!table.primary_key.is_descending || table.is_without_rowid) return false;
        const BasicColumnInfo<Text>* const key = find_column(table, table.primary_key.columns[0]);
        return key != nullptr && is_same_name(key->type, "INTEGER");
    }

    static std::string key_text(const BasicTableInfo<Text>& table) {
        if (table.primary_key.columns.empty()) return {};
        std::string text = list_columns(table, table.primary_key);
        if (is_no_rowid(table)) append(text, {" DESC"});
        return text;
    }

    /// With those collations that are not their column's own.
    static std::string list_columns(const BasicTableInfo<Text>& table, const BasicUniqueInfo<Text>& unique) {
        std::vector<Text> names = unique.columns;
        const std::vector<Text> terms = terms_of<Text>(unique);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const bool is_own = canonical_term<Text>(table, terms[i]) == canonical_sql<Text>(quoted<Text>(names[i]));
            if (!is_own) append(names[i], {" COLLATE ", unique.collations[i]});
        }
        return list_names<Text>(names);
    }

    /// Whether an index says what a UNIQUE constraint does.
    static bool is_constraint(const BasicTableInfo<Text>& table, const BasicIndexInfo<Text>& index) {
        bool names_columns = index.is_unique && index.condition.empty();
        for (const std::string& term : index.terms)
            names_columns = names_columns && find_column(table, canonical_term<Text>(table, term)) != nullptr;
        return names_columns;
    }

    static Listing<Text> uniques_of(const BasicTableInfo<Text>& table) {
        Listing<Text> list;
        for (const BasicUniqueInfo<Text>& unique : table.uniques)
            list.add(canonical_terms<Text>(table, terms_of<Text>(unique)), list_columns(table, unique));
        for (const BasicIndexInfo<Text>& index : table.indexes) {
            if (is_constraint(table, index))
                list.add(canonical_terms<Text>(table, index.terms), list_names<Text>(index.terms));
        }
        return list;
    }

    static Listing<Text> checks_of(const BasicTableInfo<Text>& table) {
        Listing<Text> list;
        for (const BasicCheckInfo<Text>& check : table.checks)
            list.add(canonical_expression<Text>(check.condition), join({"(", check.condition, ")"}));
        return list;
    }

    static Listing<Text> foreign_keys_of(const BasicTableInfo<Text>& table,
                                         const std::vector<BasicTableInfo<Text>>& tables) {
        Listing<Text> list;
        for (const BasicForeignKeyInfo<Text>& key : table.foreign_keys) {
            std::vector<Text> targets = key.target_columns;
            for (const BasicTableInfo<Text>& target : tables) {
                if (targets.empty() && is_same_name(target.schema, table.schema) &&
                    is_same_name(target.name, key.target))
                    targets = target.primary_key.columns;
            }
            const std::string shown = join({list_names<Text>(key.columns), " REFERENCES ", key.target, " ",
                                            list_names<Text>(targets), key.on_delete.empty() ? "" : " ON DELETE ",
                                            key.on_delete, key.on_update.empty() ? "" : " ON UPDATE ", key.on_update,
                                            key.is_deferred ? " DEFERRABLE INITIALLY DEFERRED" : ""});
            list.add(canonical_sql<Text>(shown), shown);
        }
        return list;
    }

    static Listing<Text> indexes_of(const BasicTableInfo<Text>& table) {
        Listing<Text> list;
        for (const BasicIndexInfo<Text>& index : table.indexes) {
            if (is_constraint(table, index)) continue;
            list.add(meaning_of<Text>(table, index),
                     join({index.is_unique ? "UNIQUE " : "", list_names<Text>(index.terms),
                           index.condition.empty() ? "" : " WHERE ", index.condition}));
        }
        return list;
    }

    const BasicTableInfo<Text>& expected_;
    const BasicTableInfo<Text>& actual_;
    const std::vector<BasicTableInfo<Text>>& expected_tables_;
    const std::vector<BasicTableInfo<Text>>& actual_tables_;
    std::vector<BasicDifferenceItem<Text>>& items_;
};

template <class Text>
BasicDifference<BasicDifferenceItem<Text>> compare_tables(const std::vector<BasicTableInfo<Text>>& expected,
                                                          const std::vector<BasicTableInfo<Text>>& actual) {
    std::vector<BasicDifferenceItem<Text>> items;
    for (const BasicTableInfo<Text>& table : expected) {
        const BasicTableInfo<Text>* found = nullptr;
        for (const BasicTableInfo<Text>& candidate : actual) {
            if (is_same_name(candidate.schema, table.schema) && is_same_name(candidate.name, table.name))
                found = &candidate;
        }
        if (found == nullptr) {
            TableComparison<Text>{table, table, expected, actual, items}.report_missing();
        } else {
            TableComparison<Text>{table, *found, expected, actual, items}.run();
        }
    }
    return BasicDifference<BasicDifferenceItem<Text>>{std::move(items)};
}

}  // namespace detail

}  // namespace mica
