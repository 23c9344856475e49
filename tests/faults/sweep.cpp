// SPDX-License-Identifier: BSL-1.0
// A program that opens, creates, writes a graph, reads, changes, rolls back and closes, with one failure at each point
// of its way in turn: nothing is lost that was acknowledged, nothing leaks, and what failed can be done again.
#include <mica/mica.hpp>

#include "faults.hpp"
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

using namespace mica;
using mica::test::FaultKind;

struct Car;
struct Owner {
    std::int64_t id = 0;
    std::string name{};
    HasMany<Car> cars{};
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::int64_t owner_id = 0;
    static constexpr auto mapping() {
        return table("car", foreign_key<&Car::owner_id, &Owner::id>, unique<&Car::name>);
    }
};

/// What the file holds after each of the program's commits. Longer than what a std::string holds in itself.
constexpr std::array<std::string_view, 6> states{
    "no tables",
    "",
    "1 the owner's name is long:1 the first car, which is red;2 the second car, in black;",
    "1 the owner's name is long:1 another name of the first car;2 the second car, in black;",
    "1 the owner's name is long:1 another name of the first car;",
    "1 the owner's name is long:1 another name of the first car;3 the last car that there is;",
};

class Program {
public:
    explicit Program(std::string url) : url_(std::move(url)) {}

    /// From where it has stopped to its end.
    void run() {
        for (; step_ < std::size(steps); ++step_) {
            const auto step = steps[step_];  // by name: g++ 12's UBSan takes another value for the index else
            (this->*step)();
        }
    }
    std::size_t acknowledged() const noexcept { return acknowledged_; }
    std::size_t step() const noexcept { return step_; }

private:
    void open() { engine_.emplace(url_); }
    void create() {
        engine_->create_all<Owner, Car>();
        acknowledged_ = 1;
    }
    void begin() { session_.emplace(*engine_); }
    void add_owner() { owner_ = session_->add(Owner{.name = "the owner's name is long"}); }
    void add_first() { first_ = session_->add(Car{.name = "the first car, which is red"}); }
    void add_second() { second_ = session_->add(Car{.name = "the second car, in black"}); }
    void link_first() { owner_->cars.add(first_); }
    void link_second() { owner_->cars.add(second_); }
    void commit() {
        session_->commit();
        ++acknowledged_;
    }
    void query() {
        const auto cars = session_->query<Car>().where(col<&Car::name> != "nothing").order_by(col<&Car::id>).all();
        if (cars.size() != 2 || !(cars[0] == first_)) std::abort();
    }
    void change() { first_->name = "another name of the first car"; }
    void remove() { session_->remove(second_); }
    void read() {
        const auto cars = engine_->read([](Reader& reader) { return reader.all(select<Car>()); });
        if (cars.size() != 2) std::abort();
    }
    void add_in_passing() { session_->add(Car{.name = "in passing, never to be seen", .owner_id = owner_->id}); }
    void flush() { session_->flush(); }
    void roll_back() { session_->rollback(); }
    void write() {
        engine_->write([&](Session& session) {
            session.add(Car{.id = 3, .name = "the last car that there is", .owner_id = owner_->id});
        });
        ++acknowledged_;
    }
    void close() {
        session_.reset();
        engine_.reset();
    }

    static constexpr void (Program::* steps[])() = {
        &Program::open,      &Program::create,         &Program::begin,      &Program::add_owner,
        &Program::add_first, &Program::add_second,     &Program::link_first, &Program::link_second,
        &Program::commit,    &Program::query,          &Program::change,     &Program::commit,
        &Program::read,      &Program::add_in_passing, &Program::flush,      &Program::roll_back,
        &Program::remove,    &Program::commit,         &Program::write,      &Program::close};

    std::string url_;
    std::optional<Engine> engine_{};
    std::optional<Session> session_{};
    Ref<Owner> owner_{};
    Ref<Car> first_{};
    Ref<Car> second_{};
    std::size_t step_ = 0;
    std::size_t acknowledged_ = 0;
};

