// SPDX-License-Identifier: BSL-1.0
// What echo shows, but for the part that is another one each time.
#pragma once

#include <regex>
#include <string>

namespace mica::test {

/// Takes the parentheses off the lines' ends.
inline std::string without_times(const std::string& shown) {
    return std::regex_replace(shown, std::regex{R"( \([^()]*ms\)\n)"}, "\n");
}

}  // namespace mica::test
