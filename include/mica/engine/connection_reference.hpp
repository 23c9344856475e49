// SPDX-License-Identifier: BSL-1.0
// What outlives its lease of a connection, such as a result, keeps it by this.
#pragma once

#include <mica/core/exchange.hpp>

namespace mica::detail {

// Defined in engine/open_connection.hpp.
template <class BackendType>
struct OpenConnection;

/// A counted reference to an open connection, so that what outlives its lease finds a place to notice it.
template <class BackendType>
class ConnectionReference {
public:
    ConnectionReference() noexcept = default;
    explicit ConnectionReference(OpenConnection<BackendType>& connection) noexcept : connection_(&connection) {
        connection.retain();
    }
    ConnectionReference(const ConnectionReference& other) noexcept : connection_(other.connection_) {
        if (connection_ != nullptr) connection_->retain();
    }
    ConnectionReference(ConnectionReference&& other) noexcept
        : connection_(detail::exchange(other.connection_, nullptr)) {}
    ConnectionReference& operator=(ConnectionReference other) noexcept {
        detail::swap(connection_, other.connection_);
        return *this;
    }
    ~ConnectionReference() {
        if (connection_ != nullptr) connection_->release();
    }

    explicit operator bool() const noexcept { return connection_ != nullptr; }
    OpenConnection<BackendType>& operator*() const noexcept { return *connection_; }
    OpenConnection<BackendType>* operator->() const noexcept { return connection_; }

private:
    OpenConnection<BackendType>* connection_ = nullptr;
};

}  // namespace mica::detail
