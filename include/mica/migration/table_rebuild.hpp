// SPDX-License-Identifier: BSL-1.0
// A table that is made anew with its rows, for what no ALTER TABLE can change
// (https://www.sqlite.org/lang_altertable.html, section 7).
#pragma once

#include <mica/core/list.hpp>
#include <mica/core/list_view.hpp>
#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/difference.hpp>
#include <mica/migration/expression_text.hpp>
#include <mica/migration/former_names.hpp>
#include <mica/migration/rowid.hpp>
#include <mica/migration/schema_step.hpp>
#include <mica/migration/table_info.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::detail {

/// Writes the statements that copy one table into a new form of it, and the checks that go before.
template <class Text>
class TableRebuild {
public:
    TableRebuild(const BasicTableInfo<Text>& expected, const BasicTableInfo<Text>& actual,
                 ListView<SchemaChange> changes)
        : expected_(expected),
          actual_(actual),
          changes_(changes),
          name_(qualified(expected.schema, expected.name)),
          new_name_(join({"mica_new_", expected.name})) {}

    void write(BasicSchemaStep<Text>& step) {
        step.rebuilds = true;
        collect_columns(step);
        add_checks(step);
        const std::string copy = qualified(expected_.schema, new_name_);
        append(step.sql, {"CREATE TABLE ", copy, " ", behind_name(expected_.sql), ";\nINSERT INTO ", copy, " (",
                          targets_, ") SELECT ", sources_, " FROM ", name_});
        if (expected_.is_autoincrement && actual_.is_autoincrement) keep_sequence(step.sql);
        append(step.sql,
               {";\nDROP TABLE ", name_, ";\nALTER TABLE ", copy, " RENAME TO ", quoted<Text>(expected_.name)});
        for (const BasicIndexInfo<Text>& index : expected_.indexes) append(step.sql, {";\n", text_of(index)});
        for (const BasicTriggerInfo<Text>& trigger : actual_.triggers)
            append(step.sql, {";\n", in_schema(trigger.sql)});
    }

    /// That the rows which a unique index is going to hold are.
    void add_unique_check(BasicSchemaStep<Text>& step, const BasicIndexInfo<Text>& index) {
        std::string condition;
        if (!index.condition.empty()) append(condition, {"(", with_values(index.condition), ")"});
        std::string terms;
        std::string are_given;
        std::string names;
        for (const std::string& term : index.terms) {
            append(names, {names.empty() ? "" : ", ", without_order(term)});
            const std::string value = join({with_values(without_order(term)), new_collation(without_order(term))});
            append(terms, {terms.empty() ? "" : ", ", value});
            append(are_given, {" AND (", value, ") IS NOT NULL"});
        }
        const std::string_view where = condition.empty() ? "" : " WHERE ";
        add_check(step,
                  join({condition, condition.empty() ? "1" : "", are_given, " AND (", terms, ") IN (SELECT ", terms,
                        " FROM ", name_, where, condition, " GROUP BY ", terms, " HAVING count(*) > 1)"}),
                  join({names, " is not unique"}));
    }

    /// Whether another index of the table is to have the name that this one has.
    static bool is_name_taken(const BasicTableInfo<Text>& table, const BasicIndexInfo<Text>& index) {
        for (const BasicIndexInfo<Text>& other : table.indexes) {
            if (is_same_name(other.name, index.name)) return !is_same_index(other, index);
        }
        return false;
    }

    /// Whether both do the same, whatever they are called.
    static bool is_same_index(const BasicIndexInfo<Text>& left, const BasicIndexInfo<Text>& right) {
        return canonical_index<Text>(left) == canonical_index<Text>(right);
    }

    static std::string qualified(std::string_view schema, std::string_view name) {
        if (schema.empty() || is_same_name(schema, "main")) return quoted<Text>(name);
        return join({quoted<Text>(schema), ".", quoted<Text>(name)});
    }

private:
    /// What stands behind the name in CREATE TABLE name (…) ….
    static std::string_view behind_name(std::string_view sql) noexcept {
        for (std::string_view rest = sql; !rest.empty();) {
            const Token token = cut_token(rest);
            if (token.kind == '(') return sql.substr(static_cast<std::size_t>(token.text.data() - sql.data()));
        }
        return {};
    }

    const SchemaChange* change_of(SchemaChange::Kind kind, std::string_view column) const noexcept {
        for (const SchemaChange& change : changes_) {
            if (change.kind == kind && is_same_name(change.table, shown_name(expected_.schema, expected_.name)) &&
                is_same_name(change.column, column))
                return &change;
        }
        return nullptr;
    }

