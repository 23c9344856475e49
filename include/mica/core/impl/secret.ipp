// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/secret.hpp>

#include <new>

namespace mica {

Secret::Secret(std::size_t capacity) : bytes_(static_cast<char*>(::operator new(capacity))), capacity_(capacity) {}

Secret::Secret(std::string_view bytes) : Secret(bytes.size()) {
    for (const char byte : bytes) push_back(byte);
}

Secret::Secret(const Secret& other) : Secret(other.bytes()) {}

void Secret::wipe() noexcept {
    volatile char* const bytes = bytes_;  // volatile: a compiler may leave out what nobody reads
    for (std::size_t i = 0; i < capacity_; ++i) bytes[i] = 0;
    ::operator delete(bytes_);
}

}  // namespace mica
