// SPDX-License-Identifier: BSL-1.0
// col<&Post::meta>.path<&Meta::author, &Author::name>(): a part of a json<T> column, with the type that it has there.
#pragma once

#include <mica/query/function/json.hpp>
#include <mica/schema/json.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// What a document holds where its field says optional<json<T>> or json<T>.
template <class Value>
struct JsonContent {
    using Type = Value;
};
template <class Value>
struct JsonContent<std::optional<Value>> : JsonContent<Value> {};
template <class Value>
struct JsonContent<json<Value>> : JsonContent<Value> {};

template <class Step>
inline constexpr bool is_place_in_list = std::integral<Step> && !std::same_as<Step, bool>;

/// The type one step further; void where there is no such step.
template <class Value, auto step>
consteval auto find_json_step() {
    using Step = decltype(step);
    if constexpr (std::is_member_object_pointer_v<Step>) {
        if constexpr (std::same_as<reflect::OwnerOf<step>, Value>) {
            return std::type_identity<typename JsonContent<reflect::FieldOf<step>>::Type>{};
        } else {
            return std::type_identity<void>{};
        }
    } else if constexpr (is_place_in_list<Step> && json_form<Value> == JsonForm::list) {
        return std::type_identity<typename JsonContent<typename Value::value_type>::Type>{};
    } else {
        return std::type_identity<void>{};
    }
}

template <class Value>
consteval auto find_at_path() {
    return std::type_identity<Value>{};
}
template <class Value, auto first, auto... more>
consteval auto find_at_path() {
    return find_at_path<typename decltype(find_json_step<Value, first>())::type, more...>();
}

/// The type that SQL has for what is at the end of a path; void where that is not one type.
template <class Value>
consteval auto find_path_value() {
    constexpr JsonForm form = json_form<Value>;
    if constexpr (form == JsonForm::name) {
        return std::type_identity<EnumText<Value>>{};
    } else if constexpr (form == JsonForm::list || form == JsonForm::map || form == JsonForm::object) {
        return std::type_identity<json<Value>>{};
    } else if constexpr (form == JsonForm::none || form == JsonForm::document || form == JsonForm::natural) {
        return std::type_identity<void>{};
    } else {
        return std::type_identity<Value>{};
    }
}

template <auto step, class Step = decltype(step)>
constexpr void write_json_step(SqlWriter& writer) {
    if constexpr (std::is_member_object_pointer_v<Step>) {
        writer.put('.');
        writer.text(reflect::field_names<reflect::OwnerOf<step>>[reflect::index_of<step>]);
    } else {
        writer.text(step < 0 ? "[#" : "[");
        writer.number(static_cast<std::int64_t>(step));
        writer.put(']');
    }
}

}  // namespace detail

/// A part of a document. The path is a constant of the text, so that an index over it is found.
template <class Result, Expression Document, auto... steps>
struct JsonPart : Operand<JsonPart<Result, Document, steps...>> {
    using Value = std::optional<Result>;
    using Children = Types<Document>;
    static constexpr int precedence = precedence::primary;

    Document document;

    static constexpr void render(SqlWriter& writer) {
        CallWriter call{writer, "json_extract", 2};
        call.next();
        Document::render(writer);
        call.next();
        writer.text("'$");
        (detail::write_json_step<steps>(writer), ...);
        writer.put('\'');
        call.end();
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        document.bind(sink);
    }
};

template <class Self>
template <auto... steps>
constexpr auto Operand<Self>::path() const {
    using Found =
        typename decltype(detail::find_at_path<typename detail::JsonContent<ValueOf<Self>>::Type, steps...>())::type;
    constexpr bool is_path = sizeof...(steps) > 0 && !std::is_void_v<Found>;
    static_assert(
        is_path,
        "mica: path<> takes members of the struct that the column holds as JSON, and numbers of elements, each "
        "one of what is before it");
    if constexpr (!is_path) {
        return Invalid{};
    } else {
        using Result = typename decltype(detail::find_path_value<Found>())::type;
        constexpr bool has_type = !std::is_void_v<Result>;
        static_assert(has_type,
                      "mica: path<> ends at what is of one type in SQL; json<T>(\"$.a\") reads any other as a T");
        if constexpr (has_type) {
            return JsonPart<Result, Self, steps...>{{}, self()};
        } else {
            return Invalid{};
        }
    }
}

}  // namespace mica
