// SPDX-License-Identifier: BSL-1.0
// SQL text as a constant: a render function runs twice in constant evaluation, once to measure and once to write.
#pragma once

#include <mica/core/text.hpp>
#include <mica/core/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica {

/// A value written into DDL, where SQL allows no parameter. Queries never have one: their values are bound.
struct Literal {
    StorageClass storage = StorageClass::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text{};
    Bytes blob{};
};

/// A piece of a statement that is known only at run time: whether it is there, and its text with a bare `?` for each
/// value where it has one of its own.
struct Fragment {
    bool is_there = true;
    std::string_view text{};
    int parameters = 0;
};

/// Receives SQL text. Without a buffer it only counts. Usable in constant evaluation and at run time.
class SqlWriter {
public:
    constexpr SqlWriter() = default;
    constexpr explicit SqlWriter(char* out) : out_(out) {}

    constexpr std::size_t size() const noexcept { return size_; }
    constexpr int parameters() const noexcept { return parameters_; }

    constexpr void put(char character) {
        if (out_ != nullptr) out_[size_] = character;
        ++size_;
    }

    constexpr void text(std::string_view fragment) {
        const std::size_t size = fragment.size();
        if (out_ != nullptr) {
            // By hand, as in all of constant evaluation: each call there takes memory, and there are many characters.
            const char* const from = fragment.data();
            char* const to = out_ + size_;
            for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
        }
        size_ += size;
    }

    /// Any name, reserved words and quotes included (https://www.sqlite.org/lang_keywords.html).
    constexpr void identifier(std::string_view name) { quoted(name, '"'); }

    /// A name put together from parts.
    constexpr void begin_identifier() { put('"'); }
    constexpr void identifier_part(std::string_view part) { escaped(part, '"'); }
    constexpr void end_identifier() { put('"'); }

    constexpr void string_literal(std::string_view value) { quoted(value, '\''); }

    constexpr void number(std::int64_t value) {
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

    /// From here on writes these values, in their order, where parameters would stand: for DDL.
    constexpr void write_values(const Literal* literals) { literals_ = literals; }

    /// From here on takes these fragments, in their order, where a statement has some.
    constexpr void use_fragments(const Fragment* fragments) { fragments_ = fragments; }

    /// The next fragment, its text written. SQLite counts a bare `?` on from the number before it.
    constexpr const Fragment& fragment() {
        const Fragment& next = *fragments_++;
        text(next.text);
        parameters_ += next.parameters;
        return next;
    }

    /// The next bound value, `?1` first; in DDL the next literal.
    constexpr void parameter() {
        if (literals_ != nullptr) {
            literal(*literals_++);
            return;
        }
        ++parameters_;
        put('?');
        if (!numbers_parameters) return;
        number(parameters_);
    }

    constexpr void literal(const Literal& value) {
        switch (value.storage) {
            case StorageClass::null: text("NULL"); break;
            case StorageClass::integer: number(value.integer); break;
            case StorageClass::real: real_literal(value.real); break;
            case StorageClass::text: text_literal(value.text); break;
            case StorageClass::blob: blob_literal(value.blob); break;
        }
    }

    /// Columns stand as `"table"."column"`, except where SQL wants them bare: in DDL and left of `=` in SET.
    bool qualify_columns = true;
    /// Parameters stand as `?1`, except in a fragment, whose place in its statement is not known yet.
    bool numbers_parameters = true;

private:
    constexpr void quoted(std::string_view value, char quote) {
        put(quote);
        escaped(value, quote);
        put(quote);
    }

    constexpr void escaped(std::string_view value, char quote) {
        const char* const from = value.data();
        std::size_t written = 0;
        for (std::size_t i = 0, size = value.size(); i < size; ++i) {
            if (from[i] != quote) continue;
            text({from + written, i + 1 - written});
            written = i;
        }
        text({from + written, value.size() - written});
    }

    /// The tokenizer ends at a NUL, so that a text with one is written as its bytes.
    constexpr void text_literal(std::string_view value) {
        if (value.find('\0') == std::string_view::npos) return string_literal(value);
        text("CAST(x'");
        for (const char character : value) hex(static_cast<unsigned char>(character));
        text("' AS TEXT)");
    }

    constexpr void blob_literal(Bytes value) {
        text("x'");
        for (const std::byte byte : value) hex(std::to_integer<unsigned char>(byte));
        put('\'');
    }

    constexpr void hex(unsigned char byte) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        put(digits[byte / 16]);
        put(digits[byte % 16]);
    }

