// SPDX-License-Identifier: BSL-1.0
// create_function(), create_aggregate() and create_collation(): what engines and connections have in common.
#pragma once

#include <mica/core/function_flags.hpp>
#include <mica/engine/backend.hpp>
#include <mica/engine/program_function.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

template <class Candidate>
concept DeclaresFunction = requires { typename Candidate::Declared; };
template <class Candidate>
concept DeclaresAggregate = requires { typename Candidate::DeclaredSteps; };

template <class Declared, class Given>
inline constexpr bool is_declared_so = false;
/// Texts and bytes may be taken as views, and what is declared to be NULL at times need never be.
template <class Result, class... Parameters, class Given, class... Taken>
    requires(sizeof...(Parameters) == sizeof...(Taken))
inline constexpr bool is_declared_so<Result(Parameters...), Given(Taken...)> =
    (std::same_as<OwnedType<Result>, OwnedType<Given>> ||
     std::same_as<OwnedType<Result>, std::optional<OwnedType<Given>>>) &&
    (std::same_as<OwnedType<Parameters>, OwnedType<Taken>> && ... && true);

/// What an aggregate takes and gives, as one signature.
template <class Step, class Finish>
struct SignatureOfSteps;
template <class Nothing, class... Arguments, class Result>
struct SignatureOfSteps<Nothing(Arguments...), Result()> {
    using Type = Result(Arguments...);
};

template <class Declared, class Given>
consteval bool require_declared() {
    constexpr bool fits = is_declared_so<Declared, Given>;
    static_assert(fits, "mica: this callable's arguments and result are not those that the function was declared with");
    return fits;
}

// Defined in <mica/regexp.hpp>.
template <class Call>
struct RegexpFunction;

template <bool is_included>
consteval bool require_regexp() {
    static_assert(is_included,
                  "mica: use_regexp() wants #include <mica/regexp.hpp>, and RE2 linked: the CMake target mica::regexp");
    return is_included;
}

template <class Declared, class Callable>
consteval bool require_declared_callable() {
    if constexpr (!require_callable<Callable>()) {
        return false;
    } else {
        return require_declared<Declared, Signature<Callable>>();
    }
}

template <class Declared, class State>
consteval bool require_declared_aggregate() {
    if constexpr (!require_aggregate<State>()) {
        return false;
    } else {
        return require_declared<Declared, typename SignatureOfSteps<Signature<decltype(&State::step)>,
                                                                    Signature<decltype(&State::finish)>>::Type>();
    }
}

}  // namespace detail

/// The base of what takes functions: `Owner` has install(), which hands a callback to its connections.
/// A callable is moved or copied once, shared by all connections, called by whatever thread uses one of them, by
/// several at once where there are several, and destroyed with the last of engine and connections. It may throw: the
/// statement that called it throws that. It may run statements of its own, as long as they leave the one that called it
/// and its transaction alone.
template <class Owner, class BackendType>
class CreatesFunctions {
    template <class Database>
    using CallOf = typename Database::FunctionCall;

public:
    /// Makes `callable` the function `name` of SQL, in place of one of the same name and number of arguments. What it
    /// takes and gives is deduced from its call operator, stored and read as a column of that type: what does not fit
    /// is a DataError. Where an argument is NULL that it does not take as std::optional, the result is NULL without a
    /// call. Taking one `mica::FunctionArguments`, it has any number of them.
    /// Throws ProgrammingError for a name that cannot be, and for flags that contradict each other.
    template <class Callable, class Database = typename BackendType::Database>
        requires TakesFunctions<Database>
    void create_function(std::string_view name, Callable&& callable, FunctionFlags flags = FunctionFlags::none) const {
        if constexpr (detail::require_callable<Callable>()) {
            Database::require_function(name, {detail::argument_count<detail::Signature<Callable>>, flags});
            install(detail::make_function<CallOf<Database>>(name, std::forward<Callable>(callable), flags),
                    [](Database& database, auto& function) { database.create_function(function); });
        }
    }
    /// The same for a function that was declared: with these types and no others.
    template <detail::DeclaresFunction Declared, class Callable>
    void create_function(const Declared&, Callable&& callable, FunctionFlags flags = FunctionFlags::none) const {
        if constexpr (detail::require_declared_callable<typename Declared::Declared, Callable>()) {
            create_function(Declared::name(), std::forward<Callable>(callable), flags);
        }
    }

