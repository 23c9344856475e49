// SPDX-License-Identifier: BSL-1.0
// What a value is sent to where SQLite wants the result of a column.
#pragma once

#include <mica/core/value.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <string_view>

namespace mica::sqlite::detail {

/// Text and bytes are not copied: they stay where they are until SQLite asks for another row.
struct ResultSink {
    sqlite3_context* context;

    void null() noexcept { sqlite3_result_null(context); }
    void integer(std::int64_t value) noexcept { sqlite3_result_int64(context, value); }
    void real(double value) noexcept { sqlite3_result_double(context, value); }
    void text(std::string_view value, Lifetime) noexcept {
        sqlite3_result_text64(context, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    void blob(Bytes value, Lifetime) noexcept {
        sqlite3_result_blob64(context, value.data(), value.size(), SQLITE_STATIC);
    }
};

static_assert(ValueSink<ResultSink>);

}  // namespace mica::sqlite::detail
