// SPDX-License-Identifier: BSL-1.0
// A string literal as a template argument: alias<Employee, "boss">.
#pragma once

#include <cstddef>
#include <string_view>

namespace mica {

template <std::size_t Size>
struct FixedString {
    char data[Size]{};

    consteval FixedString(const char (&literal)[Size]) {
        for (std::size_t i = 0; i < Size; ++i) data[i] = literal[i];
    }

    constexpr std::string_view view() const noexcept { return {data, Size - 1}; }
};

}  // namespace mica