    void collect_columns(BasicSchemaStep<Text>& step) {
        add_rowid();
        for (const BasicColumnInfo<Text>& column : expected_.columns) {
            if (!column.generated.empty()) continue;
            const std::string name = quoted<Text>(column.name);
            const BasicColumnInfo<Text>* const former = column_named<Text>(actual_, column.name);
            const SchemaChange* const fill = change_of(SchemaChange::Kind::fill, column.name);
            std::string value = column.default_value.value_or("NULL");
            const SchemaChange* const convert = change_of(SchemaChange::Kind::convert, column.name);
            if (convert != nullptr && (former == nullptr || stores_otherwise(column, *former))) {
                add_column(name, value = convert->expression);
            } else if (former != nullptr) {
                const bool is_filled = fill != nullptr && !takes_null(column);
                value = is_filled ? join({"ifnull(", name, ", ", fill->expression, ")"}) : name;
                add_column(name, is_same_name(column.type, "BLOB") ? join({"CAST(", value, " AS BLOB)"}) : value);
                check_column(step, column, *former, is_filled);
            } else if (fill != nullptr) {
                add_column(name, value = fill->expression);
            }
            values_.push_back({column.name, value});
            if (!takes_null(column) && value != name && value != "NULL")
                add_null_check(step, column, join({"(", value, ") IS NULL"}), join({column.name, " would be NULL"}));
        }
    }

    void add_column(std::string_view target, std::string_view source) {
        append(targets_, {targets_.empty() ? "" : ", ", target});
        append(sources_, {sources_.empty() ? "" : ", ", source});
    }

    /// Before the rebuild: the text with each column as the value that it is going to have.
    std::string with_values(std::string_view sql) const {
        std::string text;
        const char* copied = sql.data();
        for (std::string_view rest = sql; true;) {
            const Token token = cut_token(rest);
            if (token.kind == 0) break;
            std::string_view behind = rest;
            if ((token.kind != 'a' && token.kind != '"') || cut_token(behind).kind == '(') continue;
            const std::string* const value = value_of(name_of(token));
            if (value == nullptr || *value == quoted<Text>(name_of(token))) continue;
            append(text, {{copied, static_cast<std::size_t>(token.text.data() - copied)}, "(", *value, ")"});
            copied = token.text.data() + token.text.size();
        }
        append(text, {{copied, static_cast<std::size_t>(sql.data() + sql.size() - copied)}});
        return text;
    }

    const std::string* value_of(std::string_view column) const noexcept {
        for (const ColumnValue& one : values_) {
            if (is_same_name(one.column, column)) return &one.value;
        }
        return nullptr;
    }

    /// Rows that have no other number keep their hidden one, in a new key too.
    void add_rowid() {
        const std::string_view source = hidden_rowid<Text>(actual_);
        if (source.empty()) return;
        const BasicColumnInfo<Text>* const key = rowid_alias<Text>(expected_);
        if (key == nullptr) {
            const std::string_view target = hidden_rowid<Text>(expected_);
            if (!target.empty()) add_column(target, source);
        } else if (column_named<Text>(actual_, key->name) == nullptr &&
                   change_of(SchemaChange::Kind::convert, key->name) == nullptr &&
                   change_of(SchemaChange::Kind::fill, key->name) == nullptr) {
            add_column(quoted<Text>(key->name), source);
        }
    }

    /// Whether the new column keeps NULL as it is.
    bool takes_null(const BasicColumnInfo<Text>& column) const noexcept {
        return column.is_nullable && &column != rowid_alias<Text>(expected_);
    }

    /// Whether the values of a column are stored in another way than before.
    bool stores_otherwise(const BasicColumnInfo<Text>& column, const BasicColumnInfo<Text>& former) const {
        const auto is_any = [](const BasicColumnInfo<Text>& one) { return is_same_name(one.type, "ANY"); };
        return affinity_of<Text>(column.type) != affinity_of<Text>(former.type) || is_any(column) != is_any(former) ||
               expected_.is_strict != actual_.is_strict ||
               (&column == rowid_alias<Text>(expected_)) != (&former == rowid_alias<Text>(actual_));
    }

    void keep_sequence(std::string& sql) const {
        const std::string sequences = qualified(expected_.schema, "sqlite_sequence");
        const std::string former = join({"(SELECT seq FROM ", sequences, " WHERE name = ", literal(actual_.name), ")"});
        append(sql, {";\nDELETE FROM ", sequences, " WHERE name = ", literal(new_name_), ";\nINSERT INTO ", sequences,
                     " (name, seq) SELECT ", literal(new_name_), ", ", former, " WHERE ", former, " IS NOT NULL"});
    }

    static std::string literal(std::string_view text) {
        std::string sql = "'";
        for (const char& c : text) append(sql, {c == '\'' ? "'" : "", letter(c)});
        append(sql, {"'"});
        return sql;
    }

