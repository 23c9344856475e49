// SPDX-License-Identifier: BSL-1.0
// What a statement given as text is given: a value that mica can store.
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};

// error: mica: a value given to SQL has a type
#ifdef FAULT_argument_that_cannot_be_stored
auto argument_that_cannot_be_stored(mica::Connection& connection) {
    return connection.execute("INSERT INTO Car (make) VALUES (?)", std::vector<int>{1});
}
#elif !defined FAULT
auto argument_that_cannot_be_stored(mica::Connection& connection) {
    return connection.execute("INSERT INTO Car (make) VALUES (?)", 1);
}
#endif

// error: mica: a value given to SQL has a type
#ifdef FAULT_argument_that_cannot_be_stored_beside_a_row
auto argument_that_cannot_be_stored_beside_a_row(mica::Connection& connection) {
    return connection.execute<int>("SELECT ?", std::vector<int>{1});
}
#elif !defined FAULT
auto argument_that_cannot_be_stored_beside_a_row(mica::Connection& connection) {
    return connection.execute<int>("SELECT ?", 1);
}
#endif

// error: mica: a value given to SQL has a type
#ifdef FAULT_argument_that_cannot_be_stored_in_a_session
auto argument_that_cannot_be_stored_in_a_session(mica::Session& session) {
    return session.execute("INSERT INTO Car (make) VALUES (?)", &session);
}
#elif !defined FAULT
auto argument_that_cannot_be_stored_in_a_session(mica::Session& session) {
    return session.execute("INSERT INTO Car (make) VALUES (?)", 1);
}
#endif

// error: mica: a value given to SQL has a type
#ifdef FAULT_unsigned_64_bit_argument
auto unsigned_64_bit_argument(mica::Connection& connection) { return connection.execute("SELECT ?", std::uint64_t{1}); }
#elif !defined FAULT
auto unsigned_64_bit_argument(mica::Connection& connection) { return connection.execute("SELECT ?", std::int64_t{1}); }
#endif
