// SPDX-License-Identifier: BSL-1.0
// A disk that is full: a limit for the pages of a database, set where the connection's return does not undo it.
#pragma once

#include <mica/mica.hpp>

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace mica::test {

/// Of the connection that the engine lends next, while nobody holds one.
inline void limit_pages(const Engine& engine, int pages) {
    sqlite3* const handle = engine.connect().open().database.handle();
    const std::string sql = "PRAGMA max_page_count = " + std::to_string(pages);
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sql);
}

}  // namespace mica::test
