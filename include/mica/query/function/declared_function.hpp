// SPDX-License-Identifier: BSL-1.0
// Functions of the program's that are declared once, by name and types: a call of one in a statement is checked against
// that, and so is the callable that an engine is given for it.
#pragma once

#include <mica/core/signature.hpp>
#include <mica/query/function/aggregate.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// Whether statements know all of its types.
template <class Signature>
inline constexpr bool is_declarable = false;
template <class Result, class... Parameters>
inline constexpr bool is_declarable<Result(Parameters...)> =
    (Storable<OwnedType<Result>> && ... && Storable<OwnedType<Parameters>>);

/// Whether a place that is declared as `Parameter` takes an operand: one of a comparable type, but no floating point
/// number where an integer is wanted.
template <class Parameter, class Given>
consteval bool takes_declared() {
    using Wanted = without_optional<Parameter>;
    if constexpr (!can_stand_beside<Wanted, Given>()) {
        return false;
    } else if constexpr (StoredInteger<Wanted> && !is_nullopt<Given> && !is_invalid_operand<Given>) {
        return !std::floating_point<without_optional<ValueTypeOfOperand<Given>>>;
    } else {
        return true;
    }
}

template <class Parameter, class Given>
consteval bool require_declared_argument() {
    if constexpr (is_invalid_operand<Given>) {
        return false;
    } else {
        constexpr bool fits = takes_declared<Parameter, Given>();
        static_assert(fits, "mica: this argument is not of the type that the function was declared with");
        return fits;
    }
}

template <bool fits>
consteval bool require_declared_count() {
    static_assert(fits, "mica: this function was declared with another number of arguments");
    return fits;
}

/// Whether a call is as it was declared; says what is not.
template <class... Given, class... Parameters>
consteval bool is_as_declared(std::type_identity<Types<Parameters...>>) {
    if constexpr (!require_declared_count<sizeof...(Given) == sizeof...(Parameters)>()) {
        return false;
    } else {
        return (require_declared_argument<Parameters, Given>() && ... && true);
    }
}

}  // namespace detail

/// A call of a declared function. NULL where a parameter that is no std::optional is given one.
template <FixedString name, class Result, class Parameters, Expression... Given>
struct DeclaredCall;
template <FixedString name, class Result, class... Parameters, Expression... Given>
struct DeclaredCall<name, Result, Types<Parameters...>, Given...>
    : detail::CallByName<DeclaredCall<name, Result, Types<Parameters...>, Given...>, name, Given...> {
    using Value = detail::NullableIf<Result, ((!is_optional<Parameters> && is_optional<ValueOf<Given>>) || ...)>;
    static constexpr bool is_nullable([[maybe_unused]] const OuterTables& outer) {
        return ((!is_optional<Parameters> && detail::is_nullable_in<Given>(outer)) || ...);
    }
};

namespace detail {

template <FixedString name, class Result, class Parameters, class... Nodes>
constexpr auto make_declared_call(Nodes... nodes) {
    return DeclaredCall<name, Result, Parameters, Nodes...>{
        {{}, boost::hana::basic_tuple<Nodes...>{std::move(nodes)...}}};
}

/// What `make` makes of arguments as they are declared.
template <class... Parameters, class Make, class... Given>
constexpr auto call_as_declared(std::type_identity<Types<Parameters...>> declared, Make make, Given&&... given) {
    if constexpr (is_as_declared<Given...>(declared)) {
        return make(lift<Parameters>(std::forward<Given>(given))...);
    } else {
        return Invalid{};
    }
}

}  // namespace detail

/// A function by its name and types: an object that is called in statements, and that an engine gets a callable for.
template <FixedString sql_name, class Signature>
struct DeclaredFunction;
template <FixedString sql_name, class Result, class... Parameters>
struct DeclaredFunction<sql_name, Result(Parameters...)> {
    using Declared = Result(Parameters...);
    static constexpr std::string_view name() noexcept { return sql_name.view(); }

