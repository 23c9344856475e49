// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace sql_update {

struct Place {
    std::string city;
    int code = 0;
};

struct Person {
    std::int64_t id = 0;
    std::string name;
    std::optional<int> age;
    std::uint8_t level = 0;
    std::uint32_t count = 0;
    float weight = 0;
    double height = 0;
    Place home;

    static constexpr auto mapping() { return mica::table("person", mica::column<&Person::name>("full name")); }
};

struct Counted {
    std::int64_t id = 0;
    int value = 0;
    int revision = 0;
    static constexpr auto mapping() { return mica::table("counted", mica::version<&Counted::revision>); }
};

namespace {

using mica::col;
using mica::DataError;
using mica::update;
using mica::test::caught;
using mica::test::Execution;
using mica::test::RecordedValues;
using sql_update::Counted;
using sql_update::Person;
using sql_update::Place;

struct SqlUpdate : mica::test::RecordedSql {
    /// The values of an UPDATE of all rows.
    template <class... Changes>
    RecordedValues set(const Changes&... changes) {
        return run(update<Person>().set(changes...).all_rows()).values;
    }
};

TEST_F(SqlUpdate, sets_columns_where_a_condition_holds) {
    const auto query = update<Person>()
                           .set(col<&Person::name> = "n", col<&Person::age> = 5)
                           .where(col<&Person::id> == 7 && col<&Person::name> != "m");
    static_assert(decltype(query)::sql() == R"(UPDATE "person" SET "full name" = ?1, "age" = ?2 )"
                                            R"(WHERE "person"."id" = ?3 AND "person"."full name" <> ?4)");
    EXPECT_EQ(run(query), (Execution{std::string{query.sql()}, {"n", 5, 7, "m"}}));
}

TEST_F(SqlUpdate, gives_the_same_text_with_the_condition_first) {
    const auto forward = update<Person>().set(col<&Person::age> = 5).where(col<&Person::id> == 7);
    const auto backward = update<Person>().where(col<&Person::id> == 7).set(col<&Person::age> = 5);
    EXPECT_EQ(run(forward), run(backward));
    EXPECT_EQ(run(backward).values, (RecordedValues{5, 7}));
}

TEST_F(SqlUpdate, combines_repeated_conditions_by_and) {
    EXPECT_EQ(
        run(update<Person>().set(col<&Person::age> = 1).where(col<&Person::id> > 2).where(col<&Person::id> < 3)).sql,
        R"(UPDATE "person" SET "age" = ?1 WHERE "person"."id" > ?2 AND "person"."id" < ?3)");
}

TEST_F(SqlUpdate, changes_every_row_on_demand) {
    EXPECT_EQ(run(update<Person>().set(col<&Person::age> = 1).all_rows()),
              (Execution{R"(UPDATE "person" SET "age" = ?1)", {1}}));
    EXPECT_EQ(run(update<Person>().all_rows().set(col<&Person::age> = 1)).sql, R"(UPDATE "person" SET "age" = ?1)");
}

TEST_F(SqlUpdate, sets_expressions_over_the_old_values) {
    EXPECT_EQ(
        run(update<Person>()
                .set(col<&Person::count> = col<&Person::count> + 1, col<&Person::name> = col<&Person::name> || "!")
                .where(col<&Person::id> == 2)),
        (Execution{R"(UPDATE "person" SET "count" = "person"."count" + ?1, "full name" = "person"."full name" || ?2 )"
                   R"(WHERE "person"."id" = ?3)",
                   {1, "!", 2}}));
    EXPECT_EQ(run(update<Person>().set(col<&Person::age> = col<&Person::level>).all_rows()).sql,
              R"(UPDATE "person" SET "age" = "person"."level")");
}

TEST_F(SqlUpdate, sets_an_optional_column_to_null) {
    EXPECT_EQ(run(update<Person>().set(col<&Person::age> = std::nullopt).all_rows()),
              (Execution{R"(UPDATE "person" SET "age" = NULL)"}));
    EXPECT_EQ(set(col<&Person::age> = std::optional<int>{}), RecordedValues{std::nullopt});
    EXPECT_EQ(set(col<&Person::age> = std::optional<int>{3}), RecordedValues{3});
}

TEST_F(SqlUpdate, sets_a_column_of_an_embedded_object) {
    EXPECT_EQ(run(update<Person>()
                      .set(col<&Person::home, &Place::city> = "c", col<&Person::home, &Place::code> = 1)
                      .all_rows()),
              (Execution{R"(UPDATE "person" SET "home_city" = ?1, "home_code" = ?2)", {"c", 1}}));
}

TEST_F(SqlUpdate, sets_the_same_column_to_another_value_with_the_same_statement) {
    const auto query = [](int age) { return update<Person>().set(col<&Person::age> = age).all_rows(); };
    run(query(1));
    recording.forget();
    EXPECT_EQ(run(query(2)).values, RecordedValues{2});
    EXPECT_TRUE(recording.prepared.empty());
}

TEST_F(SqlUpdate, owns_its_values) {
    std::string name = "before";
    const auto query = update<Person>().set(col<&Person::name> = name).all_rows();
    name = "behind";
    EXPECT_EQ(run(query).values, RecordedValues{"before"});
}

TEST_F(SqlUpdate, keeps_its_values_where_a_condition_is_added_to_a_stored_one) {
    const char* const name = "a name too long to live inside of the string object itself";
    auto query = update<Person>().set(col<&Person::name> = name);
    EXPECT_EQ(run(query.where(col<&Person::id> == 1)).values, (RecordedValues{name, 1}));
    EXPECT_EQ(run(query.where(col<&Person::id> == 2)).values, (RecordedValues{name, 2}));
    EXPECT_EQ(run(std::move(query).where(col<&Person::id> == 3)).values, (RecordedValues{name, 3}));
}

TEST_F(SqlUpdate, refuses_an_integer_that_the_field_cannot_hold) {
    EXPECT_EQ(set(col<&Person::level> = 255, col<&Person::count> = 4294967295U),
              (RecordedValues{255, INT64_C(4294967295)}));
    EXPECT_THROW(static_cast<void>(col<&Person::level> = 256), DataError);
    EXPECT_THROW(static_cast<void>(col<&Person::level> = -1), DataError);
    EXPECT_THROW(static_cast<void>(col<&Person::count> = INT64_C(4294967296)), DataError);
    EXPECT_THROW(static_cast<void>(col<&Person::age> = INT64_C(2147483648)), DataError);
}

TEST_F(SqlUpdate, refuses_a_negative_integer_of_a_narrower_type_too) {
    EXPECT_THROW(static_cast<void>(col<&Person::count> = std::int8_t{-1}), DataError);
    EXPECT_THROW(static_cast<void>(col<&Person::count> = short{-1}), DataError);
}

TEST_F(SqlUpdate, refuses_an_integer_inside_an_optional_that_the_field_cannot_hold) {
    EXPECT_THROW(static_cast<void>(col<&Person::age> = std::optional<std::int64_t>{INT64_MAX}), DataError);
    EXPECT_EQ(set(col<&Person::age> = std::optional<std::int64_t>{3}), RecordedValues{3});
}

TEST_F(SqlUpdate, gives_a_float_column_what_a_float_can_hold) {
    EXPECT_EQ(set(col<&Person::weight> = 0.1), RecordedValues{static_cast<double>(0.1F)});
    EXPECT_EQ(set(col<&Person::weight> = 0.1F), RecordedValues{static_cast<double>(0.1F)});
    EXPECT_EQ(set(col<&Person::height> = 0.1), RecordedValues{0.1});
    EXPECT_THROW(static_cast<void>(col<&Person::weight> = 1e300), DataError);
}

TEST_F(SqlUpdate, steps_the_version_of_a_versioned_entity) {
    EXPECT_EQ(run(update<Counted>().set(col<&Counted::value> = 1).where(col<&Counted::id> == 2)),
              (Execution{R"(UPDATE "counted" SET "value" = ?1, "revision" = "revision" + 1 WHERE "counted"."id" = ?2)",
                         {1, 2}}));
    EXPECT_EQ(run(update<Counted>().set(col<&Counted::revision> = 9).all_rows()),
              (Execution{R"(UPDATE "counted" SET "revision" = ?1)", {9}}));
}

TEST_F(SqlUpdate, reports_the_number_of_rows) {
    recording.answer("UPDATE", {.changes = 12});
    EXPECT_EQ(connection.execute(update<Person>().set(col<&Person::age> = 1).all_rows()).rows_affected(), 12);
}

}  // namespace
}  // namespace sql_update
