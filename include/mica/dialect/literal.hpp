// SPDX-License-Identifier: BSL-1.0
// Values written into DDL, where SQL allows no parameter.
#pragma once

#include <mica/core/value.hpp>
#include <mica/dialect/dialect.hpp>
#include <mica/dialect/text_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica {

/// A value of DDL. Queries never have one: their values are bound.
struct Literal {
    StorageClass storage = StorageClass::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text{};
    Bytes blob{};
};

/// Writes a value so that it is read back exactly.
class LiteralWriter {
public:
    constexpr LiteralWriter(TextWriter& out, const Dialect& dialect) : out_(out), dialect_(dialect) {}

    constexpr void write(const Literal& value) {
        switch (value.storage) {
            case StorageClass::null: out_.text("NULL"); break;
            case StorageClass::integer: out_.number(value.integer); break;
            case StorageClass::real: real(value.real); break;
            case StorageClass::text: text(value.text); break;
            case StorageClass::blob: blob(value.blob); break;
        }
    }

private:
    /// A tokenizer ends at a NUL, so that a text with one is written as its bytes.
    constexpr void text(std::string_view value) {
        if (value.find('\0') == std::string_view::npos) {
            out_.put('\'');
            out_.escaped(value, '\'');
            return out_.put('\'');
        }
        out_.text("CAST(");
        out_.text(dialect_.blob.before);
        for (const char character : value) out_.hex(static_cast<unsigned char>(character));
        out_.text(dialect_.blob.after);
        out_.text(" AS ");
        out_.text(dialect_.column_type(StorageClass::text));
        out_.put(')');
    }

    constexpr void blob(Bytes value) {
        out_.text(dialect_.blob.before);
        for (const std::byte byte : value) out_.hex(std::to_integer<unsigned char>(byte));
        out_.text(dialect_.blob.after);
    }

    /// SQLite reads the very same double: from the shortest decimal where it reads that right, else from a calculation
    /// whose every number is exact. NaN is NULL, as SQLite has it.
    constexpr void real(double value) {
        if (is_nan(value)) return out_.text("NULL");
        if (value < 0) {
            out_.put('-');
            value = -value;
        }
        if (value > 1.7976931348623157e308) return out_.text(dialect_.infinity);
        double scale = 1;
        for (int decimals = 0; decimals <= 22; ++decimals, scale *= 10) {
            const double scaled = value * scale;
            if (scaled >= 9007199254740992.0) break;
            const auto digits = static_cast<std::int64_t>(scaled + 0.5);
            if (!is_same_number(static_cast<double>(digits) / scale, value)) continue;
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
        const bool next_is_closer = remainder < 0 && is_same_number(quotient, magnitude);
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
        out_.put('(');
        out_.number(mantissa);
        out_.text(".0");
        while (exponent != 0) {
            out_.text(exponent < 0 ? " / " : " * ");
            int places = exponent < 0 ? -exponent : exponent;
            if (places > 52) places = 52;
            out_.number(std::int64_t{1} << places);
            out_.text(".0");
            exponent += exponent < 0 ? places : -places;
        }
        out_.put(')');
    }

    constexpr void decimal(std::int64_t digits, int decimals) {
        std::int64_t scale = 1;
        if (decimals > 18) {
            out_.number(digits);
            out_.text(".0e-");
            return out_.number(decimals);
        }
        for (int i = 0; i < decimals; ++i) scale *= 10;
        out_.number(digits / scale);
        out_.put('.');
        if (decimals == 0) return out_.put('0');
        for (std::int64_t place = scale / 10; place > 0; place /= 10) {
            out_.put(static_cast<char>('0' + digits / place % 10));
        }
    }

    TextWriter& out_;
    const Dialect& dialect_;
};

}  // namespace mica
