// SPDX-License-Identifier: BSL-1.0
// An engine for coroutines: its operations run on threads of its own, and give their results to a completion token.
#pragma once

#include <mica/async/async_core.hpp>
#include <mica/async/options.hpp>
#include <mica/async/row_stream.hpp>
#include <mica/async/rows.hpp>
#include <mica/async/token.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// Runs operations on workers: threads, each with one connection while it works. Every operation takes a completion
/// token as its last argument, boost::asio::use_awaitable where none is given, and completes with the signature
/// void(std::exception_ptr, T), by the executor that is associated with the token's handler; in the worker's thread
/// where there is none. Functions and statements are moved in; results own their values.
///
/// Cancelled, by a timeout or by operator||, an operation that waits is taken out of the queue; one that runs is
/// interrupted and its transaction rolled back; both end with boost::asio::error::operation_aborted. A COMMIT that has
/// begun is not cancelled. Where a full queue keeps an operation waiting, its caller waits with it.
///
/// Thread safety: all members may be called from several threads at once. Lifetime: the executors of operations must
/// live until these are completed. Its end cancels all that runs and waits for the workers.
template <class BackendType>
class BasicAsyncEngine {
public:
    /// `url` as that of Engine, or with the scheme `sqlite+async`. A database in memory has one worker. Throws what
    /// Engine throws, ProgrammingError for options that make no sense, std::system_error where no thread is to be had.
    explicit BasicAsyncEngine(std::string_view url, const AsyncOptions& options = {})
        : core_(Core::make(url, options)) {}
    BasicAsyncEngine(BasicAsyncEngine&&) noexcept = default;
    BasicAsyncEngine& operator=(BasicAsyncEngine&& other) noexcept {
        std::swap(core_, other.core_);
        return *this;
    }
    ~BasicAsyncEngine() {
        if (core_) core_->dispatcher.close();
    }

    /// The engine behind it: for events, functions of the program, and what is done before there are coroutines. Its
    /// operations block the caller.
    BasicEngine<BackendType>& engine() const noexcept { return core_->engine; }

    /// Runs `action(mica::Reader&)` in one state of the database and gives what it gives.
    template <class Action, class Token = detail::DefaultToken>
    auto read(Action action, Token&& token = Token{}) const {
        return start_reading(std::move(action), token, false);
    }
    /// The same; where the queue is full, it is QueueFull at once.
    template <class Action, class Token = detail::DefaultToken>
    auto try_read(Action action, Token&& token = Token{}) const {
        return start_reading(std::move(action), token, true);
    }

    /// Runs `action(mica::Session&)` inside of BEGIN IMMEDIATE, commits when it returns and rolls back where it throws.
    /// Gives what it gives. Writes run one after the other, beside reads.
    template <class Action, class Token = detail::DefaultToken>
    auto write(Action action, Token&& token = Token{}) const {
        return start_writing(std::move(action), token, false);
    }
    template <class Action, class Token = detail::DefaultToken>
    auto try_write(Action action, Token&& token = Token{}) const {
        return start_writing(std::move(action), token, true);
    }

