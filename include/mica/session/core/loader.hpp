// SPDX-License-Identifier: BSL-1.0
// Rows into tracked objects: one object for each key, read once, and read again where it must be.
#pragma once

#include <mica/query/by_key/select_by_keys.hpp>
#include <mica/session/core/reads.hpp>
#include <mica/session/core/session_core.hpp>
#include <mica/session/flush/foreign_keys.hpp>
#include <mica/session/flush/planner.hpp>
#include <mica/session/flush/stale.hpp>
#include <mica/session/object/ref.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica::detail {

/// Reads the row with the same key as that of a snapshot.
template <class Owner>
struct SelectRowLike : Statement<SelectByKey<Owner>> {
    using Row = Owner;

    std::string_view snapshot;

    static constexpr ListView<ColumnOrigin> origins() { return SelectByKey<Owner>::origins(); }
    static constexpr void render(SqlWriter& writer) { SelectByKey<Owner>::render(writer); }
    template <class Sink>
    void bind(Sink& sink) const {
        send_key(table_of<Owner>(), snapshot, sink);
    }
};

template <class BackendType>
class Loader {
    using Reading = typename SessionCore<BackendType>::Reading;

public:
    /// `refreshes`: rows give their values to objects that are there already, as behind a statement of the user's.
    explicit Loader(SessionCore<BackendType>& core, bool refreshes = false) noexcept
        : core_(core), refreshes_(refreshes) {}

    /// Tracks the rows of a SELECT of a whole entity, at most `limit` of them.
    template <class Owner, class Query>
    std::vector<Ref<Owner>> load(const Query& query, std::size_t limit) {
        core_.forget_unused();
        core_.flush_before(ReadsOf<Query>{});
        std::vector<Ref<Owner>> refs;
        if constexpr (is_collected<Query> && !has_after_load<Owner>) {
            if (limit == every && collect(query, refs)) return refs;
        }
        auto statement = StatementRunner<BackendType>{core_.connection()}.start(query, Lifetime::borrowed);
        {
            const Reading reading{core_};
            while (refs.size() < limit && statement->statement.step()) refs.push_back(track<Owner>(*statement));
        }
        statement.end();
        if constexpr (is_collected<Query>) note_rows<BackendType, Query>(core_.connection(), refs.size());
        return refs;
    }
    static constexpr std::size_t every = static_cast<std::size_t>(-1);  ///< no limit of load()

    /// The object with a key, empty where there is none.
    template <class Owner, class... Keys>
    Ref<Owner> find(const std::tuple<Keys...>& key) {
        SnapshotSink sink{current_};
        return std::apply(
            [&](const auto&... each) {
                (encode(each, sink, Lifetime::borrowed), ...);
                return find_row<Owner>(KeyView::of(table_of<Owner>(), current_),
                                       SelectByKey<Owner, std::remove_cvref_t<decltype(each)>...>{{}, {each...}});
            },
            key);
    }

    /// The objects of many keys by one SELECT, empty where there is none.
    template <class Owner>
    std::vector<Ref<Owner>> find_many(const KeyLists<Owner>& keys) {
        std::vector<Ref<Owner>> refs(keys.size());
        if (refs.empty()) return refs;
        core_.forget_unused();
        core_.flush_before(ReadsTable{table_of<Owner>()});
        constexpr int width = column_count<Owner>();
        auto statement =
            StatementRunner<BackendType>{core_.connection()}.start(SelectByKeys<Owner>{{}, keys}, Lifetime::borrowed);
        {
            const Reading reading{core_};
            while (statement->statement.step()) {
                const std::size_t index = keys.index_of(statement->statement.cell(width).integer());
                Ref<Owner> ref = track<Owner>(*statement);
                if (ref.tracked()->state != TrackedState::removed) refs[index] = std::move(ref);
            }
        }
        statement.end();
        return refs;
    }

