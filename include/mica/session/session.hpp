// SPDX-License-Identifier: BSL-1.0
// The session: objects in, changes out, one transaction at a time on one leased connection.
#pragma once

#include <mica/engine/engine.hpp>
#include <mica/session/query.hpp>
#include <mica/session/relation_loading.hpp>
#include <mica/session/unit_of_work.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

/// Whether a range's elements go with it. Those of a view belong to somebody else: it gives them as they are even where
/// the view itself is const.
template <class Range>
inline constexpr bool owns_elements =
    requires(const Range& range) { requires std::is_const_v<std::remove_reference_t<decltype(*std::begin(range))>>; };

}  // namespace detail

/// A unit of work. It opens a transaction (BEGIN IMMEDIATE) at its first statement and ends it at commit() or
/// rollback(); its destructor rolls back. Every object that it adds or reads is tracked: one object for each key, and
/// what changes in it is written at the next flush, changed columns only.
/// Thread safety: one thread at a time. Lifetime: may outlive its engine; its objects may outlive it.
template <class BackendType>
class BasicSession {
public:
    /// Opens nothing yet.
    explicit BasicSession(const BasicEngine<BackendType>& engine) noexcept : pool_(engine.pool()) {}
    BasicSession(const BasicSession&) = delete;
    BasicSession& operator=(const BasicSession&) = delete;
    ~BasicSession() = default;

    /// Takes over an object; it is inserted at the next flush. Its handle gives access to it, the key included once the
    /// database has chosen one.
    template <class Owner>
    Ref<std::remove_cvref_t<Owner>> add(Owner&& object) {
        static_assert(!std::is_lvalue_reference_v<Owner>,
                      "mica: add() takes the object over: write add(std::move(x)), or add(T{x}) for a copy");
        using Entity = std::remove_cvref_t<Owner>;
        if constexpr (std::is_lvalue_reference_v<Owner>) {
            return {};
        } else if constexpr (detail::require_trackable<Entity>()) {
            Ref<Entity> ref = detail::make_tracked(Entity(std::forward<Owner>(object)));
            detail::start_relations(*ref.tracked());
            work_.add(*ref.tracked());
            return ref;
        } else {
            return {};
        }
    }

    /// Takes over the objects of an rvalue range that owns them, copies those of any other; what a view gives by rvalue
    /// is taken over too.
    template <class Range>
    auto add_all(Range&& range) {
        using Owner = std::remove_cvref_t<decltype(*std::begin(range))>;
        std::vector<Ref<Owner>> refs;
        if constexpr (requires { std::size(range); }) refs.reserve(std::size(range));
        for (auto&& object : range) {
            if constexpr (!std::is_lvalue_reference_v<Range> && detail::owns_elements<Range>) {
                refs.push_back(add(Owner(std::move(object))));
            } else {
                refs.push_back(add(Owner(std::forward<decltype(object)>(object))));
            }
        }
        return refs;
    }

    /// The object with this key, the key's values in the key's order; empty where there is none. An object that is
    /// tracked already costs no statement.
    template <class Owner, class... Keys>
    Ref<Owner> get(const Keys&... keys) {
        if constexpr (!detail::require_trackable<Owner>()) {
            return {};
        } else if constexpr (detail::require_key<Owner, Keys...>()) {
            return find<Owner>(detail::key_values<Owner>(keys...));
        } else {
            return {};
        }
    }

    /// Starts a query for tracked objects.
    template <class Owner>
    auto query() {
        if constexpr (detail::require_trackable<Owner>()) {
            return BasicQuery<BasicSession, decltype(select<Owner>())>{*this, select<Owner>()};
        } else {
            return Refused<Ref<Owner>>{};
        }
    }

