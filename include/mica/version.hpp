// SPDX-License-Identifier: BSL-1.0
// The version of mica: macros for the preprocessor, a string for people.
#pragma once

#include <string_view>

#define MICA_VERSION_MAJOR 0
#define MICA_VERSION_MINOR 1
#define MICA_VERSION_PATCH 0

namespace mica {

/// mica's version, of the headers that are compiled.
inline constexpr std::string_view version_string = "0.1.0";

}  // namespace mica
