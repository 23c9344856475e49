// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/encryption_key.hpp>
#include <mica/core/error.hpp>

#include <cstddef>
#include <utility>

namespace mica {

namespace detail {

[[gnu::cold]] MICA_DECL Secret require_passphrase(Secret bytes) {
    const std::string_view text = bytes.bytes();
    if (text.empty()) throw_misuse("a passphrase is not empty");
    // 32 bytes of key, and 16 of salt; newer libraries know 32 more in between, of the key for HMAC.
    const bool has_size_of_key = text.size() == 67 || text.size() == 99 || text.size() == 163;
    bool looks_like_key =
        has_size_of_key && (text[0] == 'x' || text[0] == 'X') && text[1] == '\'' && text.back() == '\'';
    for (std::size_t i = 2; looks_like_key && i + 1 < text.size(); ++i) {
        const char c = text[i];
        looks_like_key = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
    if (looks_like_key) throw_misuse("SQLCipher would take this passphrase for a key; write RawKey for one");
    return bytes;
}

[[gnu::cold]] MICA_DECL Secret spell_key(Bytes bytes) {
    if (bytes.size() != 32 && bytes.size() != 48) throw_misuse("a raw key has 32 bytes, or 48 with its salt");
    Secret text{bytes.size() * 2 + 3};
    text.push_back('x');
    text.push_back('\'');
    for (const std::byte& each : bytes) {
        const auto byte = static_cast<unsigned>(each);
        for (const unsigned digit : {byte >> 4U, byte & 15U}) text.push_back("0123456789abcdef"[digit]);
    }
    text.push_back('\'');
    return text;
}

}  // namespace detail

Passphrase::Passphrase(std::string_view bytes) : Passphrase(Secret{bytes}) {}

Passphrase::Passphrase(Secret bytes) : EncryptionKey(detail::require_passphrase(std::move(bytes))) {}

RawKey::RawKey(Bytes bytes) : EncryptionKey(detail::spell_key(bytes)) {}

}  // namespace mica
