// SPDX-License-Identifier: BSL-1.0
// Bytes that nobody shall find in memory later, such as a passphrase: overwritten when they go.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/exchange.hpp>

#include <cstddef>
#include <string_view>

namespace mica {

/// Owns its bytes. What it was made of is the caller's to overwrite. Nothing prints it.
class Secret {
public:
    Secret() noexcept = default;
    /// Room for so many bytes, none of which are there yet.
    [[gnu::cold]] MICA_DECL explicit Secret(std::size_t capacity);
    [[gnu::cold]] MICA_DECL explicit Secret(std::string_view bytes);
    [[gnu::cold]] MICA_DECL Secret(const Secret& other);
    Secret(Secret&& other) noexcept { swap(other); }
    // Not by value: an implicit assignment around it would promise not to throw, and the copy may.
    Secret& operator=(const Secret& other) {
        Secret copy{other};
        swap(copy);
        return *this;
    }
    Secret& operator=(Secret&& other) noexcept {
        Secret taken{static_cast<Secret&&>(other)};
        swap(taken);
        return *this;
    }
    ~Secret() {
        if (bytes_ != nullptr) wipe();
    }

    /// Needs room for it.
    void push_back(char byte) noexcept { bytes_[size_++] = byte; }

    bool empty() const noexcept { return size_ == 0; }
    /// Valid as long as the secret stays as it is.
    std::string_view bytes() const noexcept { return {static_cast<const char*>(bytes_), size_}; }

    friend bool operator==(const Secret& left, const Secret& right) noexcept { return left.bytes() == right.bytes(); }

private:
    void swap(Secret& other) noexcept {
        detail::swap(bytes_, other.bytes_);
        detail::swap(size_, other.size_);
        detail::swap(capacity_, other.capacity_);
    }

    [[gnu::cold]] MICA_DECL void wipe() noexcept;

    char* bytes_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/secret.ipp>
#endif
