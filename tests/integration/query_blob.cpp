// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace query_blob {

using Blob = std::vector<std::byte>;

struct File {
    std::int64_t id = 0;
    Blob data;
    std::optional<Blob> maybe;
    std::vector<std::uint8_t> octets;
    std::array<std::byte, 3> fixed{};
};

inline Blob blob(std::string_view text) {
    Blob bytes;
    for (const char character : text) bytes.push_back(static_cast<std::byte>(character));
    return bytes;
}

namespace {

using mica::col;
using mica::select;
using query_blob::Blob;
using query_blob::blob;
using query_blob::File;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&File::id>;
constexpr auto data = col<&File::data>;
constexpr auto maybe = col<&File::maybe>;

struct QueryBlob : mica::test::MemoryDatabase<File> {
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

const std::vector<Blob> blobs{blob(""), blob("this is binary"), blob("7\xE7\x9F"), blob(std::string(3, '\0')),
                              Blob(200'000, std::byte{0xFF})};

TEST_F(QueryBlob, comes_back_as_it_went) {
    for (const Blob& each : blobs) {
        std::vector<std::uint8_t> octets;
        for (const std::byte byte : each) octets.push_back(std::to_integer<std::uint8_t>(byte));
        connection.execute(mica::insert_into<File>().values(File{0, each, each, octets, {std::byte{1}}}));
        const File read = connection.one(select<File>());
        EXPECT_EQ(read.data, each);
        EXPECT_EQ(read.maybe, each);
        EXPECT_EQ(read.octets, octets);
        EXPECT_EQ(read.fixed, (std::array{std::byte{1}, std::byte{}, std::byte{}}));
        EXPECT_EQ(connection.execute(mica::delete_from<File>().where(data == each)).rows_affected(), 1);
    }
}

TEST_F(QueryBlob, is_found_by_every_kind_of_comparison) {
    for (const Blob& each : blobs) {
        connection.execute(mica::delete_from<File>().all_rows());
        Blob more = each;
        more.push_back(std::byte{});
        insert<File>({{1, each, each, {}, {}}, {2, more, std::nullopt, {}, {}}});
        EXPECT_EQ(where(data == each), Ids{1});
        EXPECT_EQ(where(data > each), Ids{2});
        EXPECT_EQ(where(data.in({each})), Ids{1});
        EXPECT_EQ(where(data.not_in({each})), Ids{2});
        EXPECT_EQ(where(maybe == each), Ids{1});
        EXPECT_EQ(where(maybe.is_distinct_from(each)), Ids{2});
    }
}

TEST_F(QueryBlob, is_not_null_when_empty) {
    insert<File>({{1, {}, Blob{}, {}, {}}, {2, {}, std::nullopt, {}, {}}});
    EXPECT_EQ(where(maybe == Blob{}), Ids{1});
    EXPECT_EQ(where(maybe.is_null()), Ids{2});
    EXPECT_EQ(connection.execute<std::string>("SELECT typeof(data) || typeof(octets) FROM File WHERE id = 1").one(),
              "blobblob");
    EXPECT_EQ(connection.execute<std::string>("SELECT typeof(?)", Blob{}).one(), "blob");
    EXPECT_EQ(connection.execute<std::string>("SELECT typeof(?)", std::vector<std::uint8_t>{}).one(), "blob");
}

TEST_F(QueryBlob, is_set) {
    insert<File>({{1, blob("before"), std::nullopt, {}, {}}});
    connection.execute(mica::update<File>().set(data = blob("after"), maybe = Blob{}).all_rows());
    EXPECT_EQ(connection.one(select(data)), blob("after"));
    EXPECT_EQ(connection.one(select(maybe)), Blob{});
}

TEST_F(QueryBlob, is_no_text) {
    insert<File>({{1, blob("a"), std::nullopt, {}, {}}});
    EXPECT_EQ(connection.execute<bool>("SELECT data = 'a' FROM File").one(), false);
    EXPECT_THROW(static_cast<void>(connection.execute<std::string>("SELECT data FROM File").one()), mica::DataError);
}

}  // namespace
}  // namespace query_blob
