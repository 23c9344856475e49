// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"

#include <mica/mica.hpp>

#include "names.hpp"
#include "structs.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica::program {

namespace {

constexpr std::string_view help = R"(usage: mica COMMAND …

  mica structs FILE [--namespace NAME]
      A header with structs and their mapping() for the tables of a database.
  mica diff FILE OTHER [--check]
      In what the tables of FILE differ from those of OTHER.
  mica plan FILE OTHER [--check] [--migration NUMBER NAME] [CHANGE …]
      The steps that make the tables of FILE those of OTHER, with their reasons. Nothing is done. With --migration as
      the C++ text of a migration. A CHANGE is one of
        --rename-table FORMER NAME             --rename-column TABLE FORMER NAME
        --fill TABLE COLUMN EXPRESSION         --convert TABLE COLUMN EXPRESSION
        --drop-table TABLE                     --drop-column TABLE COLUMN
        --accept-affinity
  mica migrate status FILE [--check NUMBER]
      The migrations that a database has had.
  mica diagram FILE
      The tables as an entity-relationship diagram for Mermaid.
  mica --help, mica --version

A FILE is a database, which is only read, or a script that creates one and is called something.sql. With --check the exit
code is 1 where something differs, something would be done, or the number of migrations is another one, so that a build
fails. Errors go to stderr, and the exit code is 2.
)";

/// Wrong arguments.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Arguments {
public:
    explicit Arguments(std::vector<std::string> words) : words_(std::move(words)) {}

    bool empty() const { return words_.empty(); }
    std::string next(const std::string& what) {
        if (words_.empty()) throw UsageError("there is no " + what);
        std::string word = std::move(words_.front());
        words_.erase(words_.begin());
        return word;
    }
    bool take(std::string_view option) {
        const auto found = std::find(words_.begin(), words_.end(), option);
        if (found == words_.end()) return false;
        words_.erase(found);
        return true;
    }
    std::optional<std::vector<std::string>> take(std::string_view option, std::ptrdiff_t count) {
        const auto found = std::find(words_.begin(), words_.end(), option);
        if (found == words_.end()) return {};
        if (words_.end() - found <= count) throw UsageError(std::string{option} + " needs more words behind it");
        std::vector<std::string> values(found + 1, found + 1 + count);
        words_.erase(found, found + 1 + count);
        return values;
    }
    void require_end() const {
        if (!words_.empty()) throw UsageError("what is \"" + words_.front() + "\"?");
    }

private:
    std::vector<std::string> words_;
};

std::string escaped(std::string_view path) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char c : path) {
        if (c != '%' && c != '?' && c != '#') {
            text += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text += {'%', digits[byte / 16], digits[byte % 16]};
    }
    return text;
}

std::string content_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file) throw std::runtime_error(path + " cannot be read");
    return text;
}

/// A database that is read, or made in memory by a script, which attaches no file to write to, nor VACUUM INTO one.
Engine open(const std::string& path) {
    if (!path.ends_with(".sql")) return Engine{"sqlite:///" + escaped(path) + "?mode=ro"};
    const std::string script = content_of(path);
    Engine engine{"sqlite://"};
    const auto connection = engine.connect();
    sqlite3_limit(connection.open().database.handle(), SQLITE_LIMIT_ATTACHED, 0);
    connection.open().run_script(script);
    return engine;
}

int number_of(const std::string& word) {
    if (word.empty() || word.size() > 9 || word.find_first_not_of("0123456789") != word.npos)
        throw UsageError("\"" + word + "\" is no number");
    return std::stoi(word);
}

int write_structs(Arguments arguments, std::ostream& out) {
    const auto name_space = arguments.take("--namespace", 1);
    if (name_space && !is_namespace(name_space->front()))
        throw UsageError("\"" + name_space->front() + "\" is no name of a namespace");
    const std::string path = arguments.next("FILE");
    arguments.require_end();
    const Engine engine = open(path);
    out << structs_text(inspect(engine.connect()), name_space ? name_space->front() : "models");
    return 0;
}

int write_diagram(Arguments arguments, std::ostream& out) {
    const std::string path = arguments.next("FILE");
    arguments.require_end();
    const Engine engine = open(path);
    out << diagram(inspect(engine.connect()));
    return 0;
}

/// What both have to say of tables, and not of the notes that mica keeps in one of them.
std::vector<TableInfo> tables_of(const Engine& engine) {
    std::vector<TableInfo> tables = inspect(engine.connect());
    std::erase_if(tables, [](const TableInfo& table) { return table.name == "mica_migration"; });
    return tables;
}

int write_difference(Arguments arguments, std::ostream& out) {
    const bool checks = arguments.take("--check");
    const std::string path = arguments.next("FILE");
    const std::string other_path = arguments.next("OTHER");
    arguments.require_end();
    const std::vector<TableInfo> tables = tables_of(open(path));
    const std::vector<TableInfo> others = tables_of(open(other_path));
    std::string text = detail::compare_tables(others, tables).to_string();
    for (const TableInfo& table : tables) {
        const bool is_in_both = std::any_of(others.begin(), others.end(), [&table](const TableInfo& other) {
            return detail::is_same_name(other.schema, table.schema) && detail::is_same_name(other.name, table.name);
        });
        if (!is_in_both) text += table.name + ": table is in " + path + " alone\n";
    }
    out << text;
    return checks && !text.empty() ? 1 : 0;
}

