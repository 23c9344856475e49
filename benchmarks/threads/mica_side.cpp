// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include "support/row.hpp"
#include "support/temporary_directory.hpp"
#include "threads/side.hpp"

#include <stdexcept>

namespace benchmarks {

namespace {

using mica::col;

class MicaSide : public ThreadSide {
public:
    MicaSide() {
        engine_.create_all<Row>();
        engine_.connect().insert(make_rows(rows_of_threads, 1));
    }

    std::int64_t read(int reader, const std::atomic<bool>& stop) override {
        const mica::Connection connection = engine_.connect();
        Random random{static_cast<std::uint64_t>(reader)};
        std::int64_t count = 0;
        while (!stop.load(std::memory_order_relaxed)) {
            const auto key = static_cast<std::int64_t>(random(rows_of_threads)) + 1;
            const auto row = connection.first(mica::select<Row>().where(col<&Row::id> == key));
            if (row.value().id != key) throw std::runtime_error("another row");
            ++count;
        }
        return count;
    }
    std::int64_t write(const std::atomic<bool>& stop) override {
        const mica::Connection connection = engine_.connect();
        Random random{99};
        std::int64_t count = 0;
        while (!stop.load(std::memory_order_relaxed)) {
            const auto key = static_cast<std::int64_t>(random(rows_of_threads)) + 1;
            auto transaction = connection.begin();
            connection.execute(
                mica::update<Row>().set(col<&Row::age> = col<&Row::age> + 1).where(col<&Row::id> == key));
            transaction.commit();
            ++count;
        }
        return count;
    }
    std::int64_t sum_of_ages() override {
        return engine_.connect().execute<std::int64_t>("SELECT sum(age) FROM Row").one();
    }

private:
    TemporaryDirectory directory_;
    mica::Engine engine_{"sqlite:///" + directory_.file("rows.db")};
};

}  // namespace

std::unique_ptr<ThreadSide> make_mica_side() { return std::make_unique<MicaSide>(); }

}  // namespace benchmarks
