// SPDX-License-Identifier: BSL-1.0
// std::filesystem::path, recognized by its shape: whoever has one has included <filesystem>, nobody else pays for it.
#pragma once

#include <mica/codec/codec.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace mica {

template <class Value>
concept PathLike = requires(const Value& value) {
    typename Value::string_type;
    { value.native() } -> std::convertible_to<const std::string&>;
    value.lexically_normal();
};

/// Stored as the native text, unchanged.
template <PathLike Value>
struct Codec<Value> {
    using Storage = std::string;
    static const std::string& encode(const Value& value) noexcept { return value.native(); }
    static Value decode(std::string_view stored) { return Value{stored}; }
};

}  // namespace mica