std::vector<SchemaChange> changes_of(Arguments& arguments) {
    using Kind = SchemaChange::Kind;
    std::vector<SchemaChange> changes;
    const auto add = [&](std::string_view option, std::ptrdiff_t count, Kind kind, auto fill) {
        while (const auto words = arguments.take(option, count)) {
            SchemaChange& change = changes.emplace_back();
            change.kind = kind;
            fill(change, *words);
        }
    };
    using Words = std::vector<std::string>;
    add("--rename-table", 2, Kind::rename_table, [](SchemaChange& change, const Words& words) {
        change.former = words[0];
        change.table = words[1];
    });
    add("--rename-column", 3, Kind::rename_column, [](SchemaChange& change, const Words& words) {
        change.table = words[0];
        change.former = words[1];
        change.column = words[2];
    });
    const auto with_expression = [](SchemaChange& change, const Words& words) {
        change.table = words[0];
        change.column = words[1];
        change.expression = words[2];
    };
    add("--fill", 3, Kind::fill, with_expression);
    add("--convert", 3, Kind::convert, with_expression);
    add("--drop-column", 2, Kind::drop_column, [](SchemaChange& change, const Words& words) {
        change.table = words[0];
        change.column = words[1];
    });
    add("--drop-table", 1, Kind::drop_table, [](SchemaChange& change, const Words& words) { change.table = words[0]; });
    if (arguments.take("--accept-affinity")) changes.push_back({.kind = Kind::accept_affinity});
    return changes;
}

int write_plan(Arguments arguments, std::ostream& out) {
    const bool checks = arguments.take("--check");
    const auto migration = arguments.take("--migration", 2);
    const std::vector<SchemaChange> changes = changes_of(arguments);
    const std::string path = arguments.next("FILE");
    const std::string other_path = arguments.next("OTHER");
    arguments.require_end();
    const Engine engine = open(path);
    auto connection = engine.connect();
    using Opened = std::remove_reference_t<decltype(connection.open())>;
    const detail::RowCounter<std::string> rows{&connection.open(), [](void* context, const TableInfo& table) {
                                                   return detail::count_rows(*static_cast<Opened*>(context), table);
                                               }};
    const SchemaPlan plan =
        detail::plan_schema(tables_of(open(other_path)), tables_of(engine), {changes.data(), changes.size()}, rows);
    if (migration) {
        out << plan.as_migration(number_of((*migration)[0]), (*migration)[1]) << '\n';
    } else {
        out << plan.to_string();
    }
    return checks && !plan.empty() ? 1 : 0;
}

int write_status(Arguments arguments, std::ostream& out) {
    const std::string what = arguments.next("\"status\"");
    if (what != "status") throw UsageError("migrations are run by the program that has them; here is: migrate status");
    const auto check = arguments.take("--check", 1);
    const std::optional<int> wanted = check ? std::optional{number_of(check->front())} : std::nullopt;
    const std::string path = arguments.next("FILE");
    arguments.require_end();
    const Engine engine = open(path);
    const auto connection = engine.connect();
    std::int64_t last = 0;
    if (connection.execute<int>("SELECT count(*) FROM sqlite_schema WHERE name = 'mica_migration'").one() == 1) {
        for (const auto& [version, name, applied_at] :
             connection
                 .execute<std::tuple<std::int64_t, std::string, std::string>>(
                     "SELECT version, name, applied_at FROM mica_migration ORDER BY version")
                 .all()) {
            out << version << '\t' << applied_at << '\t' << name << '\n';
            last = version;
        }
    }
    if (last == 0) out << "no migration\n";
    return wanted && *wanted != last ? 1 : 0;
}

int run_command(Arguments arguments, std::ostream& out) {
    if (arguments.empty()) throw UsageError("there is no command");
    if (arguments.take("--help") || arguments.take("-h")) {
        out << help;
        return 0;
    }
    const std::string command = arguments.next("command");
    if (command == "--version") {
        out << "mica " << version_string << '\n';
        return 0;
    }
    if (command == "structs") return write_structs(std::move(arguments), out);
    if (command == "diff") return write_difference(std::move(arguments), out);
    if (command == "plan") return write_plan(std::move(arguments), out);
    if (command == "migrate") return write_status(std::move(arguments), out);
    if (command == "diagram") return write_diagram(std::move(arguments), out);
    throw UsageError("there is no command \"" + command + "\"");
}

}  // namespace

int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& errors) {
    try {
        return run_command(Arguments{arguments}, out);
    } catch (const UsageError& error) {
        errors << "mica: " << error.what() << "; mica --help shows what there is\n";
    } catch (const std::exception& error) {
        errors << "mica: " << error.what() << '\n';
    }
    return 2;
}

}  // namespace mica::program
