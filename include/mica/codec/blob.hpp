// SPDX-License-Identifier: BSL-1.0
// Bytes. An empty blob is never NULL; an array takes exactly its own length.
#pragma once

#include <mica/codec/codec.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mica {

template <class Byte>
    requires(std::same_as<Byte, std::byte> || std::same_as<Byte, std::uint8_t>)
struct Codec<std::vector<Byte>> {
    using Storage = std::vector<std::byte>;
    static Bytes encode(const std::vector<Byte>& value) noexcept {
        return {reinterpret_cast<const std::byte*>(value.data()), value.size()};
    }
    static std::vector<Byte> decode(Bytes stored) {
        const auto* first = reinterpret_cast<const Byte*>(stored.data());
        return {first, first + stored.size()};
    }
};

template <class Byte, std::size_t Size>
    requires(std::same_as<Byte, std::byte> || std::same_as<Byte, std::uint8_t>)
struct Codec<std::array<Byte, Size>> {
    using Storage = std::vector<std::byte>;
    static constexpr std::string_view misfit = "of another length than its field";
    static constexpr Bytes encode(const std::array<Byte, Size>& value) noexcept {
        if constexpr (std::same_as<Byte, std::byte>) {
            return value;
        } else {
            return {reinterpret_cast<const std::byte*>(value.data()), value.size()};
        }
    }
    static constexpr bool fits(Bytes stored) noexcept { return stored.size() == Size; }
    static constexpr std::array<Byte, Size> decode(Bytes stored) noexcept {
        std::array<Byte, Size> value{};
        for (std::size_t i = 0; i < Size; ++i) value[i] = static_cast<Byte>(stored[i]);
        return value;
    }
};

}  // namespace mica
