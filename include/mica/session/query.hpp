// SPDX-License-Identifier: BSL-1.0
// session.query<T>(): a SELECT that gives tracked objects, and set-based changes under the same condition.
#pragma once

#include <mica/engine/connection.hpp>
#include <mica/query/select/count.hpp>
#include <mica/query/statement/run_time_text.hpp>
#include <mica/query/write/delete.hpp>
#include <mica/session/core/relation_path.hpp>
#include <mica/session/object/ref.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// In place of a query of a session: gives handles where that one does.
template <class Owner>
struct Refused<Ref<Owner>> : Statement<Refused<Ref<Owner>>> {
    using Row = Ref<Owner>;

    template <const Dialect& = dialect::sqlite>
    static constexpr std::string_view sql() {
        return {};
    }

    template <class... Any>
    Refused where(const Any&...) const;
    template <class... Any>
    Refused where_if(const Any&...) const;
    template <class... Any>
    Refused order_by(const Any&...) const;
    template <class Entity, class... Any>
    Refused join(const Any&...) const;
    template <class First, class... Any>
    Refused join(const First&, const Any&...) const;
    template <class Entity, class... Any>
    Refused left_join(const Any&...) const;
    template <class First, class... Any>
    Refused left_join(const First&, const Any&...) const;
    template <auto... path>
    Refused with() const;
    Refused distinct() const;
    Refused refreshed() const;
    template <class Count>
    Refused limit(const Count&) const;
    template <class Count>
    Refused offset(const Count&) const;

    std::vector<Row> all() const;
    Row first() const;
    Row one() const;
    Row one_or_none() const;
    template <class... Any>
    Row get(const Any&...) const;
    std::int64_t count() const;
    bool exists() const;
    template <class... Any>
    std::int64_t update(const Any&...) const;
    std::int64_t remove() const;
    Row* begin() const;
    Row* end() const;
};

namespace detail {

template <class From>
inline constexpr bool is_joined = false;
template <class First, class Join, class... Joins>
inline constexpr bool is_joined<FromClause<First, Join, Joins...>> = true;

/// Says what keeps a query from being a set-based change.
template <class Selection>
consteval bool require_set() {
    constexpr bool is_plain = !Selection::is_ordered && !Selection::is_limited;
    constexpr bool is_single = !is_joined<typename Selection::Source>;
    static_assert(is_plain, "mica: a set-based update or remove takes a condition, but no order and no limit");
    static_assert(is_single || !is_plain,
                  "mica: a set-based update or remove takes no join; ask for the other table in a subquery of where()");
    return is_plain && is_single;
}

/// Says what is to be done instead where a query that loads relations uses their columns.
template <class Selection, bool has_relations>
consteval bool require_own_columns() {
    if constexpr (has_relations) {
        constexpr bool are_own = Selection::is_in_scope();
        static_assert(are_own,
                      "mica: with<> reads a relation by a SELECT of its own: the mapping says its order, "
                      "relation<&T::many>.order_by(…); where() and order_by() of the query take its columns after "
                      "join<U>()");
        return are_own;
    } else {
        return true;
    }
}

}  // namespace detail

/// A query of a session for one entity. Every step gives a new query; nothing runs before one of the last members.
/// Lifetime: refers to its session.
template <class SessionType, class Selection, class... Paths>
class [[nodiscard]] BasicQuery {
public:
    using Owner = typename Selection::Row;

    BasicQuery(SessionType& session, Selection selection, bool refreshes = false)
        : session_(&session), selection_(std::move(selection)), refreshes_(refreshes) {}

    /// Rows for which `filter` is true; several are combined by AND.
    template <class Filter>
    auto where(Filter filter) const {
        return continue_with(selection_.where(std::move(filter)));
    }
    /// The same where `wanted` is true, else all rows; of a std::optional, what a function makes of its value.
    template <class Wanted, class Filter>
    auto where_if(const Wanted& wanted, Filter filter) const {
        return continue_with(selection_.where_if(wanted, std::move(filter)));
    }
    template <class... Terms>
    auto order_by(Terms... terms) const {
        return continue_with(selection_.order_by(std::move(terms)...));
    }
    /// Joins another entity's table, for conditions and sorting. An object is there once for each of the joined rows;
    /// distinct() leaves it there once. Without a condition the one foreign key between the tables is taken.
    template <class Entity, class... On>
    auto join(On... on) const {
        return continue_with(selection_.template join<Entity>(std::move(on)...));
    }
    template <SourceLike New, class... On>
    auto join(New joined, On... on) const {
        return continue_with(selection_.join(std::move(joined), std::move(on)...));
    }
    template <class Entity, class... On>
    auto left_join(On... on) const {
        return continue_with(selection_.template left_join<Entity>(std::move(on)...));
    }
    template <SourceLike New, class... On>
    auto left_join(New joined, On... on) const {
        return continue_with(selection_.left_join(std::move(joined), std::move(on)...));
    }
    /// Every object once.
    auto distinct() const { return continue_with(selection_.distinct()); }
    /// At most `count` rows. Throws DataError for a negative number, as offset() does.
    template <class Count>
    auto limit(Count count) const {
        return continue_with(selection_.limit(std::move(count)));
    }
    template <class Count>
    auto offset(Count count) const {
        return continue_with(selection_.offset(std::move(count)));
    }

