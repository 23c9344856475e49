// SPDX-License-Identifier: BSL-1.0
// How a database of SQLCipher is encrypted: its key and what goes with it.
#pragma once

#include <mica/core/secret.hpp>

namespace mica::sqlite {

/// https://www.zetetic.net/sqlcipher/sqlcipher-api. What is 0, and a negative use_hmac, is left to the library.
struct Encryption {
    Secret passphrase{};
    int page_size = 0;  ///< bytes
    int kdf_iterations = 0;
    int compatibility = 0;  ///< the major version of SQLCipher
    int use_hmac = -1;

    friend bool operator==(const Encryption&, const Encryption&) = default;
};

/// Whether the library that mica is compiled for can encrypt.
inline constexpr bool can_encrypt = false;

}  // namespace mica::sqlite
