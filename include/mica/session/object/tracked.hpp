// SPDX-License-Identifier: BSL-1.0
// An object that a session tracks, and what the session must be able to do with it without knowing its type.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/query/statement/statement.hpp>
#include <mica/schema/column_default.hpp>
#include <mica/session/object/graph.hpp>
#include <mica/session/object/relation_info.hpp>
#include <mica/session/object/snapshot.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica::detail {

struct Tracked;
struct Undo;
class TrackedList;

/// What a session does with foreign keys. It is reached from an entity that has some only, so that a program without
/// them compiles none of it.
struct ForeignKeyHooks {
    /// Takes keys that nobody has any more out of forgotten objects; see ForgottenKeys.
    void (*clear_dead_keys)(const List<Undo>& forgotten);
    /// Lets objects refer to the rows that they were written with; see KeptReferences.
    void (*keep_references)(TrackedList& list);
};

using Hook = void (*)(Tracked& tracked);

/// One entity's operations, erased. There is one table of them for each entity.
struct EntityOperations {
    const Table* table;
    const StatementInfo* insert;
    const StatementInfo* insert_without_key;  ///< null where the database chooses none
    const StatementInfo* remove;
    void (*take_snapshot)(const Tracked& tracked, SnapshotBuffer& bytes);
    /// The row that an INSERT writes, NULL for each column that it leaves to its default: whether there is one. Null
    /// where the entity has no default.
    bool (*take_inserted)(const Tracked& tracked, SnapshotBuffer& bytes);
    void (*find_changes)(const Tracked& tracked, ColumnSet& changed);  ///< generated columns too
    void (*restore)(Tracked& tracked);
    void (*assign)(Tracked& tracked, std::string_view snapshot);
    Snapshot (*as_stored)(std::string_view row);  ///< null where the database neither computes nor chooses a column
    void (*set_generated_key)(Tracked& tracked, std::int64_t key);
    void (*set_version)(Tracked& tracked, std::int64_t version);
    void (*destroy)(Tracked* tracked) noexcept;
    Hook before_insert;  ///< hooks are null where the entity has none
    Hook before_update;
    Hook before_remove;
    Hook after_load;
    const RelationTable& (*relations)();       ///< null where the entity has none
    const ForeignKeyHooks& (*foreign_keys)();  ///< null where the entity has none
    InsertedColumn inserted_column;            ///< writes a column's value in an INSERT
    bool has_generated_column;
};

enum class TrackedState : std::uint8_t {
    detached,    ///< no session tracks it
    added,       ///< to be inserted at the next flush
    persistent,  ///< as in the database, but for changes that the next flush finds
    removed,     ///< to be deleted at the next flush
};

/// The part of a tracked object that does not depend on its type.
struct Tracked {
    explicit Tracked(const EntityOperations& entity) noexcept : operations(&entity) {}
    Tracked(const Tracked&) = delete;
    Tracked& operator=(const Tracked&) = delete;

    void retain() noexcept {
        if (!references.increment_unless_zero()) retain_first(*this);
    }
    void release() noexcept {
        if (!references.decrement_unless_one()) release_last(*this);
    }
    const Table& table() const noexcept { return *operations->table; }
    /// It was read behind a statement of the user's that has been rolled back: whether it has a row nobody knows.
    static constexpr std::uint64_t never = ~std::uint64_t{0};
    bool may_have_no_row() const noexcept { return verified == never; }
    /// The program has access to its value from now on, in whatever thread.
    void note_seen() noexcept {
        if (!is_seen.load()) is_seen.store(true);
    }
    /// Whether its value can be another than its row's.
    bool may_differ() const noexcept { return is_unsure || is_seen.load(); }
    /// Whether somebody else than its session has a handle to it.
    bool is_held() const noexcept { return static_cast<std::uint32_t>(references.load()) > logged + 1; }
    /// Whether somebody else than its session can reach it, by a handle or by a relation.
    bool is_reachable() const noexcept { return is_held() || is_related(); }
    /// Whether it can change without its session's noticing: by a handle, or where the program has once had access to
    /// it and a relation keeps it.
    bool may_change() const noexcept { return is_held() || (is_seen.load() && is_related()); }

    // What get() of an object reads comes first, to be in one cache line.
    const EntityOperations* operations;
    TrackedList* session = nullptr;  ///< who tracks it
    std::uint64_t verified = 0;      ///< as of which statement of the session's its values are the database's
    Atomic<int> references{0};       ///< handles and sessions; relations are not counted here
    TrackedState state = TrackedState::detached;
    Atomic<bool> is_seen{false};                ///< see note_seen()
    bool has_integer_key : 1 = false;           ///< in the identity map: another of the same hash has the same key
    bool is_unsure : 1 = true;                  ///< nobody has compared it since something was done with it
    bool has_generated_key : 1 = false;         ///< the database chose the key, so a rollback clears it
    std::uint8_t slab_number = 0;               ///< see ObjectSlabs
    std::uint32_t logged = 0;                   ///< how many steps of the open transaction are about it, and hold it
    std::uint32_t place = 0;                    ///< among those that may have changed, counted from 1
    Atomic<GraphNode<Tracked>*> node{nullptr};  ///< null while no relation leads from it or to it
    Snapshot snapshot{};                        ///< its row as the database holds it
    Tracked* previous = nullptr;                ///< those that the same session tracks, in the order in which they came
    Tracked* next = nullptr;

protected:
    ~Tracked() = default;

private:
    bool is_related() const noexcept {
        const GraphNode<Tracked>* const known = node.load();
        return known != nullptr && known->edges != 0;
    }
};

/// A counted reference to a tracked object of any entity.
class TrackedReference {
public:
    explicit TrackedReference(Tracked& tracked) noexcept : tracked_(&tracked) { tracked.retain(); }
    /// Of an object that has a node. Expects a GraphLock.
    TrackedReference(Tracked& tracked, const GraphLock&) noexcept : tracked_(&tracked) { retain_related(tracked); }
    TrackedReference(TrackedReference&& other) noexcept : tracked_(detail::exchange(other.tracked_, nullptr)) {}
    TrackedReference& operator=(TrackedReference&& other) noexcept {
        detail::swap(tracked_, other.tracked_);
        return *this;
    }
    ~TrackedReference() {
        if (tracked_ != nullptr) tracked_->release();
    }
    Tracked* get() const noexcept { return tracked_; }
    Tracked& operator*() const noexcept { return *tracked_; }
    Tracked* operator->() const noexcept { return tracked_; }

private:
    Tracked* tracked_;
};

/// What a flush would make the object's row.
inline Snapshot current_snapshot(const Tracked& tracked) {
    SnapshotBuffer current;
    tracked.operations->take_snapshot(tracked, current);
    return Snapshot{current};
}

inline void clear_key(Tracked& tracked) noexcept {
    try {
        tracked.operations->set_generated_key(tracked, 0);
    } catch (...) {  // its codec refuses 0: then the key stays
    }
}

}  // namespace mica::detail
