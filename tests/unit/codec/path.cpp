// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/path.hpp>
#include <mica/codec/text.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace unit_codec_path {
namespace {

using mica::DecodeFlaw;
using mica::Lifetime;
using mica::StorageClass;
using mica::test::blob_cell;
using mica::test::flaw_of;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::round_trip;
using mica::test::sent;
using mica::test::text_cell;
using std::filesystem::path;

static_assert(mica::storage_class_of<path> == StorageClass::text);
static_assert(mica::storage_class_of<std::optional<path>> == StorageClass::text);
static_assert(!mica::PathLike<std::string> && !mica::PathLike<std::string_view>);

TEST(PathCodec, is_stored_as_it_is_written) {
    for (const std::string_view text :
         {"/usr/lib", "relative/file.txt", "../up/./here//twice/", "with space/測試", "."}) {
        EXPECT_EQ(sent(path{text}).text, text);
        EXPECT_EQ(round_trip(path{text}).native(), text);
    }
}

TEST(PathCodec, an_empty_path_is_not_null) {
    EXPECT_EQ(sent(path{}).storage, StorageClass::text);
    EXPECT_EQ(read_as<path>(text_cell("")), path{});
}

TEST(PathCodec, is_as_strict_as_text) {
    EXPECT_EQ(flaw_of<path>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<path>(blob_cell({})), DecodeFlaw::storage_class);
    EXPECT_EQ(read_as<std::optional<path>>(null_cell()), std::nullopt);
    EXPECT_EQ(round_trip(std::optional{path{"/tmp"}}), path{"/tmp"});
}

TEST(PathCodec, sends_a_view_of_the_paths_own_text) {
    const path file{"/a/path/that/is/long/enough/to/live/on/the/heap"};
    EXPECT_EQ(sent(file, Lifetime::borrowed).data, file.native().data());
    EXPECT_EQ(sent(file, Lifetime::borrowed).lifetime, Lifetime::borrowed);
}

}  // namespace
}  // namespace unit_codec_path
