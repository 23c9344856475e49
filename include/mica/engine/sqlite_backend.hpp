// SPDX-License-Identifier: BSL-1.0
// SQLite behind the seam.
#pragma once

#include <mica/dialect/sqlite.hpp>
#include <mica/engine/backend.hpp>
#include <mica/engine/url.hpp>
#include <mica/sqlite/database.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace mica::sqlite {

struct Backend {
    using Database = sqlite::Database;
    using Statement = sqlite::Statement;

    struct Target {
        std::string path;
        OpenOptions options;
    };

    static constexpr const Dialect& dialect = mica::dialect::sqlite;

    /// Relative paths are resolved here, once: a later change of directory does not change the database.
    static Target parse(std::string_view text, int busy_timeout_ms) {
        const Url url = parse_url(text);
        return {url.memory ? std::string{} : absolute_path(url.path),
                url.open_options({.busy_timeout_ms = busy_timeout_ms})};
    }

    static Database open(const Target& target) { return Database{target.path, target.options}; }
};

static_assert(mica::Backend<Backend>);

}  // namespace mica::sqlite
