// SPDX-License-Identifier: BSL-1.0
// Several entities together: their order by foreign keys and the texts that create and drop them.
#pragma once

#include <mica/schema/ddl.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica {

/// A list of entities that can be created and dropped as one.
template <class... Entities>
struct Schema {};

namespace detail {

/// What creates a table and its indexes.
struct TableText {
    std::string_view schema{};
    std::string_view name{};
    std::string_view text{};
    std::string_view before_drop{};
    std::string_view content{};  ///< the table whose creation brings the triggers of this one, a full-text index
};

/// A table and those that its options reference.
struct TableWithTargets {
    const Table* table = nullptr;
    ListView<const Table*> targets{};
};

/// Tables are compared by their names: under g++'s UBSan comparing their addresses is no constant expression.
constexpr bool references(const TableWithTargets& child, const Table& parent) {
    for (std::size_t i = 0; i < child.targets.size(); ++i) {
        const OptionData& option = child.table->options[i];
        const bool is_reference = option.kind == OptionKind::foreign_key || option.has_content;
        if (is_reference && same_name(child.targets[i]->name, parent.name)) return true;
    }
    return false;
}

/// Which of `count` tables a table needs before it.
template <std::size_t count>
using Needs = std::array<std::array<bool, count>, count>;

template <std::size_t count>
constexpr Needs<count> direct_needs(const std::array<TableWithTargets, count>& tables) {
    Needs<count> needs{};
    for (std::size_t child = 0; child < count; ++child) {
        for (std::size_t parent = 0; parent < count; ++parent) {
            needs[child][parent] = parent != child && references(tables[child], *tables[parent].table);
        }
    }
    return needs;
}

/// Parents of parents included.
template <std::size_t count>
constexpr void add_indirect_needs(Needs<count>& needs) {
    for (std::size_t via = 0; via < count; ++via) {
        for (std::size_t child = 0; child < count; ++child) {
            if (!needs[child][via]) continue;
            for (std::size_t parent = 0; parent < count; ++parent) {
                needs[child][parent] = needs[child][parent] || needs[via][parent];
            }
        }
    }
}

/// Parents before children; tables that reference each other keep the given order (SQLite allows both).
template <std::size_t count>
constexpr std::array<std::size_t, count> creation_order(Needs<count> needs) {
    add_indirect_needs(needs);
    std::array<std::size_t, count> order{};
    std::array<bool, count> placed{};
    for (std::size_t n = 0; n < count; ++n) {
        std::size_t next = 0;
        for (bool waits = true; waits; next += waits ? 1 : 0) {
            waits = placed[next];
            for (std::size_t parent = 0; !waits && parent < count; ++parent) {
                waits = needs[next][parent] && !placed[parent] && !needs[parent][next];
            }
        }
        placed[next] = true;
        order[n] = next;
    }
    return order;
}

template <const Dialect& database, class... Entities>
struct SchemaTexts {
    static constexpr std::size_t count = sizeof...(Entities);
    static constexpr std::array<const Table*, count> tables{&table_of<Entities>()...};
    static constexpr std::array<std::size_t, count> order =
        creation_order(direct_needs<count>({{{&table_of<Entities>(), targets_of<Entities>}...}}));

    template <class Owner>
    static constexpr TableText text_of() {
        const Table& table = table_of<Owner>();
        TableText text{
            .schema = table.schema, .name = table.name, .text = find_ddl<Owner, Existing::is_kept, database>()};
        if constexpr (has_content<Owner>()) {
            text.before_drop = drop_text<Owner, database>.view();
            text.content = full_text_index<Owner>.content;
        }
        return text;
    }
    static constexpr std::array<TableText, count> create_texts() {
        const std::array<TableText, count> texts{text_of<Entities>()...};
        std::array<TableText, count> ordered{};
        for (std::size_t i = 0; i < count; ++i) ordered[i] = texts[order[i]];
        return ordered;
    }
    /// Children first.
    static constexpr std::array<TableText, count> drop_names() {
        std::array<TableText, count> names{};
        for (std::size_t i = 0; i < count; ++i) names[i] = create[count - 1 - i];
        return names;
    }

