// SPDX-License-Identifier: BSL-1.0
// The session: objects in, changes out, one transaction at a time on one leased connection.
#pragma once

#include <mica/core/late.hpp>
#include <mica/session/core/loader.hpp>
#include <mica/session/core/relation_loading.hpp>
#include <mica/session/query.hpp>
#include <mica/session/session_statements.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// Makes a session a snapshot that cannot write: `Session session{engine, mica::read_only};`
struct ReadOnly {};
/// Makes a session a snapshot that cannot write: `Session session{engine, mica::read_only};`
inline constexpr ReadOnly read_only{};

/// Allows refresh() to drop changes that are not written: `session.refresh(car, mica::discard);`
struct Discard {};
/// Allows refresh() to drop changes that are not written: `session.refresh(car, mica::discard);`
inline constexpr Discard discard{};

namespace detail {

/// Whether a range's elements go with it. Those of a view belong to somebody else: it gives them as they are even where
/// the view itself is const.
template <class Range>
inline constexpr bool owns_elements =
    requires(const Range& range) { requires std::is_const_v<std::remove_reference_t<decltype(*std::begin(range))>>; };

/// A BelongsTo or HasOne, which stands for the handle of the object that it leads to.
template <class Candidate>
concept LeadsToOne = requires(const Candidate& relation) {
    relation.is_loaded();
    requires is_handle<std::remove_cvref_t<decltype(relation.get())>>;
};

/// A handle or a range of handles.
template <class Candidate>
concept AreHandles = is_handle<Candidate> || requires(const Candidate& handles) {
    std::end(handles);
    requires is_handle<std::remove_cvref_t<decltype(*std::begin(handles))>>;
};

/// Says that load() knows its objects by their handles.
template <bool are_handles>
consteval bool require_handles() {
    static_assert(are_handles,
                  "mica: load() takes a handle or a range of handles, which add(), get() and queries give");
    return are_handles;
}

/// Says that a session knows its objects by their handles.
template <bool is_handle>
consteval bool require_handle() {
    static_assert(is_handle,
                  "mica: a session knows an object by its handle, one at a time, which add(), get() and queries give; "
                  "connection.remove() takes objects");
    return is_handle;
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_unwritten_changes() {
    throw_misuse("refresh() would lose changes that are not written; say refresh(ref, mica::discard) if you mean that");
}

}  // namespace detail

/// A unit of work. It opens a transaction (BEGIN IMMEDIATE) at its first statement and ends it at commit() or
/// rollback(); its destructor rolls back. Every object that it adds or reads is tracked: one object for each key, and
/// what changes in it is written at the next flush, changed columns only.
/// Thread safety: one thread at a time; a debug build notices two. Lifetime: may outlive its engine; its objects may
/// outlive it. Where a member takes a handle, a BelongsTo or HasOne is taken for the handle that it leads to.
template <class BackendType>
class BasicSession : public SessionStatements<BackendType> {
public:
    static constexpr const Dialect& dialect = BackendType::dialect;

    /// Opens nothing yet.
    explicit BasicSession(const BasicEngine<BackendType>& engine) noexcept
        : SessionStatements<BackendType>(engine.pool(), detail::SessionMode::writing) {}
    /// A session that cannot write: one state of the database from its first statement (BEGIN DEFERRED) to commit() or
    /// rollback(). What would write throws OperationalError with is_read_only().
    BasicSession(const BasicEngine<BackendType>& engine, ReadOnly) noexcept
        : SessionStatements<BackendType>(engine.pool(), detail::SessionMode::read_only) {}
    /// `Session{engine, mica::deferred}` begins as a reader, which waits for nobody, and takes the write lock at its
    /// first write. Where somebody else has committed since it has read, that throws OperationalError with is_busy():
    /// what it has read is out of date, so it has to roll back and read again.
    BasicSession(const BasicEngine<BackendType>& engine, TransactionMode mode) noexcept
        : SessionStatements<BackendType>(
              engine.pool(), mode == deferred ? detail::SessionMode::deferred : detail::SessionMode::writing) {}
    /// On a connection that is leased already. Where a transaction is open on it, the session's is a savepoint in it,
    /// which commit() and rollback() end, and what becomes of all is the connection's to say; where none is, they are
    /// as in every session. Lifetime: the connection must not be given back before the session's transaction has ended.
    explicit BasicSession(BasicConnection<BackendType>& connection) noexcept
        : SessionStatements<BackendType>(connection.open()) {}
    BasicSession(const BasicSession&) = delete;
    BasicSession& operator=(const BasicSession&) = delete;
    ~BasicSession() = default;

