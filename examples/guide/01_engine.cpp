// SPDX-License-Identifier: BSL-1.0
// create_engine: the URLs of SQLAlchemy, and what is an argument there and an option here.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

using namespace std::chrono_literals;

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

int main() {
    const mica::Engine memory{"sqlite://"};              // also sqlite:///:memory:
    const mica::Engine relative{"sqlite:///garage.db"};  // three slashes: a relative path
    const std::string path = std::filesystem::absolute("garage.db").string();
    const mica::Engine absolute{"sqlite:///" + path};  // four slashes: an absolute one
    const mica::Engine reading{"sqlite:///garage.db?mode=ro"};
    const mica::Engine tuned{"sqlite:///garage.db", {.pool_size = 8, .busy_timeout = 2s, .checkout_timeout = 10s}};
    const mica::Engine echoing{"sqlite://", {.echo = mica::Echo::sql}};  // echo=True

    check(!std::filesystem::exists("garage.db"), "nothing is opened before it is needed");
    relative.connect().execute("CREATE TABLE car (make TEXT)");
    check(std::filesystem::exists("garage.db"), "now it is");
    check(absolute.connect().execute<int>("SELECT count(*) FROM car").one() == 0, "the same file");
    check(reading.connect().execute<int>("SELECT count(*) FROM car").one() == 0, "only to be read");
    check(tuned.connect().execute<int>("PRAGMA busy_timeout").one() == 2000, "as the options say");
    echoing.connect().execute("SELECT 1");

    // All threads of a program see the one database in memory of an engine: no StaticPool, no check_same_thread.
    memory.connect().execute("CREATE TABLE car (make TEXT)");
    check(memory.connect().execute<int>("SELECT count(*) FROM car").one() == 0, "one database for each engine");
}
