// SPDX-License-Identifier: BSL-1.0
// boost::uuids::uuid as 16 bytes, and UuidText, which is one that is stored as text. Only home of Boost.Uuid.
#pragma once

#include <mica/codec/codec.hpp>

#include <boost/uuid/uuid.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica {

namespace detail {

/// The digits of a UUID and the hyphens between them: 8-4-4-4-12.
inline constexpr std::size_t uuid_length = 36;

constexpr bool is_uuid_hyphen(std::size_t place) { return place == 8 || place == 13 || place == 18 || place == 23; }

constexpr int uuid_digit(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    const int lower = letter | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace detail

/// Stored as BLOB of its 16 bytes, which are the shortest key and sort as the digits do. For text see UuidText.
template <>
struct Codec<boost::uuids::uuid> {
    using Storage = std::vector<std::byte>;
    static constexpr std::string_view misfit = "that is no UUID: it has not 16 bytes";
    static Bytes encode(const boost::uuids::uuid& value) noexcept {
        return {reinterpret_cast<const std::byte*>(&*value.begin()), 16};
    }
    static bool fits(Bytes stored) noexcept { return stored.size() == 16; }
    static boost::uuids::uuid decode(Bytes stored) noexcept {
        boost::uuids::uuid value{};
        std::size_t place = 0;
        for (auto& byte : value) byte = static_cast<std::uint8_t>(stored[place++]);
        return value;
    }
};

/// A UUID that is stored as text, `67e55044-10b1-426f-9247-bb680e5fe0c8`: a field's type, or the base of a codec, as
/// EnumText is. Written in lower case; read in either. SQL compares texts: where others may have written upper case,
/// say collate<&T::id>("NOCASE").
class UuidText {
public:
    using Storage = std::string;
    static constexpr std::string_view misfit = "that is no UUID";

    UuidText(const boost::uuids::uuid& value = {}) noexcept : value_(value) {}
    operator const boost::uuids::uuid&() const noexcept { return value_; }
    friend bool operator==(const UuidText& left, const UuidText& right) noexcept { return left.value_ == right.value_; }
    friend bool operator==(const UuidText& left, const boost::uuids::uuid& right) noexcept {
        return left.value_ == right;
    }
    friend bool operator<(const UuidText& left, const UuidText& right) noexcept { return left.value_ < right.value_; }

    static std::string encode(const boost::uuids::uuid& value) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text(detail::uuid_length, '-');
        std::size_t place = 0;
        for (const std::uint8_t byte : value) {
            if (detail::is_uuid_hyphen(place)) ++place;
            text[place++] = digits[byte >> 4U];
            text[place++] = digits[byte & 15U];
        }
        return text;
    }

    template <class Value>
    static bool parse(std::string_view stored, Value& out) noexcept {
        if (stored.size() != detail::uuid_length) return false;
        boost::uuids::uuid value{};
        std::size_t place = 0;
        for (auto& byte : value) {
            if (detail::is_uuid_hyphen(place) && stored[place++] != '-') return false;
            const int high = detail::uuid_digit(stored[place++]);
            const int low = detail::uuid_digit(stored[place++]);
            if (high < 0 || low < 0) return false;
            byte = static_cast<std::uint8_t>(high * 16 + low);
        }
        out = value;
        return true;
    }

private:
    boost::uuids::uuid value_;
};

template <>
struct Codec<UuidText> : UuidText {};

}  // namespace mica
