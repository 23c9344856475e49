// SPDX-License-Identifier: BSL-1.0
// The way to a database: its URL, its options, its connections, and the tables of a schema.
#pragma once

#include <mica/core/duration.hpp>
#include <mica/core/late.hpp>
#include <mica/core/run_limits.hpp>
#include <mica/engine/connection.hpp>
#include <mica/engine/creates_functions.hpp>
#include <mica/engine/engine_events.hpp>
#include <mica/engine/inspect.hpp>
#include <mica/engine/migrations.hpp>
#include <mica/engine/options.hpp>
#include <mica/engine/pool.hpp>
#include <mica/engine/reader.hpp>
#include <mica/engine/retry.hpp>
#include <mica/engine/schema_change.hpp>
#include <mica/engine/setup.hpp>
#include <mica/fwd.hpp>
#include <mica/schema/schema.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

/// Foreign keys are checked at COMMIT, so tables that reference each other can go together
/// (https://www.sqlite.org/foreignkeys.html, section 5).
template <class BackendType>
[[gnu::cold]] void run_drop(OpenConnection<BackendType>& connection, ListView<TableText> tables) {
    BasicTransaction<BackendType> transaction{connection, TransactionMode::immediate};
    connection.run(Verb::defer_foreign_keys);
    for (const TableText& table : tables) {
        if (!table.before_drop.empty()) connection.run_script(table.before_drop);
        connection.run_script(make_text(BackendType::dialect, [&table](SqlWriter& writer) {
            writer.text("DROP TABLE IF EXISTS ");
            name_table(writer, Table{.relation = table.name, .schema = table.schema});
        }));
    }
    transaction.commit();
}

template <class Session, class Action>
auto run_and_commit(Session& session, Action&& action) {
    session.begin();
    try {
        if constexpr (std::is_void_v<decltype(std::forward<Action>(action)(session))>) {
            std::forward<Action>(action)(session);
            session.commit();
        } else {
            auto result = std::forward<Action>(action)(session);
            session.commit();
            return result;
        }
    } catch (...) {
        try {
            session.rollback();
        } catch (...) {  // the session's end rolls back again; the first failure is the one to report
        }
        throw;
    }
}

/// Makes a function known to each connection.
template <class BackendType, class Reference, class Create>
class CallbackSetup final : public Setup<BackendType> {
public:
    CallbackSetup(Reference callback, Create create) noexcept : callback_(std::move(callback)), create_(create) {}

    void apply(OpenConnection<BackendType>& connection) override { create_(connection.database, *callback_); }
    bool runs_statements() const noexcept override { return false; }

private:
    Reference callback_;
    Create create_;
};

}  // namespace detail

/// Opens nothing until a connection is needed. Move-only; what holds a connection of it may outlive it. In a child of
/// fork() nothing of it can be used: that throws ProgrammingError, and its end closes nothing there.
/// A function that is created here is known to each of its connections; to one that is open, from its next statement
/// on. Thread safety: all members may be called from several threads at once.
template <class BackendType>
class BasicEngine : public CreatesFunctions<BasicEngine<BackendType>, BackendType>, public EngineEvents<BackendType> {
public:
    /// `url` as in 1.1 of SQLAlchemy's rules: `sqlite://` is a private database in memory, `sqlite:///cars.db` a
    /// relative and `sqlite:////srv/cars.db` an absolute path, `?mode=ro` and other keys behind it.
    /// Throws ProgrammingError for a URL that is none or has an unknown key, or a pool_size less than 1.
    explicit BasicEngine(std::string_view url, const EngineOptions& options = {});
    BasicEngine(BasicEngine&&) noexcept = default;
    BasicEngine& operator=(BasicEngine&&) noexcept = default;
    ~BasicEngine() = default;

    /// Leases a connection: on a file one of the pool's, of which pool_size may be lent at a time; in memory a handle
    /// of the one that all share, of which there may be any number. Throws OperationalError where the file cannot be
    /// opened or is no database, or where no connection came back within checkout_timeout.
    BasicConnection<BackendType> connect() const { return BasicConnection<BackendType>{pool_}; }

