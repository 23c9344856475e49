// SPDX-License-Identifier: BSL-1.0
// What form a C++ type has in JSON: of an aggregate an object with its fields' names, of an enum its name, and so on.
#pragma once

#include <mica/codec/arithmetic.hpp>
#include <mica/codec/enumeration.hpp>
#include <mica/codec/text.hpp>
#include <mica/reflect/aggregate.hpp>
#include <mica/reflect/fields.hpp>

#include <boost/json/value.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>

namespace mica {

template <class Value>
class json;

namespace detail {

/// Whether a type's codec is that of json<Value>: then it has the form that it would have without a codec.
template <class Value>
inline constexpr bool is_stored_as_json = requires { requires std::same_as<typename Codec<Value>::Document, Value>; };

enum class JsonForm : unsigned char {
    none,
    document,
    nested,
    boolean,
    name,
    integer,
    natural,
    real,
    cell,
    list,
    map,
    object
};

template <class Value>
inline constexpr bool is_json = false;
template <class Value>
inline constexpr bool is_json<json<Value>> = true;

template <class Value>
concept JsonMap = requires(Value& value) {
    requires std::same_as<typename Value::key_type, std::string>;
    typename Value::mapped_type;
    typename Value::key_compare;  // the order of a hash map's keys is nobody's, and two equal ones would differ as text
    value.begin();
};

/// What grows by push_back(), or has the size of its type.
template <class Value>
concept JsonList = requires(Value& value) {
    typename Value::value_type;
    value.begin();
    value.end();
    value.size();
} && (requires(Value& value, typename Value::value_type element) { value.push_back(element); } || requires(Value& value) {
                       value.data();
                       value.fill(*value.begin());
                   });

template <class Value>
consteval JsonForm find_json_form() {
    if constexpr (std::same_as<Value, boost::json::value> || std::same_as<Value, boost::json::object> ||
                  std::same_as<Value, boost::json::array> || std::same_as<Value, boost::json::string>) {
        return JsonForm::document;
    } else if constexpr (is_json<Value>) {
        return JsonForm::nested;
    } else if constexpr (std::same_as<Value, bool>) {
        return JsonForm::boolean;
    } else if constexpr (std::is_enum_v<Value>) {
        return JsonForm::name;
    } else if constexpr (StoredInteger<Value>) {
        return JsonForm::integer;
    } else if constexpr (std::same_as<Value, unsigned long> || std::same_as<Value, unsigned long long>) {
        return JsonForm::natural;
    } else if constexpr (std::floating_point<Value>) {
        return JsonForm::real;
    } else if constexpr (HasCodec<Value> && !is_stored_as_json<Value>) {
        constexpr bool is_view = std::same_as<Value, std::string_view>;  // of a document that is gone after reading
        return is_view || storage_class_of<Value> == StorageClass::blob ? JsonForm::none : JsonForm::cell;
    } else if constexpr (JsonMap<Value>) {
        return JsonForm::map;
    } else if constexpr (JsonList<Value>) {
        return JsonForm::list;
    } else if constexpr (std::is_class_v<Value> && std::is_aggregate_v<Value> && reflect::Aggregate<Value>) {
        return JsonForm::object;
    } else {
        return JsonForm::none;
    }
}

template <class Value>
inline constexpr JsonForm json_form = find_json_form<Value>();

/// Says that JSON has a form for a type.
template <class Value>
consteval bool require_json_form() {
    constexpr bool has_form = json_form<Value> != JsonForm::none;
    static_assert(has_form,
                  "mica: this type has no form in JSON: bytes, views, hash maps, pointers and classes that are neither "
                  "aggregates nor have a codec");
    return has_form;
}

}  // namespace detail

}  // namespace mica
