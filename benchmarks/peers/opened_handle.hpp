// SPDX-License-Identifier: BSL-1.0
// The sqlite3 handle of a library that keeps it to itself: SQLite shows each new connection to an automatic extension.
#pragma once

#include <sqlite3.h>

#include <stdexcept>

namespace benchmarks {

/// While it lives, it notes the last connection that this program opened.
class OpenedHandle {
public:
    OpenedHandle() {
        last_ = nullptr;
        sqlite3_auto_extension(entry());
    }
    OpenedHandle(const OpenedHandle&) = delete;
    OpenedHandle& operator=(const OpenedHandle&) = delete;
    ~OpenedHandle() { sqlite3_cancel_auto_extension(entry()); }

    sqlite3* get() const {
        if (last_ == nullptr) throw std::runtime_error("nothing was opened");
        return last_;
    }

private:
    static int note(sqlite3* opened, const char**, const struct sqlite3_api_routines*) noexcept {
        last_ = opened;
        return SQLITE_OK;
    }
    static auto entry() noexcept -> void (*)() { return reinterpret_cast<void (*)()>(&note); }

    static inline sqlite3* last_ = nullptr;
};

/// What the hand-written side does by its own connection, on that of another library.
inline void execute(sqlite3* handle, const char* text) {
    if (sqlite3_exec(handle, text, nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(handle));
    }
}

inline sqlite3_int64 number(sqlite3* handle, const char* query) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, query, -1, &statement, nullptr) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        throw std::runtime_error(sqlite3_errmsg(handle));
    }
    const sqlite3_int64 found = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

}  // namespace benchmarks
