// SPDX-License-Identifier: BSL-1.0
// SQL's functions of text and bytes (https://www.sqlite.org/lang_corefunc.html).
#pragma once

#include <mica/query/function/function.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

/// trim() and its like: a text, and the characters to remove where not the space.
template <FixedString name, class Text, class... Characters>
constexpr auto call_trim(Text&& subject, Characters&&... characters) {
    if constexpr (sizeof...(Characters) == 0) {
        return call<name, std::string, NullRule::any, Takes::text>(std::forward<Text>(subject));
    } else {
        return call<name, std::string, NullRule::any, Takes::text, Takes::text>(
            std::forward<Text>(subject), std::forward<Characters>(characters)...);
    }
}

/// Whether an operand is stored as bytes.
template <class Given>
consteval bool is_stored_as_bytes() {
    using Node = Argument<Given>;
    if constexpr (std::same_as<Node, Null>) {
        return false;
    } else {
        return storage_class_of<without_optional<ValueOf<Node>>> == StorageClass::blob;
    }
}

}  // namespace detail

/// Characters of a text, up to the first NUL; bytes of a blob.
template <class Text>
    requires detail::Arguments<Text>
constexpr auto length(Text&& text) {
    return detail::call<"length", std::int64_t, NullRule::any, detail::Takes::bytes_or_text>(std::forward<Text>(text));
}

/// In small letters; only those of ASCII have one.
template <class Text>
    requires detail::Arguments<Text>
constexpr auto lower(Text&& text) {
    return detail::call<"lower", std::string, NullRule::any, detail::Takes::text>(std::forward<Text>(text));
}

/// In capital letters; only those of ASCII have one.
template <class Text>
    requires detail::Arguments<Text>
constexpr auto upper(Text&& text) {
    return detail::call<"upper", std::string, NullRule::any, detail::Takes::text>(std::forward<Text>(text));
}

/// Without the spaces at both ends, or without all characters that are in `characters`.
template <class Text, class... Characters>
    requires detail::Arguments<Text, Characters...> && (sizeof...(Characters) <= 1)
constexpr auto trim(Text&& text, Characters&&... characters) {
    return detail::call_trim<"trim">(std::forward<Text>(text), std::forward<Characters>(characters)...);
}
/// As trim(), at the beginning only.
template <class Text, class... Characters>
    requires detail::Arguments<Text, Characters...> && (sizeof...(Characters) <= 1)
constexpr auto ltrim(Text&& text, Characters&&... characters) {
    return detail::call_trim<"ltrim">(std::forward<Text>(text), std::forward<Characters>(characters)...);
}
/// As trim(), at the end only.
template <class Text, class... Characters>
    requires detail::Arguments<Text, Characters...> && (sizeof...(Characters) <= 1)
constexpr auto rtrim(Text&& text, Characters&&... characters) {
    return detail::call_trim<"rtrim">(std::forward<Text>(text), std::forward<Characters>(characters)...);
}

/// The part from `first` on, counted from 1, of at most `count` characters; a negative `first` counts from the end.
/// Of bytes the part of them; SQLite makes NULL of no bytes.
template <class Text, class First, class... Count>
    requires detail::Arguments<Text, First, Count...> && (sizeof...(Count) <= 1)
constexpr auto substr(Text&& text, First&& first, Count&&... count) {
    using detail::Takes;
    using Result =
        std::conditional_t<detail::is_stored_as_bytes<Text>(), std::optional<std::vector<std::byte>>, std::string>;
    if constexpr (sizeof...(Count) == 0) {
        return detail::call<"substr", Result, NullRule::any, Takes::bytes_or_text, Takes::integer>(
            std::forward<Text>(text), std::forward<First>(first));
    } else {
        return detail::call<"substr", Result, NullRule::any, Takes::bytes_or_text, Takes::integer, Takes::integer>(
            std::forward<Text>(text), std::forward<First>(first), std::forward<Count>(count)...);
    }
}

/// Every `from` in the text replaced by `to`.
template <class Text, class From, class To>
    requires detail::Arguments<Text, From, To>
constexpr auto replace(Text&& text, From&& from, To&& to) {
    using detail::Takes;
    return detail::call<"replace", std::string, NullRule::any, Takes::text, Takes::text, Takes::text>(
        std::forward<Text>(text), std::forward<From>(from), std::forward<To>(to));
}

/// Where `part` begins in the text, counted from 1; 0 where it does not occur.
template <class Text, class Part>
    requires detail::Arguments<Text, Part>
constexpr auto instr(Text&& text, Part&& part) {
    using detail::Takes;
    return detail::call<"instr", std::int64_t, NullRule::any, Takes::bytes_or_text, Takes::bytes_or_text>(
        std::forward<Text>(text), std::forward<Part>(part));
}

/// The bytes of the stored value in hexadecimal digits; of NULL the empty text.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto hex(Given&& value) {
    return detail::call<"hex", std::string, NullRule::never, detail::Takes::anything>(std::forward<Given>(value));
}

/// The code point of the first character; NULL where there is none.
template <class Text>
    requires detail::Arguments<Text>
constexpr auto unicode(Text&& text) {
    using Result = std::optional<std::int64_t>;
    return detail::call<"unicode", Result, NullRule::any, detail::Takes::text>(std::forward<Text>(text));
}

/// The text of these code points: SQL's char().
template <class... Points>
    requires detail::Arguments<Points...>
constexpr auto char_(Points&&... points) {
    return detail::call<"char", std::string, NullRule::never,
                        (static_cast<void>(sizeof(Points)), detail::Takes::integer)...>(
        std::forward<Points>(points)...);
}

/// How a value is stored: `null`, `integer`, `real`, `text` or `blob`.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto typeof_(Given&& value) {
    return detail::call<"typeof", std::string, NullRule::never, detail::Takes::anything>(std::forward<Given>(value));
}

}  // namespace mica
