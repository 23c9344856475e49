// SPDX-License-Identifier: BSL-1.0
#include "support/raw_file.hpp"
#include "threads/side.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace benchmarks {

namespace {

class Reader {
public:
    explicit Reader(const std::string& path) : connection_(path) {}

    std::int64_t read(const std::atomic<bool>& stop, Random random) {
        Row row;
        std::int64_t count = 0;
        while (!stop.load(std::memory_order_relaxed)) {
            const auto key = static_cast<std::int64_t>(random(rows_of_threads)) + 1;
            sqlite3_bind_int64(select_, 1, key);
            if (sqlite3_step(select_) != SQLITE_ROW) fail(select_);
            benchmarks::read(select_, row);
            sqlite3_reset(select_);
            if (row.id != key) throw std::runtime_error("another row");
            ++count;
        }
        return count;
    }

private:
    RawConnection connection_;
    RawStatement select_{connection_, "SELECT id, name, age, score, email FROM Row WHERE id = ?1"};
};

class RawSide : public ThreadSide {
public:
    std::int64_t read(int reader, const std::atomic<bool>& stop) override {
        return readers_.at(static_cast<std::size_t>(reader)).read(stop, Random{static_cast<std::uint64_t>(reader)});
    }
    std::int64_t write(const std::atomic<bool>& stop) override {
        Random random{99};
        std::int64_t count = 0;
        while (!stop.load(std::memory_order_relaxed)) {
            run(begin_);
            sqlite3_bind_int64(update_, 1, static_cast<std::int64_t>(random(rows_of_threads)) + 1);
            run(update_);
            run(commit_);
            ++count;
        }
        return count;
    }
    std::int64_t sum_of_ages() override { return file_.number("SELECT sum(age) FROM Row"); }

private:
    static void run(sqlite3_stmt* statement) {
        if (sqlite3_step(statement) != SQLITE_DONE) fail(statement);
        sqlite3_reset(statement);
    }

    RawFile file_{make_rows(rows_of_threads, 1)};
    RawStatement begin_{file_, "BEGIN IMMEDIATE"};
    RawStatement update_{file_, "UPDATE Row SET age = age + 1 WHERE id = ?1"};
    RawStatement commit_{file_, "COMMIT"};
    std::array<Reader, most_readers> readers_{Reader{file_.path()}, Reader{file_.path()}, Reader{file_.path()},
                                              Reader{file_.path()}};
};

}  // namespace

std::unique_ptr<ThreadSide> make_raw_side() { return std::make_unique<RawSide>(); }

}  // namespace benchmarks
