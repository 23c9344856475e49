// SPDX-License-Identifier: BSL-1.0
// CAST and COLLATE: the same value taken as another type, or compared and sorted in another way.
#pragma once

#include <mica/core/fixed_string.hpp>
#include <mica/query/expression/argument.hpp>
#include <mica/query/expression/time_format.hpp>

#include <type_traits>

namespace mica {

/// CAST to the type that `Result` is stored as (https://www.sqlite.org/lang_expr.html, section 14).
template <class Result, Expression Of>
struct Cast : Operand<Cast<Result, Of>> {
    using Value = detail::NullableIf<Result, is_optional<ValueOf<Of>>>;
    using Children = Types<Of>;
    static constexpr int precedence = precedence::primary;

    Of operand;

    static constexpr void render(SqlWriter& writer) {
        writer.text("CAST(");
        Of::render(writer);
        writer.text(" AS ");
        writer.type(storage_class_of<Result>);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        operand.bind(sink);
    }
};

/// `operand COLLATE name`.
template <FixedString name, Expression Of>
struct Collated : Operand<Collated<name, Of>> {
    using Value = ValueOf<Of>;
    using Children = Types<Of>;
    static constexpr int precedence = precedence::collation;

    Of operand;

    static constexpr void render(SqlWriter& writer) {
        detail::render_operand<Of>(writer, precedence::collation);
        writer.text(" COLLATE ");
        writer.identifier(writer.dialect().spelling(name.view()));
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        operand.bind(sink);
    }
};

template <class Self>
template <class Result>
constexpr auto Operand<Self>::cast() const {
    constexpr bool is_storable = Storable<Result>;
    constexpr bool is_time = detail::is_point_in_time<without_optional<Result>>;
    static_assert(is_storable, "mica: cast<> gives a type that mica can store");
    static_assert(!is_time, "mica: cast<> gives no point in time; datetime<>() and date<>() do");
    if constexpr (is_storable && !is_time) {
        return Cast<Result, Self>{{}, self()};
    } else {
        return Invalid{};
    }
}

template <class Self>
template <FixedString name>
constexpr auto Operand<Self>::collate() const {
    constexpr bool is_text = storage_class_of<ValueOf<Self>> == StorageClass::text;
    static_assert(is_text, "mica: collate<> says how texts are compared");
    if constexpr (is_text) {
        return Collated<name, Self>{{}, self()};
    } else {
        return Invalid{};
    }
}

}  // namespace mica
