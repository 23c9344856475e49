// SPDX-License-Identifier: BSL-1.0
// What an engine does to each connection that it opens: functions, collations, what its listeners run there.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/mutex.hpp>

namespace mica::detail {

// Defined in engine/open_connection.hpp.
template <class BackendType>
struct OpenConnection;

/// One such action.
template <class BackendType>
class Setup {
public:
    Setup() = default;
    Setup(const Setup&) = delete;
    Setup& operator=(const Setup&) = delete;
    virtual ~Setup() = default;

    /// Called once for each connection, by whoever holds it, in several threads perhaps. What it throws comes out of
    /// what the holder was about to do, and it is called again before the next use.
    virtual void apply(OpenConnection<BackendType>& connection) = 0;

    /// Whether it may run statements, and set what the next holder is to find: then only with no transaction open.
    virtual bool runs_statements() const noexcept { return true; }

private:
    template <class>
    friend class SetupList;

    Atomic<Setup*> next_{nullptr};
};

/// All of them in their order; one that was added stays until the end. Thread safety: all members.
template <class BackendType>
class SetupList {
public:
    using Entry = Setup<BackendType>;

    SetupList() = default;
    SetupList(const SetupList&) = delete;
    SetupList& operator=(const SetupList&) = delete;
    ~SetupList() {
        Entry* next = nullptr;
        for (Entry* each = first_.load(); each != nullptr; each = next) {
            next = each->next_.load();
            delete each;
        }
    }

    /// Takes it over.
    void add(Entry* added) noexcept {
        const MutexLock lock{mutex_};
        Entry* const last = last_.exchange(added);
        (last == nullptr ? first_ : last->next_).exchange(added);
    }

    Entry* last() const noexcept { return last_.load(); }
    /// The one behind `entry`, the first where that is null.
    Entry* after(const Entry* entry) const noexcept {
        const MutexLock lock{mutex_};
        return (entry == nullptr ? first_ : entry->next_).load();
    }

private:
    mutable Mutex mutex_{};
    Atomic<Entry*> first_{nullptr};
    Atomic<Entry*> last_{nullptr};
};

}  // namespace mica::detail