    /// As those of Connection: one statement, which commits by itself.
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto all(Query query, Token&& token = Token{}) const {
        return start_query(std::move(query), token, [](const auto& on, const auto& run) { return on.all(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto first(Query query, Token&& token = Token{}) const {
        return start_query(std::move(query), token, [](const auto& on, const auto& run) { return on.first(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto one(Query query, Token&& token = Token{}) const {
        return start_query(std::move(query), token, [](const auto& on, const auto& run) { return on.one(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto one_or_none(Query query, Token&& token = Token{}) const {
        return start_query(std::move(query), token,
                           [](const auto& on, const auto& run) { return on.one_or_none(run); });
    }
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto scalar(Query query, Token&& token = Token{}) const {
        return start_query(std::move(query), token, [](const auto& on, const auto& run) { return on.scalar(run); });
    }
    /// Gives AsyncRows: all rows, or what was changed.
    template <StatementLike Query, class Token = detail::DefaultToken>
    auto execute(Query query, Token&& token = Token{}) const {
        return start_query(std::move(query), token,
                           [](const auto& on, const auto& run) { return detail::read_rows(on.execute(run)); });
    }
    /// SQL text with its values, and perhaps a token behind them.
    template <class Row = void, class... Arguments>
    auto execute(std::string_view sql, Arguments&&... arguments) const {
        const auto with = [this, text = std::string{sql}]<class Token, class... Values>(Token&& token,
                                                                                        Values... values) {
            return this->template start_statements<true>(token, [text, ... values = std::move(values)](const auto& on) {
                return detail::read_rows(on.template execute<Row>(text, values...));
            });
        };
        return detail::with_token(with, std::forward<Arguments>(arguments)...);
    }

    /// The object with this key; perhaps a token behind it.
    template <class Owner, class... Keys>
    auto get(Keys&&... keys) const {
        const auto with = [this]<class Token, class... Values>(Token&& token, Values... values) {
            return this->template start_statements<false>(
                token, [... values = std::move(values)](const auto& on) { return on.template get<Owner>(values...); });
        };
        return detail::with_token(with, std::forward<Keys>(keys)...);
    }
    template <class Owner, class Keys, class Token = detail::DefaultToken>
    auto get_many(Keys keys, Token&& token = Token{}) const {
        return start_statements<false>(
            token, [keys = std::move(keys)](const auto& on) { return on.template get_many<Owner>(keys); });
    }

    /// As those of Connection, of an object or a range: give the number of rows. What is given by rvalue is moved in.
    /// An lvalue is used where it is, generated keys are written into it: it has to stay until the operation has ended.
    template <class Objects, class Token = detail::DefaultToken>
    auto insert(Objects&& objects, Token&& token = Token{}) const {
        return start_objects(std::forward<Objects>(objects), token,
                             [](const auto& on, auto& given) { return on.insert(given); });
    }
    template <class Objects, class Token = detail::DefaultToken>
    auto upsert(Objects&& objects, Token&& token = Token{}) const {
        return start_objects(std::forward<Objects>(objects), token,
                             [](const auto& on, auto& given) { return on.upsert(given); });
    }
    template <class Objects, class Token = detail::DefaultToken>
    auto update(Objects&& objects, Token&& token = Token{}) const {
        return start_objects(std::forward<Objects>(objects), token,
                             [](const auto& on, auto& given) { return on.update(given); });
    }
    template <class Objects, class Token = detail::DefaultToken>
    auto remove(Objects&& objects, Token&& token = Token{}) const {
        return start_objects(std::forward<Objects>(objects), token,
                             [](const auto& on, auto& given) { return on.remove(given); });
    }

    /// As that of Engine.
    template <class... Entities, class Token = detail::DefaultToken>
    auto create_all(Token&& token = Token{}) const {
        return start_with_engine(token, [](const auto& on) { on.template create_all<Entities...>(); });
    }
    template <class... Entities, class Token = detail::DefaultToken>
    auto drop_all(Token&& token = Token{}) const {
        return start_with_engine(token, [](const auto& on) { on.template drop_all<Entities...>(); });
    }

    /// The rows of a SELECT in blocks of at most `block` rows, see AsyncRowStream. Runs nothing yet.
    template <StatementLike Query>
    auto stream(Query query, std::size_t block = 64) const {
        return detail::make_stream(core_, std::move(query), block);
    }

    /// Takes no more operations: they end with operation_aborted. Completes when all that it has are done and the
    /// workers have ended. Sessions and streams keep no worker beyond that: what they have open ends with them.
    /// Cancelled, it cancels what it waits for.
    template <class Token = detail::DefaultToken>
    auto stop(Token&& token = Token{}) const {
        return boost::asio::async_initiate<Token, void(std::exception_ptr)>(
            [](auto&& handler, const std::shared_ptr<detail::Dispatcher>& dispatcher) {
                const auto nothing = [](detail::Turn&) {};
                dispatcher->stop(
                    detail::make_operation<void>(std::forward<decltype(handler)>(handler), dispatcher, nothing));
            },
            token, Core::dispatcher_of(core_));
    }

    /// For a session.
    const std::shared_ptr<detail::AsyncCore<BackendType>>& core() const noexcept { return core_; }

private:
    using Core = detail::AsyncCore<BackendType>;

    /// Runs `action(turn, engine)` on a worker.
    template <class Action, class Token>
    auto start(const detail::Request& request, Token&& token, Action action) const {
        using Given = std::decay_t<std::invoke_result_t<Action&, detail::Turn&, const BasicEngine<BackendType>&>>;
        constexpr bool is_sound = detail::require_owned_result<Given>();
        using Value = std::conditional_t<is_sound, Given, detail::RefusedResult>;
        auto run = [core = core_, action = std::move(action)](detail::Turn& turn) mutable -> Value {
            if constexpr (is_sound) {
                return action(turn, std::as_const(core->engine));
            } else {
                return {};
            }
        };
        return detail::initiate<Value>(Core::dispatcher_of(core_), request, token, std::move(run));
    }

    template <class Action, class Token>
    auto start_reading(Action action, Token&& token, bool only_if_room) const {
        return start_action<BasicReader<BackendType>>(std::move(action), token, {.only_if_room = only_if_room},
                                                      [](detail::Turn& turn, const auto& engine, Action& given) {
                                                          return detail::run_reading(engine, turn, given);
                                                      });
    }
    template <class Action, class Token>
    auto start_writing(Action action, Token&& token, bool only_if_room) const {
        return start_action<BasicSession<BackendType>>(std::move(action), token,
                                                       {.writes = true, .only_if_room = only_if_room},
                                                       [](detail::Turn& turn, const auto& engine, Action& given) {
                                                           return detail::run_writing(engine, turn, given);
                                                       });
    }

    /// What a function of the program gives is looked at as it gives it, a reference as such.
    template <class Argument, class Action, class Token, class Run>
    auto start_action(Action action, Token&& token, const detail::Request& request, Run run) const {
        if constexpr (!detail::require_action<Action, Argument>()) {
            return detail::initiate_refused(Core::dispatcher_of(core_), token);
        } else if constexpr (!detail::require_owned_result<std::invoke_result_t<Action&, Argument&>>()) {
            return detail::initiate_refused(Core::dispatcher_of(core_), token);
        } else {
            return start(request, token,
                         [action = std::move(action), run](detail::Turn& turn, const auto& engine) mutable {
                             return run(turn, engine, action);
                         });
        }
    }

    template <bool writes, class Token, class Action>
    auto start_statements(Token&& token, Action action) const {
        return start({.writes = writes}, token,
                     [action = std::move(action)](detail::Turn& turn, const auto& engine) mutable {
                         return detail::run_statements(engine, turn, action);
                     });
    }

    template <class Query, class Token, class Run>
    auto start_query(Query query, Token&& token, Run run) const {
        return start_statements<!SelectLike<Query>>(
            token, [query = std::move(query), run](const auto& on) { return run(on, query); });
    }

    template <class Objects, class Token, class Run>
    auto start_objects(Objects&& objects, Token&& token, Run run) const {
        if constexpr (std::is_lvalue_reference_v<Objects>) {
            return start_statements<true>(token, [given = &objects, run](const auto& on) { return run(on, *given); });
        } else {
            return start_statements<true>(token, [given = std::forward<Objects>(objects), run](const auto& on) mutable {
                return run(on, given);
            });
        }
    }

    template <class Token, class Action>
    auto start_with_engine(Token&& token, Action action) const {
        return start({.writes = true}, token, [action](detail::Turn& turn, const auto& engine) {
            detail::lend_within(turn, [&] { action(engine); });
        });
    }

    std::shared_ptr<Core> core_;
};

}  // namespace mica
