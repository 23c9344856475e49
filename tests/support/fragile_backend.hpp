// SPDX-License-Identifier: BSL-1.0
// SQLite as hard as PostgreSQL: where it refuses a statement the transaction is dead, and takes nothing but ROLLBACK.
#pragma once

#include <mica/mica.hpp>
#include <mica/session/core/impl/session_core.ipp>
#include <mica/session/core/impl/unit_of_work.ipp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace mica::test {

class FragileDatabase;

/// What the connections of the running test have met.
struct Fragility {
    inline static int refused = 0;  ///< statements
    inline static int dead = 0;     ///< statements that came after one, before the ROLLBACK
};

/// Whether a connection's transaction is dead.
class FragileTransaction {
public:
    explicit FragileTransaction(const sqlite::Database& database) noexcept : handle_(database.handle()) {}

    template <class Action>
    auto run(const Action& action) {
        if (is_dead_ && sqlite3_get_autocommit(handle_) == 0) {
            ++Fragility::dead;
            Failure failure;
            failure.message = "the transaction is aborted, ROLLBACK it";
            throw OperationalError(failure);
        }
        is_dead_ = false;
        try {
            return action();
        } catch (...) {
            ++Fragility::refused;
            is_dead_ = true;
            throw;
        }
    }
    void end() noexcept { is_dead_ = false; }

private:
    sqlite3* handle_;
    bool is_dead_ = false;
};

class FragileStatement : public sqlite::Statement {
public:
    FragileStatement() noexcept = default;
    FragileStatement(sqlite::Statement statement, std::shared_ptr<FragileTransaction> transaction) noexcept
        : sqlite::Statement(std::move(statement)), transaction_(std::move(transaction)) {}

    bool step() {
        return transaction_->run([this] { return sqlite::Statement::step(); });
    }
    void finish() {
        transaction_->run([this] { sqlite::Statement::finish(); });
    }

private:
    std::shared_ptr<FragileTransaction> transaction_{};
};

class FragileDatabase : public sqlite::Database {
public:
    explicit FragileDatabase(sqlite::Database database)
        : sqlite::Database(std::move(database)), transaction_(std::make_shared<FragileTransaction>(*this)) {}

    FragileStatement prepare(std::string_view sql, bool persistent = false) {
        return transaction_->run([&] { return FragileStatement{Database::prepare(sql, persistent), transaction_}; });
    }
    void execute_script(std::string_view sql) {
        transaction_->run([&] { Database::execute_script(sql); });
    }
    void run(Verb verb) {
        if (verb == Verb::rollback) transaction_->end();
        transaction_->run([&] { Database::run(verb); });
    }

private:
    std::shared_ptr<FragileTransaction> transaction_;
};

/// Foreign keys are always checked at once, as in PostgreSQL where nobody has said that they are deferrable.
struct FragileBackend {
    using Database = FragileDatabase;
    using Statement = FragileStatement;
    using Target = sqlite::Backend::Target;

    static constexpr const Dialect& dialect = sqlite::Backend::dialect;

    template <class... Settings>
    static Target parse(std::string_view text, Settings... settings) {
        return sqlite::Backend::parse(text, settings...);
    }
    static Database open(const Target& target) { return Database{sqlite::Backend::open(target)}; }
    static bool is_private(const Target& target) noexcept { return sqlite::Backend::is_private(target); }
};

/// Foreign keys can be checked late.
struct FragileLateBackend : FragileBackend {
    static Failure foreign_key_failure(std::string_view sql) { return sqlite::foreign_key_failure(sql); }
};

static_assert(Backend<FragileBackend> && Backend<FragileLateBackend>);
static_assert(ForetellsForeignKeys<FragileLateBackend> && !ForetellsForeignKeys<FragileBackend>);

}  // namespace mica::test
