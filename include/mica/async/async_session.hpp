// SPDX-License-Identifier: BSL-1.0
// A session for coroutines: its objects are the caller's, its statements run on one worker for each transaction.
#pragma once

#include <mica/async/async_engine.hpp>
#include <mica/async/async_query.hpp>
#include <mica/async/session_state.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// A unit of work as Session is one. What reaches the database is an operation, see AsyncEngine; what only concerns
/// objects is done at once. From its first operation to commit() or rollback() it keeps one worker; while it writes,
/// all other writes wait for it, and what it reads itself it must read through itself.
///
/// Objects, relations and members without I/O are for the time between two operations: while one runs, the worker uses
/// them. A second operation at a time is a ProgrammingError, and so is any other use of the session then. An operation
/// that is cancelled while it runs rolls the transaction back, its objects included.
///
/// Thread safety: one thread at a time. Lifetime: may outlive its engine, but reaches no database then. Its end cancels
/// what it does, and waits for its transaction's ROLLBACK.
template <class BackendType>
class BasicAsyncSession {
public:
    explicit BasicAsyncSession(const BasicAsyncEngine<BackendType>& engine)
        : state_(std::make_shared<State>(engine.core(), true, engine.core()->engine)) {}
    /// One state of the database, which it cannot change.
    BasicAsyncSession(const BasicAsyncEngine<BackendType>& engine, ReadOnly)
        : state_(std::make_shared<State>(engine.core(), false, engine.core()->engine, read_only)) {}
    /// `AsyncSession{engine, mica::deferred}` begins as a reader, as such a Session does.
    BasicAsyncSession(const BasicAsyncEngine<BackendType>& engine, TransactionMode mode)
        : state_(std::make_shared<State>(engine.core(), mode != deferred, engine.core()->engine, mode)) {}
    BasicAsyncSession(BasicAsyncSession&&) noexcept = default;
    BasicAsyncSession& operator=(BasicAsyncSession&& other) noexcept {
        std::swap(state_, other.state_);
        return *this;
    }
    ~BasicAsyncSession() {
        if (state_) state_->core->dispatcher.evict(state_->tenant, [this] { state_->session.reset(); });
    }

    /// Without I/O: as those of Session.
    template <class Object>
    auto add(Object&& object) {
        return idle().add(std::forward<Object>(object));
    }
    template <class Owner>
    auto add(std::initializer_list<Owner> objects) {
        return idle().add(objects);
    }
    template <class Range>
    auto add_all(Range&& range) {
        return idle().add_all(std::forward<Range>(range));
    }
    template <class Object>
    void remove(const Object& object) {
        idle().remove(object);
    }
    template <class Owner>
    Owner detach(const Ref<Owner>& ref) {
        return idle().detach(ref);
    }
    void clear() { idle().clear(); }
    void expire_all() { idle().expire_all(); }
    template <class Owner>
    bool is_modified(const Ref<Owner>& ref) {
        return idle().is_modified(ref);
    }
    template <class Owner>
    auto changes(const Ref<Owner>& ref) {
        return idle().changes(ref);
    }
    auto plan() { return idle().plan(); }
    bool in_transaction() { return idle().in_transaction(); }

    /// Operations, as those of Session.
    template <class Token = detail::DefaultToken>
    auto begin(Token&& token = Token{}) {
        return start(token, [](Inner&, detail::Turn&) {});
    }
    template <class Token = detail::DefaultToken>
    auto flush(Token&& token = Token{}) {
        return start(token, [](Inner& session, detail::Turn&) { session.flush(); });
    }
    /// Cannot be cancelled any more once all changes are flushed and COMMIT begins.
    template <class Token = detail::DefaultToken>
    auto commit(Token&& token = Token{}) {
        return start(token, [](Inner& session, detail::Turn& turn) { detail::commit(session, turn); });
    }
    template <class Token = detail::DefaultToken>
    auto rollback(Token&& token = Token{}) {
        return detail::initiate<void>(dispatcher(), {.tenant = &state_->tenant}, token,
                                      detail::RollbackOfSession<BackendType>{state_});
    }

