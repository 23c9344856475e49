// SPDX-License-Identifier: BSL-1.0
// The seam to the database: everything in engine/ and session/ reaches one through this concept only.
#pragma once

#include <mica/core/callback.hpp>
#include <mica/core/encryption_key.hpp>
#include <mica/core/error.hpp>
#include <mica/core/maintenance.hpp>
#include <mica/core/row_changes.hpp>
#include <mica/core/row_source.hpp>
#include <mica/core/transaction_text.hpp>
#include <mica/core/value.hpp>
#include <mica/core/value_list.hpp>
#include <mica/core/verb.hpp>
#include <mica/dialect/dialect.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// A value of the current row; valid until its statement's next step or reset.
template <class Candidate>
concept BackendCell = requires(const Candidate& cell) {
    { cell.storage_class() } -> std::same_as<StorageClass>;
    { cell.integer() } -> std::same_as<std::int64_t>;
    { cell.real() } -> std::same_as<double>;
    { cell.text() } -> std::same_as<std::string_view>;
    { cell.blob() } -> std::same_as<Bytes>;
};

/// What a run has done, known when it has ended and until its connection runs another statement. changed() is for
/// statements that are there to change rows; generated_key() is the key that the database chose last.
template <class Candidate>
concept BackendSummary = requires(const Candidate& summary) {
    { summary.changed() } -> std::same_as<std::int64_t>;
    { summary.generated_key() } -> std::same_as<std::int64_t>;
};

/// A prepared statement. Parameters count from 1, columns from 0. step() is true for a row; a failing step has reset
/// the statement before it throws. finish() is a reset that throws where ending the run fails: a write that is stopped
/// before its last row commits only then. read_only() is false for one that takes the write lock, or may.
template <class Candidate>
concept BackendStatement = std::is_move_constructible_v<Candidate> && std::is_move_assignable_v<Candidate> &&
                           requires(Candidate& statement, int index, Lifetime lifetime, const ValueList& list) {
                               statement.bind_null(index);
                               statement.bind(index, std::int64_t{});
                               statement.bind(index, double{});
                               statement.bind(index, std::string_view{}, lifetime);
                               statement.bind(index, Bytes{}, lifetime);
                               statement.bind(index, list, lifetime);
                               { statement.step() } -> std::same_as<bool>;
                               { statement.reset() } noexcept;
                               statement.finish();
                               { statement.summary() } -> BackendSummary;
                               { statement.column_count() } -> std::same_as<int>;
                               { statement.parameter_count() } -> std::same_as<int>;
                               { statement.column_name(index) } -> std::convertible_to<std::string_view>;
                               { statement.sql() } -> std::convertible_to<std::string_view>;
                               { statement.read_only() } -> std::same_as<bool>;
                               { statement.cell(index) } -> BackendCell;
                           };

/// An open connection. revision() moves with every row that is changed, by triggers and foreign keys too: what leaves
/// it as it was has changed nothing. in_transaction() tells what the database says, not what was asked of it. text_of()
/// is what a verb looks like to somebody who reads along. has_table() takes a schema, empty for the default one, and a
/// name.
template <class Candidate>
concept BackendDatabase = std::is_move_constructible_v<Candidate> && std::is_move_assignable_v<Candidate> &&
                          requires(Candidate& database, std::string_view sql, Verb verb) {
                              { database.prepare(sql, true) } -> BackendStatement;
                              database.execute_script(sql);
                              { database.has_table(sql, sql) } -> std::same_as<bool>;
                              database.run(verb);
                              { database.text_of(verb) } -> std::same_as<std::string_view>;
                              { database.revision() } -> std::same_as<std::int64_t>;
                              { database.in_transaction() } -> std::same_as<bool>;
                          };

/// A database that can tell before COMMIT whether all deferred foreign keys hold, and what it would say then.
template <class Candidate>
concept ForetellsForeignKeys = requires(const typename Candidate::Database& database, std::string_view sql) {
    { database.has_unresolved_foreign_keys() } -> std::same_as<bool>;
    { Candidate::foreign_key_failure(sql) } -> std::same_as<Failure>;
};

