// SPDX-License-Identifier: BSL-1.0
// Bytes. An empty blob is never NULL; an array takes exactly its own length.
#pragma once

#include <mica/codec/codec.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
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

template <std::size_t Size>
struct Codec<std::array<std::byte, Size>> {
    using Storage = std::vector<std::byte>;
    static constexpr Bytes encode(const std::array<std::byte, Size>& value) noexcept { return value; }
    static constexpr bool fits(Bytes stored) noexcept { return stored.size() == Size; }
    static constexpr std::array<std::byte, Size> decode(Bytes stored) noexcept {
        std::array<std::byte, Size> value{};
        for (std::size_t i = 0; i < Size; ++i) value[i] = stored[i];
        return value;
    }
};

}  // namespace mica
