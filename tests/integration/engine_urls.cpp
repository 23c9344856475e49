// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace integration_engine_urls {

using namespace mica;
using mica::test::caught;
namespace fs = std::filesystem;

struct Car {
    std::int64_t id = 0;
    std::string name{};
};

struct Boat {
    std::int64_t id = 0;
};

std::string bytes_of(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}
void write_file(const fs::path& path, std::string_view bytes) { std::ofstream{path, std::ios::binary} << bytes; }

struct EngineUrls : testing::Test {
    mica::test::TemporaryDirectory directory;

    std::string url(std::string_view name) const { return "sqlite:///" + directory.file(name); }

    /// Makes a database with one car.
    void fill(std::string_view name) {
        const Engine engine{url(name)};
        engine.create_all<Car>();
        engine.connect().execute(insert_into<Car>().values(Car{.name = "F8"}));
    }
    static std::vector<std::string> cars(const Engine& engine) { return engine.connect().all(select(col<&Car::name>)); }
    /// What is in the directory beside the files of WAL.
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator{directory.path()}) found.push_back(entry.path().filename());
        return found;
    }
};

TEST_F(EngineUrls, an_absolute_path_is_that_file) {
    fill("cars.db");
    EXPECT_EQ(cars(Engine{url("cars.db")}), std::vector<std::string>{"F8"});
    EXPECT_TRUE(bytes_of(directory.file("cars.db")).starts_with("SQLite format 3"));
}

TEST_F(EngineUrls, the_files_of_the_log_are_gone_when_the_last_connection_is) {
    fill("cars.db");
    EXPECT_EQ(names(), std::vector<std::string>{"cars.db"});
}

TEST_F(EngineUrls, a_relative_path_is_that_of_the_engines_making) {
    const fs::path before = fs::current_path();
    fs::current_path(directory.path());
    const Engine engine{"sqlite:///cars.db"};
    fs::create_directory("elsewhere");
    fs::current_path("elsewhere");
    engine.create_all<Car>();
    fs::current_path(before);
    EXPECT_TRUE(fs::exists(directory.file("cars.db")));
    EXPECT_FALSE(fs::exists(directory.file("elsewhere/cars.db")));
}

TEST_F(EngineUrls, a_name_is_percent_decoded_and_may_hold_anything) {
    struct Case {
        std::string_view written;
        std::string_view name;
    };
    for (const auto& [written, name] :
         {Case{"a%20car.db", "a car.db"}, Case{"100%25.db", "100%.db"}, Case{"what%3F.db", "what?.db"},
          Case{"%23 1.db", "# 1.db"}, Case{"file%3Acar.db", "file:car.db"}, Case{"ma%C3%9F.db", "maß.db"},
          Case{"'quoted\".db", "'quoted\".db"}}) {
        fill(written);
        EXPECT_TRUE(fs::exists(directory.file(name))) << written;
        EXPECT_EQ(cars(Engine{url(written)}).size(), 1U) << written;
    }
}

TEST_F(EngineUrls, an_engine_tells_its_url) {
    EXPECT_EQ((Engine{"sqlite:///cars.db?busy_timeout=5"}.url()), "sqlite:///cars.db?busy_timeout=5");
    EXPECT_EQ(Engine{"sqlite:///:memory:"}.url(), "sqlite://");
}

TEST_F(EngineUrls, a_uri_of_sqlites_own_is_handed_on) {
    fill("a car.db");
    const std::string uri = "sqlite:///file:" + directory.file("a%20car.db");
    EXPECT_EQ(cars(Engine{uri + "?mode=ro&uri=true"}).size(), 1U);
    const Engine reading{uri + "?mode=ro&uri=true"};
    EXPECT_TRUE(caught<OperationalError>([&] { reading.connect().insert(Car{.name = "F9"}); }).is_read_only());
    EXPECT_THROW(cars(Engine{uri + "?vfs=none&uri=true"}), ProgrammingError);
    EXPECT_EQ(cars(Engine{uri + "?immutable=1&uri=true"}).size(), 1U);
}

