// SPDX-License-Identifier: BSL-1.0
// CREATE TABLE and CREATE INDEX, written from a table's data in constant evaluation.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/dialect/requirement.hpp>
#include <mica/schema/entity.hpp>
#include <mica/schema/option_text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica {

namespace detail {

enum class Existing : unsigned char { is_an_error, is_kept };

/// Whether rows are found by `fields`, in whatever order, where `columns` are those of a key or an index.
constexpr bool begins_with(const Table& table, ListView<std::size_t> columns, const FieldList& fields) {
    const std::size_t wanted = count_columns(table, fields);
    if (columns.size() < wanted) return false;
    for (std::size_t i = 0; i < wanted; ++i) {
        if (!fields.contains(table.columns[columns[i]].field)) return false;
    }
    return true;
}

/// Whether an option is a foreign key that no key or index begins with, and no other such key before it.
constexpr bool needs_index(const Table& table, const OptionData& key) {
    if (key.kind != OptionKind::foreign_key || key.has_no_index) return false;
    if (begins_with(table, table.key, key.fields)) return false;
    for (const OptionData& option : table.options) {
        const bool is_index = option.kind == OptionKind::unique ||
                              (option.kind == OptionKind::index && !option.has_expression && !option.has_condition) ||
                              (option.kind == OptionKind::foreign_key && &option < &key && needs_index(table, option));
        if (!is_index || option.fields.count < key.fields.count) continue;
        FieldList first = option.fields;
        first.count = key.fields.count;
        if (same_fields(first, key.fields)) return false;
    }
    return true;
}

/// Indexes of the same columns, of which at most one has no condition, need different names. That of a foreign key
/// comes after those of the mapping's own.
constexpr std::size_t number_among_twins(const Table& table, const OptionData& option) {
    std::size_t number = 1;
    for (const OptionData& twin : table.options) {
        if (&twin == &option && option.kind == OptionKind::index) break;
        const bool is_named_alike = twin.kind == OptionKind::index && twin.text.empty() && !twin.has_expression;
        if (is_named_alike && twin.fields == option.fields) ++number;
    }
    return number;
}

/// Calls `visit(option, number)` for each index of a table; the number tells those from one another that would have one
/// name.
template <class Visit>
constexpr void for_each_index(const Table& table, Visit visit) {
    std::size_t expressions = 0;
    for (const OptionData& option : table.options) {
        if (option.kind != OptionKind::index && !needs_index(table, option)) continue;
        if (option.has_expression) ++expressions;
        visit(option, option.has_expression ? expressions : number_among_twins(table, option));
    }
}

/// Hands over the parts of an index's name.
template <class Sink>
constexpr void name_index(Sink& sink, const Table& table, const OptionData& option, std::size_t number) {
    if (!option.text.empty()) return sink.identifier_part(option.text);
    sink.identifier_part("ix_");
    sink.identifier_part(table.name);
    for (std::size_t i = 0; i < option.fields.count; ++i) {
        sink.identifier_part("_");
        sink.identifier_part(table.columns[table.column_of(option.fields.addresses[i])].name);
    }
    if (option.has_expression || number > 1) {
        sink.identifier_part("_");
        sink.number(static_cast<std::int64_t>(number));
    }
}

/// Writes the statements that create one table and its indexes, separated by ";\n".
class DdlWriter {
public:
    constexpr DdlWriter(SqlWriter& out, const Table& table, ListView<const Table*> targets,
                        ListView<OptionRenderers> renderers, Existing existing)
        : out_(out),
          dialect_(out.dialect()),
          table_(table),
          targets_(targets),
          renderers_(renderers),
          existing_(existing),
          has_column_options_(table.has(OptionKind::collate) || table.has(OptionKind::default_value) ||
                              table.has(OptionKind::generated)) {
        out_.qualify_columns = false;
    }

    /// Each index as its name and the statement that creates it, both ended by NUL.
    constexpr void write_index_list() { write_indexes(true); }

    constexpr void write() {
        create("TABLE ");
        name_table(out_, table_);
        out_.text(" (");
        for (const Column& column : table_.columns) {
            if (&column != table_.columns.data()) out_.text(", ");
            write_column(column);
        }
        if (table_.key.size() > 1) write_composite_key();
        std::size_t checks = 0;
        for (const OptionData& option : table_.options) {
            if (option.kind == OptionKind::unique) write_unique(option);
            if (option.kind == OptionKind::check) write_check(option, ++checks);
            if (option.kind == OptionKind::foreign_key) write_foreign_key(option);
        }
        out_.put(')');
        write_suffix();
        write_indexes(false);
    }

private:
    constexpr std::size_t place(const OptionData& option) const {
        return static_cast<std::size_t>(&option - table_.options.data());
    }
    constexpr const OptionRenderers& renderers(const OptionData& option) const { return renderers_[place(option)]; }

