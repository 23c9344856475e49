// SPDX-License-Identifier: BSL-1.0
// JSON in text: SQL's functions and the operator ->> (https://www.sqlite.org/json1.html). A document that is no JSON is
// a DataError when the statement runs.
#pragma once

#include <mica/query/function/aggregate.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

inline constexpr Operator json_value{.text = " ->> ",
                                     .precedence = precedence::concatenation,
                                     .left = precedence::concatenation,
                                     .right = precedence::collation,
                                     .needs = Feature::json};

template <class Result>
consteval bool require_json_result() {
    static_assert(Storable<Result>, "mica: a value in JSON is read as a type that mica can store");
    return Storable<Result>;
}

/// Keys are text, values anything, in turn.
constexpr Takes in_object(std::size_t place) { return place % 2 == 0 ? Takes::text : Takes::anything; }

template <FixedString name, class... Given, std::size_t... places>
constexpr auto make_json_object(std::index_sequence<places...>, Given&&... given) {
    return call<name, std::string, NullRule::never, in_object(places)...>(std::forward<Given>(given)...);
}

}  // namespace detail

/// The value at a path such as "$.address.city", as a `Result`; NULL where there is none. An object or an array is
/// JSON text.
template <class Result = std::string, class Document, class Path>
    requires detail::Arguments<Document, Path>
constexpr auto json_extract(Document&& document, Path&& path) {
    if constexpr (detail::require_json_result<Result>()) {
        using Found = std::optional<without_optional<Result>>;
        return detail::call<"json_extract", Found, NullRule::any, detail::Takes::text, detail::Takes::text>(
            std::forward<Document>(document), std::forward<Path>(path));
    } else {
        return Invalid{};
    }
}

/// A JSON array of any values.
template <class... Given>
    requires detail::Arguments<Given...>
constexpr auto json_array(Given&&... values) {
    using detail::Takes;
    return detail::call<"json_array", std::string, NullRule::never,
                        (static_cast<void>(sizeof(Given)), Takes::anything)...>(std::forward<Given>(values)...);
}

/// A JSON object of names and their values: `json_object("name", col<&T::name>, "year", col<&T::year>)`.
template <class... Given>
    requires detail::Arguments<Given...>
constexpr auto json_object(Given&&... given) {
    constexpr bool are_pairs = sizeof...(Given) % 2 == 0;
    static_assert(are_pairs, "mica: json_object() takes names and values in pairs");
    if constexpr (are_pairs) {
        return detail::make_json_object<"json_object">(std::index_sequence_for<Given...>{},
                                                       std::forward<Given>(given)...);
    } else {
        return Invalid{};
    }
}

/// What a document, or the value at a path in it, is: `object`, `array`, `text`, `integer`, `real`, `true`, `false` or
/// `null`; NULL where nothing is at that path.
template <class Document, class... Path>
    requires detail::Arguments<Document, Path...> && (sizeof...(Path) <= 1)
constexpr auto json_type(Document&& document, Path&&... path) {
    using detail::Takes;
    if constexpr (sizeof...(Path) == 0) {
        return detail::call<"json_type", std::string, NullRule::any, Takes::text>(std::forward<Document>(document));
    } else {
        return detail::call<"json_type", std::optional<std::string>, NullRule::any, Takes::text, Takes::text>(
            std::forward<Document>(document), std::forward<Path>(path)...);
    }
}

/// The number of elements of an array, or of the one at a path; 0 for what is no array, NULL where nothing is there.
template <class Document, class... Path>
    requires detail::Arguments<Document, Path...> && (sizeof...(Path) <= 1)
constexpr auto json_array_length(Document&& document, Path&&... path) {
    using detail::Takes;
    if constexpr (sizeof...(Path) == 0) {
        return detail::call<"json_array_length", std::int64_t, NullRule::any, Takes::text>(
            std::forward<Document>(document));
    } else {
        return detail::call<"json_array_length", std::optional<std::int64_t>, NullRule::any, Takes::text, Takes::text>(
            std::forward<Document>(document), std::forward<Path>(path)...);
    }
}

/// Whether a text is JSON.
template <class Document>
    requires detail::Arguments<Document>
constexpr auto json_valid(Document&& document) {
    return detail::call<"json_valid", bool, NullRule::any, detail::Takes::text>(std::forward<Document>(document));
}

/// A JSON array of a group's values.
template <class Given>
    requires detail::Arguments<Given>
constexpr auto json_group_array(Given&& value) {
    return detail::aggregate<"json_group_array", std::string, detail::Takes::anything>(std::forward<Given>(value));
}

/// A JSON object of a group's names and values.
template <class Name, class Given>
    requires detail::Arguments<Name, Given>
constexpr auto json_group_object(Name&& name, Given&& value) {
    return detail::aggregate<"json_group_object", std::string, detail::Takes::text, detail::Takes::anything>(
        std::forward<Name>(name), std::forward<Given>(value));
}

template <class Self>
template <class Result, class Path>
constexpr auto Operand<Self>::json(Path&& path) const {
    using Found = detail::Argument<Path>;
    constexpr bool is_document = storage_class_of<ValueOf<Self>> == StorageClass::text;
    constexpr bool is_path =
        detail::takes_argument<detail::Takes::text, Path>() || detail::takes_argument<detail::Takes::integer, Path>();
    static_assert(is_document, "mica: json<> reads a document that is stored as text");
    static_assert(is_path, "mica: json<> takes a path, the name of a member or the number of an element");
    if constexpr (!is_document || !is_path || !detail::require_json_result<Result>()) {
        return Invalid{};
    } else {
        return Binary<detail::json_value, std::optional<without_optional<Result>>, Self, Found>{
            {}, self(), detail::argument(std::forward<Path>(path))};
    }
}

}  // namespace mica
