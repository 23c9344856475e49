// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/function.hpp>

#include <cstddef>

namespace mica::sqlite {

void FunctionCall::refuse(std::string_view message) noexcept {
    was_refused_ = true;
    sqlite3_result_error(context_, message.data(), static_cast<int>(message.size()));
    sqlite3_result_error_code(context_, SQLITE_MISMATCH);
}

}  // namespace mica::sqlite

namespace mica::sqlite::detail {

using ScalarFunction = mica::detail::ScalarFunction<FunctionCall>;
using AggregateFunction = mica::detail::AggregateFunction<FunctionCall>;
using mica::detail::Collation;

/// What SQLite hands to its callbacks: one for each connection.
template <class Called>
struct Registration {
    Registration(sqlite3* database, ThrownInside& place, Called& callback) noexcept
        : db(database), thrown(place), called(callback) {
        called.retain();
    }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;
    ~Registration() { called.release(); }

    static Registration& of(sqlite3_context* context) noexcept {
        return *static_cast<Registration*>(sqlite3_user_data(context));
    }
    static void destroy(void* registration) noexcept { delete static_cast<Registration*>(registration); }

    sqlite3* db;
    ThrownInside& thrown;
    Called& called;
};

/// The state of one group, in memory that SQLite has set to 0.
struct Group {
    void* state;
    const AggregateFunction* function;  ///< with the state
    bool has_failed;                    ///< and has told so
};

/// In a handler of what a function has thrown: fails the statement.
[[gnu::cold]] MICA_DECL void fail(sqlite3_context* context, ThrownInside& thrown) noexcept {
    thrown.keep_current();
    sqlite3_result_error(context, "a function of the program has thrown an exception", -1);
}

MICA_DECL void call_function(sqlite3_context* context, int count, sqlite3_value** arguments) noexcept {
    auto& registration = Registration<ScalarFunction>::of(context);
    FunctionCall call{context, count, arguments};
    try {
        registration.called.run(registration.called, call);
    } catch (...) {
        fail(context, registration.thrown);
    }
}

[[gnu::noinline]] MICA_DECL void start_group(Group& group, sqlite3_context* context) {
    group.function = &Registration<AggregateFunction>::of(context).called;
    group.state = group.function->steps.start(*group.function);
}

/// Both of step() and inverse().
template <auto AggregateFunction::Steps::* member>
void step_aggregate(sqlite3_context* context, int count, sqlite3_value** arguments) noexcept {
    auto* const group = static_cast<Group*>(sqlite3_aggregate_context(context, sizeof(Group)));
    if (group == nullptr) return sqlite3_result_error_nomem(context);
    if (group->has_failed) return;
    FunctionCall call{context, count, arguments};
    try {
        if (group->state == nullptr) start_group(*group, context);
        const AggregateFunction& function = *group->function;
        (function.steps.*member)(function, group->state, call);
        if (call.was_refused()) [[unlikely]]
            group->has_failed = true;
    } catch (...) {
        group->has_failed = true;
        fail(context, Registration<AggregateFunction>::of(context).thrown);
    }
}

/// Sends what `member` gives of a group, which may have had no row.
template <auto AggregateFunction::Steps::* member>
void send_aggregate(sqlite3_context* context, const Group* group) noexcept {
    auto& registration = Registration<AggregateFunction>::of(context);
    const AggregateFunction& function = registration.called;
    FunctionCall call{context, 0, nullptr};
    void* empty = nullptr;
    try {
        if (group == nullptr || group->state == nullptr) empty = function.steps.start(function);
        (function.steps.*member)(function, empty == nullptr ? group->state : empty, call);
    } catch (...) {
        fail(context, registration.thrown);
    }
    if (empty != nullptr) function.steps.end(empty);
}

MICA_DECL void send_value(sqlite3_context* context) noexcept {
    const auto* const group = static_cast<Group*>(sqlite3_aggregate_context(context, 0));
    if (group == nullptr || !group->has_failed) send_aggregate<&AggregateFunction::Steps::value>(context, group);
}

/// SQLite calls this for every group that was begun, also where its statement was not run to its end.
MICA_DECL void finish_aggregate(sqlite3_context* context) noexcept {
    auto* const group = static_cast<Group*>(sqlite3_aggregate_context(context, 0));
    if (group == nullptr || !group->has_failed) send_aggregate<&AggregateFunction::Steps::finish>(context, group);
    if (group != nullptr && group->state != nullptr) {
        Registration<AggregateFunction>::of(context).called.steps.end(group->state);
        group->state = nullptr;
    }
}

/// SQLite takes no error here. What was thrown interrupts the statement, which throws it; in case it ends before SQLite
/// has looked for interrupts, at its end.
MICA_DECL int compare_texts(void* registered, int left_size, const void* left, int right_size,
                            const void* right) noexcept {
    auto& registration = *static_cast<Registration<Collation>*>(registered);
    const auto view = [](const void* data, int size) {
        return size == 0 ? std::string_view{}
                         : std::string_view{static_cast<const char*>(data), static_cast<std::size_t>(size)};
    };
    const std::string_view first = view(left, left_size);
    const std::string_view second = view(right, right_size);
    try {
        if (!registration.thrown.is_there()) {
            return registration.called.compare(registration.called, first, second);
        }
    } catch (...) {
        registration.thrown.keep_current();
        sqlite3_interrupt(registration.db);
    }
    return first.compare(second);
}

[[gnu::cold]] MICA_DECL int function_flags(FunctionFlags flags) noexcept {
    return SQLITE_UTF8 | (has(flags, deterministic) ? SQLITE_DETERMINISTIC : 0) |
           (has(flags, innocuous) ? SQLITE_INNOCUOUS : SQLITE_DIRECTONLY);
}

[[noreturn, gnu::cold]] MICA_DECL void throw_not_created(sqlite3* db, int rc, const mica::detail::Callback& callback) {
    Failure failure = collect_failure(db, rc, {});
    mica::detail::append(failure.message, {": ", callback.name(), "()"});
    throw_typed(db, failure);
}

void require_function(std::string_view name, mica::detail::FunctionTraits traits) {
    constexpr std::size_t longest_name = 255;
    constexpr int most_arguments = 127;  // unless SQLite was compiled with fewer, of which it tells itself
    if (name.empty() || name.size() > longest_name || name.find('\0') != name.npos) {
        throw_misuse("mica: the name of a function or collation has 1 to 255 bytes, none of them NUL");
    }
    if (traits.arguments > most_arguments) throw_misuse("mica: a function takes 127 arguments at most");
    if (has(traits.flags, innocuous | directonly)) {
        throw_misuse("mica: a function that is innocuous may be called by the schema, one that is directonly may not");
    }
}

// SQLite destroys the registration of a function also where it refuses it.

void create_function(sqlite3* db, ThrownInside* thrown, ScalarFunction& function) {
    auto* const registration = new Registration<ScalarFunction>{db, *thrown, function};
    const int rc = sqlite3_create_function_v2(db, function.name().c_str(), function.traits.arguments,
                                              function_flags(function.traits.flags), registration, call_function,
                                              nullptr, nullptr, registration->destroy);
    if (rc != SQLITE_OK) throw_not_created(db, rc, function);
}

void create_aggregate(sqlite3* db, ThrownInside* thrown, AggregateFunction& function) {
    using Steps = AggregateFunction::Steps;
    auto* const registration = new Registration<AggregateFunction>{db, *thrown, function};
    const bool is_window = function.steps.inverse != nullptr;
    const int rc = sqlite3_create_window_function(
        db, function.name().c_str(), function.traits.arguments, function_flags(function.traits.flags), registration,
        step_aggregate<&Steps::step>, finish_aggregate, is_window ? send_value : nullptr,
        is_window ? step_aggregate<&Steps::inverse> : nullptr, registration->destroy);
    if (rc != SQLITE_OK) throw_not_created(db, rc, function);
}

void create_collation(sqlite3* db, ThrownInside* thrown, Collation& collation) {
    auto* const registration = new Registration<Collation>{db, *thrown, collation};
    const int rc = sqlite3_create_collation_v2(db, collation.name().c_str(), SQLITE_UTF8, registration, compare_texts,
                                               registration->destroy);
    if (rc == SQLITE_OK) return;
    delete registration;  // which SQLite does of functions only
    throw_not_created(db, rc, collation);
}

}  // namespace mica::sqlite::detail
