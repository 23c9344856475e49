// SPDX-License-Identifier: BSL-1.0
// The texts of a full-text index: SQLite's FTS5 (https://www.sqlite.org/fts5.html), the only one that mica knows.
#pragma once

#include <mica/dialect/sql_writer.hpp>

#include <cstddef>
#include <string_view>

namespace mica {

/// The hidden columns of an index, beside the one that has the table's own name.
inline constexpr std::string_view full_text_key = "rowid";
inline constexpr std::string_view full_text_rank = "rank";

enum class FullTextCommand : unsigned char { rebuild, optimize, check };

/// A column of an index: searched, or only stored beside those that are.
struct FullTextColumn {
    std::string_view name{};
    bool is_searched = true;
};

/// What a full-text index is made of.
struct FullTextIndex {
    std::string_view schema{};
    std::string_view name{};
    ListView<FullTextColumn> columns{};
    std::string_view content{};  ///< the table that has its rows, empty where it has them itself
    std::string_view content_key{};
    std::string_view tokenizer{};
    std::string_view prefixes{};
};

/// Writes the statements that create, fill, keep and drop an index.
class FullTextWriter {
public:
    constexpr FullTextWriter(SqlWriter& out, const FullTextIndex& index) : out_(out), index_(index) {
        out_.need(Feature::full_text);
    }

    constexpr void create(bool is_kept) {
        const std::string_view unless_there = is_kept ? "IF NOT EXISTS " : "";
        out_.text("CREATE VIRTUAL TABLE ");
        out_.text(unless_there);
        qualified("", "");
        out_.text(" USING fts5(");
        for (const FullTextColumn& column : index_.columns) {
            if (&column != index_.columns.data()) out_.text(", ");
            out_.identifier(column.name);
            if (!column.is_searched) out_.text(" UNINDEXED");
        }
        option(", content=", index_.content);
        option(", content_rowid=", index_.content_key);
        option(", tokenize=", index_.tokenizer);
        option(", prefix=", index_.prefixes);
        out_.put(')');
        if (index_.content.empty()) return;
        trigger(unless_there, "_insert", "INSERT", false, true);
        trigger(unless_there, "_delete", "DELETE", true, false);
        trigger(unless_there, "_update", "UPDATE", true, true);
        out_.text(";\n");
        command(FullTextCommand::rebuild);  // of rows that were there before the index
    }

    /// Drops what is not dropped with the index itself: without it every write of its content would fail.
    constexpr void drop_triggers() {
        for (const std::string_view event : {"_insert", "_delete", "_update"}) {
            if (event != "_insert") out_.text(";\n");
            out_.text("DROP TRIGGER IF EXISTS ");
            qualified("tr_", event);
        }
    }

    constexpr void command(FullTextCommand command) {
        out_.text("INSERT INTO ");
        qualified("", "");
        out_.text(" (");
        out_.identifier(index_.name);
        if (command == FullTextCommand::check) out_.text(", rank");
        out_.text(") VALUES (");
        switch (command) {
            case FullTextCommand::rebuild: out_.text("'rebuild')"); break;
            case FullTextCommand::optimize: out_.text("'optimize')"); break;
            case FullTextCommand::check: out_.text("'integrity-check', 1)"); break;
        }
    }

private:
    constexpr void qualified(std::string_view before, std::string_view after) {
        if (!index_.schema.empty()) {
            out_.identifier(index_.schema);
            out_.put('.');
        }
        name(before, after);
    }
    constexpr void name(std::string_view before, std::string_view after) {
        out_.begin_identifier();
        out_.identifier_part(before);
        out_.identifier_part(index_.name);
        out_.identifier_part(after);
        out_.end_identifier();
    }

    constexpr void option(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        out_.text(name);
        out_.put('\'');
        out_.escaped(value, '\'');
        out_.put('\'');
    }

    constexpr void trigger(std::string_view unless_there, std::string_view suffix, std::string_view event, bool removes,
                           bool adds) {
        out_.text(";\nCREATE TRIGGER ");
        out_.text(unless_there);
        qualified("tr_", suffix);
        out_.text(" AFTER ");
        out_.text(event);
        if (removes && adds) {  // other columns may change without the index
            out_.text(" OF ");
            out_.identifier(index_.content_key);
            values("");
        }
        out_.text(" ON ");
        out_.identifier(index_.content);
        out_.text(" BEGIN ");
        if (removes) {  // the index forgets a row only by the values that it had
            out_.text("INSERT INTO ");
            name("", "");
            out_.text(" (");
            name("", "");
            out_.text(", rowid");
            values("");
            out_.text(") VALUES ('delete', old.");
            out_.identifier(index_.content_key);
            values("old.");
            out_.text("); ");
        }
        if (adds) {
            out_.text("INSERT INTO ");
            name("", "");
            out_.text(" (rowid");
            values("");
            out_.text(") VALUES (new.");
            out_.identifier(index_.content_key);
            values("new.");
            out_.text("); ");
        }
        out_.text("END");
    }

    constexpr void values(std::string_view row) {
        for (const FullTextColumn& column : index_.columns) {
            out_.text(", ");
            out_.text(row);
            out_.identifier(column.name);
        }
    }

    SqlWriter& out_;
    const FullTextIndex& index_;
};

}  // namespace mica