    /// Gives the tracked object of the same key an untracked one's columns; empty where there is no row.
    template <class Owner>
    Ref<Owner> merge(const Owner& object) {
        const Table& table = table_of<Owner>();
        const Snapshot snapshot = encoded_row(object);
        if (key_text(table, snapshot).empty()) return {};  // the database is to choose it
        Ref<Owner> known = find_row<Owner>(KeyView::of_row(table, snapshot), SelectRowLike<Owner>{{}, snapshot});
        if (!known) return {};
        if (table.version >= 0) {
            const std::int64_t given = cell_at(snapshot, static_cast<std::size_t>(table.version)).integer();
            const std::int64_t found = version_of(*known.tracked());
            if (given != found) throw_changed(*known.tracked(), given, found);
        }
        known.tracked()->operations->assign(*known.tracked(), snapshot);
        return known;
    }

    /// Reads an unmodified object's row again. Throws StaleDataError where it is gone.
    template <class Owner>
    void refresh(const Ref<Owner>& ref) {
        core_.flush_before(ReadsTable{table_of<Owner>()});
        if (!reread(ref)) throw_gone(*ref.tracked());
    }

    /// Whether an object's row is other than the session knows it, or gone.
    template <class Owner>
    bool is_stale(const Ref<Owner>& ref) {
        const TrackedObject<Owner>& tracked = *ref.tracked();
        const SelectRowLike<Owner> query{{}, tracked.snapshot};
        auto statement = StatementRunner<BackendType>{core_.connection()}.start(query, Lifetime::borrowed);
        if (!statement->statement.step()) return true;
        Owner row{};
        read(*statement, row);
        statement.end();
        return encoded_row(row) != tracked.snapshot;
    }

    /// The tracked object of the statement's current row, from column `first` on: the one that is there already, else a
    /// new one. A row whose object is there and not expired is not decoded.
    template <class Owner, class Entry>
    Ref<Owner> track(const Entry& entry, int first = 0) {
        const EntityOperations& operations = operations_of<Owner>;
        const Table& table = *operations.table;
        if (expects_known_) {
            current_.clear();
            for (const std::size_t column : table.key) {
                append_cell(entry.statement.cell(first + static_cast<int>(column)), current_);
            }
            Tracked* const known = core_.work().find(KeyView::of(table, current_));
            if (known != nullptr && !is_expired(*known)) {
                core_.work().expose(*known);
                return Ref<Owner>{static_cast<TrackedObject<Owner>*>(known)};
            }
        }
        Ref<Owner> ref{TrackedObject<Owner>::make(operations, objects_), AsMade{}};
        TrackedObject<Owner>& tracked = *ref.tracked();
        read_row(entry, tracked.value, first);
        operations.take_snapshot(tracked, current_);
        const KeyView key = KeyView::of_row(table, current_);
        const std::uint64_t hash = key.hash();
        Tracked* const known = core_.work().find(key, hash);
        expects_known_ = known != nullptr;
        if (known != nullptr)
            return keep_or_refresh(Ref<Owner>{static_cast<TrackedObject<Owner>*>(known)}, tracked.value);
        tracked.snapshot = Snapshot{current_, slabs_};
        if constexpr (relation_count<Owner> > 0) relation_table_of<Owner>().hooks->bind(tracked);
        core_.work().attach(tracked, key, hash);
        if (operations.after_load != nullptr) run_after_load(tracked);
        return ref;
    }

    /// Whether an object that is there already gets the values of its row.
    bool is_expired(const Tracked& tracked) const noexcept { return refreshes_ || core_.work().is_expired(tracked); }

private:
    /// Its hook may use the connection, which would be in the midst of a row.
    template <class Owner>
    static constexpr bool has_after_load = AfterLoad::is_there<Owner>;

    /// Tracks all rows of a query inside of the database's own loop. False where they are to be read one by one: what
    /// has been tracked by then is as good.
    template <class Owner, class Query>
    bool collect(const Query& query, std::vector<Ref<Owner>>& refs) {
        struct Tracking {
            Loader& loader;
            std::vector<Ref<Owner>>& refs;
        } tracking{*this, refs};
        const RowList<BackendType> rows{&tracking,
                                        [](void* to, const CachedStatement<BackendType>& entry) {
                                            Tracking& self = *static_cast<Tracking*>(to);
                                            self.refs.push_back(self.loader.template track<Owner>(entry));
                                        },
                                        [](void* from) { static_cast<Tracking*>(from)->refs.clear(); }};
        OpenConnection<BackendType>& connection = core_.connection();
        const Reading reading{core_};
        return collect_if_many(connection, query, rows);
    }