    /// Loads relations of objects that this session tracks, a handle or a range of handles: of all of them with one
    /// SELECT, and one more for each further level of the path. Changes of what it reads are flushed first; loading
    /// again reads again. Throws ProgrammingError for an object that it does not track.
    template <auto... relations, class Refs>
        requires(sizeof...(relations) > 0)
    void load(const Refs& refs) {
        using Owner = typename detail::EntityOfRefs<Refs>::Type;
        if constexpr (detail::require_relation_path<Owner, relations...>()) {
            std::vector<detail::Tracked*> owners;
            if constexpr (std::same_as<Refs, Ref<Owner>>) {
                detail::collect_tracked(refs, &work_, owners);
            } else {
                for (const Ref<Owner>& ref : refs) detail::collect_tracked(ref, &work_, owners);
            }
            detail::RelationLoader<BasicSession>{*this}.load(std::move(owners), RelationPath<relations...>{});
        }
    }

    /// Deletes the object's row at the next flush. Throws ProgrammingError for an object that it does not track.
    template <class Owner>
    void remove(const Ref<Owner>& ref) {
        if (!ref) detail::throw_misuse("remove() was given an empty handle");
        work_.remove(*ref.tracked());
    }

    /// Writes all changes inside the open transaction. Throws what the database says; then nothing of this flush is
    /// written, everything is still to be written, and the session is usable. Where the database has ended the
    /// transaction by itself, as a full disk makes it, that is true of everything since its beginning; but if a
    /// statement of execute() was part of it, only rollback() is left.
    void flush() {
        if (work_.has_changes()) write();
    }

    /// Writes all changes and commits. Throws as flush(), and what COMMIT throws; then the transaction is still open,
    /// unless the database has ended it.
    void commit() {
        flush();
        if (!lease_) return;
        detail::OpenConnection<BackendType>& open = connection();
        try {
            detail::commit_transaction(open);
        } catch (...) {
            note_end(open);
            throw;
        }
        work_.commit();
        give_back();
    }

    /// Undoes the transaction: tracked objects are again as they were when it began, keys that the database chose are 0
    /// again, objects added since are no longer tracked.
    void rollback() {
        if (lease_) {
            detail::OpenConnection<BackendType>& open = lease_->open();
            detail::rollback_transaction(open);
            give_back();
        }
        work_.rollback();
    }

    /// Whether a statement has opened a transaction that has not ended yet.
    bool in_transaction() const noexcept { return lease_.has_value(); }

    /// Runs a statement inside the transaction; pending changes are flushed first.
    template <StatementLike Query>
    auto execute(const Query& query) {
        return runner(std::is_void_v<typename Query::Row>).execute(query);
    }
    template <class Row = void, class... Arguments>
    auto execute(std::string_view sql, const Arguments&... arguments) {
        return runner(true).template execute<Row>(sql, arguments...);
    }

    /// Rows as plain values, untracked; see StatementRunner.
    template <StatementLike Query>
    auto all(const Query& query) {
        return runner().all(query);
    }
    template <StatementLike Query>
    auto first(const Query& query) {
        return runner().first(query);
    }
    template <StatementLike Query>
    auto one(const Query& query) {
        return runner().one(query);
    }
    template <StatementLike Query>
    auto scalar(const Query& query) {
        return runner().scalar(query);
    }

    /// Runs a SELECT of a whole entity and tracks its rows, at most `limit` of them. For BasicQuery.
    template <class Owner, class Query>
    std::vector<Ref<Owner>> load(const Query& query, std::size_t limit) {
        flush_changes_of(table_of<Owner>());
        std::vector<Ref<Owner>> refs;
        auto statement = StatementRunner<BackendType>{connection()}.start(query, Lifetime::borrowed);
        while (refs.size() < limit && statement->statement.step()) refs.push_back(track<Owner>(*statement));
        return refs;
    }

    /// Loads the relations that with<> has named. For BasicQuery.
    template <class Owner, class... Paths>
    void load_paths(const std::vector<Ref<Owner>>& refs) {
        std::vector<detail::Tracked*> owners;
        for (const Ref<Owner>& ref : refs) owners.push_back(ref.tracked());
        detail::RelationLoader<BasicSession> loader{*this};
        (loader.load(owners, Paths{}), ...);
    }

