// SPDX-License-Identifier: BSL-1.0
// param<T>: a value that a prepared statement is given at each run.
#pragma once

#include <mica/query/expression/inspection.hpp>
#include <mica/query/expression/operand_types.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mica {

template <class Type>
struct Param : Operand<Param<Type>> {
    using Value = Type;
    using Children = Types<>;
    static constexpr int precedence = precedence::primary;

    static constexpr void render(SqlWriter& writer) { writer.parameter(); }
    static constexpr void inspect(Inspection& inspection) {
        using Plain = without_optional<Type>;
        inspection.add_parameter({.type = reflect::type_identity<Plain>,
                                  .storage = storage_class_of<Type>,
                                  .nullable = is_optional<Type>,
                                  .plain = detail::is_number<Plain> || detail::is_text<Plain>});
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        sink.template argument<Type>();
    }
    /// The same through `target`, which sees the value.
    template <class Sink, class Target>
        requires requires(Sink& sink, Target& target) { sink.template argument<Type>(target); }
    constexpr void bind_argument(Sink& sink, Target& target) const {
        sink.template argument<Type>(target);
    }
};

namespace detail {

template <class Type>
inline constexpr bool is_optional_value<Param<std::optional<Type>>> = true;

template <class Type>
consteval auto make_param() {
    static_assert(Storable<Type>, "mica: param<> is of a type that mica can store");
    if constexpr (Storable<Type>) {
        return Param<Type>{};
    } else {
        return Invalid{};
    }
}

/// Whether an argument can be the value of a parameter.
template <class Argument>
constexpr bool is_argument_for(const ParameterShape& shape) {
    using Plain = without_optional<Argument>;
    if constexpr (std::same_as<Argument, std::nullopt_t>) {
        return shape.nullable;
    } else {
        if (is_optional<Argument> && !shape.nullable) return false;
        if constexpr (Storable<Plain>) {
            if (shape.type == reflect::type_identity<Plain>) return true;
        }
        if (!shape.plain) return false;
        if constexpr (StoredInteger<Plain>) {
            return shape.storage == StorageClass::integer || shape.storage == StorageClass::real;
        } else if constexpr (std::floating_point<Plain>) {
            return shape.storage == StorageClass::real;
        } else {
            return std::convertible_to<const Plain&, std::string_view> && shape.storage == StorageClass::text;
        }
    }
}

/// Says whether these arguments are those that a statement wants.
template <class Query, class... Arguments>
consteval bool require_prepared_arguments() {
    constexpr const Inspection& uses = inspection_of<Query>;
    constexpr bool right_count = uses.parameter_count == sizeof...(Arguments);
    constexpr bool are_few = uses.parameter_count <= Inspection::capacity;
    static_assert(right_count, "mica: a prepared statement is given one value for each param<>");
    static_assert(are_few || !right_count, "mica: a prepared statement has at most 32 param<>s");
    if constexpr (right_count && are_few) {
        constexpr bool right_types = [] {
            std::size_t next = 0;
            return (is_argument_for<Arguments>(uses.parameters[next++]) && ... && true);
        }();
        static_assert(right_types,
                      "mica: a prepared statement is given values of the types of its param<>s, in the "
                      "order of the SQL text");
        return right_types;
    } else {
        return false;
    }
}

/// Binds an argument as the type that the parameter has; the check has left only those that can be.
template <class Type, class Argument, class Sink>
void bind_argument_as(const Argument& argument, Sink& sink) {
    using Plain = without_optional<Type>;
    if constexpr (std::same_as<Argument, std::nullopt_t>) {
        sink.null();
    } else if constexpr (is_optional<Argument>) {
        if (argument) {
            bind_argument_as<Type>(*argument, sink);
        } else {
            sink.null();
        }
    } else if constexpr (std::same_as<Plain, Argument>) {
        encode(argument, sink, Lifetime::borrowed);
    } else if constexpr (is_number<Plain> && is_number<Argument>) {
        if constexpr (std::floating_point<Plain>) {
            sink.real(static_cast<double>(argument));
        } else {
            sink.integer(static_cast<std::int64_t>(argument));
        }
    } else if constexpr (is_text<Plain> && std::convertible_to<const Argument&, std::string_view>) {
        sink.text(argument, Lifetime::borrowed);
    }
}

/// A sink that takes the values of parameters from a list of arguments.
template <class Sink, class... Arguments>
struct ArgumentSink : Sink {
    std::tuple<const Arguments&...> arguments;
    std::size_t next_argument = 0;

    ArgumentSink(const Sink& sink, const Arguments&... given) : Sink(sink), arguments(given...) {}

    /// Passes over the values of a part that is not there.
    void skip_arguments(std::size_t count) noexcept { next_argument += count; }
    template <class Type>
    void argument() {
        argument<Type>(static_cast<Sink&>(*this));
    }
    template <class Type, class Target>
    void argument(Target& target) {
        const std::size_t wanted = next_argument++;
        std::apply(
            [&](const auto&... each) {
                std::size_t index = 0;
                ((index++ == wanted ? bind_argument_as<Type>(each, target) : void()), ...);
            },
            arguments);
    }
};

}  // namespace detail

/// A value of this type, given at each run of `connection.prepare(statement)`.
template <class Type>
inline constexpr auto param = detail::make_param<Type>();

}  // namespace mica
