// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>

namespace mica::detail {

void append(std::string& text, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) text.append(part.data(), part.size());
}

std::string join(std::initializer_list<std::string_view> parts) {
    std::string text;
    append(text, parts);
    return text;
}

}  // namespace mica::detail