    /// Makes `State` the aggregate `name` of SQL: each group of rows has one of its own, which step(…) is called on for
    /// each row and finish() for the result, for a group without rows too. With inverse(…), which takes back what step
    /// was given, and value() it is a window function as well. A row with a NULL that step() does not take as
    /// std::optional is passed over.
    template <class State, class Database = typename BackendType::Database>
        requires TakesFunctions<Database>
    void create_aggregate(std::string_view name, FunctionFlags flags = FunctionFlags::none) const {
        if constexpr (detail::require_aggregate<State>()) {
            add_aggregate<State, Database>(name, detail::MakeEmpty<State>{}, flags);
        }
    }
    /// Each group starts with a copy of `prototype`.
    template <class State, class Database = typename BackendType::Database>
        requires TakesFunctions<Database>
    void create_aggregate(std::string_view name, State prototype, FunctionFlags flags = FunctionFlags::none) const {
        if constexpr (detail::require_aggregate<State>()) {
            add_aggregate<State, Database>(name, detail::CopyPrototype<State>{std::move(prototype)}, flags);
        }
    }
    /// The same for an aggregate that was declared.
    template <class State, detail::DeclaresAggregate Declared>
    void create_aggregate(const Declared&, FunctionFlags flags = FunctionFlags::none) const {
        if constexpr (detail::require_declared_aggregate<typename Declared::DeclaredSteps, State>()) {
            create_aggregate<State>(Declared::name(), flags);
        }
    }
    template <detail::DeclaresAggregate Declared, class State>
    void create_aggregate(const Declared&, State prototype, FunctionFlags flags = FunctionFlags::none) const {
        if constexpr (detail::require_declared_aggregate<typename Declared::DeclaredSteps, State>()) {
            create_aggregate(Declared::name(), std::move(prototype), flags);
        }
    }

    /// Makes `compare` the collation `name`: for two texts a number less than, equal to or greater than 0. It has to be
    /// a total order that never changes, or indexes by it are not to be relied on, and it should not throw: SQLite
    /// cannot stop at once, so that a statement outside of a transaction may be committed by then.
    template <class Compare, class Database = typename BackendType::Database>
        requires TakesFunctions<Database>
    void create_collation(std::string_view name, Compare&& compare) const {
        if constexpr (detail::require_collation<std::remove_cvref_t<Compare>>()) {
            Database::require_function(name, {});
            install(detail::make_collation(name, std::forward<Compare>(compare)),
                    [](Database& database, detail::Collation& collation) { database.create_collation(collation); });
        }
    }

    /// Gives REGEXP, and so `.regexp()`, its function: whether an RE2 pattern is found anywhere in the text
    /// (https://github.com/google/re2/wiki/Syntax), both in UTF-8. Its time grows with the text alone, so a pattern may
    /// come from anybody; one that cannot be read is a DataError. Needs <mica/regexp.hpp>.
    template <class Database = typename BackendType::Database>
        requires TakesFunctions<Database>
    void use_regexp() const {
        using Function = detail::RegexpFunction<CallOf<Database>>;
        constexpr bool is_included = requires { sizeof(Function); };
        if constexpr (detail::require_regexp<is_included>()) {
            install(detail::CallbackReference<detail::ScalarFunction<CallOf<Database>>>{new Function{}},
                    [](Database& database, auto& function) { database.create_function(function); });
        }
    }

protected:
    CreatesFunctions() = default;
    ~CreatesFunctions() = default;
    CreatesFunctions(const CreatesFunctions&) = default;
    CreatesFunctions& operator=(const CreatesFunctions&) = default;

private:
    template <class State, class Database, class Make>
    void add_aggregate(std::string_view name, Make make, FunctionFlags flags) const {
        using Step = detail::Signature<decltype(&State::step)>;
        Database::require_function(name, {detail::argument_count<Step>, flags});
        install(detail::make_aggregate_function<CallOf<Database>, State>(name, std::move(make), flags),
                [](Database& database, auto& function) { database.create_aggregate(function); });
    }

    template <class Reference, class Create>
    void install(Reference callback, Create create) const {
        static_cast<const Owner&>(*this).install(std::move(callback), create);
    }
};

}  // namespace mica
