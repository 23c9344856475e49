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

/// A number for a name, the same for names that differ in the case of ASCII letters only: names are compared where
/// their numbers are equal, for in constant evaluation each comparison takes memory, and a schema has many pairs.
struct NameNumber {
    std::uint64_t value = 14695981039346656037U;  // FNV-1a

    constexpr void identifier_part(std::string_view text) {
        const char* const letters = text.data();
        std::uint64_t hash = value;
        for (std::size_t i = 0, size = text.size(); i < size; ++i) {
            const char letter = letters[i];
            const bool is_upper = letter >= 'A' && letter <= 'Z';
            hash = (hash ^ static_cast<unsigned char>(is_upper ? letter - 'A' + 'a' : letter)) * 1099511628211U;
        }
        value = hash;
    }
    constexpr void number(std::int64_t number) {
        if (number > 9) this->number(number / 10);
        const char digit = static_cast<char>('0' + number % 10);
        identifier_part({&digit, 1});
    }
};

constexpr std::uint64_t number_of_name(std::string_view name) {
    NameNumber number;
    number.identifier_part(name);
    return number.value;
}

/// Which of `count` tables a table needs before it.
template <std::size_t count>
using Needs = std::array<std::array<bool, count>, count>;

/// Tables are compared by their names: under g++'s UBSan comparing their addresses is no constant expression.
template <std::size_t count>
constexpr Needs<count> direct_needs(const std::array<TableWithTargets, count>& tables) {
    std::array<std::uint64_t, count> numbers{};
    for (std::size_t i = 0; i < count; ++i) numbers[i] = number_of_name(tables[i].table->name);
    Needs<count> needs{};
    for (std::size_t child = 0; child < count; ++child) {
        const TableWithTargets& from = tables[child];
        for (std::size_t i = 0; i < from.targets.size(); ++i) {
            const OptionData& option = from.table->options[i];
            if (option.kind != OptionKind::foreign_key && !option.has_content) continue;
            const std::string_view name = from.targets[i]->name;
            const std::uint64_t number = number_of_name(name);
            for (std::size_t parent = 0; parent < count; ++parent) {
                if (numbers[parent] == number && parent != child && same_name(tables[parent].table->name, name))
                    needs[child][parent] = true;
            }
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

constexpr std::size_t count_indexes(const Table& table) {
    std::size_t count = 0;
    for_each_index(table, [&count](const OptionData&, std::size_t) { ++count; });
    return count;
}

/// The numbers of the names of a table's indexes.
template <std::size_t count>
consteval std::array<std::uint64_t, count> number_indexes(const Table& table) {
    std::array<std::uint64_t, count> numbers{};
    [[maybe_unused]] std::size_t next = 0;
    for_each_index(table, [&](const OptionData& option, std::size_t number) {
        NameNumber name;
        if (!table.schema.empty()) {
            name.identifier_part(table.schema);
            name.identifier_part(".");
        }
        name_index(name, table, option, number);
        numbers[next++] = name.value;
    });
    return numbers;
}

template <class Owner>
inline constexpr auto index_numbers = number_indexes<count_indexes(table_of<Owner>())>(table_of<Owner>());

/// Whether a number is there twice: a hash table, for a schema has many pairs of indexes.
template <std::size_t count, std::size_t lists>
constexpr bool has_twin_numbers(const std::array<ListView<std::uint64_t>, lists>& all) {
    std::array<std::uint64_t, 2 * count + 1> seen{};
    for (const ListView<std::uint64_t>& numbers : all) {
        for (const std::uint64_t& number : numbers) {
            std::size_t place = number % seen.size();
            for (; seen[place] != 0; place = (place + 1) % seen.size()) {
                if (seen[place] == number) return true;
            }
            seen[place] = number;
        }
    }
    return false;
}

/// An index's name and the statement that creates it.
struct NamedIndex {
    std::string_view name{};
    std::string_view statement{};
    std::uint64_t number = 0;
};

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

/// The statements are written and compared only where two indexes have one name, if need be as one entity has been
/// named twice.
template <class... Entities>
consteval bool has_twin_index(Schema<Entities...>) {
    constexpr std::size_t count = (index_numbers<Entities>.size() + ... + 0U);
    if constexpr (has_twin_numbers<count>(
                      std::array<ListView<std::uint64_t>, sizeof...(Entities)>{index_numbers<Entities>...})) {
        return has_ambiguous_index(std::array<ListView<NamedIndex>, sizeof...(Entities)>{named_indexes<Entities>...});
    } else {
        return false;
    }
}

/// Says what keeps entities from being created together.
template <class... Entities>
consteval bool require_schema(Schema<Entities...> schema) {
    if constexpr ((Entity<Entities> && ...)) {
        constexpr bool has_twins = has_twin_index(schema);
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
