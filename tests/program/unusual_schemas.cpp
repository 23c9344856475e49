// SPDX-License-Identifier: BSL-1.0
// What `mica structs` wrote of schemas that try to break it: it compiles, and says of what it cannot say that it does
// not.
#include <mica/mica.hpp>

#include "written_structs.hpp"
#include <mica_structs/unusual.hpp>

#include <gtest/gtest.h>

#include <string>

namespace unusual_schemas {

using written_structs::header;

TEST(UnusualSchemas, create_databases_that_give_the_same_structs_again) {
    EXPECT_EQ(written_structs::structs_of<unusual::Database>("unusual"),
              written_structs::without_comments(header("unusual.hpp")));
}

TEST(UnusualSchemas, differ_from_their_structs_in_what_comments_tell) {
    EXPECT_EQ(
        written_structs::untold<unusual::Database>(written_structs::database("unusual.sql"), header("unusual.hpp")),
        "");
}

TEST(UnusualSchemas, have_tables_that_no_struct_can_stand_for) {
    const std::string text = header("unusual.hpp");
    for (const char* const what :
         {"the table whose name is empty", "the table wide300 of 300 columns",
          "the table long_key, whose key has 9 columns",
          "the table k12b, which has no key and a column that is called rowid", "the view Order Sum"}) {
        EXPECT_NE(text.find(std::string{"// Not said here: "} + what + "\n"), text.npos) << what;
    }
}

}  // namespace unusual_schemas
