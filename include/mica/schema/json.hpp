// SPDX-License-Identifier: BSL-1.0
// json<T>: a field that holds a T and is stored as its JSON text.
#pragma once

#include <mica/schema/json_document.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

/// A `Held` that is stored as JSON text: an aggregate as an object with its fields' names, a list as an array, a
/// std::map of strings as an object, an enum by name, std::optional as the value or null, anything else with a codec as
/// the text or number that it is stored as. Reading is strict: a document has the struct's members, no others, and
/// lacks only std::optional ones; what does not fit is a DataError with the column, the rowid and the place in the
/// document. Writing throws DataError for a number that is not finite. Equal in SQL where the texts are equal, which
/// what mica wrote is where the values are. Use it as a field's type, or as the base of a codec: `template <> struct
/// mica::Codec<Meta> : mica::json<Meta> {};`. Parts of it in queries: `col<&T::meta>.path<…>()`.
template <class Held>
class json {
public:
    using Storage = std::string;
    using Document = Held;

    json() = default;
    json(Held held) : held_(std::move(held)) {}

    Held& operator*() noexcept { return held_; }
    const Held& operator*() const noexcept { return held_; }
    Held* operator->() noexcept { return &held_; }
    const Held* operator->() const noexcept { return &held_; }

    friend bool operator==(const json& left, const json& right)
        requires requires(const Held& held) { held == held; }
    {
        return left.held_ == right.held_;
    }

    static std::string encode(const Held& held) { return detail::write_json(held); }
    static std::string encode(const json& value)
        requires(!std::is_same_v<Held, json>)
    {
        return detail::write_json(value.held_);
    }
    static Held decode(std::string_view stored) {
        Held held{};
        detail::read_json(stored, held);
        return held;
    }

private:
    Held held_{};
};

template <class Held>
struct Codec<json<Held>> : json<Held> {};

template <>
struct Codec<boost::json::value> : json<boost::json::value> {};
template <>
struct Codec<boost::json::object> : json<boost::json::object> {};
template <>
struct Codec<boost::json::array> : json<boost::json::array> {};

}  // namespace mica
