// SPDX-License-Identifier: BSL-1.0
// session.query<T>() of an asynchronous session: built at once, run as an operation.
#pragma once

#include <mica/async/session_state.hpp>
#include <mica/async/token.hpp>
#include <mica/session/query.hpp>

#include <memory>
#include <utility>

namespace mica {

/// A query of an asynchronous session, as a session has them. Every step gives a new query; what gives objects or
/// numbers is an operation and may be given a completion token.
/// Lifetime: runs nothing after its session's end.
template <class BackendType, class Query>
class [[nodiscard]] BasicAsyncQuery {
public:
    BasicAsyncQuery(std::shared_ptr<detail::AsyncSessionState<BackendType>> state, Query query)
        : state_(std::move(state)), query_(std::move(query)) {}

    template <class Filter>
    auto where(Filter filter) const {
        return next(query_.where(std::move(filter)));
    }
    template <class Wanted, class Filter>
    auto where_if(const Wanted& wanted, Filter filter) const {
        return next(query_.where_if(wanted, std::move(filter)));
    }
    template <class... Terms>
    auto order_by(Terms... terms) const {
        return next(query_.order_by(std::move(terms)...));
    }
    template <class Entity, class... On>
    auto join(On... on) const {
        return next(query_.template join<Entity>(std::move(on)...));
    }
    template <SourceLike New, class... On>
    auto join(New joined, On... on) const {
        return next(query_.join(std::move(joined), std::move(on)...));
    }
    template <class Entity, class... On>
    auto left_join(On... on) const {
        return next(query_.template left_join<Entity>(std::move(on)...));
    }
    template <SourceLike New, class... On>
    auto left_join(New joined, On... on) const {
        return next(query_.left_join(std::move(joined), std::move(on)...));
    }
    auto distinct() const { return next(query_.distinct()); }
    auto refreshed() const { return next(query_.refreshed()); }
    template <class Count>
    auto limit(Count count) const {
        return next(query_.limit(std::move(count)));
    }
    template <class Count>
    auto offset(Count count) const {
        return next(query_.offset(std::move(count)));
    }
    template <auto... relations>
    auto with() const {
        return next(query_.template with<relations...>());
    }

    template <class Token = detail::DefaultToken>
    auto all(Token&& token = Token{}) const {
        return start(token, [](const Query& query) { return query.all(); });
    }
    template <class Token = detail::DefaultToken>
    auto first(Token&& token = Token{}) const {
        return start(token, [](const Query& query) { return query.first(); });
    }
    template <class Token = detail::DefaultToken>
    auto one(Token&& token = Token{}) const {
        return start(token, [](const Query& query) { return query.one(); });
    }
    template <class Token = detail::DefaultToken>
    auto one_or_none(Token&& token = Token{}) const {
        return start(token, [](const Query& query) { return query.one_or_none(); });
    }
    template <class Token = detail::DefaultToken>
    auto count(Token&& token = Token{}) const {
        return start(token, [](const Query& query) { return query.count(); });
    }
    template <class Token = detail::DefaultToken>
    auto exists(Token&& token = Token{}) const {
        return start(token, [](const Query& query) { return query.exists(); });
    }
    /// The object with this key; perhaps a token behind it.
    template <class... Keys>
    auto get(Keys&&... keys) const {
        const auto with = [this]<class Token, class... Values>(Token&& token, Values... values) {
            return this->start(token,
                               [... values = std::move(values)](const Query& query) { return query.get(values...); });
        };
        return detail::with_token(with, std::forward<Keys>(keys)...);
    }
    /// Assignments, perhaps a token behind them.
    template <class... Assignments>
    auto update(Assignments&&... assignments) const {
        const auto with = [this]<class Token, class... Values>(Token&& token, Values... values) {
            return this->start(
                token, [... values = std::move(values)](const Query& query) { return query.update(values...); });
        };
        return detail::with_token(with, std::forward<Assignments>(assignments)...);
    }
    template <class Token = detail::DefaultToken>
    auto remove(Token&& token = Token{}) const {
        return start(token, [](const Query& query) { return query.remove(); });
    }

private:
    template <class Next>
    auto next(Next query) const {
        return BasicAsyncQuery<BackendType, Next>{state_, std::move(query)};
    }
    template <class Token, class Action>
    auto start(Token&& token, Action action) const {
        return detail::start_in_session(
            state_, token, [query = query_, action = std::move(action)](BasicSession<BackendType>&, detail::Turn&) {
                return action(query);
            });
    }

    std::shared_ptr<detail::AsyncSessionState<BackendType>> state_;
    Query query_;
};

namespace detail {

template <class BackendType, class Query>
auto make_async_query(std::shared_ptr<AsyncSessionState<BackendType>> state, Query query) {
    return BasicAsyncQuery<BackendType, Query>{std::move(state), std::move(query)};
}

}  // namespace detail

}  // namespace mica
