// SPDX-License-Identifier: BSL-1.0
// session.query<T>(): a SELECT that gives tracked objects, and set-based changes under the same condition.
#pragma once

#include <mica/engine/result.hpp>
#include <mica/query/count.hpp>
#include <mica/query/delete.hpp>
#include <mica/query/run_time_text.hpp>
#include <mica/session/ref.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

/// The text of a statement, whether it is a constant or not.
template <class Query>
std::string text_of(const Query& query) {
    if constexpr (is_dynamic<Query>()) {
        return run_time_text(query);
    } else {
        return std::string{Query::sql()};
    }
}

}  // namespace detail

/// A query of a session for one entity. Every step gives a new query; nothing runs before one of the last members.
/// Lifetime: refers to its session.
template <class SessionType, class Selection>
class BasicQuery {
public:
    using Owner = typename Selection::Row;

    BasicQuery(SessionType& session, Selection selection) : session_(&session), selection_(std::move(selection)) {}

    /// Rows for which `filter` is true; several are combined by AND.
    template <class Filter>
    auto where(Filter filter) const {
        return with(selection_.where(std::move(filter)));
    }
    template <class... Terms>
    auto order_by(Terms... terms) const {
        return with(selection_.order_by(std::move(terms)...));
    }
    auto limit(std::int64_t count) const { return with(selection_.limit(count)); }
    auto offset(std::int64_t count) const { return with(selection_.offset(count)); }

    /// All objects, tracked.
    std::vector<Ref<Owner>> all() const { return session_->template load<Owner>(selection_, every); }

    /// The first object, empty where there is none.
    Ref<Owner> first() const {
        std::vector<Ref<Owner>> refs = session_->template load<Owner>(selection_, 1);
        return refs.empty() ? Ref<Owner>{} : std::move(refs.front());
    }

    /// The only object. Throws NoResultFound or MultipleResultsFound.
    Ref<Owner> one() const {
        Ref<Owner> ref = one_or_none();
        if (!ref) detail::throw_no_result(detail::text_of(selection_));
        return ref;
    }

    /// The only object, empty where there is none. Throws MultipleResultsFound.
    Ref<Owner> one_or_none() const {
        std::vector<Ref<Owner>> refs = session_->template load<Owner>(selection_, 2);
        if (refs.size() > 1) detail::throw_multiple_results(detail::text_of(selection_));
        return refs.empty() ? Ref<Owner>{} : std::move(refs.front());
    }

    /// How many rows there are.
    std::int64_t count() const { return session_->template read<Owner>(CountOf<Selection>{{}, selection_}); }

    /// Whether there is a row.
    bool exists() const { return session_->template read<Owner>(ExistsIn<Selection>{{}, selection_}); }

    /// The object with this key, whatever the query's conditions.
    template <class... Keys>
    Ref<Owner> get(const Keys&... keys) const {
        return session_->template get<Owner>(keys...);
    }

    /// Changes all rows of the query in the database by one statement; gives their number. Objects in memory keep their
    /// values. Without where() it changes every row.
    template <class... Changes>
    std::int64_t update(Changes... changes) const {
        static_assert(!Selection::is_ordered && !Selection::is_limited,
                      "mica: a set-based update or remove takes a condition, but no order and no limit");
        if constexpr (Selection::is_ordered || Selection::is_limited) {
            return 0;
        } else {
            return run(mica::update<Owner>().set(std::move(changes)...));
        }
    }

    /// Removes all rows of the query from the database by one statement; gives their number.
    /// Without where() it removes every row.
    std::int64_t remove() const {
        static_assert(!Selection::is_ordered && !Selection::is_limited,
                      "mica: a set-based update or remove takes a condition, but no order and no limit");
        return run(delete_from<Owner>());
    }

    /// Runs the query; the range is that of its objects.
    auto begin() {
        rows_ = all();
        return rows_.begin();
    }
    auto end() { return rows_.end(); }

private:
    static constexpr std::size_t every = static_cast<std::size_t>(-1);

    template <class Next>
    auto with(Next next) const {
        return BasicQuery<SessionType, Next>{*session_, std::move(next)};
    }

    template <class Statement>
    std::int64_t run(const Statement& statement) const {
        if constexpr (is_none<decltype(selection_.condition)>) {
            return session_->execute(statement.all_rows()).rows_affected();
        } else {
            return session_->execute(statement.where(selection_.condition)).rows_affected();
        }
    }

    SessionType* session_;
    Selection selection_;
    std::vector<Ref<Owner>> rows_{};
};

}  // namespace mica
