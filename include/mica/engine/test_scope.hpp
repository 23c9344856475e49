// SPDX-License-Identifier: BSL-1.0
// A transaction around everything that happens on an engine, for tests: at its end the database is as it was.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/engine/engine.hpp>

#include <utility>

namespace mica {

/// Until it ends, all holders share one connection, and whatever they commit is a savepoint inside of its transaction,
/// which is rolled back in the end; where one has a transaction or a result open then, as soon as that has ended. What
/// is done after that is real. On a file, a connection that was leased before the scope sees nothing of it.
/// Thread safety: the scope may end in any thread; what happens inside may happen in several.
template <class BackendType>
class [[nodiscard]] BasicTestScope {
public:
    /// Takes the write lock. Throws what leasing the connection and BEGIN IMMEDIATE throw, ProgrammingError inside of
    /// another scope.
    explicit BasicTestScope(const BasicEngine<BackendType>& engine);
    BasicTestScope(BasicTestScope&& other) noexcept : pool_(std::move(other.pool_)), root_(other.root_) {}
    BasicTestScope& operator=(BasicTestScope&& other) noexcept {
        detail::swap(pool_, other.pool_);
        detail::swap(root_, other.root_);
        return *this;
    }
    ~BasicTestScope() {
        if (pool_) pool_->end_test_scope(*root_);
    }

private:
    detail::PoolReference<BackendType> pool_;
    detail::OpenConnection<BackendType>* root_ = nullptr;
};

template <class BackendType>
BasicTestScope<BackendType>::BasicTestScope(const BasicEngine<BackendType>& engine) : pool_(engine.pool()) {
    root_ = &pool_->check_out(detail::HolderKind::test_scope, detail::Claim::writing);
    try {
        if (root_->test_scope.is_on) detail::throw_misuse("a test scope is open on this engine already");
        root_->run(Verb::begin_immediate);
        root_->switch_test_scope(true);
    } catch (...) {
        pool_->check_in(*root_);
        throw;
    }
    pool_->begin_test_scope(*root_);
}

/// `auto scope = mica::test_scope(engine);`
template <class BackendType>
BasicTestScope<BackendType> test_scope(const BasicEngine<BackendType>& engine) {
    return BasicTestScope<BackendType>{engine};
}

}  // namespace mica
