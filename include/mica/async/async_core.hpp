// SPDX-License-Identifier: BSL-1.0
// What an asynchronous engine shares with its operations, sessions and streams, and how these run on a worker.
#pragma once

#include <mica/async/dispatcher_work.hpp>
#include <mica/async/initiate.hpp>
#include <mica/async/owned_result.hpp>
#include <mica/core/error.hpp>
#include <mica/engine/engine.hpp>
#include <mica/session/session.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica::detail {

/// Lives until the last of them has gone.
template <class BackendType>
struct AsyncCore {
    AsyncCore(std::string_view url, const AsyncOptions& options)
        : engine(url, for_workers(options)),
          dispatcher(workers_for(url, options), options.queue, options.engine.checkout_timeout) {}

    static std::shared_ptr<AsyncCore> make(std::string_view url, const AsyncOptions& options) {
        if (options.workers < 1) throw_misuse("an asynchronous engine needs at least one worker");
        if (options.queue < 1) throw_misuse("the queue of an asynchronous engine has room for at least one operation");
        auto core = std::make_shared<AsyncCore>(plain_url(url), options);
        core->dispatcher.start(dispatcher_of(core));
        return core;
    }

    /// Keeps all of it.
    static std::shared_ptr<Dispatcher> dispatcher_of(const std::shared_ptr<AsyncCore>& core) noexcept {
        return {core, &core->dispatcher};
    }

    BasicEngine<BackendType> engine;
    Dispatcher dispatcher;

private:
    /// A scheme may say that it is meant for coroutines, as SQLAlchemy's do: `sqlite+async://` is `sqlite://`.
    static std::string plain_url(std::string_view url) {
        constexpr std::string_view mark = "+async:";
        const std::size_t at = url.find(mark);
        if (at == url.npos || at > url.find(':')) return std::string{url};
        return std::string{url.substr(0, at)} + std::string{url.substr(at + mark.size() - 1)};
    }

    static std::size_t workers_for(std::string_view url, const AsyncOptions& options) {
        const bool is_shared = BackendType::is_private(BackendType::parse(url, 0, options.engine.untrusted_file));
        return is_shared ? 1 : static_cast<std::size_t>(options.workers);
    }

    /// No worker waits for a connection.
    static EngineOptions for_workers(const AsyncOptions& options) {
        EngineOptions engine = options.engine;
        if (engine.pool_size < options.workers) engine.pool_size = options.workers;
        return engine;
    }
};

/// Stops what a connection runs.
template <class BackendType>
class ConnectionInterrupter final : public Interrupter {
public:
    explicit ConnectionInterrupter(BasicInterruptHandle<BackendType> handle) noexcept : handle_(std::move(handle)) {}
    void interrupt() noexcept override { handle_.interrupt(); }
    void forget() const noexcept { handle_.forget(); }

private:
    BasicInterruptHandle<BackendType> handle_;
};

/// What `lend` gives, or does, that may have to wait for others: no longer than until it is cancelled.
template <class Lend>
auto lend_within(const Turn& turn, Lend lend) {
    const LimitScope scope{{.stop = Turn::Stop{turn}}};
    return lend();
}

/// Runs `action` with one state of the database.
template <class BackendType, class Action>
auto run_reading(const BasicEngine<BackendType>& engine, Turn& turn, Action& action) {
    BasicReader<BackendType> reader = lend_within(turn, [&] { return BasicReader<BackendType>{engine.pool()}; });
    ConnectionInterrupter<BackendType> interrupter{reader.interrupt_handle()};
    const Turn::Interruptible inside{turn, interrupter};
    return action(reader);
}

/// Runs `action` on a connection, whose statements commit by themselves.
template <class BackendType, class Action>
auto run_statements(const BasicEngine<BackendType>& engine, Turn& turn, Action& action) {
    BasicConnection<BackendType> connection = lend_within(turn, [&] { return engine.connect(); });
    ConnectionInterrupter<BackendType> interrupter{connection.interrupt_handle()};
    const Turn::Interruptible inside{turn, interrupter};
    return action(connection);
}

/// Writes what a session has changed and commits; from then on nothing can cancel it.
template <class BackendType>
void commit(BasicSession<BackendType>& session, Turn& turn) {
    session.flush();
    turn.begin_commit();
    session.commit();
}

/// The first failure is the one to report, and a session's end rolls back again.
template <class BackendType>
void roll_back(BasicSession<BackendType>& session) noexcept {
    try {
        session.rollback();
    } catch (...) {
    }
}

/// Runs `action` with the session's transaction open. Where it is cancelled, rolls that back.
template <class BackendType, class Action>
auto run_in_session(BasicSession<BackendType>& session, Turn& turn, Action& action) {
    ConnectionInterrupter<BackendType> interrupter{lend_within(turn, [&] { return session.interrupt_handle(); })};
    try {
        const Turn::Interruptible inside{turn, interrupter};
        return action(session, turn);
    } catch (...) {
        if (turn.was_cancelled()) {
            interrupter.forget();
            roll_back(session);
        }
        throw;
    }
}

/// Runs `action` with a session of its own inside of BEGIN IMMEDIATE, and commits. Where it throws, its objects are as
/// before.
template <class BackendType, class Action>
auto run_writing(const BasicEngine<BackendType>& engine, Turn& turn, Action& action) {
    BasicSession<BackendType> session{engine};
    const auto act_and_commit = [&](BasicSession<BackendType>& inside, Turn&) {
        try {
            if constexpr (std::is_void_v<decltype(action(inside))>) {
                action(inside);
                commit(inside, turn);
            } else {
                auto result = action(inside);
                commit(inside, turn);
                return result;
            }
        } catch (...) {
            if (!turn.was_cancelled()) roll_back(inside);
            throw;
        }
    };
    return run_in_session(session, turn, act_and_commit);
}

}  // namespace mica::detail
