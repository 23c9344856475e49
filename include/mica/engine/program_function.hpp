// SPDX-License-Identifier: BSL-1.0
// Functions, aggregates and collations made of callables of the program's: their types deduced and checked, their
// objects ready for a backend that takes such.
#pragma once

#include <mica/core/callback.hpp>
#include <mica/core/signature.hpp>
#include <mica/engine/function_arguments.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica::detail {

/// Says of a signature why it is none of a function's; false then.
template <class Signature>
inline constexpr bool has_sound_arguments = false;
template <class Result, class... Arguments>
inline constexpr bool has_sound_arguments<Result(Arguments...)> =
    ((FunctionValue<std::remove_cvref_t<Arguments>> &&
      (!std::is_lvalue_reference_v<Arguments> || std::is_const_v<std::remove_reference_t<Arguments>>)) &&
     ... && true);
template <class Result, class BackendType>
inline constexpr bool has_sound_arguments<Result(BasicFunctionArguments<BackendType>)> = true;
template <class Result, class BackendType>
inline constexpr bool has_sound_arguments<Result(const BasicFunctionArguments<BackendType>&)> = true;

template <class Signature>
inline constexpr bool has_sound_result = false;
template <class Result, class... Arguments>
inline constexpr bool has_sound_result<Result(Arguments...)> = FunctionValue<std::remove_cvref_t<Result>>;

/// How many arguments a signature has in SQL, -1 for any number.
template <class Signature>
inline constexpr int argument_count = 0;
template <class Result, class... Arguments>
inline constexpr int argument_count<Result(Arguments...)> = static_cast<int>(sizeof...(Arguments));
template <class Result, class BackendType>
inline constexpr int argument_count<Result(BasicFunctionArguments<BackendType>)> = -1;
template <class Result, class BackendType>
inline constexpr int argument_count<Result(const BasicFunctionArguments<BackendType>&)> = -1;

template <class Callable>
consteval bool require_callable() {
    constexpr bool is_known = !std::is_void_v<Signature<Callable>>;
    static_assert(is_known,
                  "mica: the types of a function are those of its call operator, so it has one, which is no template: "
                  "[](std::string_view text) -> std::string {...}");
    if constexpr (is_known) {
        constexpr bool takes = has_sound_arguments<Signature<Callable>>;
        constexpr bool gives = has_sound_result<Signature<Callable>>;
        static_assert(takes, "mica: a function takes types that mica can store, by value or as const&");
        static_assert(gives || !takes, "mica: a function gives a type that mica can store");
        return takes && gives;
    } else {
        return false;
    }
}

/// Calls `action` with what a call has for `Arguments`: each argument read, or all of them at once.
template <class... Arguments>
struct CallWith {
    template <class Call, class Action>
    static void run(Call& call, const Callback& function, Action&& action) {
        ArgumentsFor<Arguments...>{}.read_and_call(call, function, std::forward<Action>(action));
    }
};
template <class BackendType>
struct CallWith<BasicFunctionArguments<BackendType>> {
    template <class Call, class Action>
    static void run(Call& call, const Callback& function, Action&& action) {
        action(BasicFunctionArguments<BackendType>{call, function});
    }
};

template <class Call, class Action, class Signature>
struct TypedFunction;
template <class Call, class Action, class Result, class... Arguments>
struct TypedFunction<Call, Action, Result(Arguments...)> final : ScalarFunction<Call> {
    using Base = ScalarFunction<Call>;

    template <class Given>
    TypedFunction(std::string_view name, Given&& given, FunctionFlags flags)
        : Base(
              name, [](Callback* self) noexcept { delete static_cast<TypedFunction*>(self); },
              {argument_count<Result(Arguments...)>, flags}, call_action),
          action(std::forward<Given>(given)) {}

    static void call_action(Base& self, Call& call) {
        CallWith<std::remove_cvref_t<Arguments>...>::run(call, self, [&](auto&&... arguments) {
            send_result<std::remove_cvref_t<Result>>(
                static_cast<TypedFunction&>(self).action(std::forward<decltype(arguments)>(arguments)...), call);
        });
    }

    Action action;
};

/// `Callable` as a function that a database can call.
template <class Call, class Callable>
auto make_function(std::string_view name, Callable&& callable, FunctionFlags flags) {
    using Action = std::decay_t<Callable>;
    return CallbackReference<ScalarFunction<Call>>{
        new TypedFunction<Call, Action, Signature<Action>>{name, std::forward<Callable>(callable), flags}};
}

template <class State>
concept HasSteps = requires {
    requires !std::is_void_v<Signature<decltype(&State::step)>>;
    requires !std::is_void_v<Signature<decltype(&State::finish)>>;
};
template <class State>
concept HasInverse = requires { &State::inverse; };
template <class State>
concept HasValue = requires { &State::value; };

template <class Signature>
struct ResultIn;
template <class Result, class... Arguments>
struct ResultIn<Result(Arguments...)> {
    using Type = Result;
    using Step = void(Arguments...);
};

/// Whether both give the same, of which one may be empty.
template <class Value, class Finish>
inline constexpr bool gives_the_same = std::same_as<Value, Finish>;
template <class Value, class Finish>
inline constexpr bool gives_the_same<Value(), Finish()> =
    std::same_as<Value, Finish> || std::same_as<std::optional<Value>, Finish> ||
    std::same_as<Value, std::optional<Finish>>;