TEST_F(EngineUrls, a_named_database_in_memory_is_shared_where_its_uri_says_so) {
    const Engine first{"sqlite:///file:named?mode=memory&cache=shared&uri=true"};
    const auto held = first.connect();
    held.create_all<Car>();
    const Engine second{"sqlite:///file:named?mode=memory&cache=shared&uri=true"};
    EXPECT_EQ(second.connect().all(select<Car>()).size(), 0U);
    EXPECT_THROW((Engine{"sqlite:///file:other?mode=memory&cache=shared&uri=true"}.connect().all(select<Car>())),
                 SchemaMismatch);
}

TEST_F(EngineUrls, a_symbolic_link_leads_to_its_file) {
    fill("cars.db");
    fs::create_symlink(directory.file("cars.db"), directory.file("link.db"));
    EXPECT_EQ(cars(Engine{url("link.db")}).size(), 1U);
}

TEST_F(EngineUrls, mode_ro_reads_and_does_not_write) {
    fill("cars.db");
    const Engine engine{url("cars.db?mode=ro")};
    EXPECT_EQ(cars(engine).size(), 1U);
    const auto error =
        caught<OperationalError>([&] { engine.connect().execute(insert_into<Car>().values(Car{.name = "F9"})); });
    EXPECT_TRUE(error.is_read_only());
    EXPECT_NO_THROW(engine.create_all<Car>()) << "there is nothing to create";
    EXPECT_TRUE(caught<OperationalError>([&] { engine.create_all<Boat>(); }).is_read_only());
    EXPECT_TRUE(caught<OperationalError>([&] { engine.drop_all<Car>(); }).is_read_only());
    EXPECT_EQ(cars(engine).size(), 1U);
}

TEST_F(EngineUrls, mode_ro_makes_no_file) {
    const Engine engine{url("missing.db?mode=ro")};
    EXPECT_TRUE(caught<OperationalError>([&] { cars(engine); }).is_cannot_open());
    EXPECT_TRUE(names().empty());
}

TEST_F(EngineUrls, mode_rw_writes_and_makes_no_file) {
    const Engine missing{url("missing.db?mode=rw")};
    const auto error = caught<OperationalError>([&] { cars(missing); });
    EXPECT_TRUE(error.is_cannot_open());
    EXPECT_NE(std::string{error.what()}.find(directory.file("missing.db")), std::string::npos) << error.what();
    EXPECT_TRUE(names().empty());
    fill("cars.db");
    const Engine engine{url("cars.db?mode=rw")};
    engine.connect().execute(insert_into<Car>().values(Car{.name = "F9"}));
    EXPECT_EQ(cars(engine).size(), 2U);
}

TEST_F(EngineUrls, an_immutable_file_is_read_without_a_trace) {
    fill("cars.db");
    const std::string before = bytes_of(directory.file("cars.db"));
    EXPECT_EQ(cars(Engine{url("cars.db?immutable=1")}).size(), 1U);
    EXPECT_EQ(names(), std::vector<std::string>{"cars.db"});
    EXPECT_EQ(bytes_of(directory.file("cars.db")), before);
}

TEST_F(EngineUrls, a_missing_directory_cannot_be_opened_and_is_not_made) {
    const Engine engine{url("no/such/place/cars.db")};
    EXPECT_TRUE(caught<OperationalError>([&] { engine.create_all<Car>(); }).is_cannot_open());
    EXPECT_TRUE(names().empty());
}

TEST_F(EngineUrls, a_directory_is_no_database) {
    fs::create_directory(directory.file("folder"));
    const Engine engine{url("folder")};
    EXPECT_TRUE(caught<OperationalError>([&] { engine.create_all<Car>(); }).is_cannot_open());
    EXPECT_TRUE(fs::is_directory(directory.file("folder")));
}

TEST_F(EngineUrls, what_is_no_database_is_refused_and_stays_as_it_is) {
    const std::string text = "name,power\n" + std::string(2000, 'x');
    for (const std::string_view mode : {"", "?mode=ro", "?mode=rw"}) {
        write_file(directory.file("cars.csv"), text);
        const Engine engine{url("cars.csv") + std::string{mode}};
        const auto error = caught<OperationalError>([&] { engine.create_all<Car>(); });
        EXPECT_TRUE(error.is_not_a_database());
        EXPECT_NE(std::string{error.what()}.find("cars.csv"), std::string::npos);
        EXPECT_THROW(static_cast<void>(engine.connect()), OperationalError) << "the second time too";
        EXPECT_EQ(bytes_of(directory.file("cars.csv")), text);
        EXPECT_EQ(names(), std::vector<std::string>{"cars.csv"});
    }
}

