// SPDX-License-Identifier: BSL-1.0
// fts5<&Post::title, &Post::body>: a struct that is a full-text index, of its own rows or of another entity's.
#pragma once

#include <mica/schema/mapping.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace mica {

namespace detail {

template <class Content>
struct ContentTag {
    using Parent = Content;
};
template <>
struct ContentTag<void> {};

template <auto... members>
struct OwnerOfAll {
    using Type = void;
};
template <auto first, auto... more>
struct OwnerOfAll<first, more...> {
    using Type = std::conditional_t<(std::is_same_v<reflect::OwnerOf<first>, reflect::OwnerOf<more>> && ...),
                                    reflect::OwnerOf<first>, OptionData>;
};

}  // namespace detail

/// The mapping of a full-text index, alone or as the only option of table("name", …). Without content<>() the index has
/// its rows itself, which are written as those of any table.
template <class Content, auto... members>
struct FullTextOption : detail::ContentTag<Content> {
    /// The struct whose members are searched, void where none are named.
    using Owner = typename detail::OwnerOfAll<members...>::Type;
    static constexpr bool has_content = !std::is_void_v<Content>;
    static constexpr std::size_t size = sizeof...(members);

    OptionData data{};
    std::string_view tokenizer{};
    std::string_view prefixes{};

    /// The index of the rows of `Entity`, which has their texts: three triggers on its table keep it. The struct has
    /// the fields that fts5<> names, and may have an integer `rowid`, which is the key of the row.
    template <class Entity>
    constexpr FullTextOption<Entity, members...> content() const {
        FullTextOption<Entity, members...> option{{}, data, tokenizer, prefixes};
        option.data.has_content = true;
        return option;
    }
    /// How words are found in texts: "porter", "unicode61 remove_diacritics 2", "trigram"
    /// (https://www.sqlite.org/fts5.html, section 4.3).
    constexpr FullTextOption tokenize(std::string_view name) const {
        FullTextOption changed = *this;
        changed.tokenizer = name;
        return changed;
    }
    /// Indexes beginnings of so many characters too, "2 3": prefixes are found faster, for more room.
    constexpr FullTextOption prefix(std::string_view lengths) const {
        FullTextOption changed = *this;
        changed.prefixes = lengths;
        return changed;
    }

    /// The members' addresses, in their order.
    static constexpr std::array<const void*, size> addresses() { return {{reflect::address_of(members)...}}; }
};

/// A full-text index over these fields, `fts5<>` over all of the struct's own. As what mapping() returns:
/// `return mica::fts5<&Post::title, &Post::body>.content<Post>().tokenize("porter");`
template <auto... members>
inline constexpr FullTextOption<void, members...> fts5{{}, {.kind = OptionKind::full_text}, {}, {}};

namespace detail {

template <class... Options>
constexpr const Mapping<Options...>& as_mapping(const Mapping<Options...>& mapping) {
    return mapping;
}
template <class Content, auto... members>
constexpr auto as_mapping(const FullTextOption<Content, members...>& option) {
    return table(option);
}

template <class Option>
inline constexpr bool is_full_text_option = false;
template <class Content, auto... members>
inline constexpr bool is_full_text_option<FullTextOption<Content, members...>> = true;

}  // namespace detail

}  // namespace mica
