// SPDX-License-Identifier: BSL-1.0
// The SELECT of the rows of many keys: one text for any number of them, and each row says whose it is.
#pragma once

#include <mica/core/value_list.hpp>
#include <mica/query/by_key/by_key.hpp>
#include <mica/query/expression/list_rows.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

template <class Range>
concept Iterable = requires(Range& range) {
    { std::begin(range) != std::end(range) } -> std::convertible_to<bool>;
};

template <class Owner, std::size_t... places>
std::tuple<KeyField<Owner, places>...> key_type(std::index_sequence<places...>);
template <class Owner>
KeyField<Owner, 0> key_type(std::index_sequence<0>);

/// A whole key of an entity: its field's type, a tuple where it has several. Of what is no entity, anything.
template <class Owner>
struct KeyOf {
    using Type = None;
};
template <class Owner>
    requires Entity<Owner>
struct KeyOf<Owner> {
    using Type = decltype(key_type<Owner>(std::make_index_sequence<table_of<Owner>().key.size()>{}));
};

template <class Owner, class Key, std::size_t... places>
consteval bool is_tuple_of_key(std::index_sequence<places...>) {
    return are_key_values<Owner, std::tuple_element_t<places, Key>...>(std::index_sequence<places...>{});
}

template <std::size_t width, class Keys>
consteval bool has_key_shape() {
    if constexpr (!Iterable<Keys>) {
        return false;
    } else if constexpr (width == 1) {
        return true;
    } else {
        using Key = std::remove_cvref_t<decltype(*std::begin(std::declval<Keys&>()))>;
        if constexpr (requires { std::tuple_size<Key>::value; }) {
            return std::tuple_size<Key>::value == width;
        } else {
            return false;
        }
    }
}

/// Says what is wrong with a list of keys.
template <class Owner, class Keys>
consteval bool require_keys() {
    constexpr std::size_t width = table_of<Owner>().key.size();
    constexpr bool has_shape = has_key_shape<width, Keys>();
    static_assert(has_shape,
                  "mica: get_many() takes a range of keys; where the primary key has several columns, of tuples");
    if constexpr (has_shape) {
        using Key = std::remove_cvref_t<decltype(*std::begin(std::declval<Keys&>()))>;
        constexpr bool has_types = [] {
            if constexpr (width == 1) {
                return is_key_value<KeyField<Owner, 0>, Key>();
            } else {
                return is_tuple_of_key<Owner, Key>(std::make_index_sequence<width>{});
            }
        }();
        static_assert(has_types, "mica: a key's value must have the type of the key's field");
        return has_types;
    } else {
        return false;
    }
}

}  // namespace detail

/// The keys of several rows, encoded: one list for each column of the key. Owns them.
template <class Owner>
class KeyLists {
public:
    static constexpr std::size_t width = table_of<Owner>().key.size();

    /// Copies a range of keys, tuples where there are several columns. Those of one column it sorts: in the order of
    /// the table, rows are found faster.
    template <class Keys>
    explicit KeyLists(Keys& keys) {
        if constexpr (requires { std::size(keys); }) {
            for (ValueList& list : lists_) list.reserve(std::size(keys));
        }
        for (const auto& key : keys) {
            if constexpr (width == 1) {
                encode(detail::as_key<detail::KeyField<Owner, 0>>(key), lists_[0], Lifetime::borrowed);
            } else {
                add(key, std::make_index_sequence<width>{});
            }
        }
        if constexpr (width == 1) lists_[0].sort();
    }

    std::size_t size() const noexcept { return lists_[0].size(); }
    const ValueList& operator[](std::size_t place) const noexcept { return lists_[place]; }
    /// Which of the keys is at a position of the lists.
    std::size_t index_of(std::int64_t position) const noexcept {
        return lists_[0].position(static_cast<std::size_t>(position));
    }

private:
    template <class Key, std::size_t... places>
    void add(const Key& key, std::index_sequence<places...>) {
        (encode(detail::as_key<detail::KeyField<Owner, places>>(std::get<places>(key)), lists_[places],
                Lifetime::borrowed),
         ...);
    }

    std::array<ValueList, width> lists_;
};

/// Reads the rows of many keys; behind the entity's columns stands the position of the key in the lists. A key that is
/// there twice gives its row twice. The names are its own, so that those of no table can be taken for them.
template <class Owner>
struct SelectByKeys : Statement<SelectByKeys<Owner>> {
    using Row = Owner;
    static constexpr bool is_ordered = false;

    const KeyLists<Owner>& keys;

    static constexpr ListView<ColumnOrigin> origins() { return detail::entity_origins<Owner>; }
    static constexpr void render(SqlWriter& writer) {
        const Table& table = table_of<Owner>();
        writer.text("SELECT ");
        for (const Column& column : table.columns) {
            writer.text("t.");
            writer.identifier(column.name);
            writer.text(", ");
        }
        writer.list_position(0);
        detail::render_joined_lists(writer, table.key.size());
        writer.text(writer.dialect().ordered_join);  // the keys lead, each is searched in the index
        name_table(writer, table);
        writer.text(" AS t ON ");
        for (std::size_t i = 0; i < table.key.size(); ++i) {
            if (i > 0) writer.text(" AND ");
            writer.text("t.");
            writer.identifier(table.columns[table.key[i]].name);
            writer.text(" = ");
            writer.list_value(i);
        }
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        for (std::size_t i = 0; i < KeyLists<Owner>::width; ++i) sink.values(keys[i]);
    }
};

}  // namespace mica
