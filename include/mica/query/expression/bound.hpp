// SPDX-License-Identifier: BSL-1.0
// Values in statements: always bound, never text. A statement owns them.
#pragma once

#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/chrono.hpp>
#include <mica/codec/text.hpp>
#include <mica/core/given_text.hpp>
#include <mica/core/owned_text.hpp>
#include <mica/query/expression/operand.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// A bound value of any storable type.
template <Storable Type>
struct Bound : Operand<Bound<Type>> {
    using Value = Type;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    Type value;

    static constexpr void render(SqlWriter& writer) { writer.parameter(); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        encode(value, sink, Lifetime::borrowed);
    }
};

/// A bound text that was given as a literal, or another constant array of characters.
template <std::size_t capacity>
struct BoundText : Operand<BoundText<capacity>> {
    using Value = std::string;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    detail::OwnedText<capacity> value;

    static constexpr void render(SqlWriter& writer) { writer.parameter(); }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        sink.text(value, Lifetime::borrowed);
    }
};

/// NULL itself, where std::nullopt is written.
struct Null : Operand<Null> {
    using Value = std::optional<bool>;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;
    static constexpr void render(SqlWriter& writer) { writer.text("NULL"); }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

namespace detail {

template <class Value>
inline constexpr bool is_text = std::same_as<Value, std::string> || std::same_as<Value, std::string_view>;

template <class Value>
inline constexpr bool is_number = StoredInteger<Value> || std::floating_point<Value>;

template <class Value>
inline constexpr bool is_bytes =
    std::same_as<Value, std::vector<std::byte>> || std::same_as<Value, std::vector<std::uint8_t>>;

template <std::size_t size>
inline constexpr bool is_bytes<std::array<std::byte, size>> = true;
template <std::size_t size>
inline constexpr bool is_bytes<std::array<std::uint8_t, size>> = true;

/// Whether an operand is a value that may be missing. C++ says that it equals another missing one, and so do == and
/// in() here; expressions that are NULL equal nothing, as SQL says.
template <class Candidate>
inline constexpr bool is_optional_value = is_optional<Candidate>;
template <class Type>
inline constexpr bool is_optional_value<Bound<std::optional<Type>>> = true;

/// Whether SQL comparison of the two means what it says.
template <class Left, class Right>
inline constexpr bool are_comparable = std::same_as<Left, Right> || (is_number<Left> && is_number<Right>) ||
                                       (is_text<Left> && is_text<Right>) || (is_bytes<Left> && is_bytes<Right>);

/// The size of a constant array of characters, 0 of everything else.
template <class Source>
inline constexpr std::size_t literal_size = 0;
template <std::size_t size>
inline constexpr std::size_t literal_size<const char (&)[size]> = size;

/// The type a C++ value is bound as beside an operand of type `Peer`.
template <class Source, class Peer>
consteval auto bound_type() {
    using Plain = std::remove_cvref_t<Source>;
    using Wanted = without_optional<Peer>;
    using Given = without_optional<Plain>;
    // A null pointer makes a view that throws where it is used.
    constexpr bool is_view = std::convertible_to<Source, std::string_view> && !std::is_null_pointer_v<Plain>;
    if constexpr (is_view && is_text<Wanted>) {
        return std::type_identity<std::string>{};
    } else if constexpr (are_comparable<Wanted, Given> && Storable<Plain>) {
        return std::type_identity<Plain>{};
    } else if constexpr (!is_number<Wanted> && !std::same_as<Wanted, bool> && !is_text<Wanted> &&
                         std::convertible_to<Source, Wanted>) {
        return std::type_identity<Wanted>{};
    } else if constexpr (is_view) {
        return std::type_identity<std::string_view>{};
    } else {
        return std::type_identity<Plain>{};
    }
}

// Defined in query/subquery.hpp.
template <class Query>
constexpr auto make_scalar_subquery(Query query);

/// An expression as it is, a SELECT as its value, std::nullopt as NULL, anything else as a value bound with the codec
/// of `Peer`'s type.
template <class Peer, class Source>
constexpr auto lift(Source&& source) {
    using Plain = std::remove_cvref_t<Source>;
    if constexpr (Expression<Plain>) {
        return Plain(std::forward<Source>(source));
    } else if constexpr (SelectLike<Plain>) {
        return make_scalar_subquery(Plain(std::forward<Source>(source)));
    } else if constexpr (RefusedLike<Plain>) {
        return Invalid{};
    } else if constexpr (std::same_as<Plain, std::nullopt_t>) {
        return Null{};
    } else {
        using Type = typename decltype(bound_type<Source, Peer>())::type;
        if constexpr (std::same_as<Type, std::optional<std::string_view>>) {
            return Bound<std::optional<std::string>>{{}, static_cast<std::optional<std::string>>(source)};
        } else if constexpr (std::same_as<Type, std::string> && literal_size<Source&&> > 0) {
            constexpr std::size_t capacity = text_capacity(literal_size<Source&&>);
            return BoundText<capacity>{{}, OwnedText<capacity>{text_of(source)}};
        } else if constexpr (std::same_as<Type, std::string> && !std::same_as<Plain, std::string>) {
            return Bound<std::string>{{}, std::string{text_of(source)}};
        } else if constexpr (MadeFiner<Type, Plain>) {
            return Bound<Type>{{}, made_finer<Type>(source)};
        } else if constexpr (Storable<Type>) {
            return Bound<Type>{{}, static_cast<Type>(std::forward<Source>(source))};
        } else {
            return Invalid{};
        }
    }
}

/// The expression that `Source` becomes beside a `Peer`.
template <class Peer, class Source>
using Lifted = decltype(lift<Peer>(std::declval<Source>()));

template <class Peer, class Value>
consteval bool can_stand_beside_value() {
    return are_comparable<without_optional<Peer>, without_optional<Value>>;
}

/// Whether `Source` can stand beside an operand of type `Peer`: an expression or value of a comparable type, or NULL.
template <class Peer, class Source>
consteval bool can_stand_beside() {
    using Plain = std::remove_cvref_t<Source>;
    if constexpr (std::same_as<Plain, std::nullopt_t> || std::same_as<Plain, Null> || std::same_as<Plain, Invalid> ||
                  std::same_as<Peer, Invalid> || RefusedLike<Plain>) {
        return true;
    } else if constexpr (Expression<Plain>) {
        return can_stand_beside_value<Peer, ValueOf<Plain>>();
    } else if constexpr (SelectLike<Plain>) {
        return can_stand_beside_value<Peer, typename Plain::Row>();
    } else {
        using Type = typename decltype(bound_type<Source, Peer>())::type;
        return are_comparable<without_optional<Peer>, without_optional<Type>>;
    }
}

}  // namespace detail

}  // namespace mica
