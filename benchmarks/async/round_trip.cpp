// SPDX-License-Identifier: BSL-1.0
// What an asynchronous operation costs beside the same call made directly: a row by its key, on a file.
// Wall time and CPU time of the whole process, of which the second is what a loaded machine tells truly.
#include <mica/asio.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

namespace asio = boost::asio;
using mica::col;

namespace {

struct Row {
    std::int64_t id = 0;
    std::string name{};
    double amount = 0;
};

constexpr int row_count = 1000;

class Stopwatch {
public:
    void print(const char* what, int operations) const {
        using Microseconds = std::chrono::duration<double, std::micro>;
        const double wall = Microseconds{std::chrono::steady_clock::now() - wall_}.count();
        const double cpu = static_cast<double>(std::clock() - cpu_) * 1e6 / CLOCKS_PER_SEC;
        std::printf("%-44s %8.2f us %8.2f us CPU\n", what, wall / operations, cpu / operations);
    }

private:
    std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
    std::clock_t cpu_ = std::clock();
};

std::int64_t key(int i) { return i % row_count + 1; }

asio::awaitable<void> ask(const mica::AsyncEngine& engine, int operations) {
    for (int i = 0; i < operations; ++i) co_await engine.get<Row>(key(i));
}

void run_coroutines(const mica::AsyncEngine& engine, int coroutines, int operations) {
    asio::io_context context{1};
    const Stopwatch stopwatch;
    for (int i = 0; i < coroutines; ++i) asio::co_spawn(context, ask(engine, operations / coroutines), asio::detached);
    context.run();
    stopwatch.print((std::to_string(coroutines) + " coroutines, one operation an await").c_str(), operations);
}

asio::awaitable<void> ask_in_blocks(const mica::AsyncEngine& engine, int operations) {
    for (int i = 0; i < operations; i += 100) {
        co_await engine.read([](mica::Reader& reader) {
            for (int j = 0; j < 100; ++j) reader.get<Row>(key(j));
        });
    }
}

/// How late a timer of 1 ms is while a query of some 200 ms runs on a worker, and how late the one that ends it.
asio::awaitable<void> race(const mica::AsyncEngine& engine) {
    using namespace asio::experimental::awaitable_operators;
    using Clock = std::chrono::steady_clock;
    const auto executor = co_await asio::this_coro::executor;
    double worst = 0;
    const auto tick = [&]() -> asio::awaitable<void> {
        for (;;) {
            const auto before = Clock::now();
            asio::steady_timer timer{executor, std::chrono::milliseconds{1}};
            co_await timer.async_wait(asio::use_awaitable);
            const double took = std::chrono::duration<double, std::milli>{Clock::now() - before}.count();
            if (took > worst) worst = took;
        }
    };
    const auto limit = [&]() -> asio::awaitable<void> {
        asio::steady_timer timer{executor, std::chrono::milliseconds{200}};
        co_await timer.async_wait(asio::use_awaitable);
    };
    const auto before = Clock::now();
    co_await (engine.execute<std::int64_t>("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                                           "SELECT count(*) FROM n") ||
              limit() || tick());
    const double took = std::chrono::duration<double, std::milli>{Clock::now() - before}.count();
    std::printf(
        "endless query, cancelled by a 200 ms timer: over after %.1f ms; a 1 ms timer meanwhile took %.1f ms at "
        "most\n",
        took, worst);
    const auto row = co_await engine.get<Row>(1);
    std::printf("and the engine reads %s\n", row ? row->name.c_str() : "nothing");
}

/// Peak of the resident memory, in kB.
long peak_memory() {
    long pages = 0;
    if (std::FILE* const file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
        std::fclose(file);
    }
    return pages * 4;
}

/// 100 000 operations at once: those that wait, and those that only try.
void fill_queue(const std::string& url) {
    const mica::AsyncEngine engine{url, {.workers = 1, .queue = 1024}};
    asio::io_context context;
    for (const bool only_tries : {true, false}) {
        std::promise<void> opened;
        auto held = engine.read([gate = opened.get_future().share()](mica::Reader&) { gate.wait(); }, asio::use_future);
        const long before = peak_memory();
        int refused = 0;
        const auto count = [&](std::exception_ptr error) { refused += error ? 1 : 0; };
        for (int i = 0; i < 100'000; ++i) {
            if (only_tries) {
                engine.try_read([](mica::Reader&) {}, asio::bind_executor(context, count));
                context.poll();
            } else {
                engine.read([](mica::Reader&) {}, asio::bind_executor(context, count));
            }
        }
        std::printf("100000 x %-8s queue of 1024: %6ld kB, %d refused\n", only_tries ? "try_read" : "read",
                    peak_memory() - before, refused);
        opened.set_value();
        held.get();
        context.run();
        context.restart();
    }
}

}  // namespace

int main(int argc, char** argv) {
    const int operations = argc > 1 ? std::stoi(argv[1]) : 64'000;
    const std::string file = (std::filesystem::temp_directory_path() / "mica_round_trip.db").string();
    std::filesystem::remove(file);
    const std::string url = "sqlite:///" + file;
    {
        const mica::Engine direct{url};
        direct.create_all<Row>();
        std::vector<Row> rows(row_count);
        for (Row& row : rows) row.name = "a name of some length";
        const mica::Connection connection = direct.connect();
        connection.insert(rows);
        const Stopwatch stopwatch;
        for (int i = 0; i < operations; ++i) connection.get<Row>(key(i));
        stopwatch.print("direct call on a connection", operations);
    }
    {
        const mica::Engine direct{url};
        const Stopwatch stopwatch;
        for (int i = 0; i < operations; ++i) direct.connect().get<Row>(key(i));
        stopwatch.print("direct call, connection leased each time", operations);
    }
    const mica::AsyncEngine engine{url};
    for (const int coroutines : {1, 4, 16, 64}) run_coroutines(engine, coroutines, operations);
    {
        asio::io_context context{1};
        const Stopwatch stopwatch;
        asio::co_spawn(context, ask_in_blocks(engine, operations), asio::detached);
        context.run();
        stopwatch.print("1 coroutine, 100 operations an await", operations);
    }
    {
        const Stopwatch stopwatch;
        for (int i = 0; i < operations / 10; ++i) engine.get<Row>(key(i), asio::use_future).get();
        stopwatch.print("use_future, one at a time", operations / 10);
    }
    asio::io_context context{1};
    asio::co_spawn(context, race(engine), asio::detached);
    context.run();
    fill_queue(url);
    std::filesystem::remove(file);
}
