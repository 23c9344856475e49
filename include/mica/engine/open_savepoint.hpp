// SPDX-License-Identifier: BSL-1.0
// A savepoint of a connection's transaction, as the connection keeps it.
#pragma once

#include <cstdint>
#include <string>

namespace mica::detail {

/// A savepoint that is open, by a number of its own. One that a text of the program's has opened has a name; it ends
/// with the next one around it that is mica's.
struct OpenSavepoint {
    std::uint64_t number = 0;
    std::string name{};
};

}  // namespace mica::detail
