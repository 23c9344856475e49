// SPDX-License-Identifier: BSL-1.0
// A row as SQLite writes it: the stored values as text, put together with `|`, as RawDatabase::rows() gives them.
#pragma once

#include <mica/codec/codec.hpp>
#include <mica/reflect/fields.hpp>

#include <support/raw_sqlite.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace mica::test {

/// Takes values as a statement would.
class RowText {
public:
    void null() { add("NULL"); }
    void integer(std::int64_t value) { add(std::to_string(value)); }
    void real(double value) { add(real_text(value)); }
    void text(std::string_view value, Lifetime) { add(value); }
    void blob(Bytes value, Lifetime) { add({reinterpret_cast<const char*>(value.data()), value.size()}); }

    /// A value, a tuple or an aggregate of them, or what an outer join may miss.
    template <class Value>
    void take(const Value& value) {
        if constexpr (Storable<Value>) {
            encode(value, *this, Lifetime::borrowed);
        } else {
            reflect::with_fields(value, [this](const auto&... fields) { (this->take(fields), ...); });
        }
    }
    template <class... Values>
    void take(const std::tuple<Values...>& values) {
        std::apply([this](const auto&... each) { (this->take(each), ...); }, values);
    }
    template <class Entity>
        requires(!Storable<Entity>)
    void take(const std::optional<Entity>& entity) {
        if (entity) return take(*entity);
        for (std::size_t i = 0; i < reflect::field_addresses<Entity>.size(); ++i) null();
    }

    std::string written;

private:
    void add(std::string_view value) {
        if (!std::exchange(is_first_, false)) written += '|';
        written += value;
    }

    bool is_first_ = true;
};

template <class Row>
std::string row_text(const Row& row) {
    RowText text;
    text.take(row);
    return text.written;
}

}  // namespace mica::test
