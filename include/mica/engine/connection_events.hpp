// SPDX-License-Identifier: BSL-1.0
// What an open connection does where something comes before a statement, or somebody wants to know of it: the cold side
// of OpenConnection.
#pragma once

#include <mica/engine/open_connection.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

template <class BackendType>
auto OpenConnection<BackendType>::acquire_closer(const StatementInfo& info) -> Acquired {
    const bool is_watched = look();
    require_scope();
    return {&statements.acquire(database, info), is_watched};
}

template <class BackendType>
bool OpenConnection<BackendType>::look_closer() {
    this->require_own_process();
    calm_.exchange(forks.load());
    if (watch.is_wanted()) disturb();  // what sets it up is told too
    try {
        this->allow_left_writes();
        set_up();
        if (test_scope.is_on && !database.in_transaction()) reopen_test_scope();
        switch_hooks();
    } catch (...) {
        disturb();
        throw;
    }
    const bool is_watched = watch.is_wanted();
    if (!is_set_up() || is_watched || test_scope.is_on || is_doomed_) disturb();
    return is_watched;
}

template <class BackendType>
void OpenConnection<BackendType>::set_up_now() {
    if (!is_usable() && !hold.try_take()) return;
    const Use use{*this};
    set_up();
}

template <class BackendType>
void OpenConnection<BackendType>::set_up() {
    if (is_set_up() || physical.is_being_set_up) return;
    const bool had_other_settings = physical.changed_by != 0;
    bool has_run_statements = false;
    physical.is_being_set_up = true;
    struct End {
        bool& is_being_set_up;
        ~End() { is_being_set_up = false; }
    } const end{physical.is_being_set_up};
    while (Setup<BackendType>* const next = setups_->after(physical.last_setup.load())) {
        if (next->runs_statements()) {
            if (database.in_transaction()) break;
            has_run_statements = true;
        }
        next->apply(*this);
        physical.last_setup.store(next);
    }
    if constexpr (KeepsSettings<typename BackendType::Database>) {
        if (!has_run_statements) return;
        physical.was_set_up_late = had_other_settings;
        if (had_other_settings) return;
        database.accept_settings();
        physical.changed_by = 0;
        has_other_settings_ = false;
    }
}

template <class BackendType>
void OpenConnection<BackendType>::reopen_test_scope() {
    test_scope = {};
    attempt([this] { run(Verb::begin_immediate); });
    switch_test_scope(true);
    if (!database.in_transaction()) throw_misuse("the test scope's transaction was lost and cannot be begun again");
}

template <class BackendType>
void OpenConnection<BackendType>::switch_hooks() {
    using Database = typename BackendType::Database;
    if constexpr (ReportsErrors<Database>) {
        const bool is_wanted = watch.wants(EngineEvent::error);
        if (is_wanted != physical.reports_errors) database.report_errors(is_wanted ? &report : nullptr, &physical);
        physical.reports_errors = is_wanted;
    }
    if constexpr (TellsChanges<Database>) {
        const bool is_wanted = watch.wants_changes();
        if (is_wanted != physical.watches_changes) {
            database.watch_changes(is_wanted);
            if (is_wanted && test_scope.is_between_transactions()) database.take_changes(true);
        }
        physical.watches_changes = is_wanted;
    }
}

template <class BackendType>
void OpenConnection<BackendType>::report(void* given, const DatabaseError& error) {
    auto& physical = *static_cast<Physical*>(given);
    if (physical.is_reporting) return;
    const Raised reporting{physical.is_reporting};
    physical.listeners->template call<const DatabaseError&>(number(EngineEvent::error), error);
}

template <class BackendType>
void OpenConnection<BackendType>::begin_run(CachedStatement<BackendType>& entry) {
    if (entry.is_watched) abandon_run(entry);
    const bool is_told = watch.wants_statements();
    if (!is_told && !physical.watches_changes) return;
    if (is_told) {
        watch.begin(&entry, database.revision());
        if constexpr (CountsRows<typename BackendType::Database>) database.count_rows(entry.statement);
    }
    entry.is_watched = true;
    entry.is_plain = false;
}

