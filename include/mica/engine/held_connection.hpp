// SPDX-License-Identifier: BSL-1.0
// A connection as one of perhaps several holders uses it: when he needs the engine's permit, and who may stop what
// runs.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/fork.hpp>
#include <mica/core/mutex.hpp>
#include <mica/engine/backend.hpp>
#include <mica/engine/hold.hpp>
#include <mica/engine/physical_connection.hpp>

#include <cstdint>

namespace mica::detail {

/// The part of OpenConnection that knows of other holders.
template <class BackendType>
struct HeldConnection {
    using Physical = PhysicalConnection<BackendType>;

    HeldConnection(const HeldConnection&) = delete;
    HeldConnection& operator=(const HeldConnection&) = delete;

    Physical& physical;
    typename BackendType::Database& database = physical.database;
    TestScopeState& test_scope = physical.test_scope;
    Hold hold{};
    Holder holder{};
    Atomic<std::uint64_t> lease{1};  ///< changes when it is given back: read by those that outlive that

    /// Differs in a child of the process, where nothing may be done to the connection any more.
    std::uint64_t current_lease() const noexcept { return lease.load() + forks.load(); }
    void require_own_process() const {
        if (physical.process() != forks.load()) [[unlikely]]
            throw_forked();
    }

    /// Whether its holder has a transaction open; that of a test scope around it is nobody's.
    bool in_transaction() const noexcept {
        return is_usable() && database.in_transaction() && (!test_scope.is_on || test_scope.in_transaction);
    }

    /// Goes before everything that is done to the database, and takes the permit where that needs it. What is done may
    /// leave a transaction open: then the permit goes back where that ends. Throws as Hold::take().
    void begin_use(bool writes) {
        if (!hold.is_shared && !writes) return;
        if (hold.is_held) {
            hold.note_thread();
        } else {
            take_hold();
        }
        ++hold.uses;
    }
    /// With what begin_use() was given.
    void end_use(bool writes) noexcept {
        if (hold.is_shared || writes) --hold.uses;
        if (hold.is_held && hold.uses == 0) give_if_free();
    }
    /// The permit goes back where nothing needs it any more.
    [[gnu::noinline]] void give_if_free() noexcept {
        if (hold.is_held && hold.uses == 0 && !in_transaction()) give();
    }
    class [[nodiscard]] Use {
    public:
        explicit Use(HeldConnection& connection, bool writes = false) : connection_(connection), writes_(writes) {
            connection.begin_use(writes);
        }
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        ~Use() { connection_.end_use(writes_); }

    private:
        HeldConnection& connection_;
        bool writes_;
    };

    /// The database, for what is no statement: `connection.use()->has_table(…)`.
    class [[nodiscard]] UsedDatabase {
    public:
        UsedDatabase(HeldConnection& connection, bool writes)
            : database_(connection.database), use_(connection, writes) {
            connection.allow_left_writes();
        }
        typename BackendType::Database* operator->() const noexcept { return &database_; }

    private:
        typename BackendType::Database& database_;
        Use use_;
    };
    UsedDatabase use(bool writes = false) {
        require_own_process();
        return {*this, writes};
    }

    /// A use that lasts until it is given back.
    void pin() { begin_use(false); }
    void unpin() noexcept { end_use(false); }

    bool refuses_writes() const noexcept { return refuses_writes_; }

    /// It goes to another owner, perhaps in another thread: which one has it is not known until its next use.
    void change_hands() noexcept {
        holder.clear();
        hold.change_hands();
    }

    /// interrupt() will come.
    [[gnu::cold]] void heed_interrupts();
    /// Stops what the holder of this lease runs; from any thread, but for nobody who uses the connection after him.
    [[gnu::cold]] void interrupt(std::uint64_t of_lease) noexcept;
    [[gnu::cold]] void forget_interrupt() noexcept;

    /// What a scope has set could not be set back by this: the connection's return does it, or closes the connection.
    [[gnu::cold]] void owe(Verb verb) noexcept {
        physical.owed |= 1U << static_cast<unsigned>(verb);
        physical.is_stuck = true;
    }

protected:
    explicit HeldConnection(Physical& connection) noexcept : physical(connection) {}
    ~HeldConnection() { physical.release(); }

    /// What fails here has ended by itself, or the connection is beyond use.
    template <class Action>
    static bool attempt(Action action) noexcept {
        try {
            action();
            return true;
        } catch (...) {
            return false;
        }
    }

    void refuse_writes() {
        refuses_writes_ = true;
        if (!physical.refuses_writes) database.run(Verb::refuse_writes);
        physical.refuses_writes = true;
    }
    void allow_writes() {
        database.run(Verb::allow_writes);
        physical.refuses_writes = false;
        refuses_writes_ = false;
    }
    /// Whoever has it next may refuse them, or calls allow_left_writes().
    void leave_writes_refused() {
        if (!physical.refuses_writes) return allow_writes();  // refusing them has failed, perhaps half
        refuses_writes_ = false;
    }
    void allow_left_writes() {
        if (physical.refuses_writes && !refuses_writes_) [[unlikely]]
            allow_writes();
    }

    void stop_using() noexcept {
        hold.uses = 0;
        if (hold.is_held && !in_transaction()) give();
    }

    bool refuses_writes_ = false;

    /// Whether nobody else can be using it now.
    bool is_usable() const noexcept { return !hold.is_shared || hold.is_held; }

    void end_lease() noexcept;
    void end_hold() noexcept;

