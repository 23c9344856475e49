// SPDX-License-Identifier: BSL-1.0
// Names to use in declarations without including the library: all that a function's parameters and results may need.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/schema/relation.hpp>

#include <iosfwd>  // std::string, by name
#include <type_traits>

namespace mica {

namespace sqlite {
inline namespace MICA_COMPILATION {
struct Backend;
}
}  // namespace sqlite

template <class BackendType>
class BasicEngine;
template <class BackendType>
class BasicConnection;
template <class BackendType>
class BasicTransaction;
template <class BackendType>
class BasicSavepoint;
template <class BackendType>
class BasicReader;
template <class BackendType>
class BasicTestScope;
template <class BackendType>
class BasicSession;
template <class BackendType>
class BasicInterruptHandle;
template <class BackendType, class Row>
class BasicResult;
template <class BackendType, class Query>
class BasicViews;
template <class BackendType, class Query>
class BasicPrepared;
template <class BackendType>
class BasicAnyReader;
template <class BackendType>
class BasicNestedScope;
template <class BackendType>
class BasicFunctionArguments;
template <class BackendType>
class BasicAsyncEngine;
template <class BackendType>
class BasicAsyncSession;
template <class BackendType, class Row>
class BasicRowStream;
template <class Owner>
class Ref;

using Engine = BasicEngine<sqlite::Backend>;
using Connection = BasicConnection<sqlite::Backend>;
using Transaction = BasicTransaction<sqlite::Backend>;
using Savepoint = BasicSavepoint<sqlite::Backend>;
using Reader = BasicReader<sqlite::Backend>;
using TestScope = BasicTestScope<sqlite::Backend>;
using InterruptHandle = BasicInterruptHandle<sqlite::Backend>;
using Session = BasicSession<sqlite::Backend>;
template <class Row>
using Result = BasicResult<sqlite::Backend, Row>;
template <class Query>
using Views = BasicViews<sqlite::Backend, Query>;
template <class Query>
using Prepared = BasicPrepared<sqlite::Backend, Query>;
/// Any of Session, Connection and Reader.
using AnyReader = BasicAnyReader<sqlite::Backend>;
/// What a function of the program's takes that has any number of arguments.
using FunctionArguments = BasicFunctionArguments<sqlite::Backend>;
/// What begin_nested() of a session gives.
using SessionSavepoint = BasicNestedScope<sqlite::Backend>;
// Those of <mica/asio.hpp>.
using AsyncEngine = BasicAsyncEngine<sqlite::Backend>;
using AsyncSession = BasicAsyncSession<sqlite::Backend>;
template <class Row>
using RowStream = BasicRowStream<sqlite::Backend, Row>;
template <class Row>
class AsyncRows;

struct AsyncOptions;
struct BackupOptions;
struct CheckpointResult;
struct EncryptOptions;
struct EngineOptions;
struct EngineStats;
struct MigrateOptions;
struct RunLimits;
struct SyncOptions;
class EncryptionKey;
class Passphrase;
class RawKey;
enum class CheckpointMode : unsigned char;
template <class Text>
struct BasicTableInfo;
using TableInfo = BasicTableInfo<std::string>;
template <class Text>
struct BasicDifferenceItem;
using DifferenceItem = BasicDifferenceItem<std::string>;
template <class Item>
class BasicDifference;
using Difference = BasicDifference<DifferenceItem>;
template <class Text>
struct BasicSchemaStep;
using SchemaStep = BasicSchemaStep<std::string>;
template <class Step>
class BasicSchemaPlan;
using SchemaPlan = BasicSchemaPlan<SchemaStep>;
template <class Text, class View>
struct BasicPlannedChange;
using PlannedChange = BasicPlannedChange<std::string, std::string_view>;
template <class Text>
struct BasicColumnChange;
using ColumnChange = BasicColumnChange<std::string>;
enum class Echo : unsigned char;
class ListenerToken;
struct StatementEvent;
struct RowChange;
enum class RowChangeKind : unsigned char;
enum class TransactionMode : unsigned char;
enum class FunctionFlags : unsigned char;

template <class... Entities>
struct Schema;
template <class... Entities>
class Filter;
template <class... Entities>
class Order;

template <class Value>
struct Codec;
template <class Enum>
    requires std::is_enum_v<Enum>
class EnumText;

template <int scale>
    requires(scale >= 0 && scale <= 18)
class decimal;
template <class Held>
class json;
class UuidText;

class Error;
class DatabaseError;
class IntegrityError;
class OperationalError;
class InterruptedError;
class DataError;
class ProgrammingError;
class SchemaMismatch;
class NoResultFound;
class MultipleResultsFound;
class StaleDataError;
class NotLoaded;
class QueueFull;

}  // namespace mica
