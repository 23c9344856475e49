// SPDX-License-Identifier: BSL-1.0
// The text of an array in an object of its own: a constant where the array is one, which a std::string is not on g++
// 12, and copied and destroyed without code, which a statement with a literal has a lot of.
#pragma once

#include <cstddef>
#include <string_view>

namespace mica::detail {

/// A copy of a text of at most `capacity` characters.
template <std::size_t capacity>
class OwnedText {
public:
    constexpr explicit OwnedText(std::string_view text) noexcept : size_(text.size()) { text.copy(text_, size_); }
    constexpr operator std::string_view() const noexcept { return {text_, size_}; }

private:
    char text_[capacity]{};
    std::size_t size_;
};

/// The capacity for the text of an array of so many characters: few different ones, for each makes another statement.
constexpr std::size_t text_capacity(std::size_t array_size) noexcept {
    std::size_t capacity = 16;
    while (capacity < array_size) capacity *= 4;
    return capacity;
}

}  // namespace mica::detail