    /// The object is known by now, so that its hook may ask for it.
    void run_after_load(Tracked& tracked) {
        try {
            tracked.operations->after_load(tracked);
        } catch (...) {
            core_.work().detach(tracked);
            throw;
        }
    }

    template <class Owner, class Query>
    Ref<Owner> find_row(const KeyView& key, const Query& query) {
        if (Tracked* known = core_.work().find(key)) {
            if (known->state == TrackedState::removed) return find_new<Owner>(key);
            core_.work().expose(*known);
            Ref<Owner> ref{static_cast<TrackedObject<Owner>*>(known)};
            if (is_expired(*known) && !check(ref)) return find_new<Owner>(key);
            return ref;
        }
        core_.forget_unused();
        core_.flush_before(ReadsRow{table_of<Owner>()});
        {
            auto statement = StatementRunner<BackendType>{core_.connection()}.start(query, Lifetime::borrowed);
            Ref<Owner> found;
            if (statement->statement.step()) {
                const Reading reading{core_};
                found = track<Owner>(*statement);
            }
            statement.end();
            // Its text may be another one that its column takes for the same.
            if (found && found.tracked()->state != TrackedState::removed) return found;
        }
        return find_new<Owner>(key);
    }

    /// An object that was not written yet: its key may be that of a row which is gone or about to go.
    template <class Owner>
    Ref<Owner> find_new(const KeyView& key) {
        core_.flush_before(ReadsRow{table_of<Owner>()});
        core_.flush_before(ReadsNewRow{table_of<Owner>()});
        Tracked* const found = core_.work().find(key);
        if (found == nullptr || found->state == TrackedState::removed) return {};
        core_.work().expose(*found);
        return Ref<Owner>{static_cast<TrackedObject<Owner>*>(found)};
    }

    template <class Owner>
    bool reread(const Ref<Owner>& ref) {
        TrackedObject<Owner>& tracked = *ref.tracked();
        Owner row{};
        {
            const SelectRowLike<Owner> query{{}, tracked.snapshot};
            auto statement = StatementRunner<BackendType>{core_.connection()}.start(query, Lifetime::borrowed);
            if (!statement->statement.step()) return false;
            read(*statement, row);
            statement.end();
        }
        take_over(tracked, row);
        return true;
    }

    template <class Entry, class Owner>
    void read(const Entry& entry, Owner& row) {
        const Reading reading{core_};
        read_row(entry, row);
    }

    /// A statement of the user's has run since the object was read: whether its row is still there.
    template <class Owner>
    bool check(const Ref<Owner>& ref) {
        TrackedObject<Owner>& tracked = *ref.tracked();
        if (differs_or_cannot_tell(tracked)) return true;  // its flush will tell
        if (reread(ref)) return true;
        core_.work().lose(tracked);
        return false;
    }

    template <class Owner>
    void take_over(TrackedObject<Owner>& tracked, const Owner& row) {
        core_.work().reread(tracked, encoded_row(row));
        if (const Hook hook = tracked.operations->after_load) hook(tracked);
    }

    /// An object that is there already keeps its values, unless a statement of the user's may have changed its row.
    template <class Owner>
    Ref<Owner> keep_or_refresh(Ref<Owner> ref, const Owner& row) {
        TrackedObject<Owner>& known = *ref.tracked();
        core_.work().expose(known);
        if (is_expired(known) && !differs_or_cannot_tell(known)) take_over(known, row);
        return ref;
    }

    SessionCore<BackendType>& core_;
    bool refreshes_;
    SnapshotBuffer current_{};  ///< the key that is looked for, then the row that was found
    SnapshotSlabs slabs_{};
    ObjectSlabs objects_{};
    bool expects_known_ = true;  ///< as the row before was
};

}  // namespace mica::detail
