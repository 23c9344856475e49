// SPDX-License-Identifier: BSL-1.0
// From the arguments that the database gives a function to those of a callable, and back with its result; strictly, as
// rows are read.
#pragma once

#include <mica/core/callback.hpp>
#include <mica/core/decl.hpp>
#include <mica/engine/row_reader.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// What a callable can take and give: besides what a field can be, bytes that are only looked at.
template <class Value>
concept FunctionValue = Storable<Value> || std::same_as<Value, Bytes>;

template <class Value>
consteval WantedCell wanted_argument() {
    if constexpr (std::same_as<Value, Bytes>) {
        return {StorageClass::blob, {}};
    } else {
        return wanted_cell<Value>;
    }
}

/// "argument 2 of slug() holds …".
[[gnu::cold]] MICA_DECL std::string describe_argument(std::string_view function, int index, DecodeFlaw flaw,
                                                      StorageClass held, const WantedCell& wanted);
[[gnu::cold]] MICA_DECL std::string describe_refused_argument(std::string_view function, int index,
                                                              std::string_view reason);

template <class Call>
[[gnu::cold, gnu::noinline]] void refuse_argument(Call& call, const Callback& function, int index, DecodeFlaw flaw,
                                                  const WantedCell& wanted) {
    call.refuse(describe_argument(function.name(), index, flaw, call.cell(index).storage_class(), wanted));
}

/// What a codec of the program's throws is a DataError, as in a row.
template <class Value, class Call>
[[gnu::noinline]] DecodeFlaw decode_guarded(Call& call, const Callback& function, int index, Value& value) {
    try {
        return mica::decode(call.cell(index), value);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const DatabaseError&) {
        throw;
    } catch (const std::exception& error) {
        call.refuse(describe_refused_argument(function.name(), index, error.what()));
    } catch (...) {
        call.refuse(describe_refused_argument(function.name(), index, "an exception that is no std::exception"));
    }
    return DecodeFlaw::none;
}

/// False where the function is not to be called: for a NULL that it does not take, and where the statement fails.
template <class Value, class Call>
bool read_argument(Call& call, const Callback& function, int index, Value& value) {
    const auto cell = call.cell(index);
    const StorageClass held = cell.storage_class();
    if constexpr (!is_optional<Value>) {
        if (held == StorageClass::null) return false;
    }
    DecodeFlaw flaw = DecodeFlaw::none;
    if constexpr (std::same_as<Value, Bytes>) {
        flaw = detail::read(cell, held, value);
    } else if constexpr (may_codec_throw<Value>()) {
        flaw = decode_guarded(call, function, index, value);
        if (call.was_refused()) return false;
    } else {
        flaw = mica::decode(cell, held, value);
    }
    if (flaw == DecodeFlaw::none) [[likely]]
        return true;
    refuse_argument(call, function, index, flaw, wanted_argument<Value>());
    return false;
}

template <class Result, class Call>
void send_result(const Result& result, Call& call) {
    if constexpr (std::same_as<Result, Bytes>) {
        call.blob(result, Lifetime::copied);
    } else {
        mica::encode(result, call, Lifetime::copied);
    }
}

template <std::size_t index, class Value>
struct ReadArgument {
    Value value{};
};

template <class Indices, class... Values>
struct ReadArguments;
template <std::size_t... indices, class... Values>
struct ReadArguments<std::index_sequence<indices...>, Values...> : ReadArgument<indices, Values>... {
    /// Calls `action` with the arguments, unless one of them forbids it.
    template <class Call, class Action>
    void read_and_call([[maybe_unused]] Call& call, [[maybe_unused]] const Callback& function, Action&& action) {
        if ((read_argument(call, function, static_cast<int>(indices), ReadArgument<indices, Values>::value) && ...)) {
            action(std::move(ReadArgument<indices, Values>::value)...);
        }
    }
};

template <class... Values>
using ArgumentsFor = ReadArguments<std::index_sequence_for<Values...>, std::remove_cvref_t<Values>...>;

}  // namespace detail

/// All arguments of a function that takes any number of them: what its callable takes then, alone.
/// Valid until the callable returns, and so are the texts and bytes that it gives views of.
template <class BackendType>
class BasicFunctionArguments {
public:
    using Call = typename BackendType::Database::FunctionCall;

    BasicFunctionArguments(Call& call, const detail::Callback& function) noexcept
        : call_(&call), function_(&function) {}

    int size() const noexcept { return call_->count(); }
    /// How the argument at `index`, from 0 on, is stored.
    StorageClass storage_class(int index) const noexcept { return call_->cell(index).storage_class(); }
    bool is_null(int index) const noexcept { return storage_class(index) == StorageClass::null; }

    /// The argument as a `Value`, read as strictly as a column. Throws DataError, also for an index that is none.
    template <detail::FunctionValue Value>
    Value get(int index) const {
        if (index < 0 || index >= size()) throw_no_argument(index);
        Value value{};
        const StorageClass held = storage_class(index);
        DecodeFlaw flaw = DecodeFlaw::none;
        if constexpr (std::same_as<Value, Bytes>) {
            flaw = detail::read(call_->cell(index), held, value);
        } else {
            flaw = mica::decode(call_->cell(index), held, value);
        }
        if (flaw != DecodeFlaw::none) [[unlikely]]
            throw_flaw(index, flaw, detail::wanted_argument<Value>());
        return value;
    }

private:
    [[noreturn, gnu::cold, gnu::noinline]] void throw_no_argument(int index) const {
        detail::refuse<DataError>({"mica: ", function_->name(), "() has no argument ", detail::Decimal{index + 1}});
    }
    [[noreturn, gnu::cold, gnu::noinline]] void throw_flaw(int index, DecodeFlaw flaw,
                                                           const detail::WantedCell& wanted) const {
        detail::refuse<DataError>(
            {detail::describe_argument(function_->name(), index, flaw, storage_class(index), wanted)});
    }

    Call* call_;
    const detail::Callback* function_;
};

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/function_arguments.ipp>
#endif
