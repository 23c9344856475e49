// SPDX-License-Identifier: BSL-1.0
#include <mica/core/error.hpp>

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace {

using mica::ConstraintKind;
using mica::DatabaseError;
using mica::DataError;
using mica::Error;
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

/// The primary result codes of https://www.sqlite.org/rescode.html, and which question each answers with yes.
TEST(OperationalError, answers_one_question_for_each_code) {
    const auto answers = [](int code) {
        const OperationalError error{sample(code)};
        return (error.is_busy() ? 1 : 0) + (error.is_locked() ? 1 : 0) + (error.is_out_of_memory() ? 1 : 0) +
               (error.is_read_only() ? 1 : 0) + (error.is_interrupted() ? 1 : 0) + (error.is_io_error() ? 1 : 0) +
               (error.is_corrupt() ? 1 : 0) + (error.is_full() ? 1 : 0) + (error.is_cannot_open() ? 1 : 0) +
               (error.is_not_a_database() ? 1 : 0);
    };
    for (const int code : {5, 6, 7, 8, 9, 10, 11, 13, 14, 26}) EXPECT_EQ(answers(code), 1) << code;
    for (const int code : {0, 1, 12, 19, 261}) EXPECT_EQ(answers(code), 0) << code;
    EXPECT_TRUE(OperationalError{sample(5)}.is_busy());
    EXPECT_TRUE(OperationalError{sample(6)}.is_locked());
    EXPECT_TRUE(OperationalError{sample(7)}.is_out_of_memory());
    EXPECT_TRUE(OperationalError{sample(8)}.is_read_only());
    EXPECT_TRUE(InterruptedError{sample(9)}.is_interrupted());
    EXPECT_TRUE(OperationalError{sample(10)}.is_io_error());
    EXPECT_TRUE(OperationalError{sample(11)}.is_corrupt());
    EXPECT_TRUE(OperationalError{sample(13)}.is_full());
    EXPECT_TRUE(OperationalError{sample(14)}.is_cannot_open());
    EXPECT_TRUE(OperationalError{sample(26)}.is_not_a_database());
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