/// A database whose connections a statement can set otherwise, for good. may_change_settings() is asked of every text
/// that is not mica's own; where it is true, keep_settings() comes before it is prepared, and restore_settings() when
/// the connection comes back, with no transaction open. accept_settings(): what is set now is what it was opened with.
template <class Candidate>
concept KeepsSettings = requires(Candidate& database, std::string_view sql) {
    { database.may_change_settings(sql) } -> std::same_as<bool>;
    database.keep_settings();
    database.accept_settings();
    database.restore_settings();
};

/// A database whose statements another thread can stop: interrupt() makes fail what runs now and what starts before
/// forget_interrupt(). heed_interrupts() comes first, from the thread that uses the connection, also where that has
/// limits.
template <class Candidate>
concept Interruptible = requires(Candidate& database) {
    { database.heed_interrupts() } noexcept;
    { database.interrupt() } noexcept;
    { database.forget_interrupt() } noexcept;
};

/// A database that tells which texts of the program's begin or end a transaction or a savepoint, or set what is ignored
/// inside of one. may_be_transaction_text() is asked of each text when it is prepared, the other only where that is
/// true. own_savepoint is the name that Verb::savepoint gives.
template <class Candidate>
concept KnowsTransactionTexts = requires(const Candidate& database, std::string_view sql) {
    { database.may_be_transaction_text(sql) } -> std::same_as<bool>;
    { database.read_transaction_text(sql) } -> std::same_as<TransactionText>;
    { Candidate::own_savepoint } -> std::convertible_to<std::string_view>;
};

/// A database that counts the rows that a running statement gives: count_rows() begins that, for one statement or
/// several; rows_of() tells and ends it. It costs a call for each row, of counted statements or not.
template <class Candidate>
concept CountsRows = requires(Candidate& database, decltype(database.prepare({}, true))& statement) {
    database.count_rows(statement);
    { database.rows_of(statement) } noexcept -> std::same_as<std::int64_t>;
};

/// A database that may hold tables of others which choose no key for a row that has none: whether one does, of a
/// schema, empty for the default one, a table and its key's column.
template <class Candidate>
concept TellsChosenKeys = requires(Candidate& database, std::string_view name) {
    { database.chooses_key(name, name, name) } -> std::same_as<bool>;
};

/// A statement that can show its text with the values that are bound.
template <class Candidate>
concept ShowsValues = requires(const Candidate& statement) {
    { statement.expanded_sql() } -> std::convertible_to<std::string_view>;
};

/// A statement that hands over the rows of a SELECT as of Dialect::collect, whose last parameter says to whom:
/// collect() runs it, and cell() gives the values of the row that `take` is called for.
template <class Candidate>
concept CollectsRows = requires(Candidate& statement, int receiver, void* context, void (*take)(void*)) {
    statement.collect(receiver, context, take);
    { Candidate::most_collected_columns } -> std::convertible_to<int>;
};

/// A statement that inserts objects of the program which the database reads by itself, by a text as of
/// Dialect::rows: all of them, or it leaves the database as it was but for what insert_rows() says.
template <class Candidate>
concept InsertsRows = requires(Candidate& statement, detail::RowSource& rows, bool sees_each) {
    { statement.insert_rows(rows, sees_each) } -> std::same_as<detail::RowsEnd>;
    { Candidate::most_row_columns } -> std::convertible_to<std::size_t>;
};

/// A statement that changes rows for objects of the program, which it finds by the rows' keys as of Dialect::rows.
/// Where it says that it was refused it may have changed some.
template <class Candidate>
concept ChangesRows = requires(Candidate& statement, const detail::RowSource& rows, ListView<std::int64_t> keys) {
    { statement.change_rows(rows, keys) } -> std::same_as<detail::RowsEnd>;
    { Candidate::most_row_columns } -> std::convertible_to<std::size_t>;
};

/// A database that calls `report(context, error)` before it throws one of its own errors; null ends that.
template <class Candidate>
concept ReportsErrors = requires(Candidate& database, void (*report)(void*, const DatabaseError&), void* context) {
    database.report_errors(report, context);
};

/// A database that keeps, between watch_changes(true) and (false), which rows its transaction has changed and not
/// undone. take_changes() hands over those that are committed by now, or all of them where the caller says that they
/// are; it is asked after each statement.
template <class Candidate>
concept TellsChanges = requires(Candidate& database, bool on) {
    database.watch_changes(on);
    { database.take_changes(on) } -> std::same_as<detail::RowChanges>;
};

