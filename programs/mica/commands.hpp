// SPDX-License-Identifier: BSL-1.0
// What the program `mica` does with its arguments.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace mica::program {

/// Runs a command; gives its exit code: 0 where all is well, 1 where --check has found something, 2 after an error,
/// which is told to `errors`. Throws nothing but what writing to the streams throws.
int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& errors);

}  // namespace mica::program
