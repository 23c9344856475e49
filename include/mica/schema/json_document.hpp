// SPDX-License-Identifier: BSL-1.0
// C++ values as JSON documents and back, strictly: what does not fit is said with its place in the document.
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/text.hpp>
#include <mica/schema/json_parser.hpp>
#include <mica/schema/json_type.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

/// How deep documents may nest: less than SQLite's 1000.
inline constexpr std::size_t json_depth = 500;

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_unwritable_json(std::string_view reason) {
    refuse<DataError>({"mica: ", reason, " has no form in JSON"});
}

/// A place in a document, from the inside out.
struct JsonPlace {
    const JsonPlace* outer = nullptr;
    std::string_view name{};
    std::size_t index = 0;

    std::string path() const {
        std::string text = outer == nullptr ? "$" : outer->path();
        if (outer == nullptr) return text;
        if (name.data() != nullptr) {
            append(text, {".", name});
        } else {
            append(text, {"[", Decimal{static_cast<std::int64_t>(index)}, "]"});
        }
        return text;
    }
    [[noreturn, gnu::cold, gnu::noinline]] void refuse(std::string_view what) const {
        throw std::runtime_error(join({"the JSON at ", path(), " ", what}));
    }
};

/// A scalar of a document as the cell that a codec reads.
class JsonCell {
public:
    explicit JsonCell(const boost::json::value& value) noexcept : value_(value) {}

    StorageClass storage_class() const noexcept {
        if (value_.is_string()) return StorageClass::text;
        if (value_.is_int64()) return StorageClass::integer;
        return value_.is_double() ? StorageClass::real : StorageClass::null;
    }
    std::int64_t integer() const { return value_.get_int64(); }
    double real() const { return value_.get_double(); }
    std::string_view text() const {
        const boost::json::string& text = value_.get_string();
        return {text.data(), text.size()};
    }
    Bytes blob() const { return {}; }

private:
    const boost::json::value& value_;
};

/// What a codec sends, as a scalar of a document.
struct JsonSink {
    boost::json::value value{};

    void null() { value = nullptr; }
    void integer(std::int64_t number) { value = number; }
    void real(double number) {
        if (number - number != 0) throw_unwritable_json("a number that is not finite");
        value = number;
    }
    void text(std::string_view text, Lifetime) { value = boost::json::string_view{text.data(), text.size()}; }
    void blob(Bytes, Lifetime) {}
};

[[gnu::cold]] inline void check_json(const boost::json::value& value, std::size_t depth) {
    if (depth > json_depth) throw_unwritable_json("what nests deeper than 500 levels");
    if (value.is_double()) {
        const double number = value.get_double();
        if (number - number != 0) throw_unwritable_json("a number that is not finite");
    } else if (value.is_array()) {
        for (const auto& element : value.get_array()) check_json(element, depth + 1);
    } else if (value.is_object()) {
        for (const auto& member : value.get_object()) check_json(member.value(), depth + 1);
    }
}

template <class Value>
boost::json::value to_json(const Value& value, std::size_t depth);

struct WriteJsonFields {
    boost::json::object& object;
    const std::string_view* name;
    std::size_t depth;

    template <class... Fields>
    void operator()(const Fields&... fields) const {
        const std::string_view* next = name;
        const auto key = [&next] { return boost::json::string_view{next->data(), next->size()}; };
        ((object.emplace(key(), to_json(fields, depth)), ++next), ...);
    }
};

template <class Value>
boost::json::value to_json(const Value& value, std::size_t depth) {
    if (depth > json_depth) throw_unwritable_json("what nests deeper than 500 levels");
    if constexpr (is_optional<Value>) {
        return value ? to_json(*value, depth) : boost::json::value{};
    } else if constexpr (require_json_form<Value>()) {
        constexpr JsonForm form = json_form<Value>;
        if constexpr (form == JsonForm::document) {
            boost::json::value copy(value);
            check_json(copy, depth);
            return copy;
        } else if constexpr (form == JsonForm::nested) {
            return to_json(*value, depth);
        } else if constexpr (form == JsonForm::boolean || form == JsonForm::natural) {
            return boost::json::value(value);
        } else if constexpr (form == JsonForm::list) {
            boost::json::array array;
            array.reserve(value.size());
            for (const auto& element : value) array.push_back(to_json<typename Value::value_type>(element, depth + 1));
            return array;
        } else if constexpr (form == JsonForm::map) {
            boost::json::object object;
            for (const auto& [key, mapped] : value) {
                object.emplace(boost::json::string_view{key.data(), key.size()}, to_json(mapped, depth + 1));
            }
            return object;
        } else if constexpr (form == JsonForm::object) {
            boost::json::object object;
            reflect::with_fields(value, WriteJsonFields{object, reflect::field_names<Value>.data(), depth + 1});
            return object;
        } else {
            JsonSink sink;
            if constexpr (form == JsonForm::name) {
                sink.text(EnumText<Value>::encode(value), Lifetime::borrowed);
            } else {
                mica::encode(value, sink, Lifetime::borrowed);
            }
            return std::move(sink.value);
        }
    } else {
        return {};
    }
}

