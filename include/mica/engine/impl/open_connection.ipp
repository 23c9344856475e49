// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/open_connection.hpp>

namespace mica::detail {

void throw_lost_transaction() {
    throw_misuse("the database has ended this transaction by itself; end its scope, or call rollback(), first");
}

}  // namespace mica::detail