    /// The object with this key; perhaps a token behind it.
    template <class Owner, class... Keys>
    auto get(Keys&&... keys) {
        const auto with = [this]<class Token, class... Values>(Token&& token, Values... values) {
            return this->start(token, [... values = std::move(values)](Inner& session, detail::Turn&) {
                return session.template get<Owner>(values...);
            });
        };
        return detail::with_token(with, std::forward<Keys>(keys)...);
    }
    template <class Owner, class Keys, class Token = detail::DefaultToken>
    auto get_many(Keys keys, Token&& token = Token{}) {
        return start(token, [keys = std::move(keys)](Inner& session, detail::Turn&) {
            return session.template get_many<Owner>(keys);
        });
    }
    template <class Owner>
    auto query() {
        return detail::make_async_query<BackendType>(state_, state_->session->template query<Owner>());
    }
    /// Of a handle or a range of handles.
    template <auto... relations, class Refs, class Token = detail::DefaultToken>
    auto load(Refs refs, Token&& token = Token{}) {
        return start(token, [refs = std::move(refs)](Inner& session, detail::Turn&) {
            session.template load<relations...>(refs);
        });
    }
    template <class Owner, class Token = detail::DefaultToken>
    auto merge(Owner object, Token&& token = Token{}) {
        return start(token, [object = std::move(object)](Inner& session, detail::Turn&) mutable {
            return session.merge(std::move(object));
        });
    }
    template <class Owner, class Token = detail::DefaultToken>
    auto refresh(const Ref<Owner>& ref, Token&& token = Token{}) {
        return start(token, [ref](Inner& session, detail::Turn&) { session.refresh(ref); });
    }
    template <class Owner, class Token = detail::DefaultToken>
    auto refresh(const Ref<Owner>& ref, Discard, Token&& token = Token{}) {
        return start(token, [ref](Inner& session, detail::Turn&) { session.refresh(ref, discard); });
    }
    template <class Owner, class Token = detail::DefaultToken>
    auto is_stale(const Ref<Owner>& ref, Token&& token = Token{}) {
        return start(token, [ref](Inner& session, detail::Turn&) { return session.is_stale(ref); });
    }

    /// Runs `action(mica::Session&)` on the worker inside of the transaction: many statements for one hop between
    /// threads.
    template <class Action, class Token = detail::DefaultToken>
    auto run(Action action, Token&& token = Token{}) {
        return start_action(std::move(action), token, [](Inner& session, Action& given) { return given(session); });
    }
    /// The same in a savepoint: where it throws, only that part is undone, rows and objects.
    template <class Action, class Token = detail::DefaultToken>
    auto nested(Action action, Token&& token = Token{}) {
        return start_action(std::move(action), token, [](Inner& session, Action& given) {
            return session.nested([&] { return given(session); });
        });
    }

    /// Statements inside of the transaction.
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto all(Query query, Token&& token = Token{}) {
        return start_query(std::move(query), token, [](Inner& on, const auto& run) { return on.all(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto first(Query query, Token&& token = Token{}) {
        return start_query(std::move(query), token, [](Inner& on, const auto& run) { return on.first(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto one(Query query, Token&& token = Token{}) {
        return start_query(std::move(query), token, [](Inner& on, const auto& run) { return on.one(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto one_or_none(Query query, Token&& token = Token{}) {
        return start_query(std::move(query), token, [](Inner& on, const auto& run) { return on.one_or_none(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto scalar(Query query, Token&& token = Token{}) {
        return start_query(std::move(query), token, [](Inner& on, const auto& run) { return on.scalar(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto execute(Query query, Token&& token = Token{}) {
        return start_query(std::move(query), token,
                           [](Inner& on, const auto& run) { return detail::read_rows(on.execute(run)); });
    }
    template <class Row = void, class... Arguments>
    auto execute(std::string_view sql, Arguments&&... arguments) {
        const auto with = [this, text = std::string{sql}]<class Token, class... Values>(Token&& token,
                                                                                        Values... values) {
            return this->start(token, [text, ... values = std::move(values)](Inner& session, detail::Turn&) {
                return detail::read_rows(session.template execute<Row>(text, values...));
            });
        };
        return detail::with_token(with, std::forward<Arguments>(arguments)...);
    }
    template <class... Entities, class Token = detail::DefaultToken>
    auto create_all(Token&& token = Token{}) {
        return start(token, [](Inner& session, detail::Turn&) { session.template create_all<Entities...>(); });
    }

private:
    using Inner = BasicSession<BackendType>;
    using State = detail::AsyncSessionState<BackendType>;

    Inner& idle() const { return state_->idle(); }
    auto dispatcher() const noexcept { return detail::AsyncCore<BackendType>::dispatcher_of(state_->core); }

    template <class Token, class Action>
    auto start(Token&& token, Action action) {
        return detail::start_in_session(state_, token, std::move(action));
    }
    template <class Query, class Token, class Run>
    auto start_query(Query query, Token&& token, Run run) {
        return start(token,
                     [query = std::move(query), run](Inner& session, detail::Turn&) { return run(session, query); });
    }
    template <class Action, class Token, class Run>
    auto start_action(Action action, Token&& token, Run run) {
        if constexpr (!detail::require_action<Action, Inner>()) {
            return detail::initiate_refused(dispatcher(), token);
        } else if constexpr (!detail::require_owned_result<std::invoke_result_t<Action&, Inner&>>()) {
            return detail::initiate_refused(dispatcher(), token);
        } else {
            return start(token, [action = std::move(action), run](Inner& session, detail::Turn&) mutable {
                return run(session, action);
            });
        }
    }

    std::shared_ptr<State> state_;
};

}  // namespace mica
