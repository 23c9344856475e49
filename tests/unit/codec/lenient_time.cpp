// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/lenient_time.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string_view>

namespace unit_codec_lenient_time {
namespace {

using mica::DecodeFlaw;
using mica::test::flaw_of;
using mica::test::read_as;
using mica::test::sent;
using mica::test::text_cell;
using namespace std::chrono;

using Seconds = mica::LenientTime<sys_seconds>;
using Milliseconds = mica::LenientTime<sys_time<milliseconds>>;

constexpr sys_seconds noon = sys_days{2024y / May / 17} + 12h;

TEST(LenientTimeCodec, reads_what_others_write) {
    for (const std::string_view text :
         {"2024-05-17 12:00:00", "2024-05-17T12:00:00Z", "2024-05-17T12:00:00+00:00", "2024-05-17 14:00+02:00",
          "2024-05-16T23:30:00.000-12:30", "2024-05-17 12:00:00.999999999Z", "2024-05-17T12:00Z"}) {
        EXPECT_EQ(read_as<Seconds>(text_cell(text)), Seconds{noon}) << text;
    }
    EXPECT_EQ(read_as<Milliseconds>(text_cell("2024-05-17T12:00:00.0019Z")), Milliseconds{noon + 1ms});
    EXPECT_EQ(read_as<Milliseconds>(text_cell("2024-05-17T12:00:00.0019999999999999Z")), Milliseconds{noon + 1ms});
    EXPECT_EQ(read_as<Milliseconds>(text_cell("1969-12-31T23:59:59.9999Z")), Milliseconds{sys_seconds{} - 1ms});
    EXPECT_EQ(read_as<mica::LenientTime<sys_days>>(text_cell("2024-05-17T01:00:00+02:00")),
              mica::LenientTime<sys_days>{sys_days{2024y / May / 16}});
}

TEST(LenientTimeCodec, is_written_as_the_time_is) {
    EXPECT_EQ(sent(Milliseconds{noon}).text, "2024-05-17 12:00:00.000");
}

TEST(LenientTimeCodec, refuses_what_is_no_time) {
    for (const std::string_view text : {"", "Z", "noon", "2024-05-17 12:00:00 UTC", "2024-05-17 12:00:00+25:00",
                                        "2024-05-17 12:00:00+0200", "2024-02-30T12:00:00Z", "2024-05-17 12:00:00ZZ"}) {
        EXPECT_EQ(flaw_of<Seconds>(text_cell(text)), DecodeFlaw::range) << text;
    }
    EXPECT_EQ(flaw_of<mica::LenientTime<sys_time<nanoseconds>>>(text_cell("9999-12-31T00:00:00Z")), DecodeFlaw::range);
}

}  // namespace
}  // namespace unit_codec_lenient_time