/// Whether inverse() takes back what step() takes, and value() gives what finish() gives.
template <class State>
consteval bool is_window() {
    if constexpr (HasInverse<State> && HasValue<State>) {
        using Inverse = Signature<decltype(&State::inverse)>;
        using Value = Signature<decltype(&State::value)>;
        if constexpr (!std::is_void_v<Inverse> && !std::is_void_v<Value>) {
            return std::same_as<typename ResultIn<Inverse>::Step,
                                typename ResultIn<Signature<decltype(&State::step)>>::Step> &&
                   gives_the_same<Value, Signature<decltype(&State::finish)>>;
        }
    }
    return false;
}

template <class State>
consteval bool require_aggregate() {
    constexpr bool has_steps = HasSteps<State>;
    static_assert(has_steps, "mica: an aggregate has a step(...) and a finish(), one of each, which are no templates");
    if constexpr (has_steps) {
        constexpr bool takes = has_sound_arguments<Signature<decltype(&State::step)>>;
        constexpr bool gives = has_sound_result<Signature<decltype(&State::finish)>> &&
                               argument_count<Signature<decltype(&State::finish)>> == 0;
        constexpr bool is_whole = is_window<State>() || !(HasInverse<State> || HasValue<State>);
        static_assert(takes, "mica: the step() of an aggregate takes types that mica can store, by value or as const&");
        static_assert(gives || !takes,
                      "mica: the finish() of an aggregate takes nothing and gives a type that mica can store");
        static_assert(is_whole || !takes || !gives,
                      "mica: a window function has an inverse() with the arguments of step() and a value() with the "
                      "result of finish(); an aggregate has neither");
        return takes && gives && is_whole;
    } else {
        return false;
    }
}

template <class State>
struct MakeEmpty {
    State operator()() const { return State{}; }
};
template <class State>
struct CopyPrototype {
    State prototype;
    const State& operator()() const noexcept { return prototype; }
};

template <class Call, class State, class Make, class Step>
struct TypedAggregate;
template <class Call, class State, class Make, class... Arguments>
struct TypedAggregate<Call, State, Make, void(Arguments...)> final : AggregateFunction<Call> {
    using Base = AggregateFunction<Call>;

    TypedAggregate(std::string_view name, Make given, FunctionFlags flags)
        : Base(
              name, [](Callback* self) noexcept { delete static_cast<TypedAggregate*>(self); },
              {argument_count<void(Arguments...)>, flags}, steps_of()),
          make(std::move(given)) {}

    static constexpr typename Base::Steps steps_of() noexcept {
        typename Base::Steps steps{
            .start = [](const Base& self) -> void* {
                return new State(static_cast<const TypedAggregate&>(self).make());
            },
            .step = [](const Base& self, void* state, Call& call) { step<&State::step>(self, state, call); },
            .inverse = nullptr,
            .value = nullptr,
            .finish = [](const Base&, void* state, Call& call) { send(static_cast<State*>(state)->finish(), call); },
            .end = [](void* state) noexcept { delete static_cast<State*>(state); }};
        if constexpr (is_window<State>()) {
            steps.inverse = [](const Base& self, void* state, Call& call) { step<&State::inverse>(self, state, call); };
            steps.value = [](const Base&, void* state, Call& call) { send(static_cast<State*>(state)->value(), call); };
        }
        return steps;
    }

    template <auto member>
    static void step(const Base& self, void* state, Call& call) {
        CallWith<std::remove_cvref_t<Arguments>...>::run(call, self, [&](auto&&... arguments) {
            (static_cast<State*>(state)->*member)(std::forward<decltype(arguments)>(arguments)...);
        });
    }
    template <class Result>
    static void send(const Result& result, Call& call) {
        send_result(result, call);
    }

    Make make;
};

/// A function of groups, each of which has a `State` of its own that `make` makes.
template <class Call, class State, class Make>
auto make_aggregate_function(std::string_view name, Make make, FunctionFlags flags) {
    using Step = typename ResultIn<Signature<decltype(&State::step)>>::Step;
    return CallbackReference<AggregateFunction<Call>>{
        new TypedAggregate<Call, State, Make, Step>{name, std::move(make), flags}};
}

template <class Compare>
consteval bool require_collation() {
    constexpr bool compares = std::is_invocable_r_v<int, Compare&, std::string_view, std::string_view>;
    static_assert(compares, "mica: a collation takes two std::string_view and gives an int");
    return compares;
}

template <class Order>
struct TypedCollation final : Collation {
    template <class Given>
    TypedCollation(std::string_view name, Given&& given)
        : Collation(
              name, [](Callback* self) noexcept { delete static_cast<TypedCollation*>(self); },
              [](Collation& self, std::string_view left, std::string_view right) -> int {
                  return static_cast<TypedCollation&>(self).order(left, right);
              }),
          order(std::forward<Given>(given)) {}

    Order order;
};

template <class Order>
CallbackReference<Collation> make_collation(std::string_view name, Order&& order) {
    return CallbackReference<Collation>{new TypedCollation<std::decay_t<Order>>{name, std::forward<Order>(order)}};
}

}  // namespace mica::detail
