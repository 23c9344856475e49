// SPDX-License-Identifier: BSL-1.0
// The pattern of LIKE that finds a text taken literally.
#pragma once

#include <mica/core/error.hpp>

#include <cstddef>
#include <string_view>

namespace mica::detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_nul_in_pattern() {
    refuse<DataError>({"mica: contains, starts_with and ends_with cannot look for a text with a NUL"});
}

/// Writes `prefix` and `suffix` around the text with LIKE's own characters escaped, and gives the size.
constexpr std::size_t write_pattern(char* out, std::string_view prefix, std::string_view text,
                                    std::string_view suffix) {
    const char* const first = out;
    for (const char character : prefix) *out++ = character;
    for (const char character : text) {
        if (character == '\0') throw_nul_in_pattern();  // where LIKE would end, and match any text before it
        if (character == '%' || character == '_' || character == '\\') *out++ = '\\';
        *out++ = character;
    }
    for (const char character : suffix) *out++ = character;
    return static_cast<std::size_t>(out - first);
}

}  // namespace mica::detail