    /// Sets back what could not be when it should have been.
    void run_owed();
    /// Does that too, counts so many holders less that may have changed settings, and restores them behind the last.
    void restore_settings(int holders);

private:
    [[gnu::noinline]] void take_hold() {
        if (!hold.try_take()) [[unlikely]]
            wait_for_turn();
        if (hold.is_shared) take_over();
    }
    [[gnu::cold, gnu::noinline]] void wait_for_turn();

    /// A shared connection is this holder's now.
    void take_over() noexcept {
        if (physical.has_leftovers.load() || physical.is_stuck) [[unlikely]]
            put_in_order();
        if (heeds_interrupts_) [[unlikely]]
            expose(true);
    }
    void give() noexcept;

    /// What others have left to do.
    [[gnu::cold, gnu::noinline]] void put_in_order() noexcept;

    /// Whether what the database runs is this holder's.
    [[gnu::cold, gnu::noinline]] void expose(bool is_his) noexcept;

    Mutex interrupting_{};  ///< held to stop the holder's statements, and while he comes and goes
    bool is_exposed_ = false;
    bool is_interrupted_ = false;
    bool heeds_interrupts_ = false;
};

template <class BackendType>
void HeldConnection<BackendType>::heed_interrupts() {
    if constexpr (Interruptible<typename BackendType::Database>) {
        if (heeds_interrupts_) return;
        heeds_interrupts_ = true;
        if (is_usable()) expose(true);
    }
}

template <class BackendType>
void HeldConnection<BackendType>::interrupt(std::uint64_t of_lease) noexcept {
    const MutexLock lock{interrupting_};
    if (current_lease() != of_lease) return;
    is_interrupted_ = true;
    if constexpr (Interruptible<typename BackendType::Database>) {
        if (is_exposed_) database.interrupt();
    }
}

template <class BackendType>
void HeldConnection<BackendType>::forget_interrupt() noexcept {
    const MutexLock lock{interrupting_};
    is_interrupted_ = false;
    if constexpr (Interruptible<typename BackendType::Database>) {
        if (is_exposed_) database.forget_interrupt();
    }
}

template <class BackendType>
void HeldConnection<BackendType>::expose(bool is_his) noexcept {
    if constexpr (Interruptible<typename BackendType::Database>) {
        const MutexLock lock{interrupting_};
        is_exposed_ = is_his;
        if (is_his) database.heed_interrupts();
        if (is_his && is_interrupted_) database.interrupt();
        if (!is_his) database.forget_interrupt();
    }
}

template <class BackendType>
void HeldConnection<BackendType>::end_lease() noexcept {
    if (heeds_interrupts_ && is_usable()) expose(false);
    const MutexLock lock{interrupting_};
    lease.increment();
    is_interrupted_ = false;
    heeds_interrupts_ = false;
}

template <class BackendType>
void HeldConnection<BackendType>::end_hold() noexcept {
    hold.uses = 0;
    const auto has_leftovers = [this] { return hold.is_shared && physical.has_leftovers.load(); };
    if (hold.is_held || (has_leftovers() && hold.try_take())) give();
}

template <class BackendType>
void HeldConnection<BackendType>::run_owed() {
    for (unsigned verb = 0; physical.owed != 0 && verb < verb_count; ++verb) {
        if ((physical.owed >> verb & 1U) == 0) continue;
        database.run(static_cast<Verb>(verb));
        physical.owed &= ~(1U << verb);
    }
}

template <class BackendType>
void HeldConnection<BackendType>::restore_settings(int holders) {
    run_owed();
    if (holders == 0) return;
    physical.changed_by -= holders;
    if (physical.changed_by != 0) return;
    if (physical.was_set_up_late) physical.last_setup.store(nullptr);  // that is undone too
    physical.was_set_up_late = false;
    if constexpr (KeepsSettings<typename BackendType::Database>) database.restore_settings();
}

template <class BackendType>
void HeldConnection<BackendType>::wait_for_turn() {
    bool may_wait = true;
    if constexpr (TellsSnapshots<typename BackendType::Database>) {
        // What it reads from would be old after the wait, and who writes may have to wait for that reading to end.
        may_wait = hold.is_shared || !database.has_snapshot();
    }
    const WaitInterruption interruption{[](void* of) noexcept {
                                            auto& self = *static_cast<HeldConnection*>(of);
                                            const MutexLock lock{self.interrupting_};
                                            return self.is_interrupted_;
                                        },
                                        this};
    hold.take(may_wait, heeds_interrupts_ ? &interruption : nullptr);
}

template <class BackendType>
void HeldConnection<BackendType>::give() noexcept {
    if (!hold.is_shared) return hold.give();
    if (heeds_interrupts_) [[unlikely]]
        expose(false);
    do {
        if (physical.has_leftovers.load()) [[unlikely]]
            put_in_order();
        hold.give();
        // Whoever has left something since then has found the permit taken.
    } while (physical.has_leftovers.load() && hold.try_take());
}

template <class BackendType>
void HeldConnection<BackendType>::put_in_order() noexcept {
    physical.has_leftovers.exchange(false);
    if (physical.test_scope_ends.exchange(false)) {
        test_scope = {};
        attempt([this] {
            if (database.in_transaction()) database.run(Verb::rollback);
        });
    }
    if (physical.is_stuck) {
        physical.is_stuck = !attempt([this] {
            if (database.in_transaction() && !test_scope.is_on) database.run(Verb::rollback);
            allow_writes();
            run_owed();
        });
    }
    attempt([this] { restore_settings(physical.left_changed.exchange(0)); });
}

}  // namespace mica::detail
