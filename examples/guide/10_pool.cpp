// SPDX-License-Identifier: BSL-1.0
// QueuePool: pool_size, pool_timeout, reset on return, pool events; and sessions in threads without scoped_session.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

struct Hit {
    std::int64_t id = 0;
    int thread = 0;
};

void check(bool holds, const char* what) {
    std::printf("%s %s\n", holds ? "yes:" : "NO:", what);
    if (!holds) throw std::logic_error(what);
}

int main() {
    const mica::Engine engine{"sqlite:///hits.db", {.pool_size = 2, .checkout_timeout = 30s}};
    engine.create_all<Hit>();

    // A thread has a session of its own as long as it needs one; those who write stand in line.
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&engine, i] {
            for (int n = 0; n < 10; ++n) {
                engine.write([i](mica::Session& session) { session.add(Hit{.thread = i}); });
            }
        });
    }
    for (std::thread& each : threads) each.join();
    check(engine.connect().scalar(mica::select(mica::count()).from<Hit>()) == 80, "nothing lost, nobody was busy");
    check(engine.stats().open <= 2, "and no more connections than there may be");

    {
        const auto connection = engine.connect();
        connection.execute("PRAGMA cache_size = -500");
        const auto forgotten = connection.begin();
        connection.insert(Hit{.thread = -1});
    }  // reset on return: the transaction, temporary objects, settings
    check(engine.connect().execute<int>("PRAGMA cache_size").one() != -500, "as it was opened");
    check(engine.connect().scalar(mica::select(mica::count()).from<Hit>()) == 80, "and rolled back");

    const auto first = engine.connect();
    const auto second = engine.connect();
    try {
        const auto third = engine.connect();
    } catch (const mica::OperationalError& error) {
        std::printf("%s\n", error.what());  // this thread would wait for itself: it has all 2 connections …
    }
    check(engine.stats().in_use == 2, "pool.status()");
}
