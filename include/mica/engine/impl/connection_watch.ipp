// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/text.hpp>
#include <mica/engine/connection_watch.hpp>

#include <cstdio>
#include <ctime>

namespace mica::detail {

std::chrono::nanoseconds monotonic_time() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

MICA_DECL void print_to_standard_error(std::string_view line) {
    const std::string whole = join({line, "\n"});
    std::fwrite(whole.data(), 1, whole.size(), stderr);
}

/// `mica: SELECT 1 (1 row, 0.042 ms)`
[[gnu::cold]] MICA_DECL std::string echo_line(const StatementEvent& event) {
    const std::int64_t microseconds = event.elapsed.count() / 1000;
    const Decimal fraction{microseconds % 1000 + 1000};  // behind its first digit, with its zeros
    std::string line = join({"mica: ", event.sql, event.has_failed ? " (failed, " : " ("});
    if (event.rows != 0) append(line, {Decimal{event.rows}, event.rows == 1 ? " row, " : " rows, "});
    append(line, {Decimal{microseconds / 1000}, ".", std::string_view{fraction}.substr(1), " ms)"});
    return line;
}

void ConnectionWatch::begin(const void* statement, std::int64_t revision) {
    runs_.push_back({statement, monotonic_time(), revision, std::uncaught_exceptions()});
}

int ConnectionWatch::exceptions_at(const void* statement) const noexcept {
    for (const StatementRun& run : runs_) {
        if (run.statement == statement) return run.exceptions;
    }
    return 0;
}

bool ConnectionWatch::take(const void* statement, StatementRun& run) noexcept {
    for (StatementRun& known : runs_) {
        if (known.statement != statement) continue;
        run = known;
        runs_.erase(&known);
        return true;
    }
    return false;
}

void ConnectionWatch::note(std::string_view sql, std::chrono::nanoseconds elapsed, std::int64_t rows, bool has_failed,
                           std::string values) {
    ended_.push_back({std::string{sql}, std::move(values), elapsed, rows, has_failed});
}

void ConnectionWatch::tell_statements() {
    FirstFailure failure;
    while (!ended_.empty()) {
        const List<Ended> ended = detail::exchange(ended_, {});
        for (const Ended& each : ended) {
            const std::string& with_values = each.values.empty() && !each.has_failed ? each.sql : each.values;
            failure.attempt([&] { tell({each.sql, each.elapsed, each.rows, each.has_failed, with_values}); });
        }
    }
    failure.rethrow();
}

void ConnectionWatch::tell(const StatementEvent& event) {
    if (!wants_statements()) return;
    const Raised telling{is_telling_};
    FirstFailure failure;
    if (echoes_) failure.attempt([&] { (sink_ != nullptr ? sink_ : print_to_standard_error)(echo_line(event)); });
    if (listeners_) {
        StatementEvent without = event;
        without.sql_with_values = {};
        failure.attempt([&] { listeners_->call<const StatementEvent&>(number(EngineEvent::statement), without); });
        failure.attempt(
            [&] { listeners_->call<const StatementEvent&>(number(EngineEvent::statement_with_values), event); });
    }
    failure.rethrow();
}

}  // namespace mica::detail
