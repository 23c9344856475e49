// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/transaction_text.hpp>

namespace mica::detail {

void throw_ignored_setting(std::string_view setting, std::string_view sql) {
    refuse<ProgrammingError>(
        {"mica: ", setting, " cannot be set inside of a transaction; set it on a connection that has none open"}, sql);
}

void throw_write_permission(std::string_view sql) {
    refuse<ProgrammingError>(
        {"mica: what only reads does not set whether it may write; take a Connection or a Session"}, sql);
}

void throw_text_of_transaction(bool is_sessions, bool is_migrating, std::string_view sql) {
    refuse<ProgrammingError>(
        {is_sessions    ? "mica: a session begins and ends its transaction itself; call commit(), "
                          "rollback() or nested()"
         : is_migrating ? "mica: a migration has a transaction of its own, which no text of it begins or ends"
                        : "mica: inside of a test scope no text begins or ends a transaction; call "
                          "begin(), commit() or rollback()"},
        sql);
}

void throw_own_savepoint(std::string_view name, std::string_view sql) {
    refuse<ProgrammingError>({"mica: the name ", name, " is that of the library's own savepoints; take another"}, sql);
}

}  // namespace mica::detail