    /// Runs a SELECT of one value that reads the table of `Owner` only. For BasicQuery.
    template <class Owner, class Query>
    auto read(const Query& query) {
        flush_changes_of(table_of<Owner>());
        return StatementRunner<BackendType>{connection()}.scalar(query);
    }

private:
    template <class>
    friend class detail::RelationLoader;

    template <class Query>
    auto start(const Query& query) {
        return StatementRunner<BackendType>{connection()}.start(query, Lifetime::borrowed);
    }

    /// The connection of the open transaction; opens one where none is.
    detail::OpenConnection<BackendType>& connection() {
        if (!lease_) {
            lease_.emplace(pool_);
            try {
                detail::begin_transaction(lease_->open(), TransactionMode::immediate);
            } catch (...) {
                lease_.reset();
                throw;
            }
        } else if (!lease_->in_transaction()) {
            detail::throw_misuse("the database has ended this session's transaction by itself; call rollback()");
        }
        return lease_->open();
    }

    /// A query sees the session's own changes of the table that it reads; those of others may wait.
    void flush_changes_of(const Table& table) {
        if (work_.has_changes(&table)) write();
    }

    void give_back() noexcept {
        lease_.reset();
        ran_statement_ = false;
    }

    void write() {
        detail::OpenConnection<BackendType>& open = connection();
        try {
            work_.flush(open);
        } catch (...) {
            note_end(open);
            throw;
        }
    }

    /// Where the database has ended the transaction, all that it undid can be written again, unless that was not only
    /// objects.
    void note_end(const detail::OpenConnection<BackendType>& open) {
        if (open.database.in_transaction() || ran_statement_) return;
        work_.reopen();
        give_back();
    }

    StatementRunner<BackendType> runner(bool may_write = false) {
        flush();
        detail::OpenConnection<BackendType>& open = connection();
        ran_statement_ = ran_statement_ || may_write;
        return StatementRunner<BackendType>{open};
    }

    template <class Owner, class... Keys>
    Ref<Owner> find(const std::tuple<Keys...>& key) {
        std::string encoded;
        detail::SnapshotSink sink{encoded};
        std::apply([&sink](const auto&... each) { (encode(each, sink, Lifetime::borrowed), ...); }, key);
        if (detail::Tracked* tracked = work_.find(table_of<Owner>(), encoded)) {
            if (tracked->state == detail::TrackedState::removed) return {};
            return Ref<Owner>{static_cast<detail::TrackedObject<Owner>*>(tracked)};
        }
        if (work_.is_adding_to(table_of<Owner>())) write();
        const auto query = std::apply(
            [](const auto&... each) {
                return SelectByKey<Owner, std::remove_cvref_t<decltype(each)>...>{{}, {each...}};
            },
            key);
        auto statement = StatementRunner<BackendType>{connection()}.start(query, Lifetime::borrowed);
        return statement->statement.step() ? track<Owner>(*statement) : Ref<Owner>{};
    }

    /// The tracked object of the statement's current row: the one that is there already, else a new one.
    template <class Owner, class Entry>
    Ref<Owner> track(const Entry& entry, int first_column = 0) {
        const detail::EntityOperations& operations = detail::operations_of<Owner>;
        Ref<Owner> ref{new detail::TrackedObject<Owner>(operations)};
        detail::TrackedObject<Owner>& tracked = *ref.tracked();
        read_row(entry, tracked.value, first_column);
        operations.take_snapshot(tracked, tracked.snapshot);
        tracked.key = detail::key_of_snapshot(*operations.table, tracked.snapshot);
        if (detail::Tracked* known = work_.find(*operations.table, tracked.key)) {
            return Ref<Owner>{static_cast<detail::TrackedObject<Owner>*>(known)};
        }
        detail::bind_relations(tracked);
        work_.watch(tracked);
        return ref;
    }

    detail::PoolReference<BackendType> pool_;
    std::optional<BasicConnection<BackendType>> lease_;
    detail::UnitOfWork<BackendType> work_;
    bool ran_statement_ = false;  ///< in this transaction, one that may have written
};

using Session = BasicSession<sqlite::Backend>;

}  // namespace mica
