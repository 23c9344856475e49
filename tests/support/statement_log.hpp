// SPDX-License-Identifier: BSL-1.0
// What the database was really asked to do: the texts of the statements that an engine's connection starts.
#pragma once

#include <mica/engine/engine.hpp>
#include <mica/sqlite.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>
#include <vector>

namespace mica::test {

/// Listens from its construction to its end. The engine must have no other connection, and must live as long.
class StatementLog {
public:
    explicit StatementLog(const Engine& engine) : handle_(engine.connect().open().database.handle()) {
        sqlite3_trace_v2(handle_, SQLITE_TRACE_STMT, &StatementLog::listen, this);
        texts_.clear();
    }
    StatementLog(const StatementLog&) = delete;
    StatementLog& operator=(const StatementLog&) = delete;
    ~StatementLog() { sqlite3_trace_v2(handle_, 0, nullptr, nullptr); }

    const std::vector<std::string>& texts() const noexcept { return texts_; }
    std::vector<std::string> starting_with(std::string_view begin) const {
        std::vector<std::string> found;
        for (const std::string& text : texts_) {
            if (text.starts_with(begin)) found.push_back(text);
        }
        return found;
    }
    void clear() { texts_.clear(); }

private:
    static int listen(unsigned, void* log, void* statement, void*) noexcept {
        const char* const text = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
        static_cast<StatementLog*>(log)->texts_.emplace_back(text == nullptr ? "" : text);
        return 0;
    }

    sqlite3* handle_;
    std::vector<std::string> texts_{};
};

}  // namespace mica::test
