// SPDX-License-Identifier: BSL-1.0
// All bodies that headers leave out where MICA_SEPARATE_COMPILATION is defined. One translation unit of a program
// includes this: that of the library mica::compiled, or one of the program's own.
#pragma once

#if !defined(MICA_SEPARATE_COMPILATION)
#error "mica: <mica/src.hpp> is for programs whose translation units all define MICA_SEPARATE_COMPILATION"
#endif

#include <mica/core/impl/encryption_key.ipp>
#include <mica/core/impl/error.ipp>
#include <mica/core/impl/fork.ipp>
#include <mica/core/impl/row_changes.ipp>
#include <mica/core/impl/run_limits.ipp>
#include <mica/core/impl/secret.ipp>
#include <mica/core/impl/shared_listeners.ipp>
#include <mica/core/impl/text.ipp>
#include <mica/core/impl/value_list.ipp>
#include <mica/core/impl/value_text.ipp>
#include <mica/dialect/impl/match_text.ipp>
#include <mica/dialect/impl/token.ipp>
#include <mica/engine/impl/chosen_key.ipp>
#include <mica/engine/impl/connection_watch.ipp>
#include <mica/engine/impl/function_arguments.ipp>
#include <mica/engine/impl/hold.ipp>
#include <mica/engine/impl/holder.ipp>
#include <mica/engine/impl/insert_rows.ipp>
#include <mica/engine/impl/open_connection.ipp>
#include <mica/engine/impl/permit.ipp>
#include <mica/engine/impl/pool.ipp>
#include <mica/engine/impl/result.ipp>
#include <mica/engine/impl/retry.ipp>
#include <mica/engine/impl/row_reader.ipp>
#include <mica/engine/impl/statement_cache.ipp>
#include <mica/engine/impl/statement_checks.ipp>
#include <mica/engine/impl/transaction_text.ipp>
#include <mica/engine/impl/waiting_line.ipp>
#include <mica/migration/impl/create_parser.ipp>
#include <mica/migration/impl/diagram.ipp>
#include <mica/migration/impl/difference.ipp>
#include <mica/migration/impl/schema_plan.ipp>
#include <mica/session/core/impl/session_core.ipp>
#include <mica/session/core/impl/session_mode.ipp>
#include <mica/session/core/impl/tracked_objects.ipp>
#include <mica/session/core/impl/unit_of_work.ipp>
#include <mica/session/flush/impl/flush_plan.ipp>
#include <mica/session/flush/impl/foreign_keys.ipp>
#include <mica/session/flush/impl/plan.ipp>
#include <mica/session/flush/impl/planner.ipp>
#include <mica/session/flush/impl/stale.ipp>
#include <mica/session/object/impl/tracked_object.ipp>
#include <mica/session/relation/impl/relation_hooks.ipp>
#include <mica/sqlite.hpp>
#include <mica/sqlite/impl/cell.ipp>
#include <mica/sqlite/impl/check_constraint.ipp>
#include <mica/sqlite/impl/collect_function.ipp>
#include <mica/sqlite/impl/database.ipp>
#include <mica/sqlite/impl/encryption.ipp>
#include <mica/sqlite/impl/export_file.ipp>
#include <mica/sqlite/impl/failure.ipp>
#include <mica/sqlite/impl/function.ipp>
#include <mica/sqlite/impl/interruption.ipp>
#include <mica/sqlite/impl/key_columns.ipp>
#include <mica/sqlite/impl/keys_function.ipp>
#include <mica/sqlite/impl/maintenance.ipp>
#include <mica/sqlite/impl/observer.ipp>
#include <mica/sqlite/impl/options.ipp>
#include <mica/sqlite/impl/rows_function.ipp>
#include <mica/sqlite/impl/settings.ipp>
#include <mica/sqlite/impl/statement.ipp>
#include <mica/sqlite/impl/thrown.ipp>
#include <mica/sqlite/impl/transaction_text.ipp>
#include <mica/sqlite/impl/url.ipp>
#include <mica/sqlite/impl/values_function.ipp>

#include <string>
#include <string_view>
#include <vector>

namespace mica {

// Those whose bodies the headers of migration/ and session/ leave to impl/.
template void detail::read_create<std::string>(std::string_view, std::string_view, std::vector<TableInfo>&);
template Difference detail::compare_tables(const std::vector<TableInfo>&, const std::vector<TableInfo>&);
template std::string detail::draw_tables(const std::vector<TableInfo>&);
template SchemaPlan detail::plan_schema(const std::vector<TableInfo>&, std::vector<TableInfo>, ListView<SchemaChange>,
                                        detail::RowCounter<std::string>);
template bool detail::FlushPlan<>::make();
template struct detail::ForeignKeyWork<detail::Tracked>;
template struct detail::RelationWork<detail::Tracked>;
template class detail::TrackedObjects<>;
template class detail::SessionCore<sqlite::Backend>;
template class detail::UnitOfWork<sqlite::Backend>;

// Those of <mica/sqlite.hpp>.
template class StatementCache<sqlite::Backend>;
template struct detail::OpenConnection<sqlite::Backend>;
template struct detail::HeldConnection<sqlite::Backend>;
template class detail::StatementLease<sqlite::Backend>;
template class detail::Pool<sqlite::Backend>;
template class detail::TransactionTextRun<sqlite::Backend>;
template class BasicTransaction<sqlite::Backend>;
template class BasicSavepoint<sqlite::Backend>;
template class BasicTestScope<sqlite::Backend>;
template class BasicEngine<sqlite::Backend>;
template void detail::begin_transaction(detail::OpenConnection<sqlite::Backend>&, TransactionMode);
template void detail::commit_transaction(detail::OpenConnection<sqlite::Backend>&);
template void detail::rollback_transaction(detail::OpenConnection<sqlite::Backend>&);
template int detail::open_savepoint(detail::OpenConnection<sqlite::Backend>&);
template void detail::release_savepoints(detail::OpenConnection<sqlite::Backend>&, int);
template void detail::rollback_savepoint(detail::OpenConnection<sqlite::Backend>&, int);
template void detail::run_create(detail::OpenConnection<sqlite::Backend>&, ListView<detail::TableText>);
template void detail::run_drop(detail::OpenConnection<sqlite::Backend>&, ListView<detail::TableText>);
template std::int64_t detail::insert_rows(detail::OpenConnection<sqlite::Backend>&, const StatementInfo&, const Table&,
                                          detail::RowSource&);
template bool detail::change_rows(detail::OpenConnection<sqlite::Backend>&, const Table&, const detail::RowsChange&,
                                  const detail::RowSource&, ListView<std::int64_t>, std::int64_t&);
template bool detail::collect_rows(detail::OpenConnection<sqlite::Backend>&, const StatementInfo&,
                                   const detail::BoundQuery<sqlite::Backend>&, detail::RowList<sqlite::Backend>);
template void detail::throw_decode_flaw(const CachedStatement<sqlite::Backend>&, int, DecodeFlaw, const WantedCell&);
template void detail::throw_codec_failure(const CachedStatement<sqlite::Backend>&, int, std::string_view);

}  // namespace mica
