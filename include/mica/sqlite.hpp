// SPDX-License-Identifier: BSL-1.0
// The backend of Engine, Connection, Session and the other names of fwd.hpp.
#pragma once

#include <mica/engine/engine.hpp>
#include <mica/engine/test_scope.hpp>
#include <mica/fwd.hpp>
#include <mica/sqlite/backend.hpp>
#include <mica/sqlite/export_file.hpp>

#include <string>
#include <string_view>
#include <utility>

static_assert(mica::Backend<mica::sqlite::Backend>);

namespace mica {

/// Copies a database that is not encrypted into the new file `to`, which is (sqlcipher_export()); it is read in one
/// state, and stays as it is. `to` is there when it is complete and on the disk, until then `to` with `-part` behind
/// it, which a program that is killed leaves. Throws OperationalError where `from` cannot be read, or `to` or that file
/// is there already; InterruptedError where progress, the deadline or the stop token end it; a failure leaves no file.
inline void encrypt_file(const std::string& from, const std::string& to, const EncryptionKey& key,
                         EncryptOptions options = {}) {
    sqlite::export_file(from, {}, to, key, std::move(options));
}

/// Copies an encrypted database into the new file `to`, which is not; else as encrypt_file().
inline void decrypt_file(const std::string& from, const std::string& to, const EncryptionKey& key,
                         EncryptOptions options = {}) {
    sqlite::export_file(from, key, to, {}, std::move(options));
}

/// In what the tables that `history` makes of an empty database differ from those of these entities, or of one Schema.
/// For tests: a program whose migrations have been forgotten says so there. Cost: a database in memory.
template <class... Entities, class... Steps>
detail::Late<Difference, Entities...> check_migrations(const Migrations<Steps...>& history) {
    const BasicEngine<sqlite::Backend> engine{"sqlite://"};
    engine.migrate(history);
    return engine.verify<Entities...>();
}

}  // namespace mica

#if defined(MICA_SEPARATE_COMPILATION)

namespace mica {

// <mica/src.hpp> instantiates the same.
extern template class StatementCache<sqlite::Backend>;
extern template struct detail::OpenConnection<sqlite::Backend>;
extern template struct detail::HeldConnection<sqlite::Backend>;
extern template class detail::StatementLease<sqlite::Backend>;
extern template class detail::Pool<sqlite::Backend>;
extern template class detail::TransactionTextRun<sqlite::Backend>;
extern template class BasicTransaction<sqlite::Backend>;
extern template class BasicSavepoint<sqlite::Backend>;
extern template class BasicTestScope<sqlite::Backend>;
extern template class BasicEngine<sqlite::Backend>;
extern template void detail::begin_transaction(detail::OpenConnection<sqlite::Backend>&, TransactionMode);
extern template void detail::commit_transaction(detail::OpenConnection<sqlite::Backend>&);
extern template void detail::rollback_transaction(detail::OpenConnection<sqlite::Backend>&);
extern template int detail::open_savepoint(detail::OpenConnection<sqlite::Backend>&);
extern template void detail::release_savepoints(detail::OpenConnection<sqlite::Backend>&, int);
extern template void detail::rollback_savepoint(detail::OpenConnection<sqlite::Backend>&, int);
extern template void detail::run_create(detail::OpenConnection<sqlite::Backend>&, ListView<detail::TableText>);
extern template void detail::run_drop(detail::OpenConnection<sqlite::Backend>&, ListView<detail::TableText>);
extern template std::int64_t detail::insert_rows(detail::OpenConnection<sqlite::Backend>&, const StatementInfo&,
                                                 const Table&, detail::RowSource&);
extern template bool detail::change_rows(detail::OpenConnection<sqlite::Backend>&, const Table&,
                                         const detail::RowsChange&, const detail::RowSource&, ListView<std::int64_t>,
                                         std::int64_t&);
extern template bool detail::collect_rows(detail::OpenConnection<sqlite::Backend>&, const StatementInfo&,
                                          const detail::BoundQuery<sqlite::Backend>&, detail::RowList<sqlite::Backend>);
extern template void detail::throw_decode_flaw(const CachedStatement<sqlite::Backend>&, int, DecodeFlaw,
                                               const WantedCell&);
extern template void detail::throw_codec_failure(const CachedStatement<sqlite::Backend>&, int, std::string_view);

}  // namespace mica

#endif
