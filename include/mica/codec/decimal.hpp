// SPDX-License-Identifier: BSL-1.0
// decimal<2>: an exact number with a fixed count of decimals, a whole number of its smallest units in 64 bits.
#pragma once

#include <mica/codec/arithmetic.hpp>
#include <mica/core/error.hpp>
#include <mica/core/text.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace mica {

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_decimal_overflow() {
    refuse<DataError>({"mica: a decimal is out of its range, which 64 bits have"});
}
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_no_decimal() {
    refuse<DataError>({"mica: a text is no decimal of so many places, or is out of its range"});
}

constexpr std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

constexpr std::int64_t checked_product(std::int64_t left, std::int64_t right) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(left, right, &product)) throw_decimal_overflow();
    return product;
}

/// Reads `-12.50`, `+3`, `.5`, `4E+8` as a whole number of units, of which 10^scale are one. Nothing is rounded.
constexpr std::optional<std::int64_t> read_decimal(std::string_view text, int scale) {
    const char* at = text.data();
    const char* const end = at + text.size();
    const bool is_negative = at != end && *at == '-';
    if (at != end && (*at == '-' || *at == '+')) ++at;
    std::int64_t units = 0;  // negative, as the least number has no opposite
    std::int64_t zeros = 0;  // behind what `units` holds: they count only where another digit follows
    std::int64_t places = scale;
    bool has_digit = false;
    bool is_behind_point = false;
    const auto shift = [&units](std::int64_t by, int digit) {
        for (; by > 0 && units != 0; --by) {
            if (__builtin_mul_overflow(units, 10, &units)) return false;
        }
        return !__builtin_sub_overflow(units, digit, &units);
    };
    for (; at != end && *at != 'e' && *at != 'E'; ++at) {
        if (*at == '.' && !is_behind_point) {
            is_behind_point = true;
            continue;
        }
        if (*at < '0' || *at > '9') return std::nullopt;
        has_digit = true;
        if (is_behind_point) --places;
        ++zeros;
        if (*at == '0') continue;
        if (!shift(zeros, *at - '0')) return std::nullopt;
        zeros = 0;
    }
    if (!has_digit) return std::nullopt;
    if (at != end) {
        const bool is_small = ++at != end && *at == '-';
        if (at != end && (*at == '-' || *at == '+')) ++at;
        if (at == end) return std::nullopt;
        std::int64_t exponent = 0;
        for (; at != end; ++at) {
            if (*at < '0' || *at > '9' || exponent > 1000) return std::nullopt;
            exponent = exponent * 10 + (*at - '0');
        }
        places += is_small ? -exponent : exponent;
    }
    if (units == 0) return 0;
    if (places + zeros < 0 || !shift(places + zeros, 0)) return std::nullopt;
    if (is_negative) return units;
    if (units == INT64_MIN) return std::nullopt;
    return -units;
}

inline std::string write_decimal(std::int64_t units, int scale) {
    std::string digits = join({Decimal{units}});
    const std::size_t sign = units < 0 ? 1 : 0;
    const auto places = static_cast<std::size_t>(scale);
    if (digits.size() - sign <= places) digits.insert(sign, places + 1 - (digits.size() - sign), '0');
    if (scale > 0) digits.insert(digits.size() - places, 1, '.');
    return digits;
}

}  // namespace detail

/// A number with `scale` decimals, as money has two. Stored as an INTEGER of the smallest units, so that SQL compares,
/// sorts and adds it exactly; 64 bits hold 18 digits. Nothing is rounded unless round() is written, and what does not
/// fit is a DataError. In queries `+ -` go with its own kind, `* /` with numbers; sum, min and max give a decimal.
/// avg() gives a double in units: divide it by `one`.
template <int scale>
    requires(scale >= 0 && scale <= 18)
class decimal {
public:
    static constexpr int places = scale;
    /// How many units are one.
    static constexpr std::int64_t one = detail::power_of_ten(scale);

