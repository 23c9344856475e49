// SPDX-License-Identifier: BSL-1.0
// engine.on_…() and engine.observe(): who is told of what happens on an engine's connections.
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/shared_listeners.hpp>
#include <mica/engine/connection.hpp>
#include <mica/engine/event.hpp>
#include <mica/engine/query_observer.hpp>
#include <mica/engine/setup.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

// Defined in engine/engine.hpp.
template <class BackendType>
class BasicEngine;

namespace detail {

template <class BackendType, class Action>
consteval bool require_connection_listener() {
    constexpr bool can_be_called =
        std::is_invocable_v<Action&, BasicConnection<BackendType>&> || std::is_invocable_v<Action&>;
    static_assert(can_be_called, "mica: this event's listener takes a mica::Connection&, or nothing");
    return can_be_called;
}

template <class Action, class Event>
consteval bool require_listener() {
    constexpr bool can_be_called = std::is_invocable_v<Action&, const Event&>;
    static_assert(!std::is_same_v<Event, StatementEvent> || can_be_called,
                  "mica: the listener of on_statement() takes a const mica::StatementEvent&");
    static_assert(!std::is_same_v<Event, RowChange> || can_be_called,
                  "mica: the listener of on_change() takes a const mica::RowChange&");
    static_assert(!std::is_same_v<Event, DatabaseError> || can_be_called,
                  "mica: the listener of on_error() takes a const mica::DatabaseError&");
    return can_be_called;
}

template <class Query, class Action>
consteval bool require_observable() {
    if constexpr (require_rows<Query>()) {
        static_assert(!is_write<Query>, "mica: observe() takes a query that only reads");
        constexpr bool can_be_called = std::is_invocable_v<Action&, std::vector<RowOfStatement<Query>>>;
        static_assert(is_write<Query> || can_be_called,
                      "mica: the second argument of observe() takes the query's rows, a std::vector of them");
        return !is_write<Query> && can_be_called;
    } else {
        return false;
    }
}

/// Gives a listener the connection as something that it can run statements on, and that it cannot give back.
template <class BackendType, class Action>
class ConnectionListener {
public:
    explicit ConnectionListener(Action action) : action_(std::move(action)) {}

    void operator()(OpenConnection<BackendType>& connection) {
        if constexpr (std::is_invocable_v<Action&, BasicConnection<BackendType>&>) {
            BasicConnection<BackendType> lent{connection};
            action_(lent);
        } else {
            action_();
        }
    }

private:
    Action action_;
};

/// A listener of its own for what is done to each connection; nothing once its token has ended.
template <class BackendType>
class ConnectSetup final : public Setup<BackendType> {
public:
    explicit ConnectSetup(ListenersReference listeners) noexcept : listeners_(std::move(listeners)) {}

    void apply(OpenConnection<BackendType>& connection) override {
        listeners_->template call<OpenConnection<BackendType>&>(0, connection);
    }

private:
    ListenersReference listeners_;
};

}  // namespace detail

/// The part of BasicEngine that tells. Each member subscribes until the token's end, which waits for a call in another
/// thread that is under way; the token may outlive the engine. Listeners of one event are called in the order of their
/// subscription, by the thread that does what they are told of, perhaps by several at once; no lock is held meanwhile.
/// What one throws comes out of that. Where a destructor does it, nothing comes out.
/// What a listener does to transactions on the connection that it is given is not announced, and statements that run
/// on a connection that is telling of a statement are not told. Cost: where nobody listens, none.
/// Thread safety: all members.
template <class BackendType>
class EngineEvents {
public:
    /// For each connection before its first use; for one that is open already before its next. What the listener sets
    /// there by PRAGMA stays set. Where it throws, so does what wanted to use the connection, and it is called again
    /// next time.
    template <class Action>
    ListenerToken on_connect(Action action) const {
        if constexpr (detail::require_connection_listener<BackendType, Action>()) {
            const detail::ListenersReference own{new detail::SharedListeners};
            ListenerToken token = own->template add<detail::OpenConnection<BackendType>&>(
                0, detail::ConnectionListener<BackendType, Action>{std::move(action)});
            engine().pool()->add_setup(new detail::ConnectSetup<BackendType>{own});
            return token;
        } else {
            return {};
        }
    }

    /// Before a connection is closed.
    template <class Action>
    ListenerToken on_close(Action action) const {
        return on(detail::EngineEvent::close, std::move(action));
    }

    /// Inside of a transaction that has begun; where the listener throws, it is rolled back. A session's too.
    template <class Action>
    ListenerToken on_begin(Action action) const {
        return on(detail::EngineEvent::begin, std::move(action));
    }

    /// Before a transaction is committed: what the listener writes is committed along. Where it throws, nothing is, and
    /// the transaction is still open. Not for a statement that commits by itself, nor a COMMIT by text: on_change() and
    /// observe() know those.
    template <class Action>
    ListenerToken on_commit(Action action) const {
        return on(detail::EngineEvent::commit, std::move(action));
    }

