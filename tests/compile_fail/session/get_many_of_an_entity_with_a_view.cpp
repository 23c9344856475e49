// SPDX-License-Identifier: BSL-1.0
// error: mica: a session keeps its objects
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::string_view make;
#else
    std::string make;
#endif
};

auto use(mica::Session& session, const std::vector<int>& keys) { return session.get_many<Car>(keys).size(); }
