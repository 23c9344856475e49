// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/open_connection.hpp>

#include <cstdio>
#include <string>

namespace mica::detail {

void print_statement(std::string_view sql) {
    const std::string line = join({"mica: ", sql, "\n"});
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void throw_lost_transaction() {
    throw_misuse("the database has ended this transaction by itself; end its scope, or call rollback(), first");
}

}  // namespace mica::detail