    void add_check(BasicSchemaStep<Text>& step, std::string_view condition, std::string problem) {
        std::string name = actual_.is_without_rowid ? "" : "rowid";
        if (name.empty()) {
            for (const std::string& key : actual_.primary_key.columns)
                append(name, {name.empty() ? "quote(" : " || ', ' || quote(", quoted<Text>(key), ")"});
        }
        step.checks.push_back({join({"SELECT CAST(", name, " AS TEXT) FROM ", name_, " WHERE ", condition, " LIMIT 5"}),
                               std::move(problem)});
    }

    /// Of what the new table refuses, unless it says that such rows are dropped.
    void add_enforced(BasicSchemaStep<Text>& step, std::string_view condition, std::string problem) {
        add_check(step, condition, std::move(problem));
        step.checks.back().is_enforced = is_refused();
    }

    /// Of NULL in a column that takes none: in place of one that is the rowid a table would put a number.
    void add_null_check(BasicSchemaStep<Text>& step, const BasicColumnInfo<Text>& column, std::string_view condition,
                        std::string problem) {
        if (&column != rowid_alias<Text>(expected_)) return add_enforced(step, condition, std::move(problem));
        add_check(step, condition, std::move(problem));
        step.checks.back().is_silent = true;
    }

    bool is_refused() const { return !mentions<Text>(expected_.sql, "CONFLICT"); }

    void check_column(BasicSchemaStep<Text>& step, const BasicColumnInfo<Text>& column,
                      const BasicColumnInfo<Text>& former, bool is_filled) {
        const std::string name = quoted<Text>(column.name);
        // INTEGER PRIMARY KEY DESC is no rowid and takes NULL, of a table that is not STRICT.
        const bool is_never_null = actual_.is_strict && &former == rowid_alias<Text>(actual_);
        if (!takes_null(column) && !is_filled && !is_never_null)
            add_null_check(step, column, join({name, " IS NULL"}),
                           join({column.name, " is NULL; fill<> can give a value"}));
        if (!stores_otherwise(column, former)) return;
        const std::string_view fits = what_fits(column.type);
        if (fits.empty()) return;
        const std::string condition = with_name<Text>(fits, "x", column.name);
        add_check(step, join({name, " IS NOT NULL AND NOT (", condition, ")"}),
                  join({column.name, " does not fit ", column.type,
                        " without a loss; convert<> can say what becomes of it"}));
        step.checks.back().is_silent = true;
    }

    /// Of a value x that is not NULL: whether a column of that type of a STRICT table takes it without a loss.
    static std::string_view what_fits(std::string_view type) noexcept {
        if (is_same_name(type, "INTEGER") || is_same_name(type, "INT"))
            return "typeof(x) = 'integer' OR (typeof(x) = 'real' AND x = CAST(x AS INTEGER)) OR "
                   "(typeof(x) = 'text' AND x = CAST(CAST(x AS INTEGER) AS TEXT))";
        if (is_same_name(type, "REAL"))
            return "typeof(x) = 'real' OR (typeof(x) = 'integer' AND x = CAST(x AS REAL)) OR (typeof(x) = 'text' AND "
                   "(x = CAST(CAST(x AS REAL) AS TEXT) OR (x = CAST(CAST(x AS INTEGER) AS TEXT) AND "
                   "CAST(x AS INTEGER) = CAST(CAST(x AS INTEGER) AS REAL))))";
        if (is_same_name(type, "TEXT"))
            return "typeof(x) IN ('text', 'integer') OR (typeof(x) = 'real' AND x = CAST(CAST(x AS TEXT) AS REAL))";
        if (is_same_name(type, "BLOB")) return "typeof(x) IN ('blob', 'text')";
        return {};
    }

    void add_checks(BasicSchemaStep<Text>& step) {
        for (const BasicUniqueInfo<Text>& unique : expected_.uniques) add_unique_check(step, unique.columns);
        for (const BasicIndexInfo<Text>& index : expected_.indexes) {
            bool is_known = index.is_unique && knows_columns_of(index.condition);
            for (const std::string& term : index.terms) is_known = is_known && knows_columns_of(term);
            if (is_known) add_unique_check(step, index);
        }
        const std::vector<Text>& names = expected_.primary_key.columns;
        if (!names.empty() && canonical_set<Text>(names) != canonical_set<Text>(actual_.primary_key.columns))
            add_unique_check(step, names);
        for (const BasicCheckInfo<Text>& check : expected_.checks) {
            if (knows_columns_of(check.condition))
                add_enforced(step, join({"NOT (", with_values(check.condition), ")"}),
                             join({"CHECK (", check.condition, ") fails"}));
        }
        for (const BasicForeignKeyInfo<Text>& key : expected_.foreign_keys) {
            if (!has_key(key)) add_reference_check(step, key);
        }
    }

    void add_unique_check(BasicSchemaStep<Text>& step, const std::vector<Text>& names) {
        BasicIndexInfo<Text> index;
        for (const std::string& name : names) index.terms.push_back(quoted<Text>(name));
        add_unique_check(step, index);
        step.checks.back().is_enforced = is_refused();
    }