    /// Creates the tables that are missing, with their indexes, in the order of their foreign keys, in one transaction.
    /// Takes entities or one Schema. Existing tables stay as they are, and get no index.
    template <class... Entities>
    void create_all() const {
        if constexpr (detail::require_schema(SchemaFor<Entities...>{})) {
            using Texts = decltype(detail::texts_of<BackendType::dialect>(SchemaFor<Entities...>{}));
            detail::run_create(connect_as_engine().open(), Texts::create);
        }
    }

    /// Drops the tables that exist, children first, in one transaction. Their rows are deleted as if by DELETE
    /// (https://www.sqlite.org/lang_droptable.html): rows of a table that is not listed follow their key's ON DELETE
    /// action; where it has none, that throws IntegrityError and drops nothing.
    template <class... Entities>
    void drop_all() const {
        if constexpr (detail::require_entities(SchemaFor<Entities...>{})) {
            using Texts = decltype(detail::texts_of<BackendType::dialect>(SchemaFor<Entities...>{}));
            detail::run_drop(connect_as_engine().open(), Texts::drop);
        }
    }

    /// In what the tables that are there differ from those of these entities, or of one Schema: tables, columns, types,
    /// NOT NULL, defaults, keys, uniques, checks, indexes and so on. Empty where nothing does. What is in no struct of
    /// a table that is asked for differs too; tables that are not asked for do not. Throws what connect() and reading
    /// the schema throw. Cost: reads the schema, no row.
    template <class... Entities>
    detail::Late<Difference, Entities...> verify() const {
        if constexpr (detail::require_schema(SchemaFor<Entities...>{})) {
            using Texts = decltype(detail::texts_of<BackendType::dialect>(SchemaFor<Entities...>{}));
            return detail::verify_tables<std::string>(connect_as_engine().open(), Texts::create);
        } else {
            return {};
        }
    }

    /// What has to be done so that the tables become those of these entities, or of one Schema, step by step with
    /// reasons and SQL. Nothing is done. `changes` say what no comparison finds out: rename_table<>(),
    /// rename_column<>(), fill<>(), convert<>(), drop_column(), drop_table(), accept_affinity; those that have been
    /// done are none any more. Throws SchemaMismatch where renames contradict one another or a temporary table hides
    /// one that is to change, and what connect() and reading throw. Cost: counts the rows of each table.
    template <class... Entities, class... Changes>
    detail::Late<SchemaPlan, Entities...> plan(const Changes&... changes) const {
        if constexpr (detail::require_schema(SchemaFor<Entities...>{})) {
            using Texts = decltype(detail::texts_of<BackendType::dialect>(SchemaFor<Entities...>{}));
            const SchemaChange list[sizeof...(changes) + 1]{changes...};
            return detail::make_plan<std::string>(connect_as_engine().open(), Texts::create,
                                                  {list, sizeof...(changes)});
        } else {
            return {};
        }
    }

    /// Carries out what plan() shows, in one transaction; gives what was done. Tables that are made anew keep their
    /// rows, rowids, sequences, indexes, triggers and statistics, and their children. Throws SchemaMismatch, and
    /// changes nothing, for every step that loses what no change names, rows that do not fit, views, triggers and
    /// full-text indexes that would break; IntegrityError where a row would reference none. Cost: rows of tables that
    /// are made anew are copied once.
    template <class... Entities, class... Changes>
    detail::Late<SchemaPlan, Entities...> sync(const Changes&... changes) const {
        if constexpr (detail::require_schema(SchemaFor<Entities...>{})) {
            using Texts = decltype(detail::texts_of<BackendType::dialect>(SchemaFor<Entities...>{}));
            return sync_as(Texts::create, {}, changes...);
        } else {
            return {};
        }
    }
    /// The same with progress, a copy of the database before it, a deadline and a stop token:
    /// `engine.sync<Music>({.backup_to = "before.db", .deadline = 30s}, changes…)`. Throws InterruptedError where it is
    /// stopped, and has changed nothing then; what backup_to() throws.
    template <class... Entities, class... Changes>
    detail::Late<SchemaPlan, Entities...> sync(SyncOptions options, const Changes&... changes) const
        requires Maintains<typename BackendType::Database>
    {
        if constexpr (detail::require_schema(SchemaFor<Entities...>{})) {
            using Texts = decltype(detail::texts_of<BackendType::dialect>(SchemaFor<Entities...>{}));
            const LimitScope scope{{options.deadline, std::move(options.stop)}};
            return sync_as(Texts::create, options, changes...);
        } else {
            return {};
        }
    }

