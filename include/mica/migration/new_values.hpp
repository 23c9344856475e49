// SPDX-License-Identifier: BSL-1.0
// What the columns of a table that is made anew get, said by those that it has.
#pragma once

#include <mica/core/list.hpp>
#include <mica/core/list_view.hpp>
#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/migration/canonical_sql.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/migration/former_names.hpp>
#include <mica/migration/rowid.hpp>
#include <mica/migration/schema_step.hpp>
#include <mica/migration/table_info.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

template <class Text>
class NewValues {
public:
    /// What is written to a column that is not generated.
    struct Value {
        const BasicColumnInfo<Text>* column;
        const BasicColumnInfo<Text>* former;  ///< whose values it takes over, null for none
        std::string sql;
        bool is_filled;  ///< where it is NULL
    };

    NewValues(const BasicTableInfo<Text>& expected, const BasicTableInfo<Text>& actual, ListView<SchemaChange> changes)
        : expected_(expected), actual_(actual), changes_(changes) {}

    /// Before it the columns stand for themselves, as where they stay.
    void collect() {
        add_rowid();
        for (const BasicColumnInfo<Text>& column : expected_.columns) {
            if (column.generated.empty()) collect(column);
        }
    }

    auto begin() const noexcept { return values_.begin(); }
    auto end() const noexcept { return values_.end(); }
    std::string_view targets() const noexcept { return targets_; }
    std::string_view sources() const noexcept { return sources_; }

    /// The text with each column as the value that it is going to have.
    std::string with_values(std::string_view sql, std::size_t depth = 0) const {
        std::string text;
        const char* copied = sql.data();
        bool is_behind_as = false;  // the names of types and collations are no columns
        for (std::string_view rest = sql; true;) {
            const Token token = cut_token(rest);
            if (token.kind == 0) break;
            const bool is_column = !is_behind_as && (token.kind == 'a' || token.kind == '"');
            is_behind_as = is_word(token, "AS") || is_word(token, "COLLATE");
            std::string_view behind = rest;
            if (!is_column || cut_token(behind).kind == '(') continue;
            const std::string value = value_of(name_of(token), depth);
            if (value.empty() || value == quoted<Text>(name_of(token))) continue;
            append(text, {{copied, static_cast<std::size_t>(token.text.data() - copied)}, "(", value, ")"});
            copied = token.text.data() + token.text.size();
        }
        append(text, {{copied, static_cast<std::size_t>(sql.data() + sql.size() - copied)}});
        return text;
    }

    /// Whether columns are there before, and their values stay.
    template <class Names>
    bool are_there(const Names& names) const noexcept {
        for (const auto& name : names) {
            if (column_named<Text>(actual_, name) == nullptr || has_value(name)) return false;
        }
        return true;
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

    /// Whether values that are there become others, or rows get other numbers.
    bool change_rows() const {
        bool is_changed = (rowid_alias<Text>(expected_) == nullptr) != (rowid_alias<Text>(actual_) == nullptr);
        for (const Value& value : values_) {
            const BasicColumnInfo<Text>* const former = column_named<Text>(actual_, value.column->name);
            is_changed = is_changed || (former != nullptr && (value.sql != quoted<Text>(value.column->name) ||
                                                              stores_otherwise(*value.column, *former)));
        }
        return is_changed;
    }

private:
    using Kind = SchemaChange::Kind;

    const SchemaChange* change_of(Kind kind, std::string_view column) const noexcept {
        for (const SchemaChange& change : changes_) {
            if (change.kind == kind && is_same_name(change.table, shown_name(expected_.schema, expected_.name)) &&
                is_same_name(change.column, column))
                return &change;
        }
        return nullptr;
    }

    /// Whether a change says what a column gets.
    bool has_value(std::string_view column) const noexcept {
        return change_of(Kind::convert, column) != nullptr || change_of(Kind::fill, column) != nullptr;
    }

    /// Rows that have no other number keep their hidden one, in a new key too.
    void add_rowid() {
        const std::string_view source = hidden_rowid<Text>(actual_);
        if (source.empty()) return;
        const BasicColumnInfo<Text>* const key = rowid_alias<Text>(expected_);
        if (key == nullptr) {
            const std::string_view target = hidden_rowid<Text>(expected_);
            if (!target.empty()) add(target, source);
        } else if (column_named<Text>(actual_, key->name) == nullptr && !has_value(key->name)) {
            add(quoted<Text>(key->name), source);
        }
    }

    void collect(const BasicColumnInfo<Text>& column) {
        const std::string name = quoted<Text>(column.name);
        const BasicColumnInfo<Text>* const former = column_named<Text>(actual_, column.name);
        const SchemaChange* const fill = change_of(Kind::fill, column.name);
        const SchemaChange* const convert = change_of(Kind::convert, column.name);
        Value value{&column, nullptr, column.default_value.value_or("NULL"), false};
        if (convert != nullptr && (former == nullptr || stores_otherwise(column, *former))) {
            add(name, value.sql = convert->expression);
        } else if (former != nullptr) {
            value.former = former;
            value.is_filled = fill != nullptr && !takes_null(column);
            value.sql = value.is_filled ? join({"ifnull(", name, ", ", fill->expression, ")"}) : name;
            const bool is_blob = is_same_name(column.type, "BLOB");
            add(name, is_blob ? join({"CAST(", value.sql, " AS BLOB)"}) : value.sql);
        } else if (fill != nullptr) {
            add(name, value.sql = fill->expression);
        }
        values_.push_back(std::move(value));
    }

    void add(std::string_view target, std::string_view source) {
        append(targets_, {targets_.empty() ? "" : ", ", target});
        append(sources_, {sources_.empty() ? "" : ", ", source});
    }

    /// Empty where there is no such column, or nothing was collected. Columns may be computed from others that are; a
    /// circle, which the database is going to refuse, has an end here.
    std::string value_of(std::string_view name, std::size_t depth) const {
        for (const Value& one : values_) {
            if (is_same_name(one.column->name, name)) return one.sql;
        }
        const BasicColumnInfo<Text>* const column = column_named<Text>(expected_, name);
        const bool is_computed = column != nullptr && !column->generated.empty() && !values_.empty();
        const bool is_circle = depth > expected_.columns.size();
        return is_computed && !is_circle ? with_values(column->generated, depth + 1) : std::string{};
    }

    const BasicTableInfo<Text>& expected_;
    const BasicTableInfo<Text>& actual_;
    ListView<SchemaChange> changes_;
    List<Value> values_{};
    std::string targets_{};
    std::string sources_{};
};

}  // namespace mica::detail
