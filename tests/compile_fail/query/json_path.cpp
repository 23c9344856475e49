// SPDX-License-Identifier: BSL-1.0
// Documents of json<T> and the paths into them.
#include <mica/json.hpp>
#include <mica/mica.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

struct Author {
    std::string name;
};
struct Meta {
    Author author;
    std::vector<std::string> tags;
    std::uint64_t views = 0;
    int stars = 0;
};
struct Post {
    std::int64_t id = 0;
    mica::json<Meta> meta;
};

using mica::col;

// error: mica: path<> takes members of the struct that the column holds as JSON
#ifdef FAULT_member_of_another_struct
auto member_of_another_struct() { return mica::select(col<&Post::meta>.path<&Author::name>()); }
#elif !defined FAULT
auto member_of_another_struct() { return mica::select(col<&Post::meta>.path<&Meta::author, &Author::name>()); }
#endif

// error: mica: path<> takes members of the struct that the column holds as JSON
#ifdef FAULT_element_of_no_list
auto element_of_no_list() { return mica::select(col<&Post::meta>.path<&Meta::author, 0>()); }
#elif !defined FAULT
auto element_of_no_list() { return mica::select(col<&Post::meta>.path<&Meta::tags, 0>()); }
#endif

// error: mica: path<> takes members of the struct that the column holds as JSON
#ifdef FAULT_path_into_a_number
auto path_into_a_number() { return mica::select(col<&Post::id>.path<&Meta::tags>()); }
#elif !defined FAULT
auto path_into_a_number() { return mica::select(col<&Post::meta>.path<&Meta::tags>()); }
#endif

// error: mica: path<> ends at what is of one type in SQL
#ifdef FAULT_path_to_a_wide_number
auto path_to_a_wide_number() { return mica::select(col<&Post::meta>.path<&Meta::views>()); }
#elif !defined FAULT
auto path_to_a_wide_number() { return mica::select(col<&Post::meta>.path<&Meta::stars>()); }
#endif

// error: mica: these two operands have unrelated types and cannot be compared
#ifdef FAULT_compared_with_another_type
auto compared_with_another_type() { return mica::select<Post>().where(col<&Post::meta>.path<&Meta::stars>() == "5"); }
#elif !defined FAULT
auto compared_with_another_type() { return mica::select<Post>().where(col<&Post::meta>.path<&Meta::stars>() == 5); }
#endif

// error: mica: this type has no form in JSON
#if defined FAULT_bytes_in_a_document || !defined FAULT
namespace bytes_in_a_document {
struct File {
#ifdef FAULT
    std::vector<std::byte> content;
#else
    std::vector<int> content;
#endif
};
inline auto text() { return mica::json<File>::encode(File{}); }
}  // namespace bytes_in_a_document
#endif
