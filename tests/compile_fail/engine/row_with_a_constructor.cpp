// SPDX-License-Identifier: BSL-1.0
// error: mica: a row is a storable value
#include <mica/mica.hpp>

#include <string>

struct Offer {
    std::string make;
    int price = 0;
#ifdef MICA_COMPILE_FAIL
    explicit Offer(std::string name);
#endif
};

auto use(mica::Connection& connection) { return connection.execute<Offer>("SELECT make, price FROM Car").all(); }