/// A database that keeps the statements which have created what is in it. schema_names() gives every schema that is
/// there, stored_schema() the CREATE statements of one, tables before what is on them; each ended by NUL.
template <class Candidate>
concept TellsSchema = requires(Candidate& database, std::string_view schema) {
    { database.schema_names() } -> std::same_as<std::string>;
    { database.stored_schema(schema) } -> std::same_as<std::string>;
};

/// A database that can be copied, checked and compacted as a whole while it is open, and opened beside another.
template <class Candidate>
concept Maintains = requires(Candidate& database, const std::string& path, const BackupOptions& options,
                             CheckpointMode mode, std::string_view name) {
    database.backup_to(path, options);
    { database.checkpoint(mode) } -> std::same_as<CheckpointResult>;
    database.vacuum();
    database.vacuum_into(name);
    database.optimize();
    { database.integrity_check() } -> std::same_as<std::vector<std::string>>;
    { database.foreign_key_check() } -> std::same_as<std::vector<std::string>>;
    database.attach(name, name);
    database.detach(name);
};

/// A database that knows things of its tables by heart which go with them, and can be told anew.
template <class Candidate>
concept KeepsStatistics = requires(Candidate& database) { database.put_back_statistics(database.keep_statistics()); };

/// One call of a function of the program's: its arguments as cells, and a ValueSink for its result, which is NULL where
/// nothing is sent. refuse() fails the statement with a DataError. keep() takes what a function has made of an
/// argument, for as long as the statement runs, and kept() gives it where the argument is the same.
template <class Candidate>
concept BackendFunctionCall = ValueSink<Candidate> && requires(Candidate& call, std::string_view message, int index,
                                                               void* value, void (*destroy)(void*)) {
    { call.count() } -> std::same_as<int>;
    { call.cell(index) } -> BackendCell;
    call.refuse(message);
    { call.was_refused() } -> std::same_as<bool>;
    { call.kept(index) } -> std::same_as<void*>;
    call.keep(index, value, destroy);
};

/// A database whose statements can call functions of the program's. An exception that one of them throws is thrown by
/// the statement. Each create function keeps a reference to what it is given until the connection's end;
/// require_function() throws for what none of them would take.
template <class Candidate>
concept TakesFunctions =
    BackendFunctionCall<typename Candidate::FunctionCall> &&
    requires(Candidate& database, std::string_view name, detail::FunctionTraits traits,
             detail::ScalarFunction<typename Candidate::FunctionCall>& function,
             detail::AggregateFunction<typename Candidate::FunctionCall>& aggregate, detail::Collation& collation) {
        database.create_function(function);
        database.create_aggregate(aggregate);
        database.create_collation(collation);
        Candidate::require_function(name, traits);
    };

/// A database that can tell whether a connection reads from one state of it by now, which a write would have to fit.
template <class Candidate>
concept TellsSnapshots = requires(const Candidate& database) {
    { database.has_snapshot() } -> std::same_as<bool>;
};

/// Databases that can be encrypted.
template <class Candidate>
concept Encrypts = requires(typename Candidate::Target& target, typename Candidate::Database& database,
                            const EncryptionKey& key, std::string_view text) {
    Candidate::set_key(target, key);
    Candidate::change_key(target, key);
    database.rekey(key);
    database.attach(text, text, key);
};

/// Opens databases: `Target` is what a URL becomes, `open` makes a connection to it. Where a target is private, each
/// connection to it would be another database, so that all holders share one.
template <class Candidate>
concept Backend =
    requires(const typename Candidate::Target& target, std::string_view url, int busy_timeout_ms, bool untrusted_file) {
        { Candidate::dialect } -> std::convertible_to<const Dialect&>;
        { Candidate::parse(url, busy_timeout_ms, untrusted_file) } -> std::same_as<typename Candidate::Target>;
        { Candidate::open(target) } -> std::same_as<typename Candidate::Database>;
        { Candidate::is_private(target) } -> std::same_as<bool>;
        requires BackendDatabase<typename Candidate::Database>;
        requires std::same_as<decltype(std::declval<typename Candidate::Database&>().prepare({}, true)),
                              typename Candidate::Statement>;
    };

}  // namespace mica
