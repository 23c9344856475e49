// SPDX-License-Identifier: BSL-1.0
// A transaction around everything that happens on an engine, for tests: at its end the database is as it was.
#pragma once

#include <mica/engine/engine.hpp>

#include <utility>

namespace mica {

/// Until it ends, whatever the engine's connections and sessions commit is a savepoint inside of its transaction, which
/// is rolled back in the end; a holder that still has the connection then rolls it back when he returns it.
/// Thread safety: the scope may end in any thread; what happens inside may happen in several.
template <class BackendType>
class [[nodiscard]] BasicTestScope {
public:
    /// Takes the write lock. Throws what leasing the connection and BEGIN IMMEDIATE throw, ProgrammingError inside of
    /// another scope.
    explicit BasicTestScope(const BasicEngine<BackendType>& engine);
    BasicTestScope(BasicTestScope&& other) noexcept : pool_(std::move(other.pool_)) {}
    BasicTestScope& operator=(BasicTestScope&& other) noexcept {
        std::swap(pool_, other.pool_);
        return *this;
    }
    ~BasicTestScope() {
        if (pool_) pool_->end_test_scope();
    }

private:
    detail::PoolReference<BackendType> pool_;
};

template <class BackendType>
BasicTestScope<BackendType>::BasicTestScope(const BasicEngine<BackendType>& engine) : pool_(engine.pool()) {
    detail::OpenConnection<BackendType>& connection = pool_->check_out();
    try {
        if (connection.test_scope.is_on) detail::throw_misuse("a test scope is open on this engine already");
        connection.run(Verb::begin_immediate);
        connection.switch_test_scope(true);
    } catch (...) {
        pool_->check_in();
        throw;
    }
    pool_->check_in();
}

/// `auto scope = mica::test_scope(engine);`
template <class BackendType>
BasicTestScope<BackendType> test_scope(const BasicEngine<BackendType>& engine) {
    return BasicTestScope<BackendType>{engine};
}

}  // namespace mica