template <class BackendType>
void OpenConnection<BackendType>::finish_run(CachedStatement<BackendType>& entry, std::int64_t rows, bool has_failed) {
    entry.is_watched = false;
    entry.is_plain = entry.is_cached;
    StatementRun run;
    const bool is_told = watch.take(&entry, run);
    std::int64_t given = 0;
    if constexpr (CountsRows<typename BackendType::Database>) {
        if (is_told) given = database.rows_of(entry.statement);
    }
    entry.statement.reset();
    if (is_told) {
        std::string values;
        if constexpr (ShowsValues<typename BackendType::Statement>) {
            if (!has_failed && watch.wants(EngineEvent::statement_with_values)) values = entry.statement.expanded_sql();
        }
        if (rows < 0) rows = given;
        if (rows == 0 && database.revision() != run.revision) rows = entry.statement.summary().changed();
        watch.note(entry.statement.sql(), monotonic_time() - run.start, rows, has_failed, std::move(values));
    }
    take_changes();
}

template <class BackendType>
void OpenConnection<BackendType>::abandon_run(CachedStatement<BackendType>& entry) noexcept {
    attempt([&] {
        const int before = watch.exceptions_at(&entry);
        finish_run(entry, -1, std::uncaught_exceptions() > before);
    });
}

template <class BackendType>
void OpenConnection<BackendType>::run_watched(Verb verb) {
    const bool is_told = watch.wants_statements();
    const std::chrono::nanoseconds start = monotonic_time();
    try {
        database.run(verb);
    } catch (...) {
        attempt([&] {
            if (is_told) watch.note(database.text_of(verb), monotonic_time() - start, 0, true);
        });
        throw;
    }
    // The verb has run: what its caller has to do next must not be kept from it.
    attempt([&] {
        if (is_told) watch.note(database.text_of(verb), monotonic_time() - start, 0, false);
        take_changes();
    });
}

template <class BackendType>
void OpenConnection<BackendType>::run_script_watched(std::string_view sql) {
    const bool is_told = watch.wants_statements();
    const std::chrono::nanoseconds start = monotonic_time();
    const std::int64_t revision = database.revision();
    const auto note = [&](bool has_failed) {
        if (is_told) watch.note(sql, monotonic_time() - start, database.revision() - revision, has_failed);
        take_changes();
    };
    try {
        database.execute_script(sql);
    } catch (...) {
        attempt([&] { note(true); });
        settle_quietly();
        throw;
    }
    note(false);
}

template <class BackendType>
void OpenConnection<BackendType>::take_changes() {
    if constexpr (TellsChanges<typename BackendType::Database>) {
        if (physical.watches_changes) {
            watch.note_committed(database.take_changes(test_scope.is_between_transactions()));
        }
    }
}

template <class BackendType>
void OpenConnection<BackendType>::tell_pending() {
    FirstFailure failure;
    failure.attempt([this] { watch.tell_statements(); });
    // Those of a transaction that a text has begun behind the commit wait for its end: an observer would read in it.
    if (!must_be_ended()) {
        const RowChanges changes = watch.take_committed();
        SharedListeners* const listeners = changes.empty() ? nullptr : &*watch.listeners();
        for (std::size_t i = 0; listeners != nullptr && i < changes.size(); ++i) {
            failure.attempt(
                [&] { listeners->template call<const RowChange&>(number(EngineEvent::change), changes[i]); });
        }
        if (listeners != nullptr) {
            failure.attempt([&] {
                listeners->template call<const RowChanges&, OpenConnection&>(number(EngineEvent::changes), changes,
                                                                             *this);
            });
        }
    }
    failure.rethrow();
}

template <class BackendType>
void OpenConnection<BackendType>::tell_pending(EngineEvent event) {
    FirstFailure failure;
    failure.attempt([this] { settle(); });
    failure.attempt([&] { announce(event); });
    failure.rethrow();
}

template <class BackendType>
void OpenConnection<BackendType>::announce_now(EngineEvent event) {
    if (watch.is_announcing) return;
    const Raised announcing{watch.is_announcing};
    watch.listeners()->template call<OpenConnection&>(number(event), *this);
}

template <class BackendType>
void OpenConnection<BackendType>::close() noexcept {
    if (watch.wants(EngineEvent::close) && physical.has_one_holder() && physical.process() == forks.load()) {
        retain();  // what the listener runs on it refers to it
        attempt([this] { announce(EngineEvent::close); });
    }
    delete this;
}

}  // namespace detail

}  // namespace mica
