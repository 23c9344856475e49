// SPDX-License-Identifier: BSL-1.0
// Numbered steps from each version of a program's tables to the next, compiled into the program and run where they
// have not been.
#pragma once

#include <mica/core/maintenance.hpp>
#include <mica/core/run_limits.hpp>
#include <mica/dialect/token.hpp>
#include <mica/engine/connection.hpp>
#include <mica/engine/transaction_text.hpp>
#include <mica/migration/create_parser.hpp>
#include <mica/query/expression/current_time.hpp>
#include <mica/query/select/select.hpp>
#include <mica/query/write/insert.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// What engine.migrate() can be told.
struct MigrateOptions {
    /// Gets the number of migrations that are done and of those to do, before each and at the end.
    Progress progress{};
    /// A file that gets a copy of the database before the first migration that is to be run; none where empty.
    std::string backup_to{};
    /// When it has to be done, and who may stop it, in the middle of a statement too: see LimitScope.
    Deadline deadline{};
    StopToken stop{};
};

/// For engine.sync().
struct SyncOptions {
    /// Gets the rows that are written anew so far and all that are to be, before each step and at the end.
    Progress progress{};
    /// A file that gets a copy of the database before anything is changed; none where empty, or nothing is to be done.
    std::string backup_to{};
    /// When it has to be done, and who may stop it, in the middle of a step too: see LimitScope.
    Deadline deadline{};
    StopToken stop{};
};

namespace detail {

/// What the database keeps of a migration that it has had.
struct AppliedMigration {
    std::int64_t version = 0;
    std::string name{};
    std::int64_t checksum = 0;
    std::string applied_at{};  ///< UTC

    static constexpr auto mapping() {
        return table("mica_migration", primary_key<&AppliedMigration::version>,
                     default_expr<&AppliedMigration::applied_at>(current_timestamp));
    }
};

/// Of a name and the SQL text that belongs to it (FNV-1a, 64 bits).
constexpr std::int64_t checksum_of(std::string_view name, std::string_view sql) noexcept {
    std::uint64_t sum = 14695981039346656037U;
    const auto add = [&sum](std::string_view text) {
        for (const char& c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211U;
        sum = (sum ^ 0xffU) * 1099511628211U;
    };
    add(name);
    add(sql);
    return static_cast<std::int64_t>(sum);
}

/// A migration as it is run, whatever its action is.
template <class BackendType>
struct MigrationStep {
    std::string_view name;
    std::int64_t checksum;
    bool ignores_foreign_keys;
    std::string_view text;  ///< empty where it is a callable
    const void* action;
    void (*run)(const void* action, BasicConnection<BackendType>& connection);
};

}  // namespace detail

/// One step: what migration<>() gives.
template <int version_number, class Action>
class Migration {
public:
    static constexpr int version = version_number;

    constexpr Migration(std::string_view name, Action action) : name_(name), action_(std::move(action)) {}

    /// Foreign keys are not enforced while it runs; before it is committed all of them are checked, and it fails with
    /// an IntegrityError where a row references one that is not there and did not do so before. For a step that
    /// makes a table anew, whose children would go with the old one (https://www.sqlite.org/lang_altertable.html,
    /// section 7).
    constexpr Migration without_foreign_keys() const {
        Migration migration = *this;
        migration.ignores_foreign_keys_ = true;
        return migration;
    }

    constexpr std::string_view name() const noexcept { return name_; }
    constexpr std::int64_t checksum() const noexcept {
        if constexpr (is_text) {
            return detail::checksum_of(name_, action_);
        } else {
            return detail::checksum_of(name_, {});
        }
    }

    /// For Migrations.
    template <class BackendType>
    detail::MigrationStep<BackendType> step() const {
        std::string_view text;
        if constexpr (is_text) text = action_;
        return {name_,
                checksum(),
                ignores_foreign_keys_,
                text,
                &action_,
                [](const void* action, BasicConnection<BackendType>& connection) {
                    if constexpr (is_text) {
                        connection.open().run_script(*static_cast<const Action*>(action));
                    } else {
                        (*static_cast<const Action*>(action))(connection);
                    }
                }};
    }

private:
    static constexpr bool is_text = std::is_same_v<Action, std::string_view>;

    std::string_view name_;
    Action action_;
    bool ignores_foreign_keys_ = false;
};

/// A step to the tables' version `version`: SQL statements, or a callable that takes a Connection&. It runs inside of a
/// transaction of its own. `name` is for people; it and the SQL must stay as they were once a database has had them.
template <int version>
constexpr auto migration(std::string_view name, std::string_view sql) {
    return Migration<version, std::string_view>{name, sql};
}
template <int version, class Action>
    requires(!std::is_convertible_v<Action, std::string_view>)
constexpr auto migration(std::string_view name, Action action) {
    return Migration<version, Action>{name, std::move(action)};
}

/// All steps from an empty database to the program's tables: what migrations() gives.
template <class... Steps>
class Migrations {
public:
    constexpr explicit Migrations(Steps... steps) : steps_(std::move(steps)...) {}

