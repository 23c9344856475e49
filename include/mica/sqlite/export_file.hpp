// SPDX-License-Identifier: BSL-1.0
// A copy of a database file that is encrypted otherwise, or that is not encrypted.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/encrypt_options.hpp>
#include <mica/core/encryption_key.hpp>

#include <string>

namespace mica::sqlite {

/// Copies the database `from` into the new file `to`, in one state of it; an empty key says that it is not, or shall
/// not be, encrypted. `to` is there when all of it has reached the disk, and not before: it is written as `to` with
/// `-part` behind it. Throws OperationalError with is_wrong_key() where `from` cannot be read, and where `to` or that
/// file is there already, InterruptedError where it is stopped, ProgrammingError for options that make no sense.
[[gnu::cold]] MICA_DECL void export_file(const std::string& from, const EncryptionKey& from_key, const std::string& to,
                                         const EncryptionKey& to_key, EncryptOptions options);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/export_file.ipp>
#endif
