// SPDX-License-Identifier: BSL-1.0
// All that an engine tells about what it does: lines of echo, events, traces, errors. And whether a secret is in it.
#pragma once

#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace mica::test {

/// Everything that was said since the last clear(), of all engines.
inline std::string& overheard() {
    static std::string text;
    return text;
}

inline void overhear(std::string_view said) {
    overheard() += said;
    overheard() += '\n';
}

inline void overhear(const std::exception& error) {
    overhear(error.what());
    if (const auto* const failed = dynamic_cast<const DatabaseError*>(&error)) {
        overhear(failed->brief());
        overhear(failed->sql());
    }
}

/// Runs what may throw, and overhears that. Whether it did.
template <class Action>
bool fails(Action&& action) {
    try {
        action();
    } catch (const std::exception& error) {
        overhear(error);
        return true;
    }
    return false;
}

/// Text as hexadecimal digits and in URLs, as it might be written somewhere.
inline std::vector<std::string> spellings(std::string_view secret) {
    const auto spelled = [secret](std::string_view digits, std::string_view before, bool only_odd) {
        std::string text;
        for (const char each : secret) {
            const auto byte = static_cast<unsigned char>(each);
            const bool is_plain =
                (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
            if (only_odd && is_plain) {
                text += each;
                continue;
            }
            text += before;
            text += digits[byte >> 4U];
            text += digits[byte & 15U];
        }
        return text;
    };
    std::string quoted;
    for (const char each : secret) quoted.append(each == '\'' ? 2 : 1, each);
    std::vector<std::string> all{std::string{secret}, quoted};
    for (const std::string_view digits : {"0123456789abcdef", "0123456789ABCDEF"}) {
        all.push_back(spelled(digits, "", false));
        all.push_back(spelled(digits, "%", true));
    }
    return all;
}

inline void expect_unheard(std::string_view secret) {
    for (const std::string& spelling : spellings(secret)) {
        const std::size_t at = overheard().find(spelling);
        EXPECT_EQ(at, std::string::npos) << overheard().substr(at < 300 ? 0 : at - 300, 600);
    }
}

/// Listens to an engine as long as it lives: needs EngineOptions{.echo = Echo::sql, .echo_sink = overhear_line}.
inline void overhear_line(std::string_view line) { overhear(line); }

class Listening {
public:
    explicit Listening(const Engine& engine)
        : statements_(engine.on_statement([](const StatementEvent& event) {
              overhear(event.sql);
              overhear(event.sql_with_values);
          })),
          errors_(engine.on_error([](const DatabaseError& error) { overhear(error); })) {}

private:
    ListenerToken statements_, errors_;
};

/// What the database tells of each statement that runs, where no engine listens to statements.
inline ListenerToken trace(const Engine& engine) {
    return engine.on_connect([](Connection& connection) {
        const auto tell = [](unsigned kind, void*, void* statement, void* text) {
            overhear(kind == SQLITE_TRACE_STMT ? static_cast<const char*>(text)
                                               : sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
            return 0;
        };
        sqlite3_trace_v2(connection.open().use()->handle(), SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, tell, nullptr);
    });
}

struct Secretive {
    std::int64_t id = 0;
    std::string name{};
    int number = 0;

    static constexpr auto mapping() {
        return table("secretive", unique<&Secretive::name>, check(col<&Secretive::number> < 10).name("small"));
    }
};

/// Binds a value in statements that succeed and in all that fail for one reason or another.
inline void bind_and_fail(const Engine& engine, const std::string& value) {
    engine.create_all<Secretive>();
    const Connection connection = engine.connect();
    connection.insert(Secretive{.name = value});
    connection.all(select<Secretive>().where(col<&Secretive::name> == value));
    EXPECT_TRUE(fails([&] { connection.insert(Secretive{.name = value}); }));
    EXPECT_TRUE(fails([&] { connection.insert(std::vector<Secretive>(9, {.name = value})); }));
    EXPECT_TRUE(fails([&] { connection.insert(Secretive{.name = value + "2", .number = 11}); }));
    EXPECT_TRUE(fails([&] { connection.execute("UPDATE secretive SET number = ?", value); }));
    EXPECT_TRUE(fails([&] { connection.execute("SELECT json_extract('{}', ?)", value); }));
    EXPECT_TRUE(fails([&] { connection.execute("SELECT json(?)", value); }));
    EXPECT_TRUE(fails([&] { connection.execute("SELECT abs(-9223372036854775808), ?", value); }));
    EXPECT_TRUE(fails([&] { connection.execute<std::int64_t>("SELECT ?", value).all(); }));
    EXPECT_TRUE(fails([&] { connection.execute("ATTACH ? AS other", "/no/" + value + "/x.db"); }));
    EXPECT_TRUE(fails([&] { connection.attach("/no/" + value + "/x.db", "other"); }));
    EXPECT_TRUE(fails([&] { connection.execute("DETACH ?", value); }));
    EXPECT_TRUE(fails([&] { connection.execute("SELECT * FROM secretive WHERE name LIKE 'a' ESCAPE ?", value); }));
    EXPECT_TRUE(fails([&] { connection.execute("no statement", value); }));
    EXPECT_TRUE(fails([&] { engine.write([&](Session& session) { session.add(Secretive{.name = value}); }); }));
    EXPECT_TRUE(fails([&] {
        engine.write([&](Session& session) {
            session.query<Secretive>().one()->number = 99;
            session.flush();
        });
    }));
    connection.execute(delete_from<Secretive>().where(col<&Secretive::name> == value));
}

}  // namespace mica::test