/// What another program finds in the file; nothing where it is locked.
std::optional<std::string> content_of(const std::string& path) {
    struct Closed {
        sqlite3* handle = nullptr;
        ~Closed() { sqlite3_close(handle); }
    } database;
    std::string found;
    const auto append = [](void* into, int, char** values, char**) {
        *static_cast<std::string*>(into) += values[0] == nullptr ? "" : values[0];
        return 0;
    };
    int rc = sqlite3_open_v2(path.c_str(), &database.handle, SQLITE_OPEN_READWRITE, nullptr);
    if (rc == SQLITE_CANTOPEN) return "no tables";
    const auto ask = [&](const char* sql) {
        if (rc == SQLITE_OK) rc = sqlite3_exec(database.handle, sql, append, &found, nullptr);
    };
    ask("PRAGMA integrity_check");
    if (rc == SQLITE_OK && found != "ok") return "damaged: " + found;
    found.clear();
    ask("SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
    if (rc == SQLITE_OK && found == "0") return "no tables";
    found.clear();
    ask("SELECT id || ' ' || name || ':' FROM Owner ORDER BY id");
    ask("SELECT id || ' ' || name || ';' FROM car ORDER BY id");
    if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED) return {};
    return rc == SQLITE_OK ? found : std::string{"error: "} + sqlite3_errmsg(database.handle);
}

struct Counts {
    std::int64_t points = 0;
    std::int64_t harmless = 0;  ///< failures that nobody has noticed
};

/// One run with a failure; false where the program has ended before it.
bool run_with_failure(const std::string& path, FaultKind kind, std::int64_t point, bool is_sticky, Counts& counts) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + suffix);
    const std::int64_t blocks_before = mica::test::live_blocks();
    const sqlite3_int64 memory_before = sqlite3_memory_used();
    std::int64_t failed = 0;
    std::string trouble;
    {
        Program program{"sqlite:///" + path};
        bool was_noticed = false;
        mica::test::arm(kind, point, is_sticky);
        try {
            program.run();
        } catch (const Error&) {
            was_noticed = true;
        } catch (const std::bad_alloc&) {
            was_noticed = true;
        }
        failed = mica::test::disarm();
        const std::string where = " (step " + std::to_string(program.step()) + ")";
        if (was_noticed) {
            const auto found = content_of(path);
            const bool is_as_acknowledged = !found || *found == states[program.acknowledged()];
            const bool is_next =
                found && program.acknowledged() + 1 < states.size() && *found == states[program.acknowledged() + 1];
            if (!is_as_acknowledged && !is_next) trouble = "after the failure: " + *found + where;
            try {
                program.run();
            } catch (const std::exception& error) {
                trouble += std::string{"not usable: "} + error.what() + where;
            }
        } else if (failed != 0) {
            ++counts.harmless;
        }
        const auto found = content_of(path);
        if (trouble.empty() && found != states.back()) trouble = "in the end: " + found.value_or("locked") + where;
    }
    const std::int64_t blocks = mica::test::live_blocks() - (trouble.capacity() > 15 ? 1 : 0);
    const sqlite3_int64 memory = sqlite3_memory_used();
    const bool is_clean = trouble.empty() && blocks == blocks_before && memory == memory_before;
    EXPECT_TRUE(is_clean) << "point " << point << ": " << trouble << "; leaked are " << blocks - blocks_before
                          << " blocks and " << memory - memory_before << " bytes of SQLite";
    if (failed != 0) ++counts.points;
    return failed != 0 && (is_clean || std::getenv("MICA_TORTURE") != nullptr);
}

using Parameters = std::tuple<FaultKind, bool, bool>;

struct Sweep : testing::TestWithParam<Parameters> {};

