// SPDX-License-Identifier: BSL-1.0
// all(select<T>()): rows that SQLite hands over by itself are those that a loop would have read.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace integration_collected_rows {

struct Brittle {
    int value = 0;
    /// What decoding the value 14 does.
    static inline std::function<void()> act{};
};
struct Stone {
    std::int64_t id = 0;
    std::string name{};
    std::optional<double> weight{};
    std::vector<std::byte> data{};
};
struct Glass {
    std::int64_t id = 0;
    Brittle content{};
};

}  // namespace integration_collected_rows

template <>
struct mica::Codec<integration_collected_rows::Brittle> {
    using Value = integration_collected_rows::Brittle;
    using Storage = std::int64_t;
    static std::int64_t encode(const Value& brittle) { return brittle.value; }
    static Value decode(std::int64_t stored) {
        if (stored == 14 && Value::act) Value::act();
        if (stored == 13) throw std::runtime_error("it broke");
        return {static_cast<int>(stored)};
    }
};

namespace integration_collected_rows {
namespace {

using integration_collected_rows::Brittle;
using integration_collected_rows::Glass;
using integration_collected_rows::Stone;
using mica::col;
using mica::select;
using mica::test::caught;

struct CollectedRows : mica::test::MemoryDatabase<Stone, Glass> {
    void fill(int count) {
        std::vector<Stone> stones;
        for (int i = 0; i < count; ++i) {
            Stone stone{.name = std::string(static_cast<std::size_t>(i % 40), 'x')};
            if (i % 2 == 0) stone.weight = i / 8.0;
            stone.data.resize(static_cast<std::size_t>(i % 5), std::byte{7});
            stones.push_back(stone);
        }
        connection.insert(stones);
    }

