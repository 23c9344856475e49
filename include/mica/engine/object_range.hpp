// SPDX-License-Identifier: BSL-1.0
// What a range of objects is good for: whether it can be changed, walked over twice, or taken as one array.
#pragma once

#include <mica/core/iterator.hpp>
#include <mica/core/list.hpp>
#include <mica/core/row_source.hpp>
#include <mica/engine/write_back.hpp>
#include <mica/query/by_key/select_by_keys.hpp>
#include <mica/schema/row.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace mica::detail {

/// As std::addressof(), without its header.
template <class Object>
constexpr Object* address_of(Object& object) noexcept {
    return __builtin_addressof(object);
}

/// One object, walked over as a range is.
template <class Object>
struct SingleObject {
    Object* object;
    Object* begin() const noexcept { return object; }
    Object* end() const noexcept { return object + 1; }
};

template <class Objects>
inline constexpr bool is_single = false;
template <class Object>
inline constexpr bool is_single<SingleObject<Object>> = true;

template <class Objects>
constexpr decltype(auto) as_range(Objects& objects) {
    if constexpr (Iterable<Objects>) {
        return (objects);
    } else {
        return SingleObject<Objects>{address_of(objects)};
    }
}

/// The entity that is given alone or in a range.
template <class Objects>
using EntityIn = std::remove_cvref_t<decltype(*std::begin(as_range(std::declval<Objects&>())))>;

/// Whether the objects of a range can be changed, and are where they were when it has been walked over.
template <class Owner, class Range>
consteval bool keeps_mutable() {
    using Iterator = decltype(std::begin(std::declval<Range&>()));
    return std::same_as<decltype(*std::declval<Iterator&>()), Owner&> && std::forward_iterator<Iterator>;
}

/// Whether its objects lie beside each other.
template <class Range>
inline constexpr bool is_contiguous = requires(Range& range) {
    requires std::contiguous_iterator<decltype(std::begin(range))>;
    std::end(range) - std::begin(range);
};

/// Whether it gives references that may outlast a step: to objects that it keeps, or to one that it fills anew each
/// time.
template <class Range>
inline constexpr bool gives_objects = requires(Range& range) {
    requires std::forward_iterator<decltype(std::begin(range))>;
    requires std::is_lvalue_reference_v<decltype(*std::begin(range))>;
};

template <class Range>
List<const void*> places_of(Range& range) {
    List<const void*> places;
    for (auto& object : range) places.push_back(address_of(object));
    return places;
}

/// Whether its objects are where they were when it has been walked over: a container's are.
template <class Range>
inline constexpr bool keeps_objects = requires { typename std::remove_cvref_t<Range>::allocator_type; };

/// Whether whoever copies its objects takes them away.
template <class Range>
inline constexpr bool moves_objects =
    requires(Range& range) { requires std::is_rvalue_reference_v<decltype(*std::begin(range))>; };

/// Which of the values that an insert binds is that of the generated key.
constexpr int value_of_key(const Table& table) {
    int place = 0;
    for (int i = 0; i < table.generated_key; ++i)
        place += table.columns[static_cast<std::size_t>(i)].is_generated ? 0 : 1;
    return place;
}

/// Objects of a range, without their type.
template <class Owner, class Range>
RowSource source_of(const void* first, std::size_t count) {
    RowSource source;
    source.encode = [](const void* object, RowCells& cells) { bind_row(*static_cast<const Owner*>(object), cells); };
    if constexpr (has_generated_key<Owner>) source.key = value_of_key(table_of<Owner>());
    if constexpr (has_generated_key<Owner> && keeps_mutable<Owner, Range>()) {
        source.set_key = [](void* object, std::int64_t key) {
            if (object != nullptr) return set_generated_key(*static_cast<Owner*>(object), key);
            using Field = reflect::FieldType<Owner, field_of_column<Owner>(table_of<Owner>().generated_key)>;
            if constexpr (!holds_any_integer<Field>) static_cast<void>(decode_chosen<Field>(key));
        };
    }
    source.first = first;
    source.count = count;
    source.stride = sizeof(Owner);
    return source;
}
template <class Owner, class Range>
RowSource source_of(const List<const void*>& places) {
    RowSource source = source_of<Owner, Range>(places.data(), places.size());
    source.stride = sizeof(const void*);
    source.is_indirect = true;
    return source;
}

}  // namespace mica::detail
