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

    [[gnu::noinline]] constexpr void text(std::string_view fragment) {
        const std::size_t size = fragment.size();
        if (out_ != nullptr) {
            // By hand, as in all of constant evaluation: each call there takes memory, and there are many characters.
            const char* const from = fragment.data();
            char* const to = out_ + size_;
            for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
        }
        size_ += size;
    }

    /// What stands between quotes of which the closing one is `quote`.
    [[gnu::noinline]] constexpr void escaped(std::string_view value, char quote) {
        const char* const from = value.data();
        std::size_t written = 0;
        for (std::size_t i = 0, size = value.size(); i < size; ++i) {
            if (from[i] != quote) continue;
            text({from + written, i + 1 - written});
            written = i;
        }
        text({from + written, value.size() - written});
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
    char* out_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace mica