    static constexpr std::size_t size() noexcept { return sizeof...(Steps); }

    /// For engine.migrate().
    template <class BackendType>
    std::vector<detail::MigrationStep<BackendType>> steps() const {
        return std::apply(
            [](const auto&... step) {
                return std::vector<detail::MigrationStep<BackendType>>{step.template step<BackendType>()...};
            },
            steps_);
    }

private:
    std::tuple<Steps...> steps_;
};

/// The steps in their order, numbered 1, 2, 3 and so on.
template <class... Steps>
constexpr auto migrations(Steps... steps) {
    constexpr bool is_in_order = [] {
        int number = 0;
        return ((Steps::version == ++number) && ...);
    }();
    static_assert(is_in_order, "mica: migrations are numbered 1, 2, 3 and so on, in their order and without a gap");
    return Migrations<Steps...>{std::move(steps)...};
}

namespace detail {

// Templates of `Applied`, so that a program which has no migrations does not compile what reads and writes them.

/// How many of `steps` the database has had. Throws SchemaMismatch where it has had others.
template <class BackendType, class Applied = AppliedMigration>
[[gnu::cold]] std::size_t count_applied(const BasicConnection<BackendType>& connection,
                                        const std::vector<MigrationStep<BackendType>>& steps) {
    if (!connection.open().use()->has_table({}, "mica_migration")) return 0;
    const std::vector<Applied> applied = connection.all(select<Applied>().order_by(col<&Applied::version>));
    for (std::size_t i = 0; i < applied.size(); ++i) {
        const Decimal number{static_cast<std::int64_t>(i + 1)};
        if (applied[i].version != static_cast<std::int64_t>(i + 1)) {
            refuse<SchemaMismatch>(
                {"the database has had migration ", Decimal{applied[i].version}, " but not ", number});
        }
        if (i >= steps.size()) {
            refuse<SchemaMismatch>({"the database is newer than the program: it has had migration ", number, ", \"",
                                    applied[i].name, "\", and the program knows ",
                                    Decimal{static_cast<std::int64_t>(steps.size())}});
        }
        if (applied[i].name != steps[i].name) {
            refuse<SchemaMismatch>({"migration ", number, " was \"", applied[i].name,
                                    "\" when the database had it, and is \"", steps[i].name, "\" in the program"});
        }
        if (applied[i].checksum != steps[i].checksum) {
            refuse<SchemaMismatch>(
                {"migration ", number, ", \"", applied[i].name, "\", has another text than when the database had it"});
        }
    }
    return applied.size();
}

/// Sets something for a scope. That may have happened where setting it fails.
template <class BackendType>
class ScopedSetting {
public:
    ScopedSetting(OpenConnection<BackendType>& connection, Verb set, Verb set_back)
        : connection_(connection), set_back_(set_back), is_inside_(connection.must_be_ended()) {
        try {
            connection.run(set);
        } catch (...) {
            end();
            throw;
        }
    }
    ScopedSetting(const ScopedSetting&) = delete;
    ScopedSetting& operator=(const ScopedSetting&) = delete;
    ~ScopedSetting() { end(); }

private:
    void end() noexcept {
        try {
            // Of a transaction that could not be rolled back some settings take no notice.
            if (connection_.must_be_ended() != is_inside_) return connection_.owe(set_back_);
            connection_.run(set_back_);
        } catch (...) {
            connection_.owe(set_back_);
        }
    }

    OpenConnection<BackendType>& connection_;
    Verb set_back_;
    bool is_inside_;  ///< of a transaction
};

/// Switches foreign keys off for a scope: SQLite lets them be switched outside of transactions alone. Nobody else uses
/// the connection meanwhile.
template <class BackendType>
class IgnoredForeignKeys {
public:
    IgnoredForeignKeys(OpenConnection<BackendType>& connection, bool is_wanted)
        : connection_(connection), use_(connection) {
        if (is_wanted && connection.use()->in_transaction()) {
            throw_misuse(
                "foreign keys cannot be switched off inside of a transaction, nor of a test scope, and the "
                "children of a table that is made anew would go with the old one");
        }
        if (is_wanted) setting_.emplace(connection, Verb::ignore_foreign_keys, Verb::enforce_foreign_keys);
    }