TEST_F(EngineUrls, a_damaged_database_is_refused_and_stays_as_it_is) {
    fill("cars.db");
    std::string damaged = bytes_of(directory.file("cars.db"));
    damaged.replace(100, 1000, 1000, '\xff');
    write_file(directory.file("damaged.db"), damaged);
    const Engine engine{url("damaged.db")};
    EXPECT_TRUE(caught<OperationalError>([&] { cars(engine); }).is_corrupt());
    EXPECT_EQ(bytes_of(directory.file("damaged.db")), damaged);
}

TEST_F(EngineUrls, an_empty_file_is_an_empty_database) {
    write_file(directory.file("empty.db"), "");
    const Engine engine{url("empty.db")};
    engine.create_all<Car>();
    EXPECT_TRUE(cars(engine).empty());
}

/// The administrator may read everything: for the time of a test somebody else has to ask.
class AsNobody {
public:
    AsNobody() {
        if (was_root_ && ::seteuid(65534) != 0) throw std::runtime_error("cannot become nobody");
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;
    ~AsNobody() {
        if (was_root_ && ::seteuid(0) != 0) std::abort();
    }

private:
    bool was_root_ = ::geteuid() == 0;
};

TEST_F(EngineUrls, an_unreadable_file_cannot_be_opened_and_stays_as_it_is) {
    fill("cars.db");
    const std::string before = bytes_of(directory.file("cars.db"));
    ASSERT_EQ(::chmod(directory.path().c_str(), 0755), 0);
    ASSERT_EQ(::chmod(directory.file("cars.db").c_str(), 0), 0);
    {
        const AsNobody nobody;
        for (const std::string_view mode : {"", "?mode=ro", "?mode=rw"}) {
            const Engine engine{url("cars.db") + std::string{mode}};
            EXPECT_TRUE(caught<OperationalError>([&] { cars(engine); }).is_cannot_open()) << mode;
        }
    }
    ASSERT_EQ(::chmod(directory.file("cars.db").c_str(), 0600), 0);
    EXPECT_EQ(bytes_of(directory.file("cars.db")), before);
    EXPECT_EQ(cars(Engine{url("cars.db")}).size(), 1U);
}

TEST_F(EngineUrls, a_file_that_may_only_be_read_is_read_and_refuses_to_be_written) {
    fill("cars.db");
    ASSERT_EQ(::chmod(directory.path().c_str(), 0777), 0);
    ASSERT_EQ(::chmod(directory.file("cars.db").c_str(), 0444), 0);
    const AsNobody nobody;
    const Engine engine{url("cars.db")};
    EXPECT_EQ(cars(engine).size(), 1U);
    const auto error = caught<OperationalError>([&] { engine.connect().execute(delete_from<Car>().all_rows()); });
    EXPECT_TRUE(error.is_read_only());
}

TEST_F(EngineUrls, a_refused_url_says_what_to_write_and_repeats_no_password) {
    const auto refusal = [](std::string_view url) {
        return std::string{caught<ProgrammingError>([&] { const Engine engine{url}; }).what()};
    };
    EXPECT_NE(refusal("cars.db").find("sqlite:///cars.db"), std::string::npos);
    EXPECT_NE(refusal("sqlite://cars.db").find("three slashes"), std::string::npos);
    EXPECT_NE(refusal("postgresql://u:s3cret@h/d").find("unknown scheme 'postgresql'"), std::string::npos);
    EXPECT_EQ(refusal("postgresql://u:s3cret@h/d").find("s3cret"), std::string::npos);
    EXPECT_EQ(refusal("sqlite://u:s3cret@h/d").find("s3cret"), std::string::npos);
    EXPECT_NE(refusal("sqlite:///a?color=red").find("known keys are mode, busy_timeout, immutable"), std::string::npos);
    EXPECT_NE(refusal("sqlite:///a?mode=fast").find("ro, rw, rwc, memory"), std::string::npos);
}

}  // namespace integration_engine_urls
