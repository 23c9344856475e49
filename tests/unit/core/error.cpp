// SPDX-License-Identifier: BSL-1.0
#include <mica/core/error.hpp>

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace unit_core_error {
namespace {

using mica::ConstraintKind;
using mica::DatabaseError;
using mica::DataError;
using mica::Error;
using mica::ErrorKind;
using mica::Failure;
using mica::IntegrityError;
using mica::InterruptedError;
using mica::MultipleResultsFound;
using mica::NoResultFound;
using mica::NotLoaded;
using mica::OperationalError;
using mica::ProgrammingError;
using mica::SchemaMismatch;
using mica::StaleDataError;

template <class Derived, class Base>
constexpr bool is_a = std::is_convertible_v<Derived*, Base*>;  // a private base would not do

static_assert(is_a<Error, std::runtime_error>);
static_assert(is_a<DatabaseError, Error>);
static_assert(is_a<IntegrityError, DatabaseError> && is_a<OperationalError, DatabaseError>);
static_assert(is_a<DataError, DatabaseError> && is_a<ProgrammingError, DatabaseError>);
static_assert(is_a<InterruptedError, OperationalError> && is_a<SchemaMismatch, ProgrammingError>);
static_assert(is_a<NoResultFound, Error> && is_a<MultipleResultsFound, Error>);
static_assert(is_a<StaleDataError, Error> && is_a<NotLoaded, Error>);
static_assert(!is_a<NoResultFound, DatabaseError> && !is_a<StaleDataError, DatabaseError>);

static_assert(std::is_nothrow_move_constructible_v<DatabaseError>);

Failure sample(int code = 1) {
    return {.code = code, .extended_code = code + 256, .message = "no such table: car", .sql = "SELECT 1", .offset = 7};
}

TEST(Error, every_one_is_caught_as_a_standard_exception) {
    EXPECT_THROW(throw NotLoaded("x"), std::exception);
    EXPECT_THROW(throw DataError(sample()), std::runtime_error);
    EXPECT_THROW(throw IntegrityError(sample(), ConstraintKind::check, "", {}), Error);
}

TEST(DatabaseError, tells_what_the_database_said) {
    const DatabaseError error{sample()};
    EXPECT_EQ(error.code(), 1);
    EXPECT_EQ(error.extended_code(), 257);
    EXPECT_EQ(error.sql(), "SELECT 1");
    EXPECT_EQ(error.offset(), 7);
    EXPECT_EQ(std::string_view{error.what()}, "no such table: car [SELECT 1]");
}

TEST(DatabaseError, shows_no_brackets_without_a_statement) {
    const DatabaseError error{Failure{.message = "refused"}};
    EXPECT_EQ(std::string_view{error.what()}, "refused");
    EXPECT_EQ(error.code(), 0);
    EXPECT_EQ(error.extended_code(), 0);
    EXPECT_EQ(error.sql(), "");
    EXPECT_EQ(error.offset(), -1);
}

TEST(DatabaseError, ends_before_the_statement_where_the_message_says_all) {
    Failure failure = sample();
    failure.says_all = true;
    EXPECT_STREQ(DatabaseError{failure}.what(), "no such table: car");
    EXPECT_EQ(DatabaseError{failure}.sql(), "SELECT 1");
}

TEST(DatabaseError, is_brief_without_the_statement) {
    EXPECT_EQ(DatabaseError{sample()}.brief(), "no such table: car");
}

std::string brief(ConstraintKind kind, std::vector<std::string_view> columns, std::string_view constraint = {}) {
    return IntegrityError{sample(19), kind, "car", {columns.data(), columns.size()}, constraint}.brief();
}

/// A template, in which g++ 12 does not know all that names an enumerator.
template <class Refused>
constexpr bool is_one_of_two(const Refused& error) {
    switch (error.kind()) {
        case mica::IntegrityError::unique: return true;
        default: return error.kind() == mica::IntegrityError::check;
    }
}

TEST(IntegrityError, has_kinds_that_templates_can_name) {
    const auto caught = [](auto kind) {
        try {
            throw IntegrityError(sample(19), kind, "car", {});
        } catch (const IntegrityError& error) {
            return is_one_of_two(error) && error.kind() != mica::IntegrityError::not_null;
        }
    };
    EXPECT_TRUE(caught(IntegrityError::unique));
    EXPECT_FALSE(caught(IntegrityError::foreign_key));
}

TEST(IntegrityError, is_brief_in_the_words_of_who_uses_the_program) {
    using enum ConstraintKind;
    EXPECT_EQ(brief(unique, {"name"}), "There is already one with this name");
    EXPECT_EQ(brief(primary_key, {"a", "b", "c"}), "There is already one with this a, b and c");
    EXPECT_EQ(brief(unique, {}), "This is there already");
    EXPECT_EQ(brief(not_null, {"name"}), "name is missing");
    EXPECT_EQ(brief(not_null, {}), "A value is missing");
    EXPECT_EQ(brief(foreign_key, {"owner_id"}), "What owner_id refers to is not there");
    EXPECT_EQ(brief(foreign_key, {"a", "b"}), "What a and b refer to is not there");
    EXPECT_EQ(brief(foreign_key, {}), "This refers to something that is not there, or others still refer to it");
    EXPECT_EQ(brief(check, {"price"}, "positive"), "The value of price is not allowed");
    EXPECT_EQ(brief(check, {}, "positive"), "This is not allowed: positive");
    EXPECT_EQ(brief(datatype, {"year"}), "The value of year is of the wrong kind");
    EXPECT_EQ(brief(datatype, {}), "The value of a field is of the wrong kind");
    EXPECT_EQ(brief(other, {}), "no such table: car");
}

TEST(IntegrityError, is_brief_also_where_it_is_caught_as_its_base) {
    try {
        throw IntegrityError(sample(19), ConstraintKind::not_null, "car", {});
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.brief(), "A value is missing");
    }
}

TEST(OperationalError, is_brief_for_each_kind) {
    const auto brief = [](ErrorKind kind) { return OperationalError{Failure{.kind = kind, .message = "x"}}.brief(); };
    EXPECT_EQ(brief(ErrorKind::busy), "The database is in use by others; please try again");
    EXPECT_EQ(brief(ErrorKind::locked), brief(ErrorKind::busy));
    EXPECT_EQ(brief(ErrorKind::full), "There is no space left");
    EXPECT_EQ(brief(ErrorKind::read_only), "The database can only be read");
    EXPECT_EQ(brief(ErrorKind::not_a_database), "The file is not a database");
    EXPECT_EQ(brief(ErrorKind::other), "x");
}

TEST(IntegrityError, tells_the_constraint_its_table_and_columns) {
    constexpr std::array<std::string_view, 2> columns{"make", "model"};
    const IntegrityError error{sample(19), ConstraintKind::unique, "car", columns};
    EXPECT_EQ(error.kind(), IntegrityError::unique);
    EXPECT_EQ(error.table(), "car");
    ASSERT_EQ(error.columns().size(), 2U);
    EXPECT_EQ(error.columns()[0], "make");
    EXPECT_EQ(error.columns()[1], "model");
    EXPECT_EQ(error.code(), 19);
}

TEST(IntegrityError, names_its_kinds_in_its_own_scope) {
    static_assert(IntegrityError::Kind::primary_key == IntegrityError::primary_key);
    static_assert(IntegrityError::foreign_key == ConstraintKind::foreign_key);
    static_assert(IntegrityError::not_null == ConstraintKind::not_null);
    static_assert(IntegrityError::check == ConstraintKind::check);
    static_assert(IntegrityError::datatype == ConstraintKind::datatype);
    EXPECT_NE(IntegrityError::unique, IntegrityError::primary_key);
}

TEST(OperationalError, answers_one_question_for_each_kind) {
    const auto answers = [](ErrorKind kind) {
        const OperationalError error{Failure{.kind = kind}};
        return (error.is_busy() ? 1 : 0) + (error.is_locked() ? 1 : 0) + (error.is_out_of_memory() ? 1 : 0) +
               (error.is_read_only() ? 1 : 0) + (error.is_interrupted() ? 1 : 0) + (error.is_io_error() ? 1 : 0) +
               (error.is_corrupt() ? 1 : 0) + (error.is_full() ? 1 : 0) + (error.is_cannot_open() ? 1 : 0) +
               (error.is_not_a_database() ? 1 : 0);
    };
    for (auto kind = ErrorKind::busy; kind <= ErrorKind::not_a_database; kind = ErrorKind(static_cast<int>(kind) + 1)) {
        EXPECT_EQ(answers(kind), 1) << static_cast<int>(kind);
    }
    EXPECT_EQ(answers(ErrorKind::other), 0);
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::busy}}.is_busy());
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::locked}}.is_locked());
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::out_of_memory}}.is_out_of_memory());
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::read_only}}.is_read_only());
    EXPECT_TRUE(InterruptedError{Failure{.kind = ErrorKind::interrupted}}.is_interrupted());
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::io_error}}.is_io_error());
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::corrupt}}.is_corrupt());
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::full}}.is_full());
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::cannot_open}}.is_cannot_open());
    EXPECT_TRUE(OperationalError{Failure{.kind = ErrorKind::not_a_database}}.is_not_a_database());
}

TEST(OperationalError, asks_the_kind_and_no_code_of_one_database) {
    EXPECT_FALSE(OperationalError{sample(5)}.is_busy());
}

TEST(DatabaseError, a_copy_says_the_same) {
    constexpr std::array<std::string_view, 1> columns{"make"};
    const IntegrityError original{sample(19), ConstraintKind::not_null, "car", columns};
    const IntegrityError copy = original;  // NOLINT(performance-unnecessary-copy-initialization)
    EXPECT_EQ(std::string_view{copy.what()}, original.what());
    EXPECT_EQ(copy.sql(), original.sql());
    EXPECT_EQ(copy.columns(), original.columns());
}

}  // namespace
}  // namespace unit_core_error
