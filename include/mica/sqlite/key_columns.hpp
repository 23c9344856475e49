// SPDX-License-Identifier: BSL-1.0
// The primary keys of tables WITHOUT ROWID, for the preupdate hook, which gives no key of theirs.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/list.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>

#if defined(__ELF__)
// See sqlite3_preupdate_hook() in observer.hpp.
extern "C" [[gnu::weak]] int sqlite3_preupdate_old(sqlite3* db, int column, sqlite3_value** value);
extern "C" [[gnu::weak]] int sqlite3_preupdate_new(sqlite3* db, int column, sqlite3_value** value);
#endif

namespace mica::sqlite::detail {

/// A key as the hook has it: one integer is itself, all else is text.
struct RowKey {
    std::int64_t number = 0;
    std::string text{};
    bool is_number = false;

    friend bool operator==(const RowKey& left, const RowKey& right) noexcept {
        return left.is_number == right.is_number && left.number == right.number && left.text == right.text;
    }
};

/// Asks the schema by statements of its own, as SQLite's session extension does in this hook, and keeps the answers
/// until somebody prepares a statement: all of them are prepared again when the schema has changed.
class KeyColumns {
public:
    explicit KeyColumns(sqlite3* db) noexcept : db_(db) {}

    /// Of one table.
    struct Of {
        std::string schema;
        std::string table;
        bool has_rowid;
        bool is_readable;             ///< by the hook, which takes no account of generated columns
        mica::detail::List<int> key;  ///< in the order of the key
    };

    /// Throws what asking throws.
    [[gnu::cold]] MICA_DECL const Of& of(const char* schema, const char* table);

    /// The key that the row of the hook has, or will have. Throws std::bad_alloc.
    [[gnu::cold]] MICA_DECL RowKey old_key(const Of& table) const;
    [[gnu::cold]] MICA_DECL RowKey new_key(const Of& table) const;

    /// Whether there may be virtual tables, of whose rows no hook tells.
    [[gnu::cold]] MICA_DECL bool may_have_virtual_tables() noexcept;

    void forget() noexcept {
        known_.clear();
        virtual_tables_ = Answer::unknown;
    }

    /// Its own statement is on its way.
    bool is_asking() const noexcept { return is_asking_; }

private:
    enum class Answer : std::uint8_t { unknown, no, yes };
    struct Asking;

    [[gnu::cold]] MICA_DECL bool has_column(const char* schema, const char* table, const char* column) const noexcept;

    sqlite3* db_;
    mica::detail::List<Of> known_{};
    Answer virtual_tables_ = Answer::unknown;
    bool is_asking_ = false;
};

}  // namespace mica::sqlite::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/key_columns.ipp>
#endif
