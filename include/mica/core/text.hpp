// SPDX-License-Identifier: BSL-1.0
// Text put together at run time, outside of hot paths. All of it goes through these few functions, because each kind of
// std::string operation that a translation unit uses costs 1 to 3 MB of compile memory, and each use of one some more.
#pragma once

#include <mica/core/decl.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mica::detail {

/// Appends the parts, one after the other. None of them lies in `text`.
[[gnu::cold]] MICA_DECL void append(std::string& text, std::initializer_list<std::string_view> parts);

/// The parts, one after the other.
[[gnu::cold]] MICA_DECL std::string join(std::initializer_list<std::string_view> parts);

/// One letter as text. A pointer and a length of exactly these types, as everywhere: for others the compiler asks
/// whether std::string_view's constructor of two iterators suits, which takes 2.5 MB.
constexpr std::string_view letter(const char& c) noexcept { return {&c, std::size_t{1}}; }

/// Appends a number as printf() wrote it, but with a point: the program's locale may have another sign there, of more
/// than one byte.
[[gnu::cold]] MICA_DECL void append_with_point(std::string& text, std::string_view number);

/// Appends a number by the fewest digits, at least 15, that read back as the same.
[[gnu::cold]] MICA_DECL void append_real(std::string& text, double value);

/// A whole number in decimal digits.
class Decimal {
public:
    explicit constexpr Decimal(std::int64_t value) noexcept {
        std::uint64_t rest = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
        do {
            digits_[--first_] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (value < 0) digits_[--first_] = '-';
    }
    constexpr operator std::string_view() const noexcept { return {digits_ + first_, sizeof digits_ - first_}; }

private:
    char digits_[20]{};
    std::size_t first_ = sizeof digits_;
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/text.ipp>
#endif