    /// Objects that are tracked already get the values of their rows, as others may have changed them; those with
    /// changes that are not written keep them.
    auto refreshed() const { return BasicQuery{*session_, selection_, true}; }

    /// Also loads a relation of the objects, or a path of them as in with<&Artist::albums, &Album::tracks>(): for all
    /// objects with one SELECT for each level, whatever limit() says of the query itself.
    template <auto... relations>
    auto with() const {
        if constexpr (detail::require_relation_path<Owner, relations...>()) {
            return BasicQuery<SessionType, Selection, Paths..., RelationPath<Owner, relations...>>{
                *session_, selection_, refreshes_};
        } else {
            return Refused<Ref<Owner>>{};
        }
    }

    /// All objects, tracked.
    std::vector<Ref<Owner>> all() const { return with_relations(load(selection_, every)); }

    /// The first object, empty where there is none.
    Ref<Owner> first() const {
        if constexpr (Selection::is_limited) {
            return first_of(with_relations(load(selection_, 1)));
        } else {
            return first_of(with_relations(load(selection_.limit(1), 1)));
        }
    }

    /// The only object. Throws NoResultFound or MultipleResultsFound.
    Ref<Owner> one() const {
        Ref<Owner> ref = one_or_none();
        if (!ref) detail::throw_no_result(detail::run_time_text(selection_, SessionType::dialect));
        return ref;
    }

    /// The only object, empty where there is none. Throws MultipleResultsFound.
    Ref<Owner> one_or_none() const {
        std::vector<Ref<Owner>> refs = load(selection_, 2);
        if (refs.size() > 1) detail::throw_multiple_results(detail::run_time_text(selection_, SessionType::dialect));
        return refs.empty() ? Ref<Owner>{} : with_relations(std::move(refs)).front();
    }

    /// How many rows the query gives: never more than limit() says. Order and with<> cost nothing here.
    std::int64_t count() const { return read<CountOf>(); }

    /// Whether the query gives a row, so none after limit(0) or where offset() skips all.
    bool exists() const { return read<ExistsIn>(); }

    /// The object with this key, whatever the query's conditions.
    template <class... Keys>
    Ref<Owner> get(Keys&&... keys) const {
        const Ref<Owner> ref = session_->template get_row<Owner>(refreshes_, keys...);
        return ref ? with_relations({ref}).front() : ref;
    }

    /// Changes all rows of the query in the database by one statement, their versions too; gives their number. Objects
    /// in memory keep their values until a query, get() or refresh() reads their rows again. Without where() it changes
    /// every row.
    template <class... Assignments>
    std::int64_t update(Assignments... assignments) const {
        if constexpr (detail::require_set<Selection>()) {
            return run(mica::update<Owner>().set(std::move(assignments)...));
        } else {
            return 0;
        }
    }

    /// Removes all rows of the query from the database by one statement; gives their number. Objects in memory stay as
    /// they are; get() no longer finds them. Without where() it removes every row.
    std::int64_t remove() const {
        if constexpr (detail::require_set<Selection>()) {
            return run(delete_from<Owner>());
        } else {
            return 0;
        }
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
        if constexpr (detail::is_refused<Next>) {
            return Refused<Ref<Owner>>{};
        } else {
            return BasicQuery<SessionType, Next, Paths...>{*session_, std::move(next), refreshes_};
        }
    }

    template <class Rows>
    std::vector<Ref<Owner>> load(const Rows& rows, std::size_t limit) const {
        if constexpr (!detail::require_own_columns<Rows, (sizeof...(Paths) > 0)>()) {
            return {};
        } else if constexpr (detail::require_runnable<Rows>()) {
            return session_->template load_rows<Owner>(rows, limit, refreshes_);
        } else {
            return {};
        }
    }
    std::vector<Ref<Owner>> with_relations(std::vector<Ref<Owner>> refs) const {
        if constexpr (sizeof...(Paths) > 0) session_->template load_paths<Paths...>(refs, refreshes_);
        return refs;
    }
    static Ref<Owner> first_of(std::vector<Ref<Owner>> refs) {
        return refs.empty() ? Ref<Owner>{} : std::move(refs.front());
    }
    template <template <class> class Query>
    typename Query<Selection>::Row read() const {
        if constexpr (detail::require_runnable<Selection>()) {
            const auto& rows = detail::unordered(selection_);
            return session_->read_value(Query<std::remove_cvref_t<decltype(rows)>>{{}, rows});
        } else {
            return {};
        }
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
    bool refreshes_ = false;
    std::vector<Ref<Owner>> rows_{};
};

}  // namespace mica