    constexpr void create(std::string_view what) {
        out_.text("CREATE ");
        out_.text(what);
        if (existing_ == Existing::is_kept) out_.text("IF NOT EXISTS ");
    }

    constexpr void write_column(const Column& column) {
        out_.identifier(column.name);
        out_.put(' ');
        const bool only_key = column.is_key && table_.key.size() == 1;
        const bool is_integer_key = only_key && column.storage == StorageClass::integer && !table_.without_rowid;
        out_.text(is_chosen(column) ? dialect_.key_type : dialect_.column_type(column.storage));
        if (!column.nullable && !is_integer_key) out_.text(" NOT NULL");
        if (only_key) out_.text(" PRIMARY KEY");
        if (only_key && table_.autoincrement) out_.text(dialect_.autoincrement);
        if (!has_column_options_) return;
        for (const OptionKind kind : {OptionKind::collate, OptionKind::default_value, OptionKind::generated}) {
            for (const OptionData& option : table_.options) {
                if (option.kind == kind && option.fields.contains(column.field)) write_column_option(option);
            }
        }
    }

    /// Whether the database chooses the values of a column.
    constexpr bool is_chosen(const Column& column) const {
        return table_.generated_key == static_cast<int>(&column - table_.columns.data());
    }

    constexpr void write_column_option(const OptionData& option) {
        if (option.kind == OptionKind::collate) {
            out_.text(" COLLATE ");
            out_.identifier(dialect_.spelling(option.text));
            return;
        }
        out_.text(option.kind == OptionKind::generated ? " GENERATED ALWAYS AS (" : " DEFAULT (");
        renderers(option).expression(out_);
        out_.put(')');
        if (option.kind != OptionKind::generated) return;
        out_.text(option.is_stored ? " STORED" : " VIRTUAL");
        if (!option.is_stored) out_.need(Feature::virtual_columns);
    }

    constexpr void write_composite_key() {
        out_.text(", PRIMARY KEY (");
        for (const std::size_t& index : table_.key) {
            if (&index != table_.key.data()) out_.text(", ");
            out_.identifier(table_.columns[index].name);
        }
        out_.put(')');
    }

    /// Constraints have deterministic names: an error or a migration can say which one it means.
    constexpr void constraint(std::string_view prefix, const FieldList& fields) {
        out_.text(", CONSTRAINT ");
        begin_name(prefix);
        for (std::size_t i = 0; i < fields.count; ++i) name_fields(fields.addresses[i]);
        out_.end_identifier();
        out_.put(' ');
    }

    constexpr void begin_name(std::string_view prefix) {
        out_.begin_identifier();
        out_.identifier_part(prefix);
        out_.identifier_part(table_.name);
    }

    constexpr void name_fields(const void* field) {
        out_.identifier_part("_");
        out_.identifier_part(table_.columns[table_.column_of(field)].name);
    }

    constexpr void write_unique(const OptionData& option) {
        constraint("uq_", option.fields);
        out_.text("UNIQUE (");
        columns(table_, option.fields);
        out_.put(')');
    }

    constexpr void write_check(const OptionData& option, std::size_t number) {
        out_.text(", CONSTRAINT ");
        if (option.text.empty()) {
            begin_name("ck_");
            out_.identifier_part("_");
            out_.number(static_cast<std::int64_t>(number));
            out_.end_identifier();
        } else {
            out_.identifier(option.text);
        }
        out_.text(" CHECK (");
        renderers(option).expression(out_);
        out_.put(')');
    }

    constexpr void write_foreign_key(const OptionData& option) {
        const Table& target = *targets_[place(option)];
        constraint("fk_", option.fields);
        out_.text("FOREIGN KEY (");
        columns(table_, option.fields);
        out_.text(") REFERENCES ");
        out_.identifier(target.name);
        out_.text(" (");
        columns(target, option.target_fields);
        out_.put(')');
        action(" ON DELETE ", option.delete_action);
        action(" ON UPDATE ", option.update_action);
        if (!option.is_deferrable) return;
        out_.text(" DEFERRABLE INITIALLY DEFERRED");
        out_.need(Feature::deferrable_keys);
    }

    constexpr void action(std::string_view event, Action action) {
        if (action == Action::no_action) return;
        out_.text(event);
        switch (action) {
            case Action::no_action: break;
            case Action::restrict: out_.text("RESTRICT"); break;
            case Action::set_null: out_.text("SET NULL"); break;
            case Action::set_default: out_.text("SET DEFAULT"); break;
            case Action::cascade: out_.text("CASCADE"); break;
        }
    }

