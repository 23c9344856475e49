// SPDX-License-Identifier: BSL-1.0
// Text keeps every byte, an embedded NUL included; an empty string is never NULL.
#pragma once

#include <mica/codec/codec.hpp>

#include <string>
#include <string_view>

namespace mica {

template <>
struct Codec<std::string> {
    using Storage = std::string;
    static constexpr const std::string& encode(const std::string& value) noexcept { return value; }
    static constexpr std::string decode(std::string_view stored) { return std::string{stored}; }
};

/// Reading gives a view into the statement's row: valid until the next row, so only streaming rows may have one.
template <>
struct Codec<std::string_view> {
    using Storage = std::string_view;
    static constexpr std::string_view encode(std::string_view value) noexcept { return value; }
    static constexpr std::string_view decode(std::string_view stored) noexcept { return stored; }
};

}  // namespace mica
