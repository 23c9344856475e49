// SPDX-License-Identifier: BSL-1.0
// begin_nested(), DDL that rolls back, and the isolation levels.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>

struct Record {
    std::int64_t id = 0;
    std::string data;
    static constexpr auto mapping() { return mica::table("record", mica::unique<&Record::data>); }
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

/// with session.begin_nested(): session.merge(record)
void skip_duplicates(const mica::Engine& engine) {
    mica::Session session{engine};
    for (const char* data : {"a", "b", "a", "c"}) {
        try {
            session.nested([&] {
                session.add(Record{.data = data});
                session.flush();
            });
        } catch (const mica::IntegrityError&) {
            std::printf("skipped record %s\n", data);
        }
    }
    session.commit();
    check(session.query<Record>().count() == 3, "only the savepoint is undone, rows and objects");
}

void savepoints(const mica::Connection& connection) {
    auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    connection.insert(Record{.data = "kept"});
    {
        const auto inner = connection.begin_nested();
        connection.insert(Record{.data = "undone"});
    }  // not committed: rolled back
    outer.commit();
    transaction.commit();
    check(connection.execute<int>("SELECT count(*) FROM record").one() == 4, "three of before and one");
}

void transactional_ddl(const mica::Connection& connection) {
    auto transaction = connection.begin();
    connection.execute("ALTER TABLE record ADD COLUMN note TEXT");
    connection.execute("CREATE TABLE other (a)");
    transaction.rollback();
    check(connection.execute<int>("SELECT count(*) FROM pragma_table_list WHERE name = 'other'").one() == 0,
          "tables come and go with their transaction");
}

void isolation(const mica::Engine& engine) {
    const auto connection = engine.connect();
    connection.insert(Record{.data = "autocommit"});        // isolation_level="AUTOCOMMIT": what is in no transaction
    const auto reading = connection.begin(mica::deferred);  // SERIALIZABLE, as all of them: one state of the database
    const auto count = [&] { return connection.execute<int>("SELECT count(*) FROM record").one(); };
    const int before = count();
    engine.write([](mica::Session& session) { session.add(Record{.data = "by somebody else"}); });
    check(count() == before, "whatever others commit meanwhile");
}

int main() {
    const mica::Engine engine{"sqlite:///records.db"};
    engine.create_all<Record>();
    skip_duplicates(engine);
    savepoints(engine.connect());
    transactional_ddl(engine.connect());
    isolation(engine);
}
