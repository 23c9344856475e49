// SPDX-License-Identifier: BSL-1.0
// Whatever an engine tells of its own accord, no value that was bound is in it.
#include <support/overheard.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <string>

namespace integration_bound_values_stay_secret {

constexpr const char* value = "bound v4lue";

TEST(BoundValuesStaySecret, in_echo_events_traces_and_errors) {
    mica::test::overheard().clear();
    const mica::test::TemporaryDirectory directory;
    const mica::Engine engine{"sqlite:///" + directory.file("a.db"),
                              {.echo = mica::Echo::sql, .echo_sink = mica::test::overhear_line}};
    {
        const mica::test::Listening listening{engine};
        mica::test::bind_and_fail(engine, value);
    }
    const mica::Engine traced{"sqlite:///" + directory.file("b.db")};
    {
        const auto token = mica::test::trace(traced);
        mica::test::bind_and_fail(traced, value);
    }
    EXPECT_NE(mica::test::overheard().find("INSERT INTO \"secretive\""), std::string::npos);
    EXPECT_NE(mica::test::overheard().find("UNIQUE constraint failed"), std::string::npos);
    mica::test::expect_unheard(value);
}

TEST(BoundValuesStaySecret, but_for_who_asks_for_them) {
    mica::test::overheard().clear();
    const mica::Engine engine{"sqlite://"};
    const auto token = engine.on_statement(
        [](const mica::StatementEvent& event) { mica::test::overhear(event.sql_with_values); }, mica::with_values);
    mica::test::bind_and_fail(engine, value);
    EXPECT_NE(mica::test::overheard().find(value), std::string::npos);
}

}  // namespace integration_bound_values_stay_secret
