// SPDX-License-Identifier: BSL-1.0
// error: mica: several foreign keys of the association lead to one entity; name both
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag;
struct PostTag;

struct Post {
    std::int64_t id = 0;
    mica::ManyToMany<Tag, PostTag> tags;
};
struct Tag {
    std::int64_t id = 0;
};
struct PostTag {
    std::int64_t id = 0;
    std::int64_t post_id = 0;
    std::int64_t tag_id = 0;
    std::int64_t former_tag_id = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::foreign_key<&PostTag::post_id, &Post::id>,
                           mica::foreign_key<&PostTag::tag_id, &Tag::id>,
                           mica::foreign_key<&PostTag::former_tag_id, &Tag::id>);
#else
        return mica::table(mica::foreign_key<&PostTag::post_id, &Post::id>,
                           mica::foreign_key<&PostTag::tag_id, &Tag::id>);
#endif
    }
};

void use(mica::Session& session) { session.add(Post{}); }
