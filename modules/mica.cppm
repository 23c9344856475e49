// SPDX-License-Identifier: BSL-1.0
// `import mica;`: what the headers offer to programs, without their macros and what they need within.
module;

#include <mica/decimal.hpp>
#include <mica/mica.hpp>
#include <mica/uuid.hpp>

export module mica;

export namespace mica {

// Models, their mappings and CREATE TABLE.
using mica::Schema;
using mica::ddl;
using mica::table;
using mica::mapping;
using mica::column;
using mica::primary_key;
using mica::autoincrement;
using mica::assigned_key;
using mica::unique;
using mica::index;
using mica::index_on;
using mica::foreign_key;
using mica::foreign_key_to;
using mica::from;
using mica::to;
using mica::check;
using mica::default_value;
using mica::default_expr;
using mica::generated;
using mica::collate;
using mica::ignore;
using mica::version;
using mica::relation;
using mica::owned;
using mica::without_rowid;
using mica::not_strict;
using mica::cascade;
using mica::restrict;
using mica::set_null;
using mica::set_default;
using mica::no_action;
using mica::Action;
using mica::Entity;
using mica::Storable;
using mica::StorageClass;
using mica::Codec;
using mica::EnumText;
using mica::LenientTime;
using mica::UuidText;
using mica::decimal;
using mica::Bytes;

// Relations and handles.
using mica::BelongsTo;
using mica::HasOne;
using mica::HasMany;
using mica::ManyToMany;
using mica::Ref;
using mica::RelationKind;

// Statements.
using mica::col;
using mica::select;
using mica::insert_into;
using mica::update;
using mica::delete_from;
using mica::values;
using mica::cte;
using mica::recursive_cte;
using mica::subquery;
using mica::alias;
using mica::excluded;
using mica::exists;
using mica::union_;
using mica::union_all;
using mica::intersect;
using mica::except;
using mica::SetOperator;
using mica::row;
using mica::to_string;
using mica::sql;
using mica::param;
using mica::literal;
using mica::case_;
using mica::when;
using mica::FunctionArguments;
using mica::BasicFunctionArguments;
using mica::declare_aggregate;
using mica::directonly;
using mica::declare_function;
using mica::deterministic;
using mica::func;
using mica::function;
using mica::innocuous;
using mica::Filter;
using mica::Order;
using mica::Operand;
using mica::Expression;
using mica::Statement;
using mica::NullPlace;
using mica::RowType;
using mica::StatementLike;
using mica::SelectStatement;

// Functions of SQL.
using mica::abs;
using mica::avg;
using mica::bm25;
using mica::char_;
using mica::check_index;
using mica::coalesce;
using mica::count;
using mica::count_distinct;
using mica::cume_dist;
using mica::current_date;
using mica::current_row;
using mica::current_time;
using mica::current_timestamp;
using mica::date;
using mica::datetime;
using mica::dense_rank;
using mica::first_value;
using mica::following;
using mica::fts5;
using mica::group_concat;
using mica::groups_between;
using mica::hex;
using mica::highlight;
using mica::ifnull;
using mica::iif;
using mica::instr;
using mica::json_array;
using mica::json_array_length;
using mica::json_extract;
using mica::json_group_array;
using mica::json_group_object;
using mica::json_object;
using mica::json_type;
using mica::json_valid;
using mica::julianday;
using mica::lag;
using mica::last_value;
using mica::lead;
using mica::length;
using mica::lower;
using mica::ltrim;
using mica::match;
using mica::match_all;
using mica::match_any;
using mica::match_phrase;
using mica::match_prefixes;
using mica::max;
using mica::min;
using mica::nth_value;
using mica::ntile;
using mica::nullif;
using mica::optimize;
using mica::order_by;
using mica::partition_by;
using mica::percent_rank;
using mica::preceding;
using mica::random;
using mica::range_between;
using mica::rank;
using mica::rebuild;
using mica::replace;
using mica::round;
using mica::row_number;
using mica::rowid;
using mica::rows_between;
using mica::rtrim;
using mica::sign;
using mica::snippet;
using mica::strftime;
using mica::substr;
using mica::sum;
using mica::time;
using mica::total;
using mica::trim;
using mica::typeof_;
using mica::unbounded_following;
using mica::unbounded_preceding;
using mica::unicode;
using mica::unixepoch;
using mica::upper;

// Engines, connections and sessions.
using mica::Engine;
using mica::BasicEngine;
using mica::EngineOptions;
using mica::EngineStats;
using mica::LimitScope;
using mica::RunLimits;
using mica::TableInfo;
using mica::ColumnInfo;
using mica::TableKind;
using mica::UniqueInfo;
using mica::CheckInfo;
using mica::ForeignKeyInfo;
using mica::IndexInfo;
using mica::TriggerInfo;
using mica::BackupOptions;
using mica::CheckpointMode;
using mica::CheckpointResult;
using mica::EncryptionKey;
using mica::Passphrase;
using mica::RawKey;
using mica::EncryptOptions;
using mica::encrypt_file;
using mica::decrypt_file;
using mica::DifferenceItem;
using mica::Difference;
using mica::BasicDifference;
using mica::SchemaStep;
using mica::SchemaPlan;
using mica::BasicSchemaPlan;
using mica::SchemaChange;
using mica::accept_affinity;
using mica::convert;
using mica::drop_column;
using mica::drop_table;
using mica::fill;
using mica::rename_column;
using mica::rename_table;
using mica::MigrateOptions;
using mica::SyncOptions;
using mica::Migration;
using mica::Migrations;
using mica::migration;
using mica::migrations;
using mica::check_migrations;
using mica::inspect;
using mica::diagram;
using mica::Echo;
using mica::EchoSink;
using mica::ListenerToken;
using mica::StatementEvent;
using mica::WithValues;
using mica::with_values;
using mica::RowChange;
using mica::RowChangeKind;
using mica::Connection;
using mica::BasicConnection;
using mica::Transaction;
using mica::BasicTransaction;
using mica::TransactionMode;
using mica::immediate;
using mica::deferred;
using mica::exclusive;
using mica::Savepoint;
using mica::BasicSavepoint;
using mica::Reader;
using mica::BasicReader;
using mica::AnyReader;
using mica::BasicAnyReader;
using mica::Readable;
using mica::Result;
using mica::BasicResult;
using mica::Views;
using mica::BasicViews;
using mica::ViewRow;
using mica::Prepared;
using mica::BasicPrepared;
using mica::TestScope;
using mica::BasicTestScope;
using mica::test_scope;
using mica::InterruptHandle;
using mica::BasicInterruptHandle;
using mica::Backend;
using mica::Session;
using mica::BasicSession;
using mica::SessionSavepoint;
using mica::BasicNestedScope;
using mica::BasicQuery;
using mica::PlannedChange;
using mica::ColumnChange;
using mica::ChangeKind;
using mica::read_only;
using mica::ReadOnly;
using mica::discard;
using mica::Discard;
using mica::Url;

// Errors.
using mica::Error;
using mica::DatabaseError;
using mica::IntegrityError;
using mica::OperationalError;
using mica::InterruptedError;
using mica::DataError;
using mica::ProgrammingError;
using mica::SchemaMismatch;
using mica::NoResultFound;
using mica::MultipleResultsFound;
using mica::StaleDataError;
using mica::NotLoaded;
using mica::Failure;
using mica::ErrorKind;
using mica::ConstraintKind;

// The version and the dialect of SQL.
using mica::version_string;
using mica::Dialect;
using mica::Feature;

}  // namespace mica

export namespace mica::operators {

using mica::operators::operator!;
using mica::operators::operator!=;
using mica::operators::operator%;
using mica::operators::operator&;
using mica::operators::operator&&;
using mica::operators::operator*;
using mica::operators::operator+;
using mica::operators::operator-;
using mica::operators::operator/;
using mica::operators::operator<;
using mica::operators::operator<<;
using mica::operators::operator<=;
using mica::operators::operator==;
using mica::operators::operator>;
using mica::operators::operator>=;
using mica::operators::operator>>;
using mica::operators::operator|;
using mica::operators::operator||;
using mica::operators::operator~;

}  // namespace mica::operators

export namespace mica::dialect {

using mica::dialect::sqlite;

}  // namespace mica::dialect

export namespace mica::sqlite {

using mica::sqlite::Backend;

}  // namespace mica::sqlite