    /// Takes over an object; it is inserted at the next flush. Its handle gives access to it, the key included once the
    /// database has chosen one. Of a range, what add_all() does.
    template <class Owner>
    auto add(Owner&& object) {
        using Entity = std::remove_cvref_t<Owner>;
        if constexpr (detail::Iterable<Entity>) {
            return add_all(std::forward<Owner>(object));
        } else {
            static_assert(!std::is_lvalue_reference_v<Owner>,
                          "mica: add() takes the object over: write add(std::move(x)), or add(T{x}) for a copy");
            if constexpr (std::is_lvalue_reference_v<Owner>) {
                return Ref<Entity>{};
            } else {
                return add_one<Entity>(std::forward<Owner>(object));
            }
        }
    }
    template <class Owner>
    auto add(std::initializer_list<Owner> objects) {
        return add_all(objects);
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
                refs.push_back(add_one<Owner>(Owner(std::move(object))));
            } else {
                refs.push_back(add_one<Owner>(Owner(std::forward<decltype(object)>(object))));
            }
        }
        return refs;
    }

    /// Gives the tracked object of the same key the values of this one's columns; reads it where it is not tracked yet,
    /// adds this one where there is no row. Other fields of a tracked object stay as they are.
    /// Throws StaleDataError where this one has another version than the row.
    template <class Owner>
    Ref<Owner> merge(Owner object) {
        if constexpr (detail::require_trackable<Owner>()) {
            const auto inside = core_.enter_to_change("merge()");
            Ref<Owner> known = loader().merge(object);
            return known ? known : add_one<Owner>(std::move(object));
        } else {
            return {};
        }
    }

    /// The object with this key, the key's values in the key's order; empty where there is none. An object that is
    /// tracked already costs no statement.
    template <class Owner, class... Keys>
    Ref<Owner> get(Keys&&... keys) {
        return get_row<Owner>(false, keys...);
    }

    /// The objects with these keys, tuples where a key has several columns: as many as there are keys, in their order,
    /// empty where there is none. Throws DataError where a row does not fit. Cost: one SELECT, whatever their number,
    /// also for those that are tracked already.
    template <class Owner, class Keys>
    std::vector<Ref<Owner>> get_many(Keys&& keys) {
        if constexpr (detail::require_trackable<Owner>()) {
            if constexpr (detail::require_keys<Owner, std::remove_reference_t<Keys>>()) {
                const auto inside = core_.enter();
                return loader().find_many(KeyLists<Owner>{keys});
            }
        }
        return {};
    }
    template <class Owner>
    std::vector<Ref<Owner>> get_many(std::initializer_list<typename detail::KeyOf<Owner>::Type> keys) {
        return get_many<Owner, decltype(keys)&>(keys);
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
    /// SELECT, and one more for each further level of a path. Changes of what it reads are flushed first; loading again
    /// reads again. Throws ProgrammingError for an object that it does not track.
    template <auto... relations, class Refs>
        requires(sizeof...(relations) > 0)
    void load(const Refs& refs) {
        if constexpr (detail::LeadsToOne<Refs>) {
            load<relations...>(refs.get());
        } else if constexpr (detail::require_handles<detail::AreHandles<Refs>>()) {
            using Owner = typename detail::EntityOfRefs<Refs>::Type;
            if constexpr (detail::require_relation_path<Owner, relations...>()) {
                const auto inside = core_.enter();
                detail::List<detail::Tracked*> owners;
                if constexpr (detail::is_handle<Refs>) {
                    owners.push_back(&core_.require_tracked(refs.tracked(), "load()"));
                } else {
                    for (const Ref<Owner>& ref : refs) {
                        owners.push_back(&core_.require_tracked(ref.tracked(), "load()"));
                    }
                }
                detail::RelationLoader<BackendType>{core_}.load(std::move(owners), RelationPath<Owner, relations...>{});
            }
        }
    }

    /// Deletes the object's row at the next flush. Throws ProgrammingError for an object that it does not track.
    template <class Owner>
    void remove(const Ref<Owner>& ref) {
        const auto inside = core_.enter_to_change("remove()");
        if (!ref) detail::throw_misuse("remove() was given an empty handle");
        core_.work().remove(*ref.tracked());
    }

    template <class Other>
    void remove(const Other& other) {
        if constexpr (detail::LeadsToOne<Other>) {
            remove(other.get());
        } else {
            detail::require_handle<is_none<Other>>();
        }
    }

    /// Reads an object's row again. Throws ProgrammingError where that would lose changes that are not written, and for
    /// an object that has no row yet or is not tracked; StaleDataError where the row is gone.
    template <class Owner>
    void refresh(const Ref<Owner>& ref) {
        const auto inside = core_.enter();
        if (core_.work().is_modified(core_.require_row(ref.tracked(), "refresh()"))) detail::throw_unwritten_changes();
        loader().refresh(ref);
    }
    template <class Other>
    void refresh(const Other& other) {
        if constexpr (detail::LeadsToOne<Other>) {
            refresh(other.get());
        } else {
            detail::require_handle<is_none<Other>>();
        }
    }
    /// The same for a modified object, whose changes are dropped, or one that was to be removed, which it is not then.
    template <class Owner>
    void refresh(const Ref<Owner>& ref, Discard) {
        const auto inside = core_.enter();
        core_.work().restore(core_.require_row(ref.tracked(), "refresh()"));
        loader().refresh(ref);
    }
    template <class Other>
    void refresh(const Other& other, Discard) {
        if constexpr (detail::LeadsToOne<Other>) {
            refresh(other.get(), discard);
        } else {
            detail::require_handle<is_none<Other>>();
        }
    }

    /// Stops to track an object and gives its value; what was not written of it never will be. Other handles to it stay
    /// readable: it is copied where its type can be, moved from otherwise.
    template <class Owner>
    Owner detach(const Ref<Owner>& ref) {
        const auto inside = core_.enter_to_forget();
        detail::Tracked& tracked = core_.require_tracked(ref.tracked(), "detach()");
        if constexpr (std::copy_constructible<Owner>) {
            Owner value{*ref};
            core_.work().detach(tracked);
            return value;
        } else {
            core_.work().detach(tracked);
            return std::move(*ref);
        }
    }

    template <class Other>
    decltype(auto) detach(const Other& other) {
        if constexpr (detail::LeadsToOne<Other>) {
            return detach(other.get());
        } else {
            return detail::require_handle<is_none<Other>>(), static_cast<const Other&>(other);
        }
    }

    /// Stops to track everything; what was not written never will be. The transaction goes on.
    void clear() {
        const auto inside = core_.enter_to_forget();
        core_.work().clear();
    }

    /// Whatever this session has read may have been changed by others: each object's row is read again when a query or
    /// get() meets it next. Objects with changes that are not written keep them. Runs nothing.
    void expire_all() {
        const auto inside = core_.enter_to_forget();
        core_.work().expire_all();
    }

    /// Creates the tables that are missing, with their indexes, inside of the transaction: a rollback takes them back.
    /// Takes entities or one Schema. Existing tables stay as they are. Changes are flushed first.
    template <class... Entities>
    void create_all() {
        if constexpr (detail::require_schema(SchemaFor<Entities...>{})) {
            using Texts = decltype(detail::texts_of<BackendType::dialect>(SchemaFor<Entities...>{}));
            const auto inside = core_.enter_to_change("create_all()");
            core_.flush();
            core_.run_statement([](auto& open) { detail::run_create(open, Texts::create); });
        }
    }

    /// Whether the next flush would write something for an object: it is new, changed or to be removed.
    template <class Owner>
    bool is_modified(const Ref<Owner>& ref) {
        const auto inside = core_.enter();
        return core_.work().is_tracked(ref.tracked()) && core_.work().is_modified(*ref.tracked());
    }

    template <class Other>
    bool is_modified(const Other& other) {
        if constexpr (detail::LeadsToOne<Other>) {
            return is_modified(other.get());
        } else {
            return detail::require_handle<is_none<Other>>();
        }
    }

    /// The columns that the next flush would write for an object, with their values before and after; all of them for
    /// one that is new or to be removed.
    template <class Owner>
    detail::Late<std::vector<ColumnChange>, Owner> changes(const Ref<Owner>& ref) {
        const auto inside = core_.enter();
        return detail::changes_of(core_.work().is_tracked(ref.tracked()) ? ref.tracked() : nullptr);
    }

    template <class Other>
    auto changes(const Other& other) {
        if constexpr (detail::LeadsToOne<Other>) {
            return changes(other.get());
        } else {
            return detail::require_handle<is_none<Other>>(), detail::Late<std::vector<ColumnChange>, Other>{};
        }
    }

    /// What a flush would write, in the order in which it would begin with it. Runs nothing, hooks included.
    detail::Late<std::vector<PlannedChange>, BackendType> plan() {
        const auto inside = core_.enter_to_forget();
        return core_.work().plan();
    }

    /// Whether the object's row in the database is other than when this session read or wrote it, or gone: another
    /// connection has committed since, or a statement of this session has changed it.
    /// Cost: one SELECT; outside of a transaction it is read in one of its own, which ends at once.
    template <class Owner>
    bool is_stale(const Ref<Owner>& ref) {
        const auto inside = core_.enter();
        detail::Tracked& tracked = core_.require_tracked(ref.tracked(), "is_stale()");
        if (tracked.state == detail::TrackedState::added) return false;
        const typename detail::SessionCore<BackendType>::BriefReading reading{core_};
        return loader().is_stale(ref);
    }
    template <class Other>
    bool is_stale(const Other& other) {
        if constexpr (detail::LeadsToOne<Other>) {
            return is_stale(other.get());
        } else {
            return detail::require_handle<is_none<Other>>();
        }
    }

private:
    using SessionStatements<BackendType>::core_;

    template <class SessionType, class Selection, class... Paths>
    friend class BasicQuery;

    template <class Owner>
    Ref<Owner> add_one(Owner object) {
        if constexpr (detail::require_trackable<Owner>()) {
            const auto inside = core_.enter_to_change("add()");
            Ref<Owner> ref = detail::make_tracked<Owner>(std::move(object));
            core_.work().add(*ref.tracked());
            return ref;
        } else {
            return {};
        }
    }

    /// `refreshes`: an object that is there already gets the values of its row.
    template <class Owner, class... Keys>
    Ref<Owner> get_row(bool refreshes, const Keys&... keys) {
        if constexpr (!detail::require_trackable<Owner>()) {
            return {};
        } else if constexpr (detail::require_key<Owner, detail::AsGiven<Keys>...>()) {
            const auto inside = core_.enter();
            return loader(refreshes).template find<Owner>(detail::key_values<Owner>(detail::as_given(keys)...));
        } else {
            return {};
        }
    }

    /// Runs a SELECT of a whole entity and tracks its rows, at most `limit` of them.
    template <class Owner, class Query>
    std::vector<Ref<Owner>> load_rows(const Query& query, std::size_t limit, bool refreshes) {
        const auto inside = core_.enter();
        return loader(refreshes).template load<Owner>(query, limit);
    }

    /// Loads the relations that with<> has named.
    template <class... Paths, class Owner>
    void load_paths(const std::vector<Ref<Owner>>& refs, bool refreshes) {
        const auto inside = core_.enter();
        detail::List<detail::Tracked*> owners;
        for (const Ref<Owner>& ref : refs) owners.push_back(ref.tracked());
        detail::RelationLoader<BackendType> loader{core_, refreshes};
        (loader.load(owners, Paths{}), ...);
    }

    /// Runs a query of one value.
    template <class Query>
    auto read_value(const Query& query) {
        const auto inside = core_.enter();
        core_.flush_before(detail::ReadsOf<Query>{});
        return StatementRunner<BackendType>{core_.connection()}.scalar(query);
    }

    detail::Loader<BackendType> loader(bool refreshes = false) noexcept {
        return detail::Loader<BackendType>{core_, refreshes};
    }
};

}  // namespace mica