template <class Value>
void from_json(const boost::json::value& json, Value& out, const JsonPlace& place);

struct ReadJsonFields {
    const boost::json::object& object;
    const std::string_view* name;
    const JsonPlace& place;

    template <class... Fields>
    void operator()(Fields&... fields) const {
        const std::string_view* next = name;
        std::size_t found = 0;
        (read(*next++, fields, found), ...);
        if (found != object.size()) refuse_strangers(sizeof...(Fields));
    }
    template <class Field>
    void read(std::string_view key, Field& field, std::size_t& found) const {
        const JsonPlace inner{&place, key};
        const boost::json::value* const member = object.if_contains({key.data(), key.size()});
        if (member != nullptr) {
            ++found;
            from_json(*member, field, inner);
        } else if constexpr (is_optional<Field>) {
            field.reset();
        } else {
            inner.refuse("is missing");
        }
    }
    [[noreturn, gnu::cold]] void refuse_strangers(std::size_t count) const {
        for (const auto& member : object) {
            const std::string_view key{member.key().data(), member.key().size()};
            bool is_known = false;
            for (std::size_t i = 0; i < count; ++i) is_known = is_known || name[i] == key;
            if (!is_known) JsonPlace{&place, key}.refuse("is no field of the struct, and would be lost");
        }
        place.refuse("has a member twice");
    }
};

template <class Value>
void read_json_list(const boost::json::value& json, Value& out, const JsonPlace& place) {
    if (!json.is_array()) place.refuse("is no array");
    const boost::json::array& array = json.get_array();
    JsonPlace inner{&place, {}, 0};
    if constexpr (requires { out.fill(*out.begin()); }) {
        if (array.size() != out.size()) place.refuse("is an array of another length");
        for (auto& element : out) {
            from_json(array[inner.index], element, inner);
            ++inner.index;
        }
    } else {
        out.clear();
        for (; inner.index < array.size(); ++inner.index) {
            typename Value::value_type element{};
            from_json(array[inner.index], element, inner);
            out.push_back(std::move(element));
        }
    }
}

template <class Value>
void from_json(const boost::json::value& json, Value& out, const JsonPlace& place) {
    if constexpr (is_optional<Value>) {
        if (json.is_null()) return out.reset();
        from_json(json, out.emplace(), place);
    } else if constexpr (require_json_form<Value>()) {
        constexpr JsonForm form = json_form<Value>;
        if constexpr (std::is_same_v<Value, boost::json::value>) {
            out = json;
        } else if constexpr (std::is_same_v<Value, boost::json::object>) {
            if (!json.is_object()) place.refuse("is no object");
            out = json.get_object();
        } else if constexpr (std::is_same_v<Value, boost::json::array>) {
            if (!json.is_array()) place.refuse("is no array");
            out = json.get_array();
        } else if constexpr (std::is_same_v<Value, boost::json::string>) {
            if (!json.is_string()) place.refuse("is no string");
            out = json.get_string();
        } else if constexpr (form == JsonForm::nested) {
            from_json(json, *out, place);
        } else if constexpr (form == JsonForm::boolean) {
            if (!json.is_bool()) place.refuse("is neither true nor false");
            out = json.get_bool();
        } else if constexpr (form == JsonForm::natural) {
            const bool is_natural = json.is_uint64() || (json.is_int64() && json.get_int64() >= 0);
            if (!is_natural) place.refuse("is no number that is not negative and whole");
            out = json.is_uint64() ? json.get_uint64() : static_cast<Value>(json.get_int64());
        } else if constexpr (form == JsonForm::list) {
            read_json_list(json, out, place);
        } else if constexpr (form == JsonForm::map) {
            if (!json.is_object()) place.refuse("is no object");
            out.clear();
            for (const auto& member : json.get_object()) {
                const std::string_view key{member.key().data(), member.key().size()};
                from_json(member.value(), out[std::string{key}], JsonPlace{&place, key});
            }
        } else if constexpr (form == JsonForm::object) {
            if (!json.is_object()) place.refuse("is no object");
            reflect::with_fields(out, ReadJsonFields{json.get_object(), reflect::field_names<Value>.data(), place});
        } else if constexpr (form == JsonForm::name) {
            if (!json.is_string()) place.refuse("is no string");
            if (!EnumText<Value>::parse(JsonCell{json}.text(), out)) place.refuse("is no enumerator's name");
        } else {
            switch (mica::decode(JsonCell{json}, out)) {
                case DecodeFlaw::none: break;
                case DecodeFlaw::range: place.refuse("is out of its field's range");
                case DecodeFlaw::null:
                case DecodeFlaw::storage_class: place.refuse("is of another type than its field");
            }
        }
    }
}

/// The document's text: members in the order of the fields, nothing between them.
template <class Value>
std::string write_json(const Value& value) {
    return boost::json::serialize(to_json(value, 0));
}

template <class Value>
void read_json(std::string_view text, Value& out) {
    from_json(parse_json(text, json_depth + 1), out, JsonPlace{});
}

}  // namespace mica::detail