TEST_P(Sweep, loses_nothing) {
    const auto [kind, has_wal, is_sticky] = GetParam();
    mica::test::allow_wal(has_wal);
    const mica::test::TemporaryDirectory directory;
    const std::string path = directory.file("cars.db");
    {
        Counts none;
        run_with_failure(path, kind, 1'000'000'000, false, none);  // what is kept from the first use on is there now
    }
    // In the suite the sticky sweeps are sampled.
    const bool is_whole = std::getenv("MICA_TORTURE") != nullptr;
    const std::int64_t stride = is_whole ? 1 : is_sticky ? 5 : 1;
    Counts counts;
    std::int64_t point = 1;
    while (run_with_failure(path, kind, point, is_sticky, counts)) point += stride;
    std::printf("%lld points, %lld of them harmless\n", static_cast<long long>(counts.points),
                static_cast<long long>(counts.harmless));
    EXPECT_GT(counts.points, stride == 1 ? 40 : 8);
    mica::test::allow_wal(true);
}

std::string name_of(const testing::TestParamInfo<Parameters>& parameters) {
    const auto [kind, has_wal, is_sticky] = parameters.param;
    constexpr std::array<const char*, 4> kinds{"sqlite_memory", "operator_new", "file", "disk_full"};
    return std::string{kinds[static_cast<std::size_t>(kind)]} + (has_wal ? "_wal" : "_delete") +
           (is_sticky ? "_sticky" : "_single");
}

INSTANTIATE_TEST_SUITE_P(, Sweep,
                         testing::Combine(testing::Values(FaultKind::sqlite_memory, FaultKind::operator_new,
                                                          FaultKind::file, FaultKind::disk_full),
                                          testing::Bool(), testing::Bool()),
                         name_of);

TEST(Passphrase, is_in_no_block_that_was_given_back) {
    constexpr const char* marker = "s3cret-passphrase";
    mica::test::watch_for(marker);
    {
        const Url url = parse_url("sqlite+sqlcipher://:s3cret-passphrase@/cars.db?mode=ro");
        EXPECT_EQ(url.encryption.key.text(), marker);
        const Url copy = url;
        EXPECT_THROW(Engine{"sqlite+sqlcipher://:s3cret-passphrase@/cars.db"}, ProgrammingError);
    }
    mica::test::watch_for(nullptr);
    EXPECT_FALSE(mica::test::was_found());
    mica::test::watch_for(marker);
    {
        const std::string plain{marker};
    }
    EXPECT_TRUE(mica::test::was_found()) << "the watch works";
    mica::test::watch_for(nullptr);
}

TEST(TrackedRead, that_had_no_memory_for_an_object_finds_all_the_next_time) {
    const Engine engine{"sqlite://"};
    engine.create_all<Owner, Car>();
    engine.connect().insert(std::vector<Owner>(60, Owner{.name = "an owner whose name is long"}));
    std::int64_t failed = 1;
    for (std::int64_t point = 1; failed != 0; ++point) {
        Session session{engine};
        mica::test::arm(FaultKind::operator_new, point, false);
        try {
            static_cast<void>(session.query<Owner>().all());
        } catch (const OperationalError&) {  // SQLite's, where a function of its own has failed
        } catch (const std::bad_alloc&) {
        }
        failed = mica::test::disarm();
        const auto owners = session.query<Owner>().all();
        ASSERT_EQ(owners.size(), 60U);
        for (const auto& owner : owners) ASSERT_EQ(session.get<Owner>(owner->id), owner);
    }
}

TEST(Savepoint, that_cannot_be_undone_is_not_committed_with_the_rest) {
    const Engine engine{"sqlite://"};
    engine.create_all<Owner, Car>();
    const auto connection = engine.connect();
    auto transaction = connection.begin();
    connection.insert(Owner{.name = "outer"});
    {
        const auto savepoint = connection.begin_nested();
        connection.insert(Owner{.name = "inner"});
        mica::test::arm(FaultKind::sqlite_memory, 1, true);
    }
    EXPECT_GT(mica::test::disarm(), 0);
    EXPECT_FALSE(transaction.is_active());
    EXPECT_THROW(connection.insert(Owner{.name = "behind it"}), ProgrammingError);
    EXPECT_THROW(static_cast<void>(connection.begin_nested()), ProgrammingError);
    EXPECT_THROW(transaction.commit(), ProgrammingError);
    transaction.rollback();
    EXPECT_EQ(connection.all(select<Owner>()).size(), 0U);
    connection.insert(Owner{.name = "next"});
    EXPECT_EQ(connection.all(select<Owner>()).size(), 1U);
}

TEST(Connection, that_could_not_be_cleaned_is_so_for_its_next_holder) {
    const Engine engine{"sqlite://"};
    engine.create_all<Owner, Car>();
    {
        const auto connection = engine.connect();
        const auto transaction = connection.begin();
        connection.insert(Owner{.name = "lost"});
        mica::test::arm(FaultKind::sqlite_memory, 1, true);
    }
    EXPECT_GT(mica::test::disarm(), 0);
    const auto next = engine.connect();
    EXPECT_FALSE(next.in_transaction());
    EXPECT_EQ(next.all(select<Owner>()).size(), 0U);
}

}  // namespace

int main(int count, char** arguments) {
    mica::test::install_faulty_memory();
    mica::test::install_faulty_files();
    testing::InitGoogleTest(&count, arguments);
    return RUN_ALL_TESTS();
}