    template <class Query>
    void expect_as_streamed(const Query& query) {
        const std::vector<Stone> read = connection.all(query);
        std::size_t at = 0;
        for (const Stone& stone : connection.execute(query)) {
            ASSERT_LT(at, read.size());
            EXPECT_EQ(read[at].id, stone.id);
            EXPECT_EQ(read[at].name, stone.name);
            EXPECT_EQ(read[at].weight, stone.weight);
            EXPECT_EQ(read[at].data, stone.data);
            ++at;
        }
        EXPECT_EQ(at, read.size());
    }
};

TEST_F(CollectedRows, are_those_of_a_loop_however_many_there_were_the_last_time) {
    for (const int more : {0, 1, 2, 50, 1000}) {
        fill(more);
        for (int run = 0; run < 3; ++run) {
            expect_as_streamed(select<Stone>());
            expect_as_streamed(select<Stone>().where(col<&Stone::weight>.is_null() && col<&Stone::id> > 3));
        }
    }
    connection.execute("DELETE FROM Stone");
    for (int run = 0; run < 3; ++run) {
        expect_as_streamed(select<Stone>());
        expect_as_streamed(select<Stone>().where(col<&Stone::weight>.is_null() && col<&Stone::id> > 3));
    }
}

TEST_F(CollectedRows, of_joined_tables_are_those_of_a_loop_those_that_an_outer_join_misses_too) {
    fill(30);
    std::vector<Glass> glasses(10);
    for (std::size_t i = 0; i < glasses.size(); ++i) glasses[i].id = static_cast<std::int64_t>(i * 2 + 1);
    connection.insert(glasses);
    const auto both = select<Stone, Glass>().join<Glass>(col<&Glass::id> == col<&Stone::id>);
    const auto all = select<Stone, Glass>().left_join<Glass>(col<&Glass::id> == col<&Stone::id> && col<&Glass::id> > 3);
    for (int run = 0; run < 2; ++run) {
        std::vector<std::int64_t> ids;
        for (const auto& [stone, glass] : connection.all(both)) {
            EXPECT_EQ(stone.id, glass.id);
            EXPECT_EQ(stone.data.size(), static_cast<std::size_t>((stone.id - 1) % 5));
            ids.push_back(stone.id);
        }
        EXPECT_EQ(ids, (std::vector<std::int64_t>{1, 3, 5, 7, 9, 11, 13, 15, 17, 19}));
        std::size_t found = 0;
        const auto rows = connection.all(all);
        for (const auto& [stone, glass] : rows) found += glass.has_value() && glass->id == stone.id ? 1U : 0U;
        EXPECT_EQ(rows.size(), 30U);
        EXPECT_EQ(found, 8U);
    }
}

TEST_F(CollectedRows, are_collected_where_that_pays_and_nobody_listens) {
    fill(10);
    connection.all(select<Stone>());
    connection.all(select<Stone>().where(col<&Stone::id> > 0));
    connection.all(select<Stone>().where(col<&Stone::id> > 0));
    std::vector<std::string> texts;
    const auto listening = engine.on_statement([&](const mica::StatementEvent& event) {
        texts.emplace_back(event.sql);
        EXPECT_EQ(event.rows, 10);
    });
    connection.all(select<Stone>());
    EXPECT_EQ(texts, (std::vector<std::string>{std::string{decltype(select<Stone>())::sql()}}));
}

TEST_F(CollectedRows, a_cell_that_does_not_fit_is_named_as_ever) {
    connection.execute("CREATE TABLE loose (id INTEGER PRIMARY KEY, name, weight, data)");
    fill(20);
    connection.execute("INSERT INTO loose SELECT * FROM Stone");
    connection.execute("UPDATE loose SET name = 5 WHERE id = 17");
    connection.execute("DROP TABLE Stone");
    connection.execute("ALTER TABLE loose RENAME TO Stone");
    const auto error = caught<mica::DataError>([&] { connection.all(select<Stone>()); });
    EXPECT_EQ(std::string{error.what()},
              "mica: column \"Stone\".\"name\" of rowid 17 holds INTEGER where its field wants TEXT [" +
                  std::string{decltype(select<Stone>())::sql()} + "]");
    connection.execute("UPDATE Stone SET name = 'five' WHERE id = 17");
    EXPECT_EQ(connection.all(select<Stone>()).size(), 20U);
}

TEST_F(CollectedRows, a_codec_that_throws_ends_the_reading) {
    std::vector<Glass> many(20);
    for (std::size_t i = 0; i < many.size(); ++i) many[i].content.value = static_cast<int>(i);
    connection.insert(many);
    EXPECT_THROW(connection.all(select<Glass>()), mica::DataError);
    connection.execute("DELETE FROM Glass WHERE content = 13");
    EXPECT_EQ(connection.all(select<Glass>()).size(), 19U);
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(CollectedRows, of_keys_leave_nothing_behind_where_they_are_read_again) {
    std::vector<Glass> many(12);
    for (std::size_t i = 0; i < many.size(); ++i) many[i].content.value = static_cast<int>(i);
    many[8].content.value = 14;
    connection.insert(many);
    Brittle::act = [&] {
        Brittle::act = {};
        connection.execute("DELETE FROM Glass WHERE id = 2");
        connection.execute("SELECT 1 FROM nowhere");
    };
    const auto read = connection.get_many<Glass>({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    EXPECT_FALSE(std::exchange(Brittle::act, {}));
    EXPECT_TRUE(read[0].has_value());
    EXPECT_FALSE(read[1].has_value());
    EXPECT_TRUE(read[9].has_value());
}

TEST_F(CollectedRows, a_table_that_is_missing_is_named) {
    connection.execute("DROP TABLE Stone");
    const auto error = caught<mica::SchemaMismatch>([&] { connection.all(select<Stone>()); });
    EXPECT_EQ(error.sql(), decltype(select<Stone>())::sql());
}

TEST_F(CollectedRows, a_function_of_the_programs_may_have_the_name) {
    fill(10);
    engine.create_function("mica_collect", [](std::int64_t, std::int64_t, std::string_view, std::optional<double>,
                                              std::optional<std::string_view>) { return 1; });
    expect_as_streamed(select<Stone>());
}

TEST_F(CollectedRows, sql_cannot_collect_them) {
    fill(3);
    EXPECT_THROW(connection.execute<std::int64_t>("SELECT mica_collect(1, id) FROM Stone").all(), mica::DatabaseError);
}

}  // namespace
}  // namespace integration_collected_rows