    /// After a transaction was rolled back, by the program, by the connection's return or, as soon as that is noticed,
    /// by the database itself.
    template <class Action>
    ListenerToken on_rollback(Action action) const {
        return on(detail::EngineEvent::rollback, std::move(action));
    }

    /// Inside of a savepoint that was opened; where the listener throws, it is rolled back.
    template <class Action>
    ListenerToken on_savepoint(Action action) const {
        return on(detail::EngineEvent::savepoint, std::move(action));
    }

    /// Before a savepoint's changes become part of what is around it; where the listener throws, it is still open.
    template <class Action>
    ListenerToken on_release(Action action) const {
        return on(detail::EngineEvent::release, std::move(action));
    }

    /// After a savepoint was rolled back.
    template <class Action>
    ListenerToken on_rollback_to(Action action) const {
        return on(detail::EngineEvent::rollback_to, std::move(action));
    }

    /// When a statement has ended: those of the program, of sessions, and BEGIN, COMMIT and the like. What the listener
    /// throws undoes nothing that the statement has done, but a transaction around it can be rolled back. It may come
    /// with another thread's statement at the same time.
    template <class Action>
    ListenerToken on_statement(Action action) const {
        return on<StatementEvent>(detail::EngineEvent::statement, std::move(action));
    }
    /// The same with the values that were bound, which may be secrets.
    template <class Action>
    ListenerToken on_statement(Action action, WithValues) const {
        return on<StatementEvent>(detail::EngineEvent::statement_with_values, std::move(action));
    }

    /// Before an error of the database is thrown, as the kind of DatabaseError that it is; mica's own refusals are not
    /// told. Where the listener throws, that is thrown instead.
    template <class Action>
    ListenerToken on_error(Action action) const {
        return on<DatabaseError>(detail::EngineEvent::error, std::move(action));
    }

    /// For each row that a transaction of this engine has changed, in their order, after its commit; what was rolled
    /// back, to a savepoint too, is not told. Where rows have changed of which the database does not tell, those of
    /// virtual tables, comes one more with RowChangeKind::unknown; where SQLite is built without its preupdate hook
    /// (https://www.sqlite.org/c3ref/preupdate_blobwrite.html), also for tables WITHOUT ROWID and for a statement that
    /// says REPLACE, for else only the hook knows those rows and the ones that REPLACE deletes. What
    /// other engines and programs change is not told, nor that the end of a test_scope() undoes what it has told. What
    /// the listener throws comes out of commit(), and the rows are committed. Cost: 16 bytes and a call for each
    /// changed row; DELETE without where goes row by row; a tables' statements are prepared once more when the first
    /// listener comes.
    template <class Action>
    ListenerToken on_change(Action action) const {
        return on<RowChange>(detail::EngineEvent::change, std::move(action));
    }

    /// Runs the query after each commit of this engine that may have changed a table that it reads, and gives all rows,
    /// as a std::vector, where they are others than the last time, first of all than now. Rows are compared by what was
    /// read, their order included. Runs on a thread that has committed, after that commit: on what throws there, as for
    /// on_change(). Where threads commit at the same time, one of them sees to it for all, and a value in between may
    /// be left out. Commits that begin after this has returned are seen; those of other engines and programs are not,
    /// nor the end of a test_scope(). A query of a view or with sql<>() is run after every commit that changed
    /// a row. Throws what the query throws. Cost: that of on_change() for each changed row, a run of the query for each
    /// such commit, and the bytes of what was read last.
    template <class Query, class Action>
    ListenerToken observe(Query query, Action on_change) const {
        if constexpr (detail::require_observable<Query, Action>()) {
            using Observer = detail::QueryObserver<BackendType, Query, Action>;
            auto* const observer = new Observer{std::move(query), std::move(on_change)};
            ListenerToken token =
                listeners().template add<const detail::RowChanges&, detail::OpenConnection<BackendType>&>(
                    number(detail::EngineEvent::changes), detail::ObserverOwner<Observer>{observer});
            const BasicConnection<BackendType> connection = engine().connect();
            observer->begin(connection.open());
            return token;
        } else {
            return {};
        }
    }

private:
    const BasicEngine<BackendType>& engine() const noexcept {
        return static_cast<const BasicEngine<BackendType>&>(*this);
    }
    detail::SharedListeners& listeners() const noexcept { return *engine().pool()->listeners(); }

    template <class Action>
    ListenerToken on(detail::EngineEvent event, Action action) const {
        if constexpr (detail::require_connection_listener<BackendType, Action>()) {
            return listeners().template add<detail::OpenConnection<BackendType>&>(
                number(event), detail::ConnectionListener<BackendType, Action>{std::move(action)});
        } else {
            return {};
        }
    }
    template <class Event, class Action>
    ListenerToken on(detail::EngineEvent event, Action action) const {
        if constexpr (detail::require_listener<Action, Event>()) {
            return listeners().template add<const Event&>(number(event), std::move(action));
        } else {
            return {};
        }
    }
};

}  // namespace mica
