// SPDX-License-Identifier: BSL-1.0
// A connection as the database knows it: what is prepared on it, what it has been set up with, and what its next user
// has to put in order. One holder has it, or several that take turns.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/fork.hpp>
#include <mica/core/shared_listeners.hpp>
#include <mica/engine/setup.hpp>
#include <mica/engine/statement_cache.hpp>

#include <cstdint>
#include <utility>

namespace mica::detail {

/// A transaction around everything that a connection's holders do, which is never committed: theirs are savepoints in
/// it.
struct TestScopeState {
    bool is_on = false;
    bool in_transaction = false;  ///< a holder's own

    /// Whether what has been done is as good as committed.
    bool is_between_transactions() const noexcept { return is_on && !in_transaction; }
};

template <class BackendType>
class PhysicalConnection {
public:
    explicit PhysicalConnection(typename BackendType::Database opened, ListenersReference given = {})
        : database(std::move(opened)), listeners(std::move(given)) {}
    PhysicalConnection(const PhysicalConnection&) = delete;
    PhysicalConnection& operator=(const PhysicalConnection&) = delete;

    typename BackendType::Database database;
    StatementCache<BackendType> statements{};
    TestScopeState test_scope{};
    ListenersReference listeners;
    bool watches_changes = false;                     ///< as the database was asked to
    bool reports_errors = false;                      ///< as the database was asked to
    bool refuses_writes = false;                      ///< as the database was asked to
    bool is_reporting = false;                        ///< an error: one of a listener's own is not told
    Atomic<Setup<BackendType>*> last_setup{nullptr};  ///< what it has been set up with, up to this
    bool is_being_set_up = false;
    bool was_set_up_late = false;  ///< when settings had been changed already
    bool is_stuck = false;         ///< who had it last had no memory to roll back or to allow writes again
    unsigned owed = 0;             ///< verbs that would have set something back and failed, by their numbers
    int changed_by = 0;            ///< how many of its holders may have changed settings of it

    /// What holders have left to whoever uses it next, because somebody else was using it.
    Atomic<int> left_changed{0};
    Atomic<bool> test_scope_ends{false};
    Atomic<bool> has_leftovers{false};

    void leave_changed_settings() noexcept {
        left_changed.increment();
        has_leftovers.exchange(true);
    }
    void leave_test_scope() noexcept {
        test_scope_ends.exchange(true);
        has_leftovers.exchange(true);
    }

    std::uint64_t process() const noexcept { return process_; }

    void retain() noexcept { references_.increment(); }
    /// In a child of the process that opened it, nothing is closed: that would write to the parent's database.
    void release() noexcept {
        if (references_.decrement_to_zero() && process_ == forks.load()) delete this;
    }
    bool has_one_holder() const noexcept { return references_.is_one(); }

private:
    ~PhysicalConnection() = default;

    Atomic<int> references_{1};
    std::uint64_t process_ = forks.load();
};

}  // namespace mica::detail
