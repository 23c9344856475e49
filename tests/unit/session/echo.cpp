// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace unit_echo {

using namespace mica;

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::int64_t maker = 0;
    static constexpr auto mapping() { return table("car", foreign_key<&Car::maker, &Maker::id>); }
};

/// What a flush shows, given what it is to write.
template <class Prepare>
std::string shown(Prepare prepare) {
    const Engine engine{"sqlite://", {.echo = Echo::sql}};
    testing::internal::CaptureStderr();
    engine.create_all<Maker, Car>();
    Session session{engine};
    prepare(session);
    session.begin();
    testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
    try {
        session.flush();
    } catch (const IntegrityError&) {
    }
    return testing::internal::GetCapturedStderr();
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(SessionEcho, shows_each_run_of_a_statement_that_stays_at_hand) {
    const std::string text = shown([](Session& session) {
        for (const char* name : {"a", "b", "c"}) session.add(Maker{.name = name});
    });
    EXPECT_EQ(count(text, "mica: INSERT INTO \"Maker\""), 3U) << text;
}

TEST(SessionEcho, shows_what_a_refused_row_makes_it_ask) {
    const std::string text = shown([](Session& session) { session.add(Car{.maker = 7}); });
    EXPECT_EQ(count(text, "mica: SELECT 1 FROM \"Maker\""), 1U) << text;
}

}  // namespace unit_echo
