// SPDX-License-Identifier: BSL-1.0
// The connections of an engine, and who has them: of a file several, opened when they are needed and lent to one holder
// each; of a database in memory one, which all holders share.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/fork.hpp>
#include <mica/core/list.hpp>
#include <mica/core/mutex.hpp>
#include <mica/core/run_limits.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/engine/options.hpp>
#include <mica/engine/pool_reference.hpp>
#include <mica/engine/stats.hpp>
#include <mica/engine/waiting_line.hpp>

#include <cstdint>
#include <utility>

namespace mica {

namespace detail {

/// What a holder of a connection is going to do with it.
enum class Claim : std::uint8_t {
    statements,  ///< one at a time: each takes what it needs
    snapshot,    ///< nothing of a shared connection may happen in between
    writing,     ///< nobody else may write in between
};

/// How many holders of each kind have a connection, for who waits in vain.
struct HolderCounts {
    int of[holder_kind_count]{};
    int of_this_thread = 0;

    void add(const Holder& holder) noexcept {
        ++of[static_cast<unsigned>(holder.kind())];
        if (holder.is_this_thread()) ++of_this_thread;
    }
};

[[noreturn, gnu::cold]] MICA_DECL void throw_pool_is_own(int pool_size);
[[noreturn, gnu::cold]] MICA_DECL void throw_checkout_timeout(const HolderCounts& holders, int pool_size,
                                                              std::int64_t milliseconds);
[[noreturn, gnu::cold]] MICA_DECL void throw_connections_in_use();
[[gnu::cold]] MICA_DECL void require_sensible(const EngineOptions& options);

/// Shared by an engine and everything that holds a connection of it; lives until the last of them is gone.
/// Thread safety: all members.
template <class BackendType>
class Pool {
public:
    using Open = OpenConnection<BackendType>;

    /// Throws ProgrammingError for options that make no sense.
    [[gnu::cold]] Pool(typename BackendType::Target target, const EngineOptions& options);

    const typename BackendType::Target& target() const noexcept { return target_; }

    void retain() noexcept { users_.increment(); }
    void release() noexcept {
        if (users_.decrement_to_zero() && process_ == forks.load()) delete this;
    }

    /// Lends a connection, opening one where that is needed; a writer has the permit by then. Throws OperationalError
    /// where that took longer than checkout_timeout, at once where the caller's own thread would wait for itself, and
    /// what opening throws.
    Open& check_out(HolderKind kind = HolderKind::connection, Claim claim = Claim::statements);

    /// Undoes what is open on it and takes it back.
    void check_in(Open& returned) noexcept;

    /// From now on all holders share the connection that `root` is a handle of.
    void begin_test_scope(Open& root) noexcept;
    /// Rolls back, now or as soon as nobody is using it, and takes `root` back.
    void end_test_scope(Open& root) noexcept;

    /// Takes over what is to be done to each connection, before the next use of those that are open already.
    void add_setup(Setup<BackendType>* added) noexcept;

    EngineStats stats() noexcept;

    /// Who is told of what happens on its connections.
    const ListenersReference& listeners() const noexcept { return listeners_; }

    /// Closes all connections and encrypts the database with another key, with which it is opened from now on. Throws
    /// OperationalError where somebody has a connection, and what rekey() throws; the key is the old one then.
    void rekey(const EncryptionKey& key)
        requires Encrypts<BackendType>;

private:
    using Physical = PhysicalConnection<BackendType>;

    [[gnu::cold]] ~Pool();

    /// Throws what opening throws, of which those are told who listen to errors.
    [[gnu::cold]] Physical* open();
    Open& lend(HolderKind kind);
    /// Null where each holder has a connection of his own.
    Open* lend_shared(HolderKind kind);
    Open& lend_own(HolderKind kind);

    /// A handle for `connection`, whose reference it takes over, also where it fails.
    [[gnu::cold]] Open& add(Physical& connection);
    Open* take_idle() noexcept;
    Open& mark_lent(Open& connection, HolderKind kind, bool has_slot) noexcept;

    /// One of the connections that may be lent at a time; who has the permit may take one more. Throws
    /// OperationalError.
    void take_slot();
    /// False where there are as many without it as may be lent.
    bool give_slot() noexcept {
        const bool was_one_more = slots_ > options_.pool_size;
        if (was_one_more || !line_.call_next()) --slots_;
        return !was_one_more;
    }
    HolderCounts count_holders() const noexcept;

