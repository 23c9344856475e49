// SPDX-License-Identifier: BSL-1.0
// What a database is encrypted with: a passphrase, from which the key is derived, or the key itself.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/secret.hpp>
#include <mica/core/value.hpp>

#include <string_view>

namespace mica {

/// Overwritten when it goes; nothing prints it.
class EncryptionKey {
public:
    EncryptionKey() noexcept = default;

    bool empty() const noexcept { return text_.empty(); }
    /// As SQLCipher takes it: a passphrase as it is, a key as `x'…'`.
    std::string_view text() const noexcept { return text_.bytes(); }

    friend bool operator==(const EncryptionKey&, const EncryptionKey&) = default;

protected:
    explicit EncryptionKey(Secret text) noexcept : text_(static_cast<Secret&&>(text)) {}

private:
    Secret text_{};
};

/// Any bytes but none, NUL included. Throws ProgrammingError for what SQLCipher would take for a key, `x'` with 64, 96
/// or 160 hexadecimal digits (https://www.zetetic.net/sqlcipher/sqlcipher-api/#key).
class Passphrase : public EncryptionKey {
public:
    [[gnu::cold]] MICA_DECL explicit Passphrase(std::string_view bytes);
    [[gnu::cold]] MICA_DECL explicit Passphrase(Secret bytes);
};

/// The 32 bytes of a key, or these and the 16 of the salt. Saves the derivation, about 40 ms for each connection.
/// Throws ProgrammingError for another number of bytes.
class RawKey : public EncryptionKey {
public:
    [[gnu::cold]] MICA_DECL explicit RawKey(Bytes bytes);
    explicit RawKey(std::string_view bytes)
        : RawKey(Bytes{reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()}) {}
};

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/encryption_key.ipp>
#endif
