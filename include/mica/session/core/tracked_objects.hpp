// SPDX-License-Identifier: BSL-1.0
// The objects of a session: which there are, which have changed, and what they are again after a rollback.
#pragma once

#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/undo.hpp>
#include <mica/session/relation/related_work.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>
#include <utility>

namespace mica::detail {

/// Owns the identity map, the list of what is tracked and the log of what a rollback takes back.
template <class Lazy = void>
class TrackedObjects {
public:
    TrackedObjects() = default;
    TrackedObjects(const TrackedObjects&) = delete;
    TrackedObjects& operator=(const TrackedObjects&) = delete;

    Tracked* find(const KeyView& key) const noexcept { return map_.find(key); }
    Tracked* find(const KeyView& key, std::uint64_t hash) const noexcept { return map_.find(key, hash); }
    bool is_tracked(const Tracked* tracked) const noexcept { return tracked != nullptr && tracked->session == &list_; }

    /// Starts to track a new object.
    void add(Tracked& tracked) {
        if (tracked.session != nullptr) throw_misuse("this object is tracked already");
        RelatedWork::require_known(tracked, &list_);
        relations_.attach(tracked);
        list_.link(tracked, TrackedState::added);
    }

    /// Starts to track an object whose `snapshot` is that of a row just read, with this key and its hash.
    void attach(Tracked& tracked, const KeyView& key, std::uint64_t hash) {
        enter(tracked, key, hash);
        mark_fresh(tracked);
    }

    void remove(Tracked& tracked);

    /// Stops to track an object that this session tracks; what it was to write is forgotten.
    void detach(Tracked& tracked);
    void clear() noexcept;

    /// Forgets objects that nobody can reach and that are as their rows, once they are many: at most 10 000 of them
    /// stay, or as many as are in use. Cost: on average a step for each object that has come since.
    void forget_unused() noexcept;

    /// The program is about to be given a handle to an object.
    void expose(Tracked& tracked) { list_.expose(tracked); }

    /// Whether a flush would write anything, or rows of `table`, which may also be an alias of it or of another struct.
    /// Cost: a look at each object that may have changed, see TrackedList.
    bool has_changes(const Table* table = nullptr);

    static bool is_modified(Tracked& tracked);

    /// Whether an object waits for its insertion that find() cannot know yet. New ones are at the end.
    bool is_adding_to(const Table& table) const noexcept {
        if (list_.added() == 0) return false;  // the common case: no walk for each get()
        for (std::size_t i = list_.changeable().size(); i-- > 0;) {
            const Tracked* const tracked = list_.changeable()[i];
            if (tracked == nullptr || tracked->state != TrackedState::added) continue;
            if (same_relation(tracked->table(), table)) return true;
        }
        return false;
    }

    /// The same of one that is saved because of a relation.
    bool is_relating_to(const Table& table) const;

    /// What was written by hand into generated fields is no change: they hold again what the database has computed.
    void restore_generated();

    /// A statement of the user's has changed rows: what is known of them is expired until they are read again.
    void note_statement() noexcept {
        ++list_.statements;
        ++ran_;
        if (first_ran_ == 0) first_ran_ = list_.statements;
        relations_.note_statement();
    }
    /// The same of what others may have changed, which no rollback takes back.
    void expire_all() noexcept {
        ++list_.statements;
        ++statements_before_;
    }
    bool is_expired(const Tracked& tracked) const noexcept { return tracked.verified != list_.statements; }
    void mark_fresh(Tracked& tracked) const noexcept { tracked.verified = list_.statements; }
    /// After a statement. It is read again when the program asks for it.
    void expire(Tracked& tracked) const noexcept { tracked.verified = list_.statements - 1; }

    /// Gives an unchanged object the values of its row, which was read again.
    void reread(Tracked& tracked, Snapshot snapshot);

    /// Stops to track an object whose row is gone.
    void lose(Tracked& tracked);

    /// Makes an object again what its row was when it was read.
    void restore(Tracked& tracked);

    /// A moment to which rollback_to() returns. All changes have been flushed.
    struct Mark {
        std::size_t log;
        std::size_t relations;
        std::uint64_t statements;
        std::uint64_t ran;  ///< of those the user's
    };
    Mark mark() const noexcept { return {log_.size(), relations_.mark(), list_.statements, ran_}; }

    /// After COMMIT: what is in the database is what a rollback returns to.
    void commit() noexcept;

    /// After ROLLBACK: every object is again what it was when the transaction began. Throws what a codec throws that
    /// cannot read what it has written; all other objects are restored then too.
    void rollback();

    /// The same after ROLLBACK TO a savepoint.
    void rollback_to(const Mark& mark);

    /// After the database has ended the transaction by itself: all that it has undone is to be written again.
    /// Only where can_reopen().
    [[gnu::cold]] void reopen();
    /// Whether only objects have been written, and all of them are still tracked.
    bool can_reopen() const noexcept { return !ran_statement() && !log_.has_lost(); }

protected:
    ~TrackedObjects();

    WorkParts parts(bool keeps_former = true) noexcept { return {list_, map_, log_, &list_, keeps_former, {}}; }

    void let_go(Tracked& tracked) noexcept;

    /// What becomes of a change that the database has undone.
    enum class Outcome : std::uint8_t { forgotten, pending };

    /// What the program has reached by relations may have changed.
    void expose_followed() const { relations_.expose_followed(); }

    bool ran_statement() const noexcept { return list_.statements != statements_before_; }

    void enter(Tracked& tracked, const KeyView& key, std::uint64_t hash);

    /// Stops to track an object that is not in the database; a key that the database chose goes with it.
    void forget(Tracked& tracked);
    void clear_forgotten();

    /// Gives an object what its row is made of by now.
    static void assign_stored(Tracked& tracked, std::string_view row) noexcept;

    std::exception_ptr return_to(const Mark& mark);

    [[gnu::cold]] void undo_since(std::size_t first, Outcome outcome, UndoneSteps<Lazy>& undone);

    void note_return(Tracked& tracked) { returned_.push_back(TrackedReference{tracked}); }

    /// Objects that were read from a row which had the key of one that has it again: that row is gone.
    void evict_strangers() noexcept;

    [[gnu::cold]] void undo(Undo& undo, Outcome outcome);

    [[gnu::cold]] void undo_insert(Tracked& tracked, Outcome outcome);

    [[gnu::cold]] void undo_removal(Undo& undo, Outcome outcome);

    static constexpr std::size_t least_many = 10000;

    IdentityMap map_;
    TrackedList list_;
    UndoLog log_;
    RelatedWork relations_{list_};
    List<Undo> forgotten_{};             ///< by the rollback that goes on, see ForgottenKeys
    List<TrackedReference> returned_{};  ///< to their keys, by the rollback that goes on
    List<TrackedReference> removals_{};  ///< of rows that were lost before they were removed
    UndoneSteps<Lazy> lost_;  ///< with a transaction that the database has ended, since the last that ended otherwise
    std::size_t most_ = least_many;        ///< from how many objects on unused ones are forgotten
    bool has_generated_ = false;           ///< some object has a generated column
    std::uint64_t statements_before_ = 0;  ///< when the transaction began
    std::uint64_t ran_ = 0;                ///< statements of the user's
    std::uint64_t first_ran_ = 0;          ///< of this transaction's, 0 where there is none
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/core/impl/tracked_objects.ipp>
#endif
