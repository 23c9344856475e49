// SPDX-License-Identifier: BSL-1.0
// The bridge between a C++ value and a database cell. Codecs are pure: they know neither statement nor connection.
#pragma once

#include <mica/core/value.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mica {

/// How `Value` is stored. Specialize it for a type of your own with
/// - `using Storage = …`: any type that is itself storable, but no optional;
/// - `static Storage encode(const Value&)`;
/// - `static Value decode(…)`: takes `std::string_view`, `mica::Bytes`, `std::int64_t`, `double` or a `Storage`.
/// Both may throw; what `decode` throws reaches the reader as a DataError that names table, column and rowid.
/// Optional, for values that not every stored cell holds: `static bool fits(stored)` is asked before `decode`, or
/// `static bool parse(stored, Value& out)` is called in its place; `static constexpr std::string_view misfit` is what
/// the error then says of the cell: "that is no color". Over a number, `static constexpr bool is_additive = true` says
/// that values add as their numbers do: money, lengths.
/// NULL never reaches a codec: that is what std::optional is for.
template <class Value>
struct Codec;

template <class Value>
inline constexpr bool is_optional = false;
template <class Value>
inline constexpr bool is_optional<std::optional<Value>> = true;

template <class Value>
struct WithoutOptional {
    using Type = Value;
};
template <class Value>
struct WithoutOptional<std::optional<Value>> {
    using Type = Value;
};
/// `Value` itself, or what the optional holds.
template <class Value>
using without_optional = typename WithoutOptional<Value>::Type;

namespace detail {

template <class Storage>
consteval StorageClass terminal_class() {
    if constexpr (std::same_as<Storage, std::int64_t>) {
        return StorageClass::integer;
    } else if constexpr (std::same_as<Storage, double>) {
        return StorageClass::real;
    } else if constexpr (std::same_as<Storage, std::string> || std::same_as<Storage, std::string_view>) {
        return StorageClass::text;
    } else if constexpr (std::same_as<Storage, std::vector<std::byte>> || std::same_as<Storage, Bytes>) {
        return StorageClass::blob;
    } else {
        return StorageClass::null;
    }
}

/// Null where `Value` has no codec, or one whose Storage has none.
template <class Value>
consteval StorageClass storage_class() {
    if constexpr (requires { typename Codec<Value>::Storage; }) {
        using Storage = typename Codec<Value>::Storage;
        if constexpr (terminal_class<Storage>() != StorageClass::null) {
            return terminal_class<Storage>();
        } else {
            return storage_class<Storage>();
        }
    } else {
        return StorageClass::null;
    }
}

}  // namespace detail

template <class Value>
concept HasCodec = detail::storage_class<Value>() != StorageClass::null;

/// A value that fits into one cell.
template <class Value>
concept Storable = HasCodec<without_optional<Value>>;

/// Why a cell cannot become a value.
enum class DecodeFlaw : std::uint8_t { none, null, storage_class, range };

namespace detail {

/// The cheapest type that carries a terminal storage class.
template <StorageClass storage>
struct WireOf;
template <>
struct WireOf<StorageClass::integer> {
    using Type = std::int64_t;
};
template <>
struct WireOf<StorageClass::real> {
    using Type = double;
};
template <>
struct WireOf<StorageClass::text> {
    using Type = std::string_view;
};
template <>
struct WireOf<StorageClass::blob> {
    using Type = Bytes;
};

template <class Cell>
constexpr DecodeFlaw read(const Cell& cell, StorageClass held, std::int64_t& out) {
    if (held != StorageClass::integer) return held == StorageClass::null ? DecodeFlaw::null : DecodeFlaw::storage_class;
    out = cell.integer();
    return DecodeFlaw::none;
}

/// An INTEGER cell is taken when the double holds it exactly: NUMERIC columns store 1.0 as 1.
template <class Cell>
constexpr DecodeFlaw read(const Cell& cell, StorageClass held, double& out) {
    if (held == StorageClass::real) {
        out = cell.real();
        return DecodeFlaw::none;
    }
    if (held != StorageClass::integer) return held == StorageClass::null ? DecodeFlaw::null : DecodeFlaw::storage_class;
    const std::int64_t exact = cell.integer();
    out = static_cast<double>(exact);
    constexpr double limit = 9223372036854775808.0;
    return out < limit && static_cast<std::int64_t>(out) == exact ? DecodeFlaw::none : DecodeFlaw::range;
}

/// Of a double that holds a 64-bit integer, and so is within float's range.
constexpr bool is_exact_in_float(double value) noexcept { return is_same_number(static_cast<float>(value), value); }

template <class Cell>
constexpr DecodeFlaw read(const Cell& cell, StorageClass held, std::string_view& out) {
    if (held != StorageClass::text) return held == StorageClass::null ? DecodeFlaw::null : DecodeFlaw::storage_class;
    out = cell.text();
    return DecodeFlaw::none;
}

template <class Cell>
constexpr DecodeFlaw read(const Cell& cell, StorageClass held, Bytes& out) {
    if (held != StorageClass::blob) return held == StorageClass::null ? DecodeFlaw::null : DecodeFlaw::storage_class;
    out = cell.blob();
    return DecodeFlaw::none;
}

template <class Value, class Stored>
constexpr DecodeFlaw assign(const Stored& stored, Value& out) {
    using Own = Codec<Value>;
    if constexpr (requires { Own::fits(stored); }) {
        if (!Own::fits(stored)) return DecodeFlaw::range;
    }
    if constexpr (requires { Own::parse(stored, out); }) {
        return Own::parse(stored, out) ? DecodeFlaw::none : DecodeFlaw::range;
    } else if constexpr (std::same_as<Value, std::string>) {
        out.assign(stored);
    } else if constexpr (requires { Own::decode(stored); }) {
        out = Own::decode(stored);
    } else if constexpr (std::same_as<Stored, Bytes>) {
        out = Own::decode(typename Own::Storage(stored.begin(), stored.end()));
    } else {
        out = Own::decode(typename Own::Storage(stored));
    }
    return DecodeFlaw::none;
}

/// Sends an encoded value on. A temporary's text does not outlive the call, so it is marked to be copied.
template <class Encoded, class Sink>
constexpr void send(Encoded&& encoded, Sink& sink, Lifetime lifetime);

}  // namespace detail

