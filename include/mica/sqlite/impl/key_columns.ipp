// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/value_text.hpp>
#include <mica/sqlite/key_columns.hpp>

#include <cstddef>
#include <new>
#include <utility>

namespace mica::sqlite::detail {

/// A statement of the library's own. Throws std::bad_alloc where it cannot be prepared or run, whatever the reason: who
/// asks takes the answer for unknown.
struct KeyColumns::Asking {
    Asking(KeyColumns& asked, const char* sql) : columns(asked) {
        columns.is_asking_ = true;
        if (sqlite3_prepare_v2(columns.db_, sql, -1, &statement, nullptr) != SQLITE_OK) {
            columns.is_asking_ = false;
            throw std::bad_alloc{};
        }
    }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;
    ~Asking() {
        sqlite3_finalize(statement);
        columns.is_asking_ = false;
    }

    void bind(int index, const char* text) const { sqlite3_bind_text(statement, index, text, -1, nullptr); }
    bool step() const {
        const int rc = sqlite3_step(statement);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) throw std::bad_alloc{};
        return rc == SQLITE_ROW;
    }

    KeyColumns& columns;
    sqlite3_stmt* statement = nullptr;
};

bool KeyColumns::has_column(const char* schema, const char* table, const char* column) const noexcept {
    return sqlite3_table_column_metadata(db_, schema, table, column, nullptr, nullptr, nullptr, nullptr, nullptr) ==
           SQLITE_OK;
}

auto KeyColumns::of(const char* schema, const char* table) -> const Of& {
    for (const Of& each : known_) {
        if (each.table == table && each.schema == schema) return each;
    }
    // Where a table has a rowid, each of its names is one: that of the rowid, or of a column.
    const bool has_rowid =
        has_column(schema, table, "rowid") && has_column(schema, table, "_rowid_") && has_column(schema, table, "oid");
    Of found{schema, table, has_rowid, true, {}};
    if (!has_rowid) {
        const Asking asking{*this, "SELECT cid, pk, hidden FROM pragma_table_xinfo(?1, ?2) ORDER BY pk"};
        asking.bind(1, table);
        asking.bind(2, schema);
        while (asking.step()) {
            if (sqlite3_column_int(asking.statement, 2) != 0) found.is_readable = false;
            if (sqlite3_column_int(asking.statement, 1) == 0) continue;
            found.key.push_back(sqlite3_column_int(asking.statement, 0));
        }
        if (found.key.empty()) found.is_readable = false;
    }
    return known_.push_back(std::move(found));
}

/// A value of the hook's, which is NULL where memory has run out.
struct HookCell {
    sqlite3_value* value;

    StorageClass storage_class() const noexcept { return static_cast<StorageClass>(sqlite3_value_type(value)); }
    std::int64_t integer() const noexcept { return sqlite3_value_int64(value); }
    double real() const noexcept { return sqlite3_value_double(value); }
    std::string_view text() const {
        const unsigned char* const data = sqlite3_value_text(value);
        if (data == nullptr) throw std::bad_alloc{};
        return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(sqlite3_value_bytes(value))};
    }
    Bytes blob() const noexcept {
        const void* const data = sqlite3_value_blob(value);
        return {static_cast<const std::byte*>(data), static_cast<std::size_t>(sqlite3_value_bytes(value))};
    }
};

[[gnu::cold]] MICA_DECL RowKey read_key(sqlite3* db, const KeyColumns::Of& table,
                                        int (*read)(sqlite3*, int, sqlite3_value**)) {
    RowKey key;
    for (const int column : table.key) {
        sqlite3_value* value = nullptr;
        if (read(db, column, &value) != SQLITE_OK || value == nullptr) throw std::bad_alloc{};
        const HookCell cell{value};
        if (table.key.size() == 1 && cell.storage_class() == StorageClass::integer) {
            key.number = cell.integer();
            key.is_number = true;
            continue;
        }
        if (column != table.key.front()) mica::detail::append(key.text, {", "});
        mica::detail::append_text_of(key.text, cell);
    }
    return key;
}

#if defined(__ELF__)
RowKey KeyColumns::old_key(const Of& table) const { return read_key(db_, table, &sqlite3_preupdate_old); }
RowKey KeyColumns::new_key(const Of& table) const { return read_key(db_, table, &sqlite3_preupdate_new); }
#else
RowKey KeyColumns::old_key(const Of&) const { return {}; }
RowKey KeyColumns::new_key(const Of&) const { return {}; }
#endif

bool KeyColumns::may_have_virtual_tables() noexcept {
    if (virtual_tables_ == Answer::unknown) {
        virtual_tables_ = Answer::yes;
        try {
            const Asking asking{*this, "SELECT 1 FROM pragma_table_list WHERE type = 'virtual'"};
            if (!asking.step()) virtual_tables_ = Answer::no;
        } catch (...) {  // memory has run out, or it was interrupted
        }
    }
    return virtual_tables_ == Answer::yes;
}

}  // namespace mica::sqlite::detail
