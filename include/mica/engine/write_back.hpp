// SPDX-License-Identifier: BSL-1.0
// What a statement over objects has to tell them: their keys or versions, once all of it has succeeded.
#pragma once

#include <mica/core/list.hpp>
#include <mica/schema/row.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace mica::detail {

/// Whether every integer that the database may choose fits a field.
template <class Field>
inline constexpr bool holds_any_integer = std::is_integral_v<Field> && sizeof(Field) == sizeof(std::int64_t);

/// Integers for one column's field of objects that stay where they are: of one object, or of any number.
template <class Owner, int column, bool is_single>
class WriteBack {
    static constexpr std::size_t place = field_of_column<Owner>(column);
    using Field = reflect::FieldType<Owner, place>;

public:
    static constexpr bool can_refuse = !holds_any_integer<Field>;

    /// Throws DataError where the field is too narrow: now, when nothing is committed and no object has changed.
    void add(Owner& object, std::int64_t value) {
        if constexpr (can_refuse) static_cast<void>(decode_chosen<Field>(value));
        if constexpr (is_single) {
            entries_ = {&object, value};
        } else {
            entries_.push_back({&object, value});
        }
    }

    void write() {
        if constexpr (is_single) {
            if (entries_.object != nullptr) assign(entries_);
        } else {
            for (const Entry& entry : entries_) assign(entry);
        }
    }

private:
    struct Entry {
        Owner* object = nullptr;
        std::int64_t value = 0;
    };

    static void assign(const Entry& entry) { reflect::with_fields(*entry.object, AssignField{entry.value, place}); }

    std::conditional_t<is_single, Entry, List<Entry>> entries_{};
};

/// Tells nothing, where the objects cannot be changed or the database chooses nothing.
template <class Owner, bool is_single>
class WriteBack<Owner, -1, is_single> {
public:
    static constexpr bool can_refuse = false;

    template <class Object>
    void add(Object&, std::int64_t) noexcept {}
    void write() noexcept {}
};

}  // namespace mica::detail
