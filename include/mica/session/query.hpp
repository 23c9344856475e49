// SPDX-License-Identifier: BSL-1.0
// session.query<T>(): a SELECT that gives tracked objects, and set-based changes under the same condition.
#pragma once

#include <mica/engine/result.hpp>
#include <mica/query/count.hpp>
#include <mica/query/delete.hpp>
#include <mica/session/ref.hpp>
#include <mica/session/relation_loading.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// A query of a session for one entity. Every step gives a new query; nothing runs before one of the last members.
/// Lifetime: refers to its session.
template <class SessionType, class Selection, class... Paths>
class BasicQuery {
public:
    using Owner = typename Selection::Row;

    BasicQuery(SessionType& session, Selection selection) : session_(&session), selection_(std::move(selection)) {}

    /// Rows for which `filter` is true; several are combined by AND.
    template <class Filter>
    auto where(Filter filter) const {
        return continue_with(selection_.where(std::move(filter)));
    }
    template <class... Terms>
    auto order_by(Terms... terms) const {
        return continue_with(selection_.order_by(std::move(terms)...));
    }
    auto limit(std::int64_t count) const { return continue_with(selection_.limit(count)); }
    auto offset(std::int64_t count) const { return continue_with(selection_.offset(count)); }

    /// Also loads a relation of the objects, or a path of them as in with<&Artist::albums, &Album::tracks>(): for all
    /// objects with one SELECT for each level, whatever limit() says of the query itself.
    template <auto... relations>
    auto with() const {
        if constexpr (detail::require_relation_path<Owner, relations...>()) {
            return BasicQuery<SessionType, Selection, Paths..., RelationPath<relations...>>{*session_, selection_};
        } else {
            return Refused<Ref<Owner>>{};
        }
    }

    /// All objects, tracked.
    std::vector<Ref<Owner>> all() const { return load(every); }

    /// The first object, empty where there is none.
    Ref<Owner> first() const {
        std::vector<Ref<Owner>> refs = load(1);
        return refs.empty() ? Ref<Owner>{} : std::move(refs.front());
    }

    /// The only object. Throws NoResultFound or MultipleResultsFound.
    Ref<Owner> one() const {
        Ref<Owner> ref = one_or_none();
        if (!ref) detail::throw_no_result(Selection::sql());
        return ref;
    }

    /// The only object, empty where there is none. Throws MultipleResultsFound.
    Ref<Owner> one_or_none() const {
        std::vector<Ref<Owner>> refs = session_->template load<Owner>(selection_, 2);
        if (refs.size() > 1) detail::throw_multiple_results(Selection::sql());
        return refs.empty() ? Ref<Owner>{} : with_relations(std::move(refs)).front();
    }

    /// How many rows there are.
    std::int64_t count() const { return session_->template read<Owner>(CountOf<Selection>{{}, selection_}); }

    /// Whether there is a row.
    bool exists() const { return session_->template read<Owner>(ExistsIn<Selection>{{}, selection_}); }

    /// The object with this key, whatever the query's conditions.
    template <class... Keys>
    Ref<Owner> get(const Keys&... keys) const {
        const Ref<Owner> ref = session_->template get<Owner>(keys...);
        return ref ? with_relations({ref}).front() : ref;
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
    auto continue_with(Next next) const {
        return BasicQuery<SessionType, Next, Paths...>{*session_, std::move(next)};
    }

    std::vector<Ref<Owner>> load(std::size_t limit) const {
        return with_relations(session_->template load<Owner>(selection_, limit));
    }
    std::vector<Ref<Owner>> with_relations(std::vector<Ref<Owner>> refs) const {
        if constexpr (sizeof...(Paths) > 0) session_->template load_paths<Owner, Paths...>(refs);
        return refs;
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
