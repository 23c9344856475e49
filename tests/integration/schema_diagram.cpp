// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/chinook.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace integration_schema_diagram {
namespace {

std::string text_of_page(const char* name) {
    std::ifstream file{std::filesystem::path{MICA_GOLDEN_DIR}.parent_path() / "../../docs" / name};
    return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(DiagramOfASchema, is_that_of_the_tables_once_they_are_created) {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<chinook::Tables>();
    EXPECT_EQ(mica::diagram<chinook::Tables>(), mica::diagram(mica::inspect(engine.connect())));
}

TEST(DiagramOfASchema, takes_entities_too) {
    const auto text = mica::diagram<chinook::Album, chinook::Artist>();
    EXPECT_EQ(text, (mica::diagram<mica::Schema<chinook::Album, chinook::Artist>>()));
    EXPECT_LT(text.find("\"Artist\" {"), text.find("\"Album\" {"));
}

TEST(DiagramOfASchema, stands_in_the_documentation) {
    const std::string page = text_of_page("diagram.md");
    EXPECT_NE(page.find("```mermaid\n" + mica::diagram<chinook::Tables>() + "```\n"), std::string::npos)
        << mica::diagram<chinook::Tables>();
}

}  // namespace
}  // namespace integration_schema_diagram
