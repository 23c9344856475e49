// SPDX-License-Identifier: BSL-1.0
// Everything that mica throws. Texts name statements, tables and columns, never a bound value.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/list_view.hpp>
#include <mica/core/text.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica {

/// The root of all of mica's exceptions.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What kept the database from doing something now or here, whatever its own codes for that are.
enum class ErrorKind : std::uint8_t {
    other,
    busy,
    locked,
    out_of_memory,
    read_only,
    interrupted,
    io_error,
    corrupt,
    full,
    cannot_open,
    not_a_database,
    wrong_key,
    timeout,
};

/// What the database said: what kind of failure it is, its own codes and text, and the statement it said it of.
struct Failure {
    ErrorKind kind = ErrorKind::other;  ///< set by whoever knows the database's codes
    int code = 0;                       ///< of SQLite, the primary result code; 0 where mica itself refused
    int extended_code = 0;              ///< of SQLite, the extended result code; 0 where mica itself refused
    std::string message{};
    std::string sql{};      ///< the statement's text, empty where none was involved
    int offset = -1;        ///< byte offset into `sql` of the offending token, -1 where unknown
    bool says_all = false;  ///< the message does, so that what() ends before the statement
};

/// A statement, a connection or a value was refused.
class DatabaseError : public Error {
public:
    [[gnu::cold, gnu::noinline]] MICA_DECL explicit DatabaseError(const Failure& failure);

    /// The database's own code, of SQLite one of https://www.sqlite.org/rescode.html; 0 where mica itself refused.
    int code() const noexcept { return failure_.code; }
    int extended_code() const noexcept { return failure_.extended_code; }
    /// The statement's text, empty where none was involved. Never holds a bound value.
    const std::string& sql() const noexcept { return failure_.sql; }
    /// Byte offset into `sql()` of the offending token, -1 where unknown.
    int offset() const noexcept { return failure_.offset; }
    /// All of it, to throw it again with more to say.
    const Failure& failure() const noexcept { return failure_; }
    /// A sentence for who uses the program: without SQL, without codes, and where the database names columns, with
    /// these. In English; to say it otherwise, ask kind(), columns() and the error's type.
    [[gnu::cold]] MICA_DECL virtual std::string brief() const;

private:
    Failure failure_;
};

/// Which kind of constraint has refused a change.
enum class ConstraintKind : std::uint8_t { unique, primary_key, foreign_key, not_null, check, datatype, other };

/// A constraint refused a change; the change did not happen.
class IntegrityError : public DatabaseError {
public:
    using Kind = ConstraintKind;
    // One by one: in a template g++ 12 cannot read what `using enum` brings in.
    static constexpr Kind unique = Kind::unique;
    static constexpr Kind primary_key = Kind::primary_key;
    static constexpr Kind foreign_key = Kind::foreign_key;
    static constexpr Kind not_null = Kind::not_null;
    static constexpr Kind check = Kind::check;
    static constexpr Kind datatype = Kind::datatype;
    static constexpr Kind other = Kind::other;

    [[gnu::cold, gnu::noinline]] MICA_DECL IntegrityError(const Failure& failure, ConstraintKind kind,
                                                          std::string_view table, ListView<std::string_view> columns,
                                                          std::string_view constraint = {});

    ConstraintKind kind() const noexcept { return kind_; }
    /// The table whose constraint it was, empty where the database does not say (foreign keys).
    const std::string& table() const noexcept { return table_; }
    /// The constraint's columns, of a CHECK those that it names; empty where the database does not say.
    const std::vector<std::string>& columns() const noexcept { return columns_; }
    /// The name of a CHECK, `check(…).name("…")`, its text where it has none; the name of a unique index over
    /// expressions. Empty for others, of which the database tells no name.
    const std::string& constraint() const noexcept { return constraint_; }
    [[gnu::cold]] MICA_DECL std::string brief() const override;

private:
    ConstraintKind kind_;
    std::string table_;
    std::vector<std::string> columns_;
    std::string constraint_;
};

/// The database could not do it now or here: busy, full, unreadable, not a database.
class OperationalError : public DatabaseError {
public:
    using DatabaseError::DatabaseError;