    static constexpr std::array<TableText, count> create = create_texts();
    static constexpr std::array<TableText, count> drop = drop_names();
};

template <class... Entities>
struct SchemaOf {
    using Type = Schema<Entities...>;
};
template <class... Entities>
struct SchemaOf<Schema<Entities...>> {
    using Type = Schema<Entities...>;
};

template <class... Entities>
consteval bool require_entities(Schema<Entities...>) {
    return (require_entity<Entities>() && ...);
}

/// An index's name and the statement that creates it. Of two names the numbers are compared first: a compiler takes
/// only so many steps, and a schema has many pairs of indexes.
struct NamedIndex {
    std::string_view name{};
    std::string_view statement{};
    std::uint64_t number = 0;
};

/// Equal for names that differ in the case of ASCII letters only.
constexpr std::uint64_t number_of_name(std::string_view name) {
    std::uint64_t number = 14695981039346656037U;  // FNV-1a
    const char* const letters = name.data();
    for (std::size_t i = 0, size = name.size(); i < size; ++i) {
        const char letter = letters[i];
        const bool is_upper = letter >= 'A' && letter <= 'Z';
        number = (number ^ static_cast<unsigned char>(is_upper ? letter - 'A' + 'a' : letter)) * 1099511628211U;
    }
    return number;
}

/// By hand: under g++'s UBSan std::string_view::find of a character is no constant expression.
constexpr std::string_view cut_text(std::string_view& texts) {
    const char* const letters = texts.data();
    std::size_t end = 0;
    while (letters[end] != '\0') ++end;
    const std::string_view text = texts.substr(0, end);
    texts.remove_prefix(end + 1);
    return text;
}

constexpr std::size_t count_indexes(std::string_view texts) {
    std::size_t ends = 0;
    const char* const letters = texts.data();
    for (std::size_t i = 0, size = texts.size(); i < size; ++i) ends += letters[i] == '\0' ? 1 : 0;
    return ends / 2;
}

template <class Owner>
consteval auto read_named_indexes() {
    std::array<NamedIndex, count_indexes(index_texts<Owner>.view())> indexes{};
    std::string_view rest = index_texts<Owner>.view();
    for (NamedIndex& index : indexes) {
        index.name = cut_text(rest);
        index.statement = cut_text(rest);
        index.number = number_of_name(index.name);
    }
    return indexes;
}

/// The indexes of an entity.
template <class Owner>
inline constexpr auto named_indexes = read_named_indexes<Owner>();

constexpr bool are_ambiguous(const NamedIndex& left, const NamedIndex& right) {
    return left.number == right.number && same_name(left.name, right.name) && left.statement != right.statement;
}

/// Whether two different indexes have one name: CREATE INDEX IF NOT EXISTS would leave out the second.
template <std::size_t count>
constexpr bool has_ambiguous_index(const std::array<ListView<NamedIndex>, count>& indexes) {
    for (std::size_t i = 0; i < count; ++i) {
        for (const NamedIndex& index : indexes[i]) {
            for (std::size_t j = i; j < count; ++j) {
                for (const NamedIndex& other : indexes[j]) {
                    if (are_ambiguous(index, other)) return true;
                }
            }
        }
    }
    return false;
}

/// Says what keeps entities from being created together.
template <class... Entities>
consteval bool require_schema(Schema<Entities...> schema) {
    if constexpr ((Entity<Entities> && ...)) {
        constexpr bool has_twins =
            has_ambiguous_index(std::array<ListView<NamedIndex>, sizeof...(Entities)>{named_indexes<Entities>...});
        static_assert(!has_twins,
                      "mica: two indexes of this schema have the same name; give one of them another by .name()");
        return !has_twins;
    } else {
        return require_entities(schema);
    }
}

template <const Dialect& database, class... Entities>
SchemaTexts<database, Entities...> texts_of(Schema<Entities...>);

}  // namespace detail

/// `Schema<A, B>` for both `<A, B>` and `<Schema<A, B>>`.
template <class... Entities>
using SchemaFor = typename detail::SchemaOf<Entities...>::Type;

}  // namespace mica
