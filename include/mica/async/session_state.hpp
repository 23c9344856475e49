// SPDX-License-Identifier: BSL-1.0
// What an asynchronous session shares with its operations, and how these run.
#pragma once

#include <mica/async/async_core.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace mica::detail {

template <class BackendType>
struct AsyncSessionState {
    template <class... Arguments>
    AsyncSessionState(std::shared_ptr<AsyncCore<BackendType>> owner, bool writes, Arguments&&... arguments)
        : core(std::move(owner)), tenant{.writes = writes} {
        session.emplace(std::forward<Arguments>(arguments)...);
    }

    /// The session, while no operation uses it.
    BasicSession<BackendType>& idle() {
        if (tenant.is_busy.load()) throw_misuse("an operation of this session has not ended; await it first");
        return *session;
    }

    /// A query, or an operation that is started later, may outlive its session.
    BasicSession<BackendType>& live() {
        if (!session) throw_misuse("the session of this query or operation has ended");
        return *session;
    }

    std::shared_ptr<AsyncCore<BackendType>> core;
    Tenant tenant;
    std::optional<BasicSession<BackendType>> session{};
};

/// Runs an action with the transaction open.
template <class BackendType, class Action>
struct ActionInSession {
    std::shared_ptr<AsyncSessionState<BackendType>> state;
    Action action;

    auto operator()(Turn& turn) { return run_in_session(state->live(), turn, action); }
    bool stays() const noexcept { return state->session && state->session->in_transaction(); }
};

template <class BackendType>
struct RollbackOfSession {
    std::shared_ptr<AsyncSessionState<BackendType>> state;

    void operator()(Turn&) const { state->live().rollback(); }
    bool stays() const noexcept { return state->session && state->session->in_transaction(); }
};

/// Runs `action(session, turn)` on the session's worker.
template <class BackendType, class Token, class Action>
auto start_in_session(const std::shared_ptr<AsyncSessionState<BackendType>>& state, Token&& token, Action action) {
    using Value = std::invoke_result_t<Action&, BasicSession<BackendType>&, Turn&>;
    auto dispatcher = AsyncCore<BackendType>::dispatcher_of(state->core);
    if constexpr (require_owned_result<Value>()) {
        return initiate<Value>(std::move(dispatcher), {.tenant = &state->tenant}, token,
                               ActionInSession<BackendType, Action>{state, std::move(action)});
    } else {
        return initiate_refused(std::move(dispatcher), token);
    }
}

}  // namespace mica::detail
