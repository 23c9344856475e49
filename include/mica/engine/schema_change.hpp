// SPDX-License-Identifier: BSL-1.0
// What a schema's plan is told beside the structs, and how it is made and carried out.
#pragma once

#include <mica/core/value_list.hpp>
#include <mica/engine/inspect.hpp>
#include <mica/engine/migrations.hpp>
#include <mica/engine/schema_soundness.hpp>
#include <mica/engine/temporary_triggers.hpp>
#include <mica/migration/schema_plan.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/statement/run_time_text.hpp>
#include <mica/query/write/assignment.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

struct LiteralCollector {
    List<Literal>& literals;

    void null() { literals.push_back({}); }
    void integer(std::int64_t value) { literals.push_back({.storage = StorageClass::integer, .integer = value}); }
    void real(double value) { literals.push_back({.storage = StorageClass::real, .real = value}); }
    void text(std::string_view value, Lifetime) { literals.push_back({.storage = StorageClass::text, .text = value}); }
    void blob(Bytes value, Lifetime) { literals.push_back({.storage = StorageClass::blob, .blob = value}); }
};

/// Keeps copies of values that a text is going to hold.
struct ValuesOfText {
    ValueList kept{};

    void null() { kept.null(); }
    void integer(std::int64_t value) { kept.integer(value); }
    void real(double value) { kept.real(value); }
    void text(std::string_view value, Lifetime lifetime) { kept.text(value, lifetime); }
    void blob(Bytes value, Lifetime lifetime) { kept.blob(value, lifetime); }
    void values(const ValueList&, Lifetime = Lifetime::borrowed) {
        throw_misuse("a list of values has no text, which a change of the schema needs; say the values one by one");
    }
};

/// The text of an expression with its values as literals, as in DDL: a plan is shown, and pasted as text.
template <class Source>
std::string text_with_values(const Source& source, const Dialect& dialect) {
    ValuesOfText values;
    source.bind(values);
    List<Literal> literals;
    LiteralCollector collector{literals};
    for (std::size_t i = 0; i < values.kept.size(); ++i) values.kept.send(i, collector);
    const List<Fragment> fragments = fragments_of(source);
    return make_text(dialect, [&](SqlWriter& writer) {
        writer.qualify_columns = false;
        writer.use_fragments(fragments.data());
        writer.write_values(literals.data());
        Source::render(writer);
    });
}

template <auto member>
using ColumnOfMember = std::remove_cvref_t<decltype(col<member>)>;

template <class Column>
SchemaChange change_of_column(SchemaChange::Kind kind) {
    SchemaChange change;
    change.kind = kind;
    change.table = shown_name(Column::table().schema, Column::table().relation);
    change.column = Column::column().name;
    return change;
}

template <class Column, class Given>
SchemaChange change_with_value(SchemaChange::Kind kind, Given&& given) {
    SchemaChange change = change_of_column<Column>(kind);
    const auto assignment = (Column{} = std::forward<Given>(given));
    if constexpr (requires { assignment.source; })
        change.expression = text_with_values(assignment.source, dialect::sqlite);
    return change;
}

}  // namespace detail

/// The table of the member's struct is called `former` in a database that has not seen this change yet.
template <auto member, class Column = detail::ColumnOfMember<member>>
SchemaChange rename_table(std::string_view former) {
    SchemaChange change = detail::change_of_column<Column>(SchemaChange::Kind::rename_table);
    change.former = former;
    return change;
}

/// The member's column is called `former` there.
template <auto member, class Column = detail::ColumnOfMember<member>>
SchemaChange rename_column(std::string_view former) {
    SchemaChange change = detail::change_of_column<Column>(SchemaChange::Kind::rename_column);
    change.former = former;
    return change;
}

/// What a column gets that is new, or that may be NULL no longer: a value, or an expression over the row. Throws what
/// the value's codec throws, DataError for a number that the field cannot hold.
template <auto member, class Given, class Column = detail::ColumnOfMember<member>>
SchemaChange fill(Given&& given) {
    return detail::change_with_value<Column>(SchemaChange::Kind::fill, std::forward<Given>(given));
}

/// What becomes of a column's values whose type is another one now. Throws as fill().
template <auto member, class Given, class Column = detail::ColumnOfMember<member>>
SchemaChange convert(Given&& given) {
    return detail::change_with_value<Column>(SchemaChange::Kind::convert, std::forward<Given>(given));
}

