// SPDX-License-Identifier: BSL-1.0
// The expressions inside a mapping's options as DDL text, their values as literals: SQL takes no parameter there.
#pragma once

#include <mica/schema/table.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace mica::detail {

/// Collects the values of an expression as literals.
struct LiteralSink {
    static constexpr std::size_t capacity = 64;
    std::array<Literal, capacity> literals{};
    std::size_t count = 0;
    std::array<char, 1024> texts{};  ///< of temporaries, as codecs return them
    std::size_t text_size = 0;
    std::array<std::byte, 1024> bytes{};
    std::size_t byte_size = 0;

    /// Gives a pointer to const: views of any other would have to be checked as ranges, for 4 MB of memory.
    template <class Value, class Store>
    static constexpr const auto* copy(const Value& value, Store& store, std::size_t& used) {
        const auto* const first = store.data() + used;
        for (const auto& element : value) store[used++] = element;
        return first;
    }

    constexpr void null() { literals[count++] = {}; }
    constexpr void integer(std::int64_t value) {
        literals[count++] = {.storage = StorageClass::integer, .integer = value};
    }
    constexpr void real(double value) { literals[count++] = {.storage = StorageClass::real, .real = value}; }
    constexpr void text(std::string_view value, Lifetime lifetime) {
        if (lifetime == Lifetime::copied) value = {copy(value, texts, text_size), value.size()};
        literals[count++] = {.storage = StorageClass::text, .text = value};
    }
    constexpr void blob(Bytes value, Lifetime lifetime) {
        if (lifetime == Lifetime::copied) value = {copy(value, bytes, byte_size), value.size()};
        literals[count++] = {.storage = StorageClass::blob, .blob = value};
    }
};

static_assert(ValueSink<LiteralSink>);

template <class Expression>
constexpr void render_with_values(const Expression& expression, SqlWriter& writer) {
    LiteralSink sink;
    expression.bind(sink);
    writer.write_values(sink.literals.data());
    Expression::render(writer);
    writer.write_values(nullptr);
}

template <class Owner, std::size_t index>
constexpr void render_expression_of(SqlWriter& writer) {
    render_with_values(boost::hana::at_c<index>(mapping_of<Owner>.options).expression, writer);
}

template <class Owner, std::size_t index>
constexpr void render_condition_of(SqlWriter& writer) {
    render_with_values(boost::hana::at_c<index>(mapping_of<Owner>.options).condition, writer);
}

template <class Owner, std::size_t index>
consteval OptionRenderers make_renderers() {
    OptionRenderers renderers;
    if constexpr (options_of<Owner>[index].has_expression) renderers.expression = &render_expression_of<Owner, index>;
    if constexpr (options_of<Owner>[index].has_condition) renderers.condition = &render_condition_of<Owner, index>;
    return renderers;
}

template <class Owner, std::size_t... indices>
consteval std::array<OptionRenderers, sizeof...(indices)> make_all_renderers(std::index_sequence<indices...>) {
    return {{make_renderers<Owner, indices>()...}};
}

constexpr bool have_expressions(ListView<OptionData> options) {
    for (const OptionData& option : options) {
        if (option.has_expression || option.has_condition) return true;
    }
    return false;
}

template <class Owner>
consteval std::array<OptionRenderers, options_of<Owner>.size()> find_renderers() {
    if constexpr (have_expressions(options_of<Owner>)) {
        return make_all_renderers<Owner>(std::make_index_sequence<options_of<Owner>.size()>{});
    } else {
        return {};
    }
}

/// One for each option of the mapping, in the same order.
template <class Owner>
inline constexpr auto option_renderers = find_renderers<Owner>();

}  // namespace mica::detail