    /// `name(arguments…)`, NULL where an argument is NULL that is not declared as std::optional.
    template <class... Given>
        requires detail::Arguments<Given...>
    constexpr auto operator()(Given&&... given) const {
        using Stored = Types<detail::OwnedType<Parameters>...>;
        constexpr auto make = [](auto... nodes) {
            return detail::make_declared_call<sql_name, detail::OwnedType<Result>, Stored>(std::move(nodes)...);
        };
        return detail::call_as_declared(std::type_identity<Stored>{}, make, std::forward<Given>(given)...);
    }
};

namespace detail {

/// A name between quotes, so that it may be any word of SQL's.
template <FixedString name>
consteval auto quote() {
    constexpr std::size_t quotes = [] {
        std::size_t count = 0;
        for (const char& character : name.view()) count += character == '"' ? 1 : 0;
        return count;
    }();
    char text[name.view().size() + quotes + 3]{'"'};
    std::size_t end = 1;
    for (const char& character : name.view()) {
        if (character == '"') text[end++] = '"';
        text[end++] = character;
    }
    text[end] = '"';
    return FixedString{text};
}

}  // namespace detail

/// An aggregate by its name and types: what its step() takes, and what its finish() gives. Its calls have distinct(),
/// filter() and, for a window function, over().
template <FixedString sql_name, class Signature>
struct DeclaredAggregate;
template <FixedString sql_name, class Result, class... Parameters>
struct DeclaredAggregate<sql_name, Result(Parameters...)> {
    using DeclaredSteps = Result(Parameters...);
    static constexpr std::string_view name() noexcept { return sql_name.view(); }

    template <class... Given>
        requires detail::Arguments<Given...>
    constexpr auto operator()(Given&&... given) const {
        constexpr auto make = [](auto... nodes) {
            return detail::make_aggregate<detail::quote<sql_name>(), detail::OwnedType<Result>, Repeated::counted>(
                std::move(nodes)...);
        };
        return detail::call_as_declared(std::type_identity<Types<detail::OwnedType<Parameters>...>>{}, make,
                                        std::forward<Given>(given)...);
    }
};

namespace detail {

template <class Signature>
consteval bool require_declarable() {
    static_assert(is_declarable<Signature>,
                  "mica: a function is declared with types that mica can store, as in declare_function<\"slug\", "
                  "std::string(std::string_view)>");
    return is_declarable<Signature>;
}

/// What a refused declaration goes on as.
struct RefusedDeclaration {
    template <class... Given>
    constexpr Invalid operator()(const Given&...) const {
        return Invalid{};
    }
};

template <FixedString name, class Signature>
consteval auto declared_function() {
    if constexpr (require_declarable<Signature>()) {
        return DeclaredFunction<name, Signature>{};
    } else {
        return RefusedDeclaration{};
    }
}
template <FixedString name, class Signature>
consteval auto declared_aggregate() {
    if constexpr (require_declarable<Signature>()) {
        return DeclaredAggregate<name, Signature>{};
    } else {
        return RefusedDeclaration{};
    }
}

/// What function<"name"> is where nobody has declared that.
struct UndeclaredFunction {
    template <class... Given>
    static constexpr bool is_declared = false;

    template <class... Given>
    constexpr Invalid operator()(const Given&...) const {
        static_assert(is_declared<Given...>,
                      "mica: no function of this name is declared: specialize mica::function for it, or write "
                      "func<\"name\", Result>(...)");
        return Invalid{};
    }
};

}  // namespace detail

/// `inline constexpr auto slug = mica::declare_function<"slug", std::string(std::string_view)>;` then `slug(col<…>)`.
template <FixedString name, class Signature>
inline constexpr auto declare_function = detail::declared_function<name, Signature>();

/// `inline constexpr auto median = mica::declare_aggregate<"median", std::optional<double>(double)>;`
template <FixedString name, class Signature>
inline constexpr auto declare_aggregate = detail::declared_aggregate<name, Signature>();

/// A function by its name alone, `mica::function<"slug">(col<…>)`, once it is declared for all:
/// `template <> inline constexpr auto mica::function<"slug"> = mica::declare_function<"slug", …>;`
template <FixedString name>
inline constexpr auto function = detail::UndeclaredFunction{};

}  // namespace mica