    [[gnu::cold]] MICA_DECL std::string brief() const override;
    bool is_busy() const noexcept { return failure().kind == ErrorKind::busy; }
    bool is_locked() const noexcept { return failure().kind == ErrorKind::locked; }
    bool is_out_of_memory() const noexcept { return failure().kind == ErrorKind::out_of_memory; }
    bool is_read_only() const noexcept { return failure().kind == ErrorKind::read_only; }
    bool is_interrupted() const noexcept { return failure().kind == ErrorKind::interrupted; }
    bool is_io_error() const noexcept { return failure().kind == ErrorKind::io_error; }
    bool is_corrupt() const noexcept { return failure().kind == ErrorKind::corrupt; }
    bool is_full() const noexcept { return failure().kind == ErrorKind::full; }
    bool is_cannot_open() const noexcept { return failure().kind == ErrorKind::cannot_open; }
    bool is_not_a_database() const noexcept { return failure().kind == ErrorKind::not_a_database || is_wrong_key(); }
    /// Of a library that can encrypt: the file is encrypted with another key or other parameters, is encrypted where no
    /// key was given, is not where one was, or is no database.
    bool is_wrong_key() const noexcept { return failure().kind == ErrorKind::wrong_key; }
    /// Others of the same engine held what was asked for longer than its checkout_timeout.
    bool is_timeout() const noexcept { return failure().kind == ErrorKind::timeout; }
};

/// Somebody interrupted the statement.
class InterruptedError : public OperationalError {
public:
    using OperationalError::OperationalError;
};

/// A value does not fit: out of range, of the wrong storage class, wrongly encoded, too big.
class DataError : public DatabaseError {
public:
    using DatabaseError::DatabaseError;
};

/// The program asked for something that cannot be: wrong SQL, wrong URL, wrong use.
class ProgrammingError : public DatabaseError {
public:
    using DatabaseError::DatabaseError;
};

/// The program's structs and the database's tables disagree.
class SchemaMismatch : public ProgrammingError {
public:
    using ProgrammingError::ProgrammingError;
};

/// `one()` or `scalar()` found nothing.
class NoResultFound : public Error {
public:
    using Error::Error;
};

/// `one()` found more than one row.
class MultipleResultsFound : public Error {
public:
    using Error::Error;
};

/// A tracked row is no longer what the session read: somebody else changed or removed it.
class StaleDataError : public Error {
public:
    explicit StaleDataError(const std::string& text, std::optional<std::int64_t> expected_version = {},
                            std::optional<std::int64_t> actual_version = {})
        : Error(text), expected_version_(expected_version), actual_version_(actual_version) {}

    /// The version that the session read; empty where the table has none.
    std::optional<std::int64_t> expected_version() const noexcept { return expected_version_; }
    /// The version that is there now; empty where the row is gone or its table has none.
    std::optional<std::int64_t> actual_version() const noexcept { return actual_version_; }

private:
    std::optional<std::int64_t> expected_version_;
    std::optional<std::int64_t> actual_version_;
};

/// A relation was used before it was loaded.
class NotLoaded : public Error {
public:
    using Error::Error;
};

namespace detail {

/// Throws mica's own refusal: a `Kind` with a message in parts, for the statement `sql`.
template <class Kind>
[[noreturn, gnu::cold, gnu::noinline]] void refuse(std::initializer_list<std::string_view> message,
                                                   std::string_view sql = {}) {
    Failure failure;
    append(failure.message, message);
    append(failure.sql, {sql});
    throw Kind(failure);
}

#if defined(MICA_SEPARATE_COMPILATION)
extern template void refuse<DataError>(std::initializer_list<std::string_view>, std::string_view);
extern template void refuse<OperationalError>(std::initializer_list<std::string_view>, std::string_view);
extern template void refuse<ProgrammingError>(std::initializer_list<std::string_view>, std::string_view);
#endif

/// Throws mica's own refusal of what the program did with an object of the library.
[[noreturn, gnu::cold]] MICA_DECL void throw_misuse(std::string_view reason);

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/error.ipp>
#endif
