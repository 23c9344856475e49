// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/dialect/token.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/settings.hpp>

#include <cstddef>
#include <exception>

namespace mica::sqlite::detail {

struct Setting {
    std::string_view name;
    std::string_view at_open{};   ///< where a reader or a flush may have set another before anybody asked
    std::string_view question{};  ///< of a setting that its PRAGMA does not tell
};

/// In this order: the spill size that is told depends on the cache's, and a journal mode may have to wait for others.
inline constexpr Setting connection_settings[] = {
    {"foreign_keys"},
    {"query_only", "0"},
    {"defer_foreign_keys", "0"},
    {"recursive_triggers"},
    {"ignore_check_constraints"},
    {"trusted_schema"},
    {"writable_schema"},
    {"legacy_alter_table"},
    {"read_uncommitted"},
    {"reverse_unordered_selects"},
    {"case_sensitive_like", {}, "SELECT 'a' NOT LIKE 'A'"},
    {"count_changes"},
    {"full_column_names"},
    {"short_column_names"},
    {"empty_result_callbacks"},  // sqlite3_exec() then calls back without values where there are no rows
    {"automatic_index"},
    {"cell_size_check"},
    {"fullfsync"},
    {"checkpoint_fullfsync"},
    {"synchronous"},
    {"busy_timeout"},
    {"cache_size"},
    {"cache_spill"},
    {"mmap_size"},
    {"secure_delete"},
    {"temp_store"},
    {"threads"},
    {"analysis_limit"},
    {"wal_autocheckpoint"},
    {"journal_size_limit"},
    {"max_page_count"},
    {"locking_mode"},
    {"journal_mode"},
};

std::string ask(sqlite3* db, std::string_view sql) {
    std::string answer;
    const auto take = [](void* into, int, char** values, char**) noexcept {
        if (values == nullptr || values[0] == nullptr) return 0;  // see empty_result_callbacks
        *static_cast<std::string*>(into) = values[0];             // short: allocates nothing
        return 0;
    };
    const std::string text = join({sql});
    check(db, sqlite3_exec(db, text.c_str(), take, &answer, nullptr), sql);
    return answer;
}

[[gnu::cold]] MICA_DECL std::string ask(sqlite3* db, const Setting& setting) {
    return ask(db, setting.question.empty() ? join({"PRAGMA ", setting.name}) : join({setting.question}));
}

[[gnu::cold]] MICA_DECL void set(sqlite3* db, std::string_view name, std::string_view value) {
    ask(db, join({"PRAGMA ", name, " = ", value}));
}

int busy_timeout_of(sqlite3* db) {
    int milliseconds = 0;
    for (const char digit : ask(db, "PRAGMA busy_timeout")) milliseconds = milliseconds * 10 + (digit - '0');
    return milliseconds;
}

/// Another place for temporary storage empties it, whatever is in it.
[[gnu::cold]] MICA_DECL void drop_temporary_objects(sqlite3* db) {
    if (ask(db, "SELECT 1 FROM sqlite_temp_schema LIMIT 1").empty()) return;
    set(db, "temp_store", ask(db, "PRAGMA temp_store") == "2" ? "1" : "2");
}

/// The databases beside main and temp, as SQL names them, each ended by a line break.
[[gnu::cold]] MICA_DECL std::string attached_databases(sqlite3* db) {
    constexpr const char* sql =
        "SELECT '\"' || replace(name, '\"', '\"\"') || '\"' FROM pragma_database_list WHERE seq > 1";
    std::string names;
    const auto take = [](void* into, int, char** values, char**) noexcept {
        try {
            if (values != nullptr) mica::detail::append(*static_cast<std::string*>(into), {values[0], "\n"});
            return 0;
        } catch (...) {
            return 1;
        }
    };
    check(db, sqlite3_exec(db, sql, take, &names, nullptr), sql);
    return names;
}

/// Detaches all but those that `kept` names.
[[gnu::cold]] MICA_DECL void detach_others(sqlite3* db, std::string_view kept) {
    const std::string names = attached_databases(db);
    std::string_view rest = names;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n') + 1);
        rest.remove_prefix(line.size());
        const std::size_t at = kept.find(line);
        if (at == 0 || (at != kept.npos && kept[at - 1] == '\n')) continue;
        ask(db, join({"DETACH ", line}));
    }
}

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

bool Settings::may_change(std::string_view sql) noexcept {
    for (mica::detail::Token token = mica::detail::cut_token(sql); token.kind != 0;
         token = mica::detail::cut_token(sql)) {
        // As in "temp".t, and SQLite takes a name in single quotes too.
        if (token.kind == '"' || token.kind == '\'') token = {token.text.substr(1, token.text.size() - 2), 'a'};
        for (const std::string_view word : {"PRAGMA", "TEMP", "TEMPORARY", "ATTACH"}) {
            if (mica::detail::is_word(token, word)) return true;
        }
    }
    return false;
}

void Settings::keep(sqlite3* db) {
    if (!kept_.empty()) return;
    std::string read;
    for (const detail::Setting& setting : detail::connection_settings) {
        const std::string value = setting.at_open.empty() ? detail::ask(db, setting) : std::string{};
        mica::detail::append(read, {value, setting.at_open, "\n"});
    }
    attached_ = detail::attached_databases(db);
    kept_.swap(read);
}

void Settings::accept(sqlite3* db) {
    if (kept_.empty()) return;  // what comes will be seen by keep()
    kept_.clear();
    keep(db);
}

void Settings::restore(sqlite3* db) {
    std::exception_ptr failure;
    const auto attempt = [&](auto action) {
        try {
            action();
        } catch (...) {
            if (!failure) failure = std::current_exception();
        }
    };
    attempt([&] { detail::drop_temporary_objects(db); });
    attempt([&] { detail::detach_others(db, attached_); });
    std::string_view rest = kept_;
    for (const detail::Setting& setting : detail::connection_settings) {
        const std::string_view wanted = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(wanted.size() + 1);
        attempt([&] {
            if (detail::ask(db, setting) != wanted) detail::set(db, setting.name, wanted);
        });
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace mica::sqlite
