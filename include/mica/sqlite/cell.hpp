// SPDX-License-Identifier: BSL-1.0
// One value of the current row, read in the storage class it has. It refuses to take a failed conversion for empty.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/value.hpp>
#include <mica/sqlite/failure.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica::sqlite {

namespace detail {

/// For TEXT, SQLite answers with no data when memory ran out (a UTF-16 database converts on reading).
[[noreturn, gnu::cold]] MICA_DECL void throw_no_text(sqlite3_value* value);

/// No data is an empty blob; but when memory runs out while SQLite expands a zeroblob, the value turns into NULL.
[[gnu::cold]] MICA_DECL Bytes empty_blob(sqlite3_value* value);

}  // namespace detail

/// A view of one value of a statement's current row; cheap to copy.
///
/// Valid, like the text and bytes it gives, until the statement is stepped, reset or finalized. Ask `storage_class()`
/// first: reading in another class lets SQLite convert silently. A cell stays in its statement's thread, which is what
/// makes reading such an unprotected value legal (https://www.sqlite.org/c3ref/column_blob.html).
class Cell {
public:
    explicit Cell(sqlite3_value* value) noexcept : value_(value) {}

    StorageClass storage_class() const noexcept {
        static_assert(SQLITE_INTEGER == int{static_cast<std::uint8_t>(StorageClass::integer)} &&
                      SQLITE_FLOAT == int{static_cast<std::uint8_t>(StorageClass::real)} &&
                      SQLITE_TEXT == int{static_cast<std::uint8_t>(StorageClass::text)} &&
                      SQLITE_BLOB == int{static_cast<std::uint8_t>(StorageClass::blob)} &&
                      SQLITE_NULL == int{static_cast<std::uint8_t>(StorageClass::null)});
        return static_cast<StorageClass>(sqlite3_value_type(value_));
    }

    std::int64_t integer() const noexcept { return sqlite3_value_int64(value_); }

    double real() const noexcept { return sqlite3_value_double(value_); }

    /// All bytes of the text, embedded NULs too; whether they are UTF-8 is not checked here.
    /// Throws OperationalError when memory ran out, DataError for NULL.
    std::string_view text() const {
        const unsigned char* const data = sqlite3_value_text(value_);
        if (data == nullptr) [[unlikely]]
            detail::throw_no_text(value_);
        return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(sqlite3_value_bytes(value_))};
    }

    /// The bytes, of an empty blob none. Throws OperationalError when memory ran out, and for NULL, which looks the
    /// same.
    Bytes blob() const {
        const void* const data = sqlite3_value_blob(value_);
        if (data == nullptr) [[unlikely]]
            return detail::empty_blob(value_);
        return {static_cast<const std::byte*>(data), static_cast<std::size_t>(sqlite3_value_bytes(value_))};
    }

private:
    sqlite3_value* value_;
};

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/cell.ipp>
#endif
