// SPDX-License-Identifier: BSL-1.0
// A leased connection: runs statements, starts transactions, and is given back clean.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/engine/connection_events.hpp>
#include <mica/engine/creates_functions.hpp>
#include <mica/engine/interrupt_handle.hpp>
#include <mica/engine/object_statements.hpp>
#include <mica/engine/pool.hpp>
#include <mica/engine/transaction.hpp>
#include <mica/schema/schema.hpp>

#include <string_view>
#include <utility>

namespace mica {

namespace detail {

/// All of it or nothing; where nothing is missing, without the write lock. A table that exists is left wholly alone: it
/// may be an older one, which the indexes of today do not fit.
template <class BackendType>
[[gnu::cold]] void run_create(OpenConnection<BackendType>& connection, ListView<TableText> tables) {
    const auto is_missing = [&](const TableText& table) {
        return !connection.use()->has_table(table.schema, table.name);
    };
    bool is_one_missing = false;
    for (const TableText& table : tables) is_one_missing = is_one_missing || is_missing(table);
    if (!is_one_missing) return;
    BasicSavepoint<BackendType> scope{connection};
    List<const TableText*> created;
    const auto is_new = [&](std::string_view schema, std::string_view name) {
        for (const TableText* const table : created) {
            if (table->schema == schema && table->name == name) return true;
        }
        return false;
    };
    for (const TableText& table : tables) {
        if (!is_missing(table) && !is_new(table.schema, table.content)) continue;
        connection.run_script(table.text);
        created.push_back(&table);
    }
    scope.commit();
}

}  // namespace detail

// Defined in engine/any_reader.hpp.
template <class BackendType>
class BasicAnyReader;

/// A connection leased from an engine; move-only. Its destructor rolls back what is open and gives it back.
/// Outside begin() every statement commits by itself. One that has been moved from refuses all but assignment.
/// On a file it is its own. In memory all share one, and this one has it while a statement of its own runs, or a
/// transaction, a savepoint or an unfinished result of its own is open. What others of the engine hold of that, or of
/// the right to write, it waits for up to checkout_timeout, and throws OperationalError with is_timeout(); at once
/// where the thread would wait for itself.
/// A function that is created here is known to this connection alone, and stays when that goes back to the engine: it
/// is for what an engine's on_connect() is given.
/// Thread safety: one thread at a time. Lifetime: may outlive its engine.
template <class BackendType>
class [[nodiscard]] BasicConnection : public ObjectStatements<BackendType>,
                                      public CreatesFunctions<BasicConnection<BackendType>, BackendType> {
public:
    using AnyReader = BasicAnyReader<BackendType>;

    explicit BasicConnection(detail::PoolReference<BackendType> pool,
                             detail::HolderKind kind = detail::HolderKind::connection,
                             detail::Claim claim = detail::Claim::statements)
        : ObjectStatements<BackendType>(pool->check_out(kind, claim)), pool_(std::move(pool)) {}
    /// Lent to a listener: whoever called it gives the connection back.
    explicit BasicConnection(detail::OpenConnection<BackendType>& lent) noexcept
        : ObjectStatements<BackendType>(lent), pool_(nullptr) {}
    BasicConnection(BasicConnection&& other) noexcept
        : ObjectStatements<BackendType>(other), pool_(std::move(other.pool_)) {
        if (other.rebind(nullptr) != nullptr) this->open_connection().change_hands();
    }
    BasicConnection& operator=(BasicConnection&& other) noexcept {
        BasicConnection taken{std::move(other)};
        detail::swap(pool_, taken.pool_);  // its end gives back what this one had
        taken.rebind(this->rebind(taken.rebind(nullptr)));
        return *this;
    }
    ~BasicConnection() {
        if (pool_) pool_->check_in(this->open_connection());
    }

    /// Starts a transaction; BEGIN IMMEDIATE takes the write lock now, so nothing fails for want of it later. Others of
    /// the engine that write are waited for in line, up to checkout_timeout; other programs and engines up to
    /// busy_timeout. Throws OperationalError where the lock is not to be had, ProgrammingError inside a transaction.
    BasicTransaction<BackendType> begin(TransactionMode mode = TransactionMode::immediate) const {
        return {this->open_connection(), mode};
    }

    /// Starts a transaction to read in: until it ends, all that is read is of one state of the database, the one that
    /// the first read finds. Many reads by key of a file take less than half of the time in it, since each by itself
    /// locks the file and looks what has changed. End it soon: where others write meanwhile, the file's log grows. It
    /// may write, too; as of `begin(mica::deferred)`, that fails where somebody else has committed since. Throws
    /// ProgrammingError inside a transaction.
    BasicTransaction<BackendType> snapshot() const { return begin(TransactionMode::deferred); }

    /// Starts a savepoint; where no transaction is open, a transaction.
    BasicSavepoint<BackendType> begin_nested() const {
        return BasicSavepoint<BackendType>{this->open_connection(), true};
    }

    /// Creates the tables that are missing, with their indexes, in the order of their foreign keys, inside of the
    /// transaction that is open, which takes them back where it is rolled back, else in one of its own. Takes entities
    /// or one Schema. Existing tables stay as they are, and get no index.
    template <class... Entities>
    void create_all() const {
        if constexpr (detail::require_schema(SchemaFor<Entities...>{})) {
            using Texts = decltype(detail::texts_of<BackendType::dialect>(SchemaFor<Entities...>{}));
            detail::run_create(this->open_connection(), Texts::create);
        }
    }

    /// For another thread, which may stop this connection's statements by it, see InterruptHandle.
    BasicInterruptHandle<BackendType> interrupt_handle() const {
        return BasicInterruptHandle<BackendType>{this->open_connection()};
    }

    /// Opens another database file beside the main one, for this connection: `table("t").schema(name)` is in it then.
    /// Throws OperationalError where it cannot be opened or the name is taken. Ends by detach(), and when the
    /// connection is given back (https://www.sqlite.org/lang_attach.html). Where the main database is encrypted, the
    /// other one is or becomes so with the same key.
    void attach(std::string_view path, std::string_view name) const
        requires Maintains<typename BackendType::Database>
    {
        this->open_connection().change_settings([&](auto& database) { database.attach(path, name); });
    }
    /// The same of a file with a key of its own, `Passphrase{"…"}` or `RawKey{…}`, and the library's own parameters for
    /// the rest; `{}` says that it is not encrypted. The key is in no statement's text. Throws OperationalError with
    /// is_wrong_key() where the key is another one; nothing is attached then.
    void attach(std::string_view path, std::string_view name, const EncryptionKey& key) const
        requires Encrypts<BackendType>
    {
        this->open_connection().change_settings([&](auto& database) { database.attach(path, name, key); });
    }
    void detach(std::string_view name) const
        requires Maintains<typename BackendType::Database>
    {
        this->open_connection().change_settings([&](auto& database) { database.detach(name); });
    }

    /// For what runs statements of its own on this connection, such as a session.
    detail::OpenConnection<BackendType>& open() const { return this->open_connection(); }

    /// For AnyReader.
    void run_reading(const Inspection*, void* action, void (*call)(void*, detail::OpenConnection<BackendType>&)) const {
        call(action, this->open_connection());
    }

    /// What the database says; false for a connection that has been moved from.
    bool in_transaction() const noexcept { return !this->was_moved_from() && this->open_connection().in_transaction(); }

private:
    friend CreatesFunctions<BasicConnection, BackendType>;

    template <class Reference, class Create>
    void install(const Reference& callback, Create create) const {
        const auto used = this->open_connection().use();
        create(*used.operator->(), *callback);
    }

    detail::PoolReference<BackendType> pool_;
};

}  // namespace mica