    /// Runs those of `history` that the database has not had, each in a BEGIN IMMEDIATE of its own, and keeps that in
    /// its table mica_migration; gives how many. Two programs that start at once: one migrates, the other waits and
    /// finds it done. Throws SchemaMismatch, before anything is touched, where the database has had others or is newer
    /// than the program; ProgrammingError, likewise, for a text that begins or ends a transaction, and where a callable
    /// does; what a migration throws, which is undone then, unlike those before it; InterruptedError at
    /// the deadline or when it is stopped, with the same outcome; what backup_to() throws.
    template <class... Steps>
    int migrate(const Migrations<Steps...>& history, MigrateOptions options = {}) const
        requires Maintains<typename BackendType::Database>
    {
        const LimitScope scope{{options.deadline, std::move(options.stop)}};
        auto connection = connect_as_engine();
        return detail::run_migrations(connection, history.template steps<BackendType>(), options);
    }

    /// Copies the database to a file, over what is there, while others may read and write it: some pages at a time,
    /// between which progress is told (https://www.sqlite.org/backup.html). Throws InterruptedError where progress
    /// stops it, OperationalError where the target cannot be written, ProgrammingError where it is this database
    /// itself; the target is what it was then, where it was not there an empty file.
    void backup_to(std::string_view path, const BackupOptions& options = {}) const
        requires Maintains<typename BackendType::Database>
    {
        connect_as_engine().open().use()->backup_to(detail::join({path}), options);
    }

    /// Brings what the write-ahead log holds into the database file
    /// (https://www.sqlite.org/c3ref/wal_checkpoint_v2.html). SQLite does it by itself every 1000 pages; this says how
    /// far it came. A lock of somebody else is waited for up to busy_timeout, and is an outcome, no error.
    CheckpointResult checkpoint(CheckpointMode mode = CheckpointMode::passive) const
        requires Maintains<typename BackendType::Database>
    {
        return connect_as_engine().open().use()->checkpoint(mode);
    }

    /// Encrypts the database with another key, page by page (https://www.zetetic.net/sqlcipher/sqlcipher-api/#rekey).
    /// The engine goes on with it; other engines and programs have to be told. Throws OperationalError where a
    /// connection of this engine is in use or others use the file, ProgrammingError where it is not encrypted.
    void rekey(const EncryptionKey& key) const
        requires Encrypts<BackendType>
    {
        pool_->rekey(key);
    }

    /// Rebuilds the database file without free pages (https://www.sqlite.org/lang_vacuum.html). Cost: writes all of it.
    void vacuum() const
        requires Maintains<typename BackendType::Database>
    {
        connect_as_engine().open().use(true)->vacuum();
    }

    /// Writes a copy without free pages into a new file. Throws OperationalError where there is one that is not empty.
    void vacuum_into(std::string_view path) const
        requires Maintains<typename BackendType::Database>
    {
        connect_as_engine().open().use()->vacuum_into(path);
    }

    /// Lets the database look anew at its statistics where that is worth it: now and then, in a program that runs for
    /// long (https://www.sqlite.org/pragma.html#pragma_optimize).
    void optimize() const
        requires Maintains<typename BackendType::Database>
    {
        connect_as_engine().open().use(true)->optimize();
    }

    /// What is wrong with the database, line by line; empty where nothing is. Cost: reads all of it.
    std::vector<std::string> integrity_check() const
        requires Maintains<typename BackendType::Database>
    {
        return connect_as_engine().open().use()->integrity_check();
    }

    /// Runs `action` with a Reader of one state of the database; gives what it gives.
    template <class Action>
    auto read(Action&& action) const {
        BasicReader<BackendType> reader{pool_};
        return std::forward<Action>(action)(reader);
    }