    constexpr decimal() noexcept = default;
    /// A whole number. Throws DataError where it is too large.
    template <StoredInteger Whole>
    constexpr explicit decimal(Whole whole) : units_(detail::checked_product(static_cast<std::int64_t>(whole), one)) {}
    /// Reads a text as parse() does. Throws DataError where it is none.
    constexpr explicit decimal(std::string_view text) : units_(read(text)) {}
    constexpr explicit decimal(const char* text) : units_(read(text)) {}
    /// Binary fractions are no decimal ones: give a text.
    template <std::floating_point Real>
    decimal(Real) = delete;

    /// So many of the smallest units: 1250 is 12.50 where there are two decimals.
    static constexpr decimal from_units(std::int64_t units) noexcept {
        decimal value;
        value.units_ = units;
        return value;
    }
    /// Reads `12.50`, `-0.5`, `4E+3`; empty for any other text, for one out of range and for one with more decimals
    /// that are not 0.
    static constexpr std::optional<decimal> parse(std::string_view text) {
        const std::optional<std::int64_t> units = detail::read_decimal(text, scale);
        if (!units) return std::nullopt;
        return from_units(*units);
    }

    constexpr std::int64_t units() const noexcept { return units_; }
    /// With all of its decimals: `12.50`.
    std::string to_string() const { return detail::write_decimal(units_, scale); }
    /// The nearest double.
    constexpr explicit operator double() const noexcept {
        return static_cast<double>(units_) / static_cast<double>(one);
    }

    /// The same number with other decimals; where there are fewer, rounded half away from zero. Throws DataError where
    /// it is out of range.
    template <int other>
    constexpr decimal<other> round() const {
        if constexpr (other >= scale) {
            return decimal<other>::from_units(detail::checked_product(units_, detail::power_of_ten(other - scale)));
        } else {
            constexpr std::int64_t factor = detail::power_of_ten(scale - other);
            const std::int64_t rest = units_ % factor;
            const bool is_carried = rest >= factor - rest || -rest >= factor + rest;
            const std::int64_t carry = !is_carried ? 0 : rest < 0 ? -1 : 1;
            return decimal<other>::from_units(units_ / factor + carry);
        }
    }

    // All of these throw DataError where the result is out of range.
    constexpr decimal operator-() const { return decimal{} - *this; }
    constexpr decimal& operator+=(decimal other) {
        if (__builtin_add_overflow(units_, other.units_, &units_)) detail::throw_decimal_overflow();
        return *this;
    }
    constexpr decimal& operator-=(decimal other) {
        if (__builtin_sub_overflow(units_, other.units_, &units_)) detail::throw_decimal_overflow();
        return *this;
    }
    template <StoredInteger Factor>
    constexpr decimal& operator*=(Factor factor) {
        units_ = detail::checked_product(units_, static_cast<std::int64_t>(factor));
        return *this;
    }
    friend constexpr decimal operator+(decimal left, decimal right) { return left += right; }
    friend constexpr decimal operator-(decimal left, decimal right) { return left -= right; }
    template <StoredInteger Factor>
    friend constexpr decimal operator*(decimal left, Factor right) {
        return left *= right;
    }
    template <StoredInteger Factor>
    friend constexpr decimal operator*(Factor left, decimal right) {
        return right *= left;
    }

    friend constexpr bool operator==(decimal, decimal) = default;
    friend constexpr auto operator<=>(decimal, decimal) = default;

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, decimal value) {
        return out << value.to_string();
    }

private:
    static constexpr std::int64_t read(std::string_view text) {
        const std::optional<std::int64_t> units = detail::read_decimal(text, scale);
        if (!units) detail::throw_no_decimal();
        return *units;
    }

    std::int64_t units_ = 0;
};

template <int scale>
struct Codec<decimal<scale>> {
    using Storage = std::int64_t;
    static constexpr bool is_additive = true;
    static constexpr std::int64_t encode(decimal<scale> value) noexcept { return value.units(); }
    static constexpr decimal<scale> decode(std::int64_t units) noexcept { return decimal<scale>::from_units(units); }
};

}  // namespace mica
