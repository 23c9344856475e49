// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/value_text.hpp>

#include <cstddef>
#include <string_view>

namespace mica::detail {

void append_blob(std::string& text, Bytes blob) {
    constexpr std::string_view digits = "0123456789abcdef";
    append(text, {"x'"});
    for (const std::byte byte : blob) {
        append(text, {digits.substr(std::to_integer<std::size_t>(byte >> 4), 1),
                      digits.substr(std::to_integer<std::size_t>(byte & std::byte{15}), 1)});
    }
    append(text, {"'"});
}

}  // namespace mica::detail
