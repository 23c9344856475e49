// SPDX-License-Identifier: BSL-1.0
// An entity's relations as plain data, erased, and what a session does with them. It is reached from such an entity
// only, so that a program without relations compiles none of it.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/late.hpp>
#include <mica/core/list_view.hpp>
#include <mica/schema/relation_key.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

struct Tracked;
struct EntityOperations;
struct Change;
class TrackedList;
class Snapshot;
class SnapshotCell;
template <class Object>
struct GraphNode;
template <class Object>
class RelationLog;

template <class Lazy = void>
class FlushRows;
template <class Lazy = void>
class BasicIdentityMap;
using IdentityMap = BasicIdentityMap<>;
template <class Lazy = void>
class BasicUndoLog;
using UndoLog = BasicUndoLog<>;
template <class Lazy = void>
class BasicFormerKeys;
using FormerKeys = BasicFormerKeys<>;

/// What all relation fields begin with.
struct RelationSlot {
    Tracked* owner = nullptr;  ///< the tracked object that it is a field of, null in a plain value
    /// The program has been given what it leads to, in whatever thread, and the session has not noticed yet.
    mutable Atomic<bool> is_followed{false};

    void note_followed() const noexcept {
        if (!is_followed.load()) is_followed.store(true);
    }
};

/// One relation field of an entity.
struct RelationInfo {
    RelationKind kind{};
    bool is_owned = false;
    bool has_condition = false;  ///< not every row with the key belongs to it
    bool has_order = false;      ///< of its own, relation<>.order_by(…), or a condition
    std::string_view owner{};    ///< the struct's name
    std::string_view field{};
    ForeignKey key{};        ///< between the two; of many_to_many, from the association to the owner
    ForeignKey other_key{};  ///< of many_to_many: from the association to the target
    const EntityOperations& (*target)() = nullptr;  ///< what it leads to
    const EntityOperations& (*owning_side)() =
        nullptr;  ///< whose rows hold the key: one of the two, or the association
    void (*set_column)(Tracked& owning, std::size_t column, SnapshotCell cell) = nullptr;
    Tracked* (*make_association)() = nullptr;  ///< a new object of it; nobody holds it yet
};

/// The parts of a session's unit of work.
struct WorkParts {
    TrackedList& list;
    IdentityMap& map;
    UndoLog& log;
    const void* session;
    bool keeps_former = true;                 ///< whether a rollback returns to what was before the changes to follow
    const FormerKeys* former_keys = nullptr;  ///< who had which key before the changes to follow
};

struct KeyLinks;

/// What a session does with the relations of its objects.
struct RelationHooks {
    /// Tells the relations of a new object whose they are. The object must be held.
    void (*bind)(Tracked& tracked);
    /// Makes the relations of an object without a row loaded and empty.
    void (*start)(Tracked& tracked);
    /// Throws ProgrammingError where a relation of an object leads to one that the session cannot save.
    void (*require_known)(Tracked& tracked, const void* session);
    /// What an object owns is removed with it where it is loaded; where it is not, says so behind `message`.
    void (*append_unloaded)(std::string& message, Tracked& tracked);
    /// What the program has reached by an object's relations may have changed.
    void (*expose_followed)(Tracked& tracked);
    /// The session is about to know nothing of an object any more, by whose relations the program may reach others.
    void (*expose_targets)(Tracked& tracked);
    /// Empties an object's relations, see release_all.
    void (*release)(Tracked& tracked, GraphNode<Tracked>*& last) noexcept;
    /// Whether a flush would write something because of an object's relations: rows of `table`, or any.
    bool (*is_pending)(Tracked& tracked, const Table* table);

    KeyLinks* (*begin_flush)(const WorkParts& parts);
    void (*announce)(KeyLinks& links, Change& change);
    void (*plan)(KeyLinks& links, FlushRows<>& rows);
    void (*resolve)(KeyLinks& links, Change& change);
    void (*set_keys)(KeyLinks& links, const Change& change);
    void (*note_written)(const KeyLinks& links, const Change& change) noexcept;
    void (*revert)(KeyLinks& links, const WorkParts& parts) noexcept;
    void (*settle)(KeyLinks& links, const WorkParts& parts, std::size_t first_step) noexcept;
    void (*end_flush)(KeyLinks* links) noexcept;