    /// SQLite reads the very same double: from the shortest decimal where it reads that right, else from a calculation
    /// whose every number is exact. NaN is NULL, as SQLite has it.
    constexpr void real_literal(double value) {
        if (is_nan(value)) return text("NULL");
        if (value < 0) {
            put('-');
            value = -value;
        }
        if (value > 1.7976931348623157e308) return text("9e999");
        double scale = 1;
        for (int decimals = 0; decimals <= 22; ++decimals, scale *= 10) {
            const double scaled = value * scale;
            if (scaled >= 9007199254740992.0) break;
            const auto digits = static_cast<std::int64_t>(scaled + 0.5);
            if (static_cast<double>(digits) / scale != value) continue;
            if (decimals > 4 && is_rounded_twice(static_cast<double>(digits), scale, value)) break;
            return decimal(digits, decimals);
        }
        powers_of_two(value);
    }

    /// SQLite before 3.43 divides in extended precision and then rounds again. That goes wrong where the exact quotient
    /// lies next to the middle of two doubles. With four decimals or fewer none does: 5 to the 4th is below 2 to the
    /// 11th.
    static constexpr bool is_rounded_twice(double dividend, double divisor, double quotient) {
        double magnitude = 1;  // the largest power of two up to the quotient
        while (magnitude > quotient) magnitude /= 2;
        while (magnitude * 2 <= quotient) magnitude *= 2;
        const double product = quotient * divisor;
        const double remainder = dividend - product - product_error(quotient, divisor, product);
        const double distance = remainder < 0 ? -remainder : remainder;
        const bool next_is_closer = remainder < 0 && quotient == magnitude;
        const double middle = magnitude * divisor / (next_is_closer ? 18014398509481984.0 : 9007199254740992.0);
        return distance > middle * (1 - 1.0 / 512);
    }

    /// What rounding `product`, of two other doubles, has taken away (Dekker 1971).
    static constexpr double product_error(double left, double right, double product) {
        constexpr double splitter = 134217729;
        const double left_high = splitter * left - (splitter * left - left);
        const double right_high = splitter * right - (splitter * right - right);
        const double left_low = left - left_high;
        const double right_low = right - right_high;
        return left_high * right_high - product + left_high * right_low + left_low * right_high + left_low * right_low;
    }

    /// In steps of many binary places: SQLite takes no expression of more than 1000 operators.
    constexpr void powers_of_two(double value) {
        int exponent = 0;
        for (; value < 4503599627370496.0; value *= 2) --exponent;
        for (; value >= 9007199254740992.0; value /= 2) ++exponent;
        auto mantissa = static_cast<std::int64_t>(value);
        for (; exponent < 0 && mantissa % 2 == 0; mantissa /= 2) ++exponent;
        put('(');
        number(mantissa);
        text(".0");
        while (exponent != 0) {
            text(exponent < 0 ? " / " : " * ");
            int places = exponent < 0 ? -exponent : exponent;
            if (places > 52) places = 52;
            number(std::int64_t{1} << places);
            text(".0");
            exponent += exponent < 0 ? places : -places;
        }
        put(')');
    }

    constexpr void decimal(std::int64_t digits, int decimals) {
        std::int64_t scale = 1;
        if (decimals > 18) {
            number(digits);
            text(".0e-");
            return number(decimals);
        }
        for (int i = 0; i < decimals; ++i) scale *= 10;
        number(digits / scale);
        put('.');
        if (decimals == 0) return put('0');
        for (std::int64_t place = scale / 10; place > 0; place /= 10) {
            put(static_cast<char>('0' + digits / place % 10));
        }
    }

    char* out_ = nullptr;
    const Literal* literals_ = nullptr;
    const Fragment* fragments_ = nullptr;
    std::size_t size_ = 0;
    int parameters_ = 0;
};

/// Appends a quoted name to text that is made at run time.
[[gnu::noinline]] inline void append_identifier(std::string& text, std::string_view name) {
    detail::append(text, {"\""});
    for (std::size_t quote = name.find('"'); quote != name.npos; quote = name.find('"')) {
        detail::append(text, {name.substr(0, quote), "\"\""});
        name.remove_prefix(quote + 1);
    }
    detail::append(text, {name, "\""});
}

using RenderFunction = void (*)(SqlWriter&);

struct TextShape {
    std::size_t size = 0;
    int parameters = 0;
};

/// SQL text of known length, terminated by NUL.
template <std::size_t Size>
struct SqlText {
    char data[Size + 1]{};
    constexpr std::string_view view() const noexcept { return {data, Size}; }
};

constexpr TextShape measure(RenderFunction render) {
    SqlWriter writer;
    render(writer);
    return {writer.size(), writer.parameters()};
}

template <std::size_t Size>
constexpr SqlText<Size> write(RenderFunction render) {
    SqlText<Size> text;
    SqlWriter writer{text.data};
    render(writer);
    return text;
}

}  // namespace mica