    /// A term of an index without its ASC or DESC.
    static std::string_view without_order(std::string_view term) noexcept {
        std::string_view last = term;
        for (std::string_view rest = term; true;) {
            const Token token = cut_token(rest);
            if (token.kind == 0) break;
            last = token.text;
        }
        const bool is_order = is_same_name(last, "ASC") || is_same_name(last, "DESC");
        return is_order ? trim(term.substr(0, static_cast<std::size_t>(last.data() - term.data()))) : term;
    }

    /// By which a unique column compares from now on, where it did not before, as SQL behind its value.
    std::string new_collation(std::string_view term) const {
        std::string_view rest = term;
        const std::string name = name_of(cut_token(rest));
        const BasicColumnInfo<Text>* const column = trim(rest).empty() ? column_named<Text>(expected_, name) : nullptr;
        if (column == nullptr) return {};
        const BasicColumnInfo<Text>* const former = column_named<Text>(actual_, name);
        const std::string_view collation = column->collation;
        if (is_same_name(collation, former == nullptr ? std::string_view{} : former->collation)) return {};
        return collation.empty() ? " COLLATE BINARY" : join({" COLLATE ", quoted<Text>(collation)});
    }

    /// Whether the table has that foreign key already: rows that break it may, as before.
    bool has_key(const BasicForeignKeyInfo<Text>& key) const {
        for (const BasicForeignKeyInfo<Text>& other : actual_.foreign_keys) {
            if (is_same_name(other.target, key.target) &&
                canonical_set<Text>(other.columns) == canonical_set<Text>(key.columns))
                return true;
        }
        return false;
    }

    void add_reference_check(BasicSchemaStep<Text>& step, const BasicForeignKeyInfo<Text>& key) {
        if (!is_there(key.columns) || key.target_columns.size() != key.columns.size()) return;
        std::string condition;
        std::string match;
        for (std::size_t i = 0; i < key.columns.size(); ++i) {
            append(condition, {quoted<Text>(key.columns[i]), " IS NOT NULL AND "});
            append(match, {match.empty() ? "" : " AND ", "mica_parent.", quoted<Text>(key.target_columns[i]), " = ",
                           quoted<Text>(expected_.name), ".", quoted<Text>(key.columns[i])});
        }
        append(condition, {"NOT EXISTS (SELECT 1 FROM ", qualified(expected_.schema, key.target),
                           " AS mica_parent WHERE ", match, ")"});
        add_check(step, condition, join({key.columns[0], " references no row of ", key.target}));
    }

    /// Whether columns are there before the rebuild, and their values stay.
    bool is_there(const std::vector<Text>& columns) const noexcept {
        for (const std::string& column : columns) {
            if (column_named<Text>(actual_, column) == nullptr) return false;
            if (change_of(SchemaChange::Kind::convert, column) != nullptr) return false;
            if (change_of(SchemaChange::Kind::fill, column) != nullptr) return false;
        }
        return true;
    }

    /// Not those that are generated from now on.
    bool knows_columns_of(std::string_view condition) const {
        for (const BasicColumnInfo<Text>& column : expected_.columns) {
            const bool is_known =
                value_of(column.name) != nullptr || column_named<Text>(actual_, column.name) != nullptr;
            if (!is_known && mentions<Text>(condition, column.name)) return false;
        }
        return true;
    }

    /// Of an index that is there already under a name that somebody chose, that text.
    std::string text_of(const BasicIndexInfo<Text>& expected) const {
        for (const BasicIndexInfo<Text>& index : actual_.indexes) {
            if (is_same_index(index, expected) && !is_name_taken(expected_, index)) return in_schema(index.sql);
        }
        return expected.sql;
    }

    /// CREATE INDEX or TRIGGER as the database keeps it, which does not say in which schema it is.
    std::string in_schema(std::string_view sql) const {
        std::string_view rest = sql;
        for (Token token = cut_token(rest); token.kind != 0; token = cut_token(rest)) {
            if (is_word(token, "INDEX") || is_word(token, "TRIGGER")) break;
        }
        std::string_view behind = rest;
        const Token name = cut_token(behind);
        const auto place = static_cast<std::size_t>(name.text.data() - sql.data());
        return join({sql.substr(0, place), qualified(expected_.schema, name_of(name)), behind});
    }

    const BasicTableInfo<Text>& expected_;
    const BasicTableInfo<Text>& actual_;
    struct ColumnValue {
        std::string column;
        std::string value;
    };

    ListView<SchemaChange> changes_;
    List<ColumnValue> values_{};  ///< what is written to each column that is not generated
    std::string name_;
    std::string new_name_;
    std::string targets_{};
    std::string sources_{};
};

}  // namespace mica::detail