/// A column that no struct has may go, with what is in it. A table of an attached database has its schema in front:
/// "archive.album".
inline SchemaChange drop_column(std::string_view table, std::string_view column) {
    return {.kind = SchemaChange::Kind::drop_column, .table = detail::join({table}), .column = detail::join({column})};
}

/// A table may go, with what is in it; named as in drop_column().
inline SchemaChange drop_table(std::string_view table) {
    return {.kind = SchemaChange::Kind::drop_table, .table = detail::join({table})};
}

/// Tables of other programs need not be STRICT, as mica's are.
struct AcceptAffinity {
    operator SchemaChange() const { return {}; }  // NOLINT(*-explicit-*): it is written among other changes
    constexpr AcceptAffinity operator()() const noexcept { return {}; }
};
/// For plan() and sync(): a table that is not STRICT stays so. Also written `accept_affinity()`.
inline constexpr AcceptAffinity accept_affinity{};

namespace detail {

template <class BackendType, class Text>
[[gnu::cold]] std::int64_t count_rows(OpenConnection<BackendType>& connection, const BasicTableInfo<Text>& table) {
    StatementLease<BackendType> statement = connection.acquire(make_text(BackendType::dialect, [&](SqlWriter& writer) {
        writer.text("SELECT count(*) FROM ");
        name_table(writer, Table{.relation = table.name, .schema = table.schema});
    }));
    return statement->statement.step() ? statement->statement.cell(0).integer() : 0;
}

template <class Text, class BackendType>
[[gnu::cold]] BasicSchemaPlan<BasicSchemaStep<Text>> make_plan(OpenConnection<BackendType>& connection,
                                                               ListView<TableText> texts,
                                                               ListView<SchemaChange> changes, bool counts = true) {
    std::vector<BasicTableInfo<Text>> expected;
    std::vector<BasicTableInfo<Text>> actual;
    read_both(connection, texts, expected, actual);
    const auto none = [](void*, const BasicTableInfo<Text>&) { return std::int64_t{0}; };
    const auto count = [](void* context, const BasicTableInfo<Text>& table) {
        return count_rows(*static_cast<OpenConnection<BackendType>*>(context), table);
    };
    const RowCounter<Text> rows = counts ? RowCounter<Text>{&connection, count} : RowCounter<Text>{nullptr, none};
    return plan_schema(expected, std::move(actual), changes, rows);
}

/// Throws SchemaMismatch for every step that loses what no change has named.
template <class Plan>
[[gnu::cold]] void require_lossless(const Plan& plan) {
    std::string losses;
    for (const auto& step : plan) {
        if (step.loses) append(losses, {losses.empty() ? "" : "; ", step.table, ": ", step.reason});
    }
    if (!losses.empty()) refuse<SchemaMismatch>({"the change would lose what no change names: ", losses});
}

/// Throws SchemaMismatch where rows are there that a step cannot take along; names some by their rowids.
template <class BackendType, class Step>
[[gnu::cold]] void require_fitting(OpenConnection<BackendType>& connection, const Step& step, bool is_enforced) {
    for (const auto& check : step.checks) {
        if (check.is_enforced != is_enforced) continue;
        StatementLease<BackendType> statement = connection.acquire(std::string_view{check.sql});
        std::string rows;
        while (statement->statement.step())
            append(rows, {rows.empty() ? "" : ", ", statement->statement.cell(0).text()});
        if (!rows.empty()) refuse<SchemaMismatch>({step.table, ": ", check.problem, " (rows ", rows, ")"});
    }
}

/// The same of the table that the program knows: what it is called meanwhile means nothing to it.
[[noreturn, gnu::cold]] inline void throw_for_table(const IntegrityError& error, std::string_view new_name,
                                                    std::string_view table) {
    Failure failure = error.failure();
    std::string message;
    for (std::string_view rest = failure.message; !rest.empty();) {
        const std::size_t place = rest.find(new_name);
        append(message, {rest.substr(0, place), place == rest.npos ? std::string_view{} : table});
        rest.remove_prefix(place == rest.npos ? rest.size() : place + new_name.size());
    }
    failure.message = message;
    failure.says_all = true;
    std::vector<std::string_view> columns{error.columns().begin(), error.columns().end()};
    throw IntegrityError(failure, error.kind(), error.table().empty() ? std::string_view{} : table,
                         {columns.data(), columns.size()}, error.constraint());
}

/// What the step itself refuses is looked for where it has failed only: that is all of the rows once more.
template <class BackendType, class Step>
[[gnu::cold]] void run_step(OpenConnection<BackendType>& connection, const Step& step) {
    require_fitting(connection, step, false);
    try {
        connection.run_script(step.sql);
    } catch (const IntegrityError& error) {
        if (connection.in_transaction()) require_fitting(connection, step, true);
        if (step.new_name.empty()) throw;
        throw_for_table(error, step.new_name, step.table);
    }
}

template <class Text, class BackendType, class Plan>
[[gnu::cold]] void run_plan(OpenConnection<BackendType>& connection, const Plan& plan, const Progress& progress) {
    TemporaryTriggers<Text, BackendType> triggers{connection};
    std::int64_t rows = 0;
    for (const auto& step : plan) rows += step.rebuilds ? step.rows : 0;
    std::int64_t done = 0;
    const auto report = [&] {
        if (!progress(done, rows)) throw InterruptedError(Failure{.message = "the change of the schema was stopped"});
    };
    for (const auto& step : plan) {
        report();
        if (step.rebuilds) {
            // It takes its old name, and so its place in what refers to that.
            const ScopedSetting<BackendType> scope{connection, Verb::leave_references, Verb::follow_references};
            run_step(connection, step);
            done += step.rows;
        } else {
            run_step(connection, step);
        }
    }
    triggers.put_back();
    report();
}

/// Whether a plan drops tables: rows of others that reference theirs would go too, were foreign keys enforced.
template <class Plan>
[[gnu::cold]] bool drops_tables(const Plan& plan) noexcept {
    for (const auto& step : plan) {
        if (step.rebuilds || step.sql.find("DROP TABLE ") != step.sql.npos) return true;
    }
    return false;
}

/// Those steps that give something another name; gives them.
template <class BackendType, class Step>
[[gnu::cold]] std::vector<Step> run_renames(OpenConnection<BackendType>& connection,
                                            const BasicSchemaPlan<Step>& plan) {
    std::vector<Step> steps;
    for (const Step& step : plan) {
        if (!step.renames) continue;
        connection.run_script(step.sql);
        steps.push_back(step);
    }
    return steps;
}

template <class Text, class BackendType>
[[gnu::cold]] BasicSchemaPlan<BasicSchemaStep<Text>> sync_schema(BasicConnection<BackendType>& connection,
                                                                 ListView<TableText> texts,
                                                                 ListView<SchemaChange> changes,
                                                                 const SyncOptions& options) {
    OpenConnection<BackendType>& open = connection.open();
    auto plan = make_plan<Text>(open, texts, changes, false);
    if (plan.empty()) return {};
    if constexpr (Maintains<typename BackendType::Database>) {
        if (!options.backup_to.empty()) open.use()->backup_to(options.backup_to, {});
    }
    const bool is_in_test = open.use()->in_transaction();
    const IgnoredForeignKeys<BackendType> foreign_keys{open, !is_in_test || drops_tables(plan)};
    auto transaction = connection.begin();
    plan = make_plan<Text>(open, texts, changes);  // what another program has left to do
    require_lossless(plan);
    const auto broken = SoundnessCheck<Text, BackendType>{open}.run();
    auto steps = run_renames(open, plan);
    if (!steps.empty())
        plan = make_plan<Text>(open, texts, changes);  // with the texts that the database has changed itself
    require_lossless(plan);
    const auto references = foreign_keys.broken_references();  // by the names that stay
    if constexpr (KeepsStatistics<typename BackendType::Database>) {
        const auto statistics = open.use()->keep_statistics();
        run_plan<Text>(open, plan, options.progress);
        open.use()->put_back_statistics(statistics);
    } else {
        run_plan<Text>(open, plan, options.progress);
    }
    require_sound(open, broken);
    foreign_keys.require_whole(references);
    transaction.commit();
    steps.insert(steps.end(), plan.begin(), plan.end());
    return BasicSchemaPlan<BasicSchemaStep<Text>>{std::move(steps)};
}

}  // namespace detail

}  // namespace mica
