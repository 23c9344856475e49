// SPDX-License-Identifier: BSL-1.0
// Characters, counted or written: what every dialect is spelled with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica {

/// Receives text. Without a buffer it only counts. Usable in constant evaluation and, outside of hot paths, at run
/// time: a call costs less to compile than what it would put in its place.
class TextWriter {
public:
    constexpr TextWriter() = default;
    constexpr explicit TextWriter(char* out) : out_(out) {}

    constexpr std::size_t size() const noexcept { return size_; }

    constexpr void put(char character) {
        if (out_ != nullptr) out_[size_] = character;
        ++size_;
    }

    constexpr void text(std::string_view fragment) { text(fragment.data(), fragment.size()); }
    /// A literal, without a std::string_view of it, which would count its characters one by one.
    constexpr void text(const char* words) { text(words, __builtin_strlen(words)); }
    [[gnu::noinline]] constexpr void text(const char* from, std::size_t size) {
        if (out_ != nullptr) {
            // By hand, as in all of constant evaluation: each call there takes memory, and there are many characters.
            char* const to = out_ + size_;
            for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
        }
        size_ += size;
    }

    /// What stands between quotes of which the closing one is `quote`.
    constexpr void escaped(std::string_view value, char quote) { size_ = put_escaped(value, quote, size_); }

    /// The same with its quotes.
    [[gnu::noinline]] constexpr void quoted(std::string_view value, char open, char close) {
        if (out_ != nullptr) out_[size_] = open;
        const std::size_t end = put_escaped(value, close, size_ + 1);
        if (out_ != nullptr) out_[end] = close;
        size_ = end + 1;
    }

    [[gnu::noinline]] constexpr void number(std::int64_t value) {
        std::uint64_t rest = static_cast<std::uint64_t>(value);
        if (value < 0) {
            put('-');
            rest = 0 - rest;
        }
        char digits[20]{};
        int count = 0;
        do {
            digits[count++] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        while (count > 0) put(digits[--count]);
    }

    constexpr void hex(unsigned char byte) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        put(digits[byte / 16]);
        put(digits[byte % 16]);
    }

private:
    [[gnu::noinline]] constexpr std::size_t put_escaped(std::string_view value, char quote, std::size_t end) const {
        const char* const from = value.data();
        const std::size_t size = value.size();
        char* const to = out_;
        for (std::size_t i = 0; i < size; ++i) {
            const char character = from[i];
            if (to != nullptr) to[end] = character;
            ++end;
            if (character != quote) continue;
            if (to != nullptr) to[end] = character;
            ++end;
        }
        return end;
    }

    char* out_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace mica