    constexpr void columns(const Table& table, const FieldList& fields) {
        bool first = true;
        for (std::size_t i = 0; i < fields.count; ++i) {
            for (const Column& column : table.columns) {
                if (column.field != fields.addresses[i]) continue;
                if (!first) out_.text(", ");
                first = false;
                out_.identifier(column.name);
            }
        }
    }

    constexpr void write_suffix() {
        std::string_view separator = " ";
        const auto write = [&](bool is_wanted, std::string_view word) {
            if (!is_wanted || word.empty()) return;
            out_.text(detail::exchange(separator, ", "));
            out_.text(word);
        };
        write(table_.without_rowid, dialect_.without_rowid);
        write(table_.strict, dialect_.strict);
    }

    constexpr void write_indexes(bool as_list) {
        for_each_index(table_, [&](const OptionData& option, std::size_t number) {
            if (as_list) {
                write_index_name(option, number);
                out_.put('\0');
            } else {
                out_.text(";\n");
            }
            write_index(option, number);
            if (as_list) out_.put('\0');
        });
    }

    constexpr void write_index_name(const OptionData& option, std::size_t number) {
        if (!table_.schema.empty()) {
            out_.identifier(table_.schema);
            out_.put('.');
        }
        out_.begin_identifier();
        name_index(out_, table_, option, number);
        out_.end_identifier();
    }

    constexpr void write_index(const OptionData& option, std::size_t number) {
        create(option.is_unique ? "UNIQUE INDEX " : "INDEX ");
        write_index_name(option, number);
        out_.text(" ON ");
        out_.identifier(table_.name);
        out_.text(" (");
        if (option.has_expression) {
            renderers(option).expression(out_);
        } else {
            columns(table_, option.fields);
        }
        out_.put(')');
        if (option.has_condition) {
            out_.text(" WHERE ");
            renderers(option).condition(out_);
            out_.need(Feature::partial_indexes);
        }
    }

    SqlWriter& out_;
    const Dialect& dialect_;
    const Table& table_;
    ListView<const Table*> targets_;
    ListView<OptionRenderers> renderers_;
    Existing existing_;
    bool has_column_options_;
};

template <class Owner, Existing existing>
constexpr void render_ddl(SqlWriter& out) {
    if constexpr (is_full_text<Owner>) {
        FullTextWriter{out, full_text_index<Owner>}.create(existing == Existing::is_kept);
    } else {
        DdlWriter{out, table_of<Owner>(), targets_of<Owner>, option_renderers<Owner>, existing}.write();
    }
}

/// What goes before DROP TABLE, of most entities nothing.
template <class Owner>
constexpr void render_drop(SqlWriter& out) {
    if constexpr (has_content<Owner>()) FullTextWriter{out, full_text_index<Owner>}.drop_triggers();
}

template <class Owner, const Dialect& database>
inline constexpr auto drop_text =
    mica::write<measure(&render_drop<Owner>, database).size>(&render_drop<Owner>, database);

template <class Owner, Existing existing, const Dialect& database>
inline constexpr TextShape ddl_shape = measure(&render_ddl<Owner, existing>, database);

template <class Owner, Existing existing, const Dialect& database>
inline constexpr auto ddl_text =
    mica::write<ddl_shape<Owner, existing, database>.size>(&render_ddl<Owner, existing>, database);

template <class Owner>
constexpr void render_indexes(SqlWriter& out) {
    DdlWriter{out, table_of<Owner>(), targets_of<Owner>, option_renderers<Owner>, Existing::is_kept}.write_index_list();
}

/// The names of an entity's indexes, each with its statement behind it, all of them ended by NUL.
template <class Owner>
inline constexpr auto index_texts = mica::write<measure(&render_indexes<Owner>).size>(&render_indexes<Owner>);

template <class Owner, Existing existing, const Dialect& database>
consteval std::string_view find_ddl() {
    if constexpr (!require_entity<Owner>()) {
        return {};
    } else if constexpr (require_features<database, ddl_shape<Owner, existing, database>.needs>()) {
        return ddl_text<Owner, existing, database>.view();
    } else {
        return {};
    }
}

}  // namespace detail

/// The statements that create the table of `Owner` and its indexes, a compile-time constant.
template <class Owner, const Dialect& database = dialect::sqlite>
inline constexpr std::string_view ddl = detail::find_ddl<Owner, detail::Existing::is_an_error, database>();

}  // namespace mica
