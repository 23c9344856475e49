// SPDX-License-Identifier: BSL-1.0
// The structs that `mica structs` wrote when this was built: databases that they create give the same structs again.
#include <mica/mica.hpp>
#include <mica/structs.hpp>

#include <mica_structs/chinook.hpp>
#include <mica_structs/odd.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace structs_fixed_point {

template <class Schema>
std::string structs_of(const char* name_space) {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Schema>();
    return mica::program::structs_text(mica::inspect(engine.connect()), name_space);
}

std::string written(const std::string& name) {
    std::ifstream file{MICA_STRUCTS_DIR "/" + name};
    return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(StructsFixedPoint, of_chinook) {
    EXPECT_EQ(structs_of<chinook_structs::Database>("chinook_structs"), written("chinook.hpp"));
}

TEST(StructsFixedPoint, of_odd_names_and_all_that_a_table_can_say) {
    EXPECT_EQ(structs_of<odd::Database>("odd"), written("odd.hpp"));
    EXPECT_EQ(written("odd.hpp").find("Not said here"), std::string::npos) << written("odd.hpp");
}

TEST(StructsFixedPoint, the_structs_read_the_rows_that_are_there) {
    const mica::Engine engine{"sqlite:///" MICA_SHARED_DIR "/data/chinook.sqlite?mode=ro"};
    const auto connection = engine.connect();
    EXPECT_EQ(connection.all(mica::select<chinook_structs::Track>()).size(), 3503U);
    EXPECT_EQ(connection.all(mica::select<chinook_structs::Employee>()).size(), 8U);
    EXPECT_EQ(connection.all(mica::select<chinook_structs::InvoiceLine>()).size(), 2240U);
}

}  // namespace structs_fixed_point