    /// A row's foreign keys have become others, the row is new or gone: a snapshot is null where there is no row.
    void (*follow)(const WorkParts& parts, Tracked& tracked, const Snapshot* before, const Snapshot* after);
    /// No relation is to save an object that was new. False where none was.
    bool (*forget_new)(const WorkParts& parts, Tracked& tracked);
    /// The relations of an object are what the database has, as far as the session knows.
    void (*drop_pending)(const WorkParts& parts, Tracked& tracked);
    /// The relations of an object are those of a new one.
    void (*reset)(Tracked& tracked);

    RelationLog<Tracked>* (*begin_log)();
    std::size_t (*log_size)(const RelationLog<Tracked>& log) noexcept;
    void (*undo_since)(RelationLog<Tracked>& log, std::size_t first, const TrackedList& session, bool knows_rows);
    void (*clear_log)(RelationLog<Tracked>& log) noexcept;
    void (*end_log)(RelationLog<Tracked>* log) noexcept;
};

struct RelationTable {
    ListView<RelationInfo> infos;
    /// Writes the address of each of an object's slots, in the order of `infos`.
    void (*find_slots)(Tracked& tracked, RelationSlot** slots);
    const RelationHooks* hooks;
};

/// The slots of one object.
struct RelationSlots {
    ListView<RelationInfo> infos{};
    RelationSlot* slots[max_relations];

    RelationSlots(const RelationTable& table, Tracked& tracked) : infos(table.infos) {
        table.find_slots(tracked, slots);
    }

    std::size_t size() const noexcept { return infos.size(); }
};

inline bool same_key(const ForeignKey& left, const ForeignKey& right) noexcept {
    return left.count == right.count && left.child == right.child && left.parent == right.parent;
}

/// "Album::tracks".
inline std::string name_of(const RelationInfo& info) {
    return std::string{info.owner} + "::" + std::string{info.field};
}

/// The part that relations have in one flush. It is nothing where the session has met no entity that has some.
class RelationFlush {
public:
    RelationFlush(const RelationHooks* hooks, const WorkParts& parts) noexcept : hooks_(hooks), parts_(parts) {}
    RelationFlush(const RelationFlush&) = delete;
    RelationFlush& operator=(const RelationFlush&) = delete;
    ~RelationFlush() {
        if (links_ != nullptr) hooks_->end_flush(links_);
    }

    /// Saves what relations lead to, and sets the keys that are known by now. Throws ProgrammingError where a relation
    /// cannot be what the program wants.
    void begin() {
        if (hooks_ != nullptr) links_ = hooks_->begin_flush(parts_);
    }
    /// Tells a plan which rows relations mean.
    void plan(FlushRows<>& rows) {
        if (links_ != nullptr) hooks_->plan(*links_, rows);
    }
    /// Sets the keys of a row that is about to be written, whose parents have been.
    void resolve(Change& change) {
        if (links_ != nullptr) hooks_->resolve(*links_, change);
    }
    /// Sets those in its object that are known by now.
    void set_keys(const Change& change) {
        if (links_ != nullptr) hooks_->set_keys(*links_, change);
    }
    /// Adds the columns of keys that are still unknown to those that will be written: what order is enough, and what is
    /// listed, depends on them.
    void announce(Change& change) {
        if (links_ != nullptr) hooks_->announce(*links_, change);
    }
    /// A row has been inserted, so that its key is known.
    void note_written(const Change& change) noexcept {
        if (links_ != nullptr) hooks_->note_written(*links_, change);
    }
    /// Takes the keys out of the objects again.
    void revert() noexcept {
        if (links_ != nullptr) hooks_->revert(*links_, parts_);
    }
    /// Everything has been written, the steps from `first_step` on.
    void settle(std::size_t first_step) noexcept {
        if (links_ != nullptr) hooks_->settle(*links_, parts_, first_step);
    }

private:
    const RelationHooks* hooks_;
    WorkParts parts_;
    KeyLinks* links_ = nullptr;
};

}  // namespace mica::detail