    std::int64_t timeout_ms() const noexcept { return options_.checkout_timeout.count(); }

    typename BackendType::Target target_;
    EngineOptions options_;
    bool is_private_;
    std::uint64_t process_ = forks.load();
    Atomic<int> users_{1};
    SetupList<BackendType> setups_{};
    ListenersReference listeners_{new SharedListeners};
    Permit permit_{};

    Mutex mutex_{};  ///< of all that follows
    WaitingLine line_{};
    List<Open*> all_{};
    Open* idle_ = nullptr;        ///< the latest used, and behind it the others
    Physical* shared_ = nullptr;  ///< in memory always, else in a test scope
    int slots_ = 0;               ///< that are taken
    EngineStats counts_{};
};

template <class BackendType>
Pool<BackendType>::Pool(typename BackendType::Target target, const EngineOptions& options)
    : target_(std::move(target)), options_(options), is_private_(BackendType::is_private(target_)) {
    require_sensible(options);
    count_forks();
}

template <class BackendType>
void Pool<BackendType>::rekey(const EncryptionKey& key)
    requires Encrypts<BackendType>
{
    const MutexLock lock{mutex_};  // nobody takes a connection meanwhile
    if (slots_ > 0 || shared_ != nullptr) throw_connections_in_use();
    for (idle_ = nullptr; !all_.empty(); all_.pop_back()) all_.back()->release();
    BackendType::open(target_).rekey(key);
    typename BackendType::Target changed = target_;
    BackendType::change_key(changed, key);
    BackendType::open(changed);  // the library tells no failure of its commit
    BackendType::change_key(target_, key);
}

template <class BackendType>
Pool<BackendType>::~Pool() {
    if (shared_ != nullptr) shared_->release();  // first, so that the last of the others sees that it closes it
    for (Open* each : all_) each->release();
    pthread_mutex_destroy(&mutex_.handle);
}

template <class BackendType>
auto Pool<BackendType>::check_out(HolderKind kind, Claim claim) -> Open& {
    if (process_ != forks.load()) throw_forked();
    Hold hold{.permit = &permit_, .timeout_ms = timeout_ms(), .is_shared = is_private_, .kind = kind};
    // Before the connection, so that those who stand in line keep none from readers.
    if (claim == Claim::writing && !hold.try_take()) hold.take(true);
    Open* lent = nullptr;
    try {
        lent = &lend(kind);
    } catch (...) {
        if (hold.is_held) hold.give();
        throw;
    }
    hold.is_shared = !lent->has_slot;
    hold.uses = hold.is_held ? 1 : 0;
    lent->hold = hold;
    try {
        if (hold.is_shared && claim == Claim::snapshot) lent->pin();
        lent->set_up_if_free();
    } catch (...) {
        check_in(*lent);
        throw;
    }
    return *lent;
}

template <class BackendType>
void Pool<BackendType>::check_in(Open& returned) noexcept {
    if (process_ != forks.load()) return;
    bool is_kept = (returned.clean() && !returned.hold.is_shared) || is_private_;
    {
        const MutexLock lock{mutex_};
        returned.holder.clear();
        returned.is_lent = false;
        if (detail::exchange(returned.has_slot, false) && !give_slot()) is_kept = false;
        if (is_kept) {
            returned.next_idle = detail::exchange(idle_, &returned);
            return;
        }
        Open** place = all_.begin();
        while (*place != &returned) ++place;
        all_.erase(place);
    }
    returned.release();
}

template <class BackendType>
auto Pool<BackendType>::open() -> Physical* {
    try {
        return new Physical{BackendType::open(target_), listeners_};
    } catch (const DatabaseError& error) {
        listeners_->template call<const DatabaseError&>(number(EngineEvent::error), error);
        throw;
    }
}

template <class BackendType>
auto Pool<BackendType>::lend(HolderKind kind) -> Open& {
    Open* const shared = lend_shared(kind);
    return shared != nullptr ? *shared : lend_own(kind);
}

template <class BackendType>
auto Pool<BackendType>::lend_shared(HolderKind kind) -> Open* {
    const MutexLock lock{mutex_};
    ++counts_.checkouts;
    if (is_private_ && shared_ == nullptr) {
        shared_ = open();
        ++counts_.opened;
    }
    if (shared_ == nullptr) return nullptr;
    Open* lent = is_private_ ? take_idle() : nullptr;
    if (lent == nullptr) {
        shared_->retain();
        lent = &add(*shared_);
    }
    return &mark_lent(*lent, kind, false);
}

template <class BackendType>
auto Pool<BackendType>::lend_own(HolderKind kind) -> Open& {
    take_slot();
    try {
        {
            const MutexLock lock{mutex_};
            if (Open* const idle = take_idle()) return mark_lent(*idle, kind, true);
        }
        Physical* const opened = open();
        const MutexLock lock{mutex_};
        Open& lent = add(*opened);
        ++counts_.opened;
        return mark_lent(lent, kind, true);
    } catch (...) {
        const MutexLock lock{mutex_};
        give_slot();
        throw;
    }
}

template <class BackendType>
auto Pool<BackendType>::add(Physical& connection) -> Open& {
    try {
        all_.reserve(all_.size() + 1);
        Open* const added = new Open{connection, &setups_, options_.echo != Echo::off, options_.echo_sink};
        added->retain();
        all_.push_back(added);
        return *added;
    } catch (...) {
        connection.release();
        throw;
    }
}

template <class BackendType>
auto Pool<BackendType>::take_idle() noexcept -> Open* {
    Open* const taken = idle_;
    if (taken != nullptr) idle_ = taken->next_idle;
    return taken;
}

template <class BackendType>
auto Pool<BackendType>::mark_lent(Open& connection, HolderKind kind, bool has_slot) noexcept -> Open& {
    connection.holder.set(kind);
    connection.is_lent = true;
    connection.has_slot = has_slot;
    return connection;
}

template <class BackendType>
void Pool<BackendType>::take_slot() {
    const MutexLock lock{mutex_};
    // All who have a connection may be waiting for the permit of who wants one more: he waits for none of them.
    const bool has_slot = slots_ < options_.pool_size;
    if (!has_slot && count_holders().of_this_thread >= options_.pool_size) throw_pool_is_own(options_.pool_size);
    if (has_slot || permit_.holder.is_this_thread()) {
        ++slots_;
        return;
    }
    ++counts_.waits;
    if (line_.wait(mutex_, within_limits(timeout_ms()))) return;  // who has called has left his slot taken
    ++counts_.timeouts;
    require_time();
    throw_checkout_timeout(count_holders(), options_.pool_size, timeout_ms());
}

template <class BackendType>
HolderCounts Pool<BackendType>::count_holders() const noexcept {
    HolderCounts counts;
    for (const Open* each : all_) {
        if (each->has_slot) counts.add(each->holder);
    }
    return counts;
}

template <class BackendType>
void Pool<BackendType>::begin_test_scope(Open& root) noexcept {
    {
        const MutexLock lock{mutex_};
        if (shared_ == nullptr) {
            root.physical.retain();
            shared_ = &root.physical;
        }
        root.hold.is_shared = true;
        for (Open* each : all_) each->disturb();
    }
    root.unpin();
}

template <class BackendType>
void Pool<BackendType>::end_test_scope(Open& root) noexcept {
    if (process_ != forks.load()) return;
    if (!is_private_) {
        const MutexLock lock{mutex_};
        detail::exchange(shared_, nullptr)->release();  // root has another reference
    }
    root.physical.leave_test_scope();
    check_in(root);
}

template <class BackendType>
void Pool<BackendType>::add_setup(Setup<BackendType>* added) noexcept {
    setups_.add(added);
    const MutexLock lock{mutex_};
    for (Open* each : all_) each->disturb();
}

template <class BackendType>
EngineStats Pool<BackendType>::stats() noexcept {
    const WaitCounts writing = permit_.counts();
    const MutexLock lock{mutex_};
    EngineStats stats = counts_;
    for (const Open* each : all_) {
        if (each->is_lent) ++stats.in_use;
        if (!is_private_ && !each->is_lent) ++stats.idle;
        if (each->has_slot || (!is_private_ && !each->is_lent)) ++stats.open;
    }
    if (is_private_) stats.open = shared_ != nullptr ? 1 : 0;
    stats.write_waits = writing.waits;
    stats.write_timeouts = writing.timeouts;
    stats.longest_write_wait = std::chrono::nanoseconds{writing.longest_ns};
    return stats;
}

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/pool.ipp>
#endif