    /// Runs `action` with a session inside of BEGIN IMMEDIATE, which is taken before it starts; commits when it returns
    /// and rolls back where it throws, its objects included. Gives what it gives. Needs <mica/session/session.hpp>.
    template <class Action>
    auto write(Action&& action) const {
        BasicSession<BackendType> session{*this};
        return detail::run_and_commit(session, std::forward<Action>(action));
    }

    /// The same within limits, see LimitScope: `engine.read(f, {.deadline = 200ms, .stop = token})`.
    /// Throws InterruptedError where they are reached.
    template <class Action>
    auto read(Action&& action, RunLimits limits) const {
        const LimitScope scope{std::move(limits)};
        scope.require_time();
        return read(std::forward<Action>(action));
    }
    template <class Action>
    auto write(Action&& action, RunLimits limits) const {
        const LimitScope scope{std::move(limits)};
        scope.require_time();
        return write(std::forward<Action>(action));
    }

    /// write(), and again from its beginning where another connection was in the way: where the database was busy or
    /// locked, or what `action` has read is out of date. `action` is run `attempts` times at most, each time with a new
    /// session, and must do no harm outside of the database when it is repeated. Between two attempts it waits for a
    /// random time, 2 ms at most at first and twice as long each time, up to 256 ms; `limits` hold for all of it.
    /// Throws what the last attempt threw.
    template <class Action>
    auto write_retry(int attempts, Action&& action, RunLimits limits = {}) const {
        const LimitScope scope{std::move(limits)};
        scope.require_time();
        for (detail::Retry retry{attempts};;) {
            try {
                return write(action);
            } catch (const OperationalError& error) {
                if (!retry.may_repeat(error)) throw;
            }
            retry.wait();
        }
    }

    /// The URL it was made with, for people: a passphrase is shown as ***.
    std::string url() const { return pool_->target().url; }

    /// What its connections do now and have done.
    EngineStats stats() const noexcept { return pool_->stats(); }

    /// For what leases a connection by itself, such as a session.
    const detail::PoolReference<BackendType>& pool() const noexcept { return pool_; }

private:
    /// Of a program that calls sync(): no other compiles a plan.
    template <class... Changes>
    auto sync_as(ListView<detail::TableText> texts, const SyncOptions& options, const Changes&... changes) const {
        auto connection = connect_as_engine();
        const SchemaChange list[sizeof...(changes) + 1]{changes...};
        return detail::sync_schema<std::string>(connection, texts, {list, sizeof...(changes)}, options);
    }

    friend CreatesFunctions<BasicEngine, BackendType>;

    template <class Reference, class Create>
    void install(Reference callback, Create create) const {
        pool_->add_setup(
            new detail::CallbackSetup<BackendType, Reference, Create>{std::move(callback), std::move(create)});
    }

    BasicConnection<BackendType> connect_as_engine() const {
        return BasicConnection<BackendType>{pool_, detail::HolderKind::engine};
    }

    static typename BackendType::Target target(std::string_view url, const EngineOptions& options);

    detail::PoolReference<BackendType> pool_;
};

template <class BackendType>
BasicEngine<BackendType>::BasicEngine(std::string_view url, const EngineOptions& options)
    : pool_(new detail::Pool<BackendType>{target(url, options), options}) {}

template <class BackendType>
auto BasicEngine<BackendType>::target(std::string_view url, const EngineOptions& options) ->
    typename BackendType::Target {
    constexpr std::chrono::milliseconds longest{0x7fff'ffff};
    const std::chrono::milliseconds busy_timeout = options.busy_timeout < longest ? options.busy_timeout : longest;
    auto target = BackendType::parse(url, busy_timeout.count() < 0 ? -1 : static_cast<int>(busy_timeout.count()),
                                     options.untrusted_file);
    if (!options.key.empty()) {
        if constexpr (Encrypts<BackendType>) {
            BackendType::set_key(target, options.key);
        } else {
            detail::throw_misuse("this database cannot be encrypted");
        }
    }
    return target;
}

}  // namespace mica
