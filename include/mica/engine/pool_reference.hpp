// SPDX-License-Identifier: BSL-1.0
// What an engine and all that it has lent keep their pool by.
#pragma once

#include <mica/core/exchange.hpp>

namespace mica::detail {

// Defined in engine/pool.hpp.
template <class BackendType>
class Pool;

/// A counted reference to a pool.
template <class BackendType>
class PoolReference {
public:
    /// Takes over the one reference that a new pool starts with.
    explicit PoolReference(Pool<BackendType>* pool) noexcept : pool_(pool) {}
    PoolReference(const PoolReference& other) noexcept : pool_(other.pool_) {
        if (pool_ != nullptr) pool_->retain();
    }
    PoolReference(PoolReference&& other) noexcept : pool_(detail::exchange(other.pool_, nullptr)) {}
    PoolReference& operator=(PoolReference other) noexcept {
        detail::swap(pool_, other.pool_);
        return *this;
    }
    ~PoolReference() {
        if (pool_ != nullptr) pool_->release();
    }

    explicit operator bool() const noexcept { return pool_ != nullptr; }
    Pool<BackendType>& operator*() const noexcept { return *pool_; }
    Pool<BackendType>* operator->() const noexcept { return pool_; }

private:
    Pool<BackendType>* pool_;
};

}  // namespace mica::detail