    /// The rows that reference one which is not there, for people; none where foreign keys are enforced.
    std::vector<std::string> broken_references() const {
        return setting_ ? connection_.use()->foreign_key_check() : std::vector<std::string>{};
    }

    /// Throws IntegrityError where a row references one that is not there, but for those that did so `before`.
    void require_whole(const std::vector<std::string>& before) const {
        if (!setting_) return;
        std::size_t earlier = 0;  // both are sorted
        for (const std::string& problem : broken_references()) {
            while (earlier < before.size() && before[earlier] < problem) ++earlier;
            if (earlier < before.size() && before[earlier] == problem) {
                ++earlier;
                continue;
            }
            throw IntegrityError(Failure{.message = problem, .says_all = true}, ConstraintKind::foreign_key, {}, {});
        }
    }

private:
    OpenConnection<BackendType>& connection_;
    typename OpenConnection<BackendType>::Use use_;  ///< others that share it would be without foreign keys too
    std::optional<ScopedSetting<BackendType>> setting_{};
};

/// Throws ProgrammingError where a text would begin or end a transaction, or set what is ignored inside of one: it runs
/// in the migration's own.
template <class BackendType>
[[gnu::cold]] void require_no_transaction(OpenConnection<BackendType>& connection, std::string_view text) {
    using Database = typename BackendType::Database;
    if constexpr (KnowsTransactionTexts<Database>) {
        using Kind = TransactionText::Kind;
        while (!text.empty()) {
            const std::string_view sql = trim(cut_statement(text));
            const TransactionText found = connection.database.read_transaction_text(sql);
            if (found.kind == Kind::begin || found.kind == Kind::end) throw_text_of_transaction(false, true, sql);
            if (found.kind == Kind::ignored_setting) throw_ignored_setting(found.name, sql);
            if (found.kind != Kind::other && found.name == Database::own_savepoint)
                throw_own_savepoint(found.name, sql);
        }
    }
}

/// Lets no statement of a migration end its transaction.
template <class BackendType>
struct Migrating {
    explicit Migrating(OpenConnection<BackendType>& of) noexcept : connection(of) { connection.is_migrating = true; }
    Migrating(const Migrating&) = delete;
    Migrating& operator=(const Migrating&) = delete;
    ~Migrating() { connection.is_migrating = false; }

    OpenConnection<BackendType>& connection;
};

/// False where another program has run it meanwhile.
template <class BackendType, class Applied = AppliedMigration>
[[gnu::cold]] bool run_migration(BasicConnection<BackendType>& connection,
                                 const std::vector<MigrationStep<BackendType>>& steps, std::size_t index) {
    const MigrationStep<BackendType>& step = steps[index];
    const IgnoredForeignKeys<BackendType> foreign_keys{connection.open(), step.ignores_foreign_keys};
    auto transaction = connection.begin();
    if (count_applied(connection, steps) > index) return false;
    // A text that leaves references alone, and fails meanwhile, leaves the connection as it was.
    std::optional<ScopedSetting<BackendType>> references_follow;
    if (step.ignores_foreign_keys)
        references_follow.emplace(connection.open(), Verb::follow_references, Verb::follow_references);
    connection.template create_all<Applied>();
    const auto references = foreign_keys.broken_references();
    {
        const Migrating<BackendType> migrating{connection.open()};
        step.run(step.action, connection);
    }
    foreign_keys.require_whole(references);
    connection.execute(insert_into<Applied>().values(col<&Applied::version> = static_cast<std::int64_t>(index + 1),
                                                     col<&Applied::name> = step.name,
                                                     col<&Applied::checksum> = step.checksum));
    transaction.commit();
    return true;
}

template <class BackendType>
[[gnu::cold]] int run_migrations(BasicConnection<BackendType>& connection,
                                 const std::vector<MigrationStep<BackendType>>& steps, const MigrateOptions& options) {
    const std::size_t first = count_applied(connection, steps);
    if (first == steps.size()) return 0;
    for (std::size_t index = first; index < steps.size(); ++index)
        require_no_transaction(connection.open(), steps[index].text);
    if (!options.backup_to.empty()) connection.open().use()->backup_to(options.backup_to, {});
    const auto report = [&](std::size_t next) {
        const auto done = static_cast<std::int64_t>(next - first);
        return options.progress(done, static_cast<std::int64_t>(steps.size() - first));
    };
    int count = 0;
    for (std::size_t index = first; index < steps.size(); ++index) {
        if (!report(index)) throw InterruptedError(Failure{.message = "the migrations were stopped"});
        if (run_migration(connection, steps, index)) ++count;
    }
    report(steps.size());
    return count;
}

}  // namespace detail

}  // namespace mica