/// The storage class that `Value` is stored with; an optional's is that of what it holds.
template <Storable Value>
inline constexpr StorageClass storage_class_of = detail::storage_class<without_optional<Value>>();

/// Whether values of a type that is no number add as the numbers do that are stored for them.
template <class Value>
inline constexpr bool is_additive = requires { requires Codec<Value>::is_additive; };

/// What is said of a stored value that a `Value` cannot hold.
template <Storable Value>
consteval std::string_view misfit_of() {
    using Own = Codec<without_optional<Value>>;
    if constexpr (requires { Own::misfit; }) {
        return Own::misfit;
    } else if constexpr (detail::terminal_class<typename Own::Storage>() == StorageClass::null) {
        return misfit_of<typename Own::Storage>();
    } else {
        return "that does not fit its field";
    }
}

/// Sends `value` to `sink`: one of null(), integer(i), real(r), text(t, lifetime), blob(b, lifetime).
/// `lifetime` says how long `value` itself lives. Throws what the codec's encode throws.
template <Storable Value, class Sink>
constexpr void encode(const Value& value, Sink& sink, Lifetime lifetime) {
    if constexpr (is_optional<Value>) {
        if (value.has_value()) {
            mica::encode(*value, sink, lifetime);
        } else {
            sink.null();
        }
    } else {
        detail::send(Codec<Value>::encode(value), sink, lifetime);
    }
}

template <class Encoded, class Sink>
constexpr void detail::send(Encoded&& encoded, Sink& sink, Lifetime lifetime) {
    using Plain = std::remove_cvref_t<Encoded>;
    constexpr bool is_view = std::same_as<Plain, std::string_view> || std::same_as<Plain, Bytes>;
    if constexpr (!is_view && !std::is_lvalue_reference_v<Encoded>) lifetime = Lifetime::copied;
    if constexpr (std::same_as<Plain, std::int64_t>) {
        sink.integer(encoded);
    } else if constexpr (std::same_as<Plain, double>) {
        sink.real(encoded);
    } else if constexpr (std::convertible_to<const Plain&, std::string_view>) {
        sink.text(encoded, lifetime);
    } else if constexpr (std::convertible_to<const Plain&, Bytes>) {
        sink.blob(encoded, lifetime);
    } else {
        mica::encode(encoded, sink, lifetime);
    }
}

/// Reads a cell strictly. `cell` answers storage_class(), integer(), real(), text(), blob().
/// Leaves `out` unspecified where it returns a flaw. Throws what the codec's decode throws.
template <Storable Value, class Cell>
constexpr DecodeFlaw decode(const Cell& cell, StorageClass held, Value& out) {
    if constexpr (is_optional<Value>) {
        if (held == StorageClass::null) {
            out.reset();
            return DecodeFlaw::none;
        }
        if constexpr (std::same_as<Value, std::optional<std::string>>) {
            // Growing an empty string would take half as much memory again as it needs.
            std::string_view stored;
            const DecodeFlaw flaw = detail::read(cell, held, stored);
            if (flaw == DecodeFlaw::none) {
                if (out.has_value()) {
                    out->assign(stored);
                } else {
                    out.emplace(stored);
                }
            }
            return flaw;
        } else {
            return mica::decode(cell, held, out.emplace());
        }
    } else {
        using Storage = typename Codec<Value>::Storage;
        if constexpr (detail::terminal_class<Storage>() != StorageClass::null) {
            typename detail::WireOf<detail::terminal_class<Storage>()>::Type stored{};
            const DecodeFlaw flaw = detail::read(cell, held, stored);
            if constexpr (std::same_as<Value, float>) {  // rounds a real, but no integer
                if (held == StorageClass::integer && !detail::is_exact_in_float(stored)) return DecodeFlaw::range;
            }
            return flaw != DecodeFlaw::none ? flaw : detail::assign(stored, out);
        } else {
            Storage stored{};
            const DecodeFlaw flaw = mica::decode(cell, held, stored);
            return flaw != DecodeFlaw::none ? flaw : detail::assign(stored, out);
        }
    }
}

template <Storable Value, class Cell>
constexpr DecodeFlaw decode(const Cell& cell, Value& out) {
    return mica::decode(cell, cell.storage_class(), out);
}

}  // namespace mica
