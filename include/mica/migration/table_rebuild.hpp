// SPDX-License-Identifier: BSL-1.0
// A table that is made anew with its rows, for what no ALTER TABLE can change
// (https://www.sqlite.org/lang_altertable.html, section 7).
#pragma once

#include <mica/core/list.hpp>
#include <mica/core/list_view.hpp>
#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/canonical_sql.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/former_names.hpp>
#include <mica/migration/index_meaning.hpp>
#include <mica/migration/new_values.hpp>
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
          values_(expected, actual, changes),
          name_(qualified<Text>(expected.schema, expected.name)) {}

    /// Until it is done, the new table is called `new_name`.
    void write(BasicSchemaStep<Text>& step, std::string_view new_name) {
        step.rebuilds = true;
        step.new_name = new_name;
        values_.collect();
        add_checks(step);
        const std::string copy = qualified<Text>(expected_.schema, new_name);
        append(step.sql, {"CREATE TABLE ", copy, " ", behind_name(expected_.sql), ";\nINSERT INTO ", copy, " (",
                          values_.targets(), ") SELECT ", values_.sources(), " FROM ", name_});
        if (expected_.is_autoincrement && actual_.is_autoincrement) keep_sequence(step.sql, new_name);
        append(step.sql,
               {";\nDROP TABLE ", name_, ";\nALTER TABLE ", copy, " RENAME TO ", quoted<Text>(expected_.name)});
        for (const BasicIndexInfo<Text>& index : expected_.indexes) append(step.sql, {";\n", text_of(index)});
        for (const BasicTriggerInfo<Text>& trigger : actual_.triggers) {
            if (is_same_name(trigger.schema, actual_.schema))
                append(step.sql, {";\n", in_schema<Text>(trigger.sql, expected_.schema)});
        }
    }

    /// Whether what was read from the rows before is no longer right.
    bool change_rows() const { return values_.change_rows(); }

    /// That the rows which a unique index is going to hold are.
    void add_unique_check(BasicSchemaStep<Text>& step, const BasicIndexInfo<Text>& index) {
        std::string condition;
        if (!index.condition.empty()) append(condition, {"(", values_.with_values(index.condition), ")"});
        std::string terms;
        std::string are_given;
        std::string names;
        for (const std::string& term : index.terms) {
            append(names, {names.empty() ? "" : ", ", without_order(term)});
            const std::string value = values_.with_values(without_order(term));
            append(terms, {terms.empty() ? "" : ", ", value, collation_of(term)});
            append(are_given, {" AND (", value, ") IS NOT NULL"});
        }
        const std::string_view where = condition.empty() ? "" : " WHERE ";
        add_check(step,
                  join({condition, condition.empty() ? "1" : "", are_given, " AND (", terms, ") IN (SELECT ", terms,
                        " FROM ", name_, where, condition, " GROUP BY ", terms, " HAVING count(*) > 1)"}),
                  join({names, " is not unique"}));
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

    /// That of the column that a term is, which its values in the former table may not have.
    std::string collation_of(std::string_view term) const {
        const BasicColumnInfo<Text>* const column =
            column_named<Text>(expected_, canonical_sql<Text>(without_order(term)));
        if (column == nullptr) return {};
        return join({" COLLATE ", quoted<Text>(column->collation.empty() ? "BINARY" : column->collation)});
    }

    void keep_sequence(std::string& sql, std::string_view new_name) const {
        // The temporary schema may have one too, which would hide it.
        const std::string sequences = join({quoted<Text>(expected_.schema), ".sqlite_sequence"});
        const std::string former =
            join({"(SELECT seq FROM ", sequences, " WHERE name = ", literal<Text>(actual_.name), ")"});
        append(sql,
               {";\nDELETE FROM ", sequences, " WHERE name = ", literal<Text>(new_name), ";\nINSERT INTO ", sequences,
                " (name, seq) SELECT ", literal<Text>(new_name), ", ", former, " WHERE ", former, " IS NOT NULL"});
    }

    void add_check(BasicSchemaStep<Text>& step, std::string_view condition, std::string problem) {
        std::string name = join({rowid_name<Text>(actual_)});
        if (name.empty() && !actual_.is_without_rowid) name = "'?'";  // columns have taken all of its names
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

    void check_column(BasicSchemaStep<Text>& step, const typename NewValues<Text>::Value& value) {
        const BasicColumnInfo<Text>& column = *value.column;
        const std::string name = quoted<Text>(column.name);
        const bool takes_null = values_.takes_null(column);
        if (value.former != nullptr) check_former(step, column, *value.former, takes_null || value.is_filled);
        if (!takes_null && value.sql != name && value.sql != "NULL") {
            add_null_check(step, column, join({"(", value.sql, ") IS NULL"}), join({column.name, " would be NULL"}));
        }
    }

    void check_former(BasicSchemaStep<Text>& step, const BasicColumnInfo<Text>& column,
                      const BasicColumnInfo<Text>& former, bool takes_null) {
        const std::string name = quoted<Text>(column.name);
        const bool is_never_null = &former == rowid_alias<Text>(actual_);
        if (!takes_null && !is_never_null)
            add_null_check(step, column, join({name, " IS NULL"}),
                           join({column.name, " is NULL; fill<> can give a value"}));
        if (!values_.stores_otherwise(column, former)) return;
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
        // A text becomes the bytes that it is stored as: in UTF-16 those are others than a program has of it.
        if (is_same_name(type, "BLOB"))
            return "typeof(x) = 'blob' OR (typeof(x) = 'text' AND length(CAST('a' AS BLOB)) = 1)";
        return {};
    }

    void add_checks(BasicSchemaStep<Text>& step) {
        for (const auto& value : values_) check_column(step, value);
        for (const BasicUniqueInfo<Text>& unique : expected_.uniques) add_unique_check(step, unique.columns);
        for (const BasicIndexInfo<Text>& index : expected_.indexes) {
            if (index.is_unique) add_unique_check(step, index);
        }
        if (!expected_.primary_key.columns.empty()) add_unique_check(step, expected_.primary_key.columns);
        for (const BasicCheckInfo<Text>& check : expected_.checks) {
            add_enforced(step, join({"NOT (", values_.with_values(check.condition), ")"}),
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
        if (!values_.are_there(key.columns) || key.target_columns.size() != key.columns.size()) return;
        std::string condition;
        std::string match;
        for (std::size_t i = 0; i < key.columns.size(); ++i) {
            append(condition, {quoted<Text>(key.columns[i]), " IS NOT NULL AND "});
            append(match, {match.empty() ? "" : " AND ", "mica_parent.", quoted<Text>(key.target_columns[i]), " = ",
                           quoted<Text>(expected_.name), ".", quoted<Text>(key.columns[i])});
        }
        append(condition, {"NOT EXISTS (SELECT 1 FROM ", quoted<Text>(expected_.schema), ".", quoted<Text>(key.target),
                           " AS mica_parent WHERE ", match, ")"});
        add_check(step, condition, join({key.columns[0], " references no row of ", key.target}));
    }

    /// Of an index that is there already under a name that somebody chose, that text.
    std::string text_of(const BasicIndexInfo<Text>& expected) const {
        for (const BasicIndexInfo<Text>& index : actual_.indexes) {
            if (is_same_index<Text>(actual_, index, expected_, expected) &&
                !is_name_taken<Text>(expected_, index, actual_))
                return in_schema<Text>(index.sql, expected_.schema);
        }
        return expected.sql;
    }

    const BasicTableInfo<Text>& expected_;
    const BasicTableInfo<Text>& actual_;
    NewValues<Text> values_;
    std::string name_;
};

}  // namespace mica::detail
