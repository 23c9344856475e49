// SPDX-License-Identifier: BSL-1.0
// error: mica: a row is a storable value
#include <mica/mica.hpp>

#include <string>
#include <vector>

struct Offer {
    std::string make;
#ifdef MICA_COMPILE_FAIL
    std::vector<int> prices;
#else
    int price = 0;
#endif
};

auto use(mica::Connection& connection) { return connection.execute<Offer>("SELECT make, price FROM Car").all(); }
