// SPDX-License-Identifier: BSL-1.0
// Who wants to know what a connection does, and what has not been told yet. Nothing here is touched where nobody does.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/core/row_changes.hpp>
#include <mica/core/shared_listeners.hpp>
#include <mica/engine/event.hpp>
#include <mica/engine/options.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

/// Since some moment that is always the same.
[[gnu::cold]] MICA_DECL std::chrono::nanoseconds monotonic_time() noexcept;

/// A statement that is running.
struct StatementRun {
    const void* statement = nullptr;
    std::chrono::nanoseconds start{};
    std::int64_t revision = 0;  ///< of the database, when it began
    int exceptions = 0;         ///< on their way, when it began
};

/// Does several things although one fails, and throws the first failure in the end.
class FirstFailure {
public:
    template <class Action>
    [[gnu::cold]] void attempt(Action&& action) noexcept {
        try {
            std::forward<Action>(action)();
        } catch (...) {
            if (!failure_) failure_ = std::current_exception();
        }
    }
    void rethrow() {
        if (failure_) std::rethrow_exception(detail::exchange(failure_, {}));
    }

private:
    std::exception_ptr failure_{};
};

/// True as long as it lives.
class [[nodiscard]] Raised {
public:
    explicit Raised(bool& flag) noexcept : flag_(flag) { flag = true; }
    Raised(const Raised&) = delete;
    Raised& operator=(const Raised&) = delete;
    ~Raised() { flag_ = false; }

private:
    bool& flag_;
};

/// A part of one holder's connection, confined as that is.
class ConnectionWatch {
public:
    ConnectionWatch(bool echoes, EchoSink sink, ListenersReference listeners) noexcept
        : listeners_(std::move(listeners)), sink_(sink), echoes_(echoes) {}

    const ListenersReference& listeners() const noexcept { return listeners_; }
    bool is_wanted() const noexcept { return echoes_ || (listeners_ && listeners_->wanted() != 0); }
    bool wants(EngineEvent event) const noexcept { return listeners_ && listeners_->wants(number(event)); }
    bool wants_changes() const noexcept { return wants(EngineEvent::change) || wants(EngineEvent::changes); }
    /// While somebody is told of a statement, none of his own on this connection is told.
    bool wants_statements() const noexcept {
        return !is_telling_ && (echoes_ || wants(EngineEvent::statement) || wants(EngineEvent::statement_with_values));
    }

    [[gnu::cold]] MICA_DECL void begin(const void* statement, std::int64_t revision);
    /// How many exceptions were on their way when it began.
    [[gnu::cold]] MICA_DECL int exceptions_at(const void* statement) const noexcept;
    /// False where nobody wanted to know of it when it began.
    [[gnu::cold]] MICA_DECL bool take(const void* statement, StatementRun& run) noexcept;

    /// What has ended is told when the connection's own state is right.
    [[gnu::cold]] MICA_DECL void note(std::string_view sql, std::chrono::nanoseconds elapsed, std::int64_t rows,
                                      bool has_failed, std::string values = {});
    void note_committed(const RowChanges& changes) { committed_.append(changes); }
    bool has_pending() const noexcept { return !ended_.empty() || !committed_.empty(); }

    /// Throw what the listeners and the sink throw, the first of it.
    [[gnu::cold]] MICA_DECL void tell_statements();
    RowChanges take_committed() noexcept { return detail::exchange(committed_, {}); }

    bool is_announcing = false;  ///< to listeners, whose own transactions are not announced

private:
    struct Ended {
        std::string sql;
        std::string values;
        std::chrono::nanoseconds elapsed;
        std::int64_t rows;
        bool has_failed;
    };

    [[gnu::cold]] MICA_DECL void tell(const StatementEvent& event);

    ListenersReference listeners_;
    EchoSink sink_;
    List<StatementRun> runs_{};
    List<Ended> ended_{};
    RowChanges committed_{};
    bool echoes_;
    bool is_telling_ = false;
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/connection_watch.ipp>
#endif
