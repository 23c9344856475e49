// SPDX-License-Identifier: BSL-1.0
// Bytes. An empty blob is never NULL; an array takes exactly its own length.
#pragma once

#include <mica/codec/codec.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mica {

template <>
struct Codec<std::vector<std::byte>> {
    using Storage = std::vector<std::byte>;
    static Bytes encode(const std::vector<std::byte>& value) noexcept { return value; }
    static std::vector<std::byte> decode(Bytes stored) { return {stored.begin(), stored.end()}; }
};

template <>
struct Codec<std::vector<std::uint8_t>> {
    using Storage = std::vector<std::byte>;
    static Bytes encode(const std::vector<std::uint8_t>& value) noexcept {
        return std::as_bytes(std::span<const std::uint8_t>{value});
    }
    static std::vector<std::uint8_t> decode(Bytes stored) {
        const auto* first = reinterpret_cast<const std::uint8_t*>(stored.data());
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
