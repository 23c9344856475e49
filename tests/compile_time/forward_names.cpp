// SPDX-License-Identifier: BSL-1.0
// <mica/fwd.hpp> alone is enough to declare functions, and what it declares is what the library defines.
#include <mica/fwd.hpp>
#include <mica/version.hpp>

#include <vector>

namespace compile_time_forward_names {

struct Car;
enum class Color;

struct Declared {
    void open(const mica::EngineOptions&, mica::Echo, mica::TransactionMode);
    void tell(const mica::EngineStats&);
    void open(const mica::Passphrase&, const mica::RawKey&, const mica::EncryptionKey&, const mica::EncryptOptions&);
    mica::CheckpointResult copy(const mica::BackupOptions&, mica::CheckpointMode, const mica::RunLimits&);
    void change(const mica::SyncOptions&, const mica::MigrateOptions&);
    mica::ListenerToken listen(const mica::StatementEvent&, const mica::RowChange&, mica::RowChangeKind);
    mica::Engine engine();
    mica::Connection connection(mica::Transaction&, mica::Savepoint&, mica::SessionSavepoint&);
    mica::Result<Car> read(mica::Session&, mica::Reader&, mica::AnyReader, const mica::Filter<Car>&, mica::Order<Car>);
    mica::Ref<Car> find(mica::Schema<Car>, mica::EnumText<Color>, mica::TestScope&, mica::Prepared<Car>&);
    void show(const std::vector<mica::PlannedChange>&, const std::vector<mica::ColumnChange>&);
    void hold(mica::decimal<2>, const mica::json<Car>&, const mica::UuidText&);
    void relate(mica::BelongsTo<Car>&, mica::HasOne<Car>&, mica::HasMany<Car, "owner">&,
                mica::ManyToMany<Car, Declared>&);
    void tell(const mica::Error&, const mica::DatabaseError&, const mica::IntegrityError&,
              const mica::OperationalError&, const mica::InterruptedError&, const mica::DataError&);
    void tell(const mica::ProgrammingError&, const mica::SchemaMismatch&, const mica::NoResultFound&,
              const mica::MultipleResultsFound&, const mica::StaleDataError&, const mica::NotLoaded&);
};

}  // namespace compile_time_forward_names

#include <mica/decimal.hpp>
#include <mica/json.hpp>
#include <mica/mica.hpp>
#include <mica/uuid.hpp>

static_assert(sizeof(mica::Engine) > 0 && sizeof(mica::SessionSavepoint) > 0 && sizeof(mica::AnyReader) > 0);
static_assert(sizeof(mica::ListenerToken) > 0 && sizeof(mica::StatementEvent) > 0 && sizeof(mica::RowChange) > 0);
static_assert(sizeof(mica::EngineOptions) > 0 && sizeof(mica::EngineStats) > 0 && sizeof(mica::IntegrityError) > 0);
static_assert(sizeof(mica::Passphrase) > 0 && sizeof(mica::RawKey) > 0 && sizeof(mica::EncryptOptions) > 0);
static_assert(sizeof(mica::BackupOptions) > 0 && sizeof(mica::CheckpointResult) > 0 && sizeof(mica::RunLimits) > 0);
static_assert(sizeof(mica::SyncOptions) > 0 && sizeof(mica::MigrateOptions) > 0);
static_assert(sizeof(mica::PlannedChange) > 0 && sizeof(mica::ColumnChange) > 0);
