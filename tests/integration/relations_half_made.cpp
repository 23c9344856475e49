// SPDX-License-Identifier: BSL-1.0
// Rows of an association that a flush has made and could not write: they go with one of their ends.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

namespace relations_half_made {

struct Tag {
    std::int64_t id = 0;
    std::string name{};
};

template <class Link>
struct Album {
    std::int64_t id = 0;
    std::string name{};
    mica::ManyToMany<Tag, Link> tags{};
    static constexpr auto mapping() { return mica::table("album", mica::unique<&Album::name>); }
};

template <class Link>
constexpr auto link_mapping() {
    return mica::table("link", mica::primary_key<&Link::album_id, &Link::tag_id>,
                       mica::foreign_key<&Link::album_id, &Album<Link>::id>,
                       mica::foreign_key<&Link::tag_id, &Tag::id>);
}

struct Plain {
    std::int64_t album_id = 0;
    std::int64_t tag_id = 0;
    static constexpr auto mapping() { return link_mapping<Plain>(); }
};

/// Has relations of its own.
struct Related {
    std::int64_t album_id = 0;
    std::int64_t tag_id = 0;
    mica::BelongsTo<Album<Related>> album{};
    mica::BelongsTo<Tag> tag{};
    static constexpr auto mapping() { return link_mapping<Related>(); }
};

template <class Link>
class RelationsHalfMade : public testing::Test {
protected:
    using LinkedAlbum = Album<Link>;

    RelationsHalfMade() {
        engine.create_all<Tag, LinkedAlbum, Link>();
        album->tags.add(tag);
        EXPECT_THROW(session.flush(), mica::IntegrityError);
        for (int i = 0; i < 5; ++i) other->tags.add(Tag{});
        other->tags.add(tag);
    }

    std::string links() {
        twin->name = "other";
        session.commit();
        return std::to_string(engine.connect().scalar(mica::select(mica::count()).template from<Link>()));
    }

    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    mica::Ref<LinkedAlbum> album = session.add(LinkedAlbum{.name = "a"});
    mica::Ref<LinkedAlbum> twin = session.add(LinkedAlbum{.name = "a"});
    mica::Ref<LinkedAlbum> other = session.add(LinkedAlbum{.name = "big"});
    mica::Ref<Tag> tag = session.add(Tag{.name = "t"});
};

using Links = testing::Types<Plain, Related>;
TYPED_TEST_SUITE(RelationsHalfMade, Links);

TYPED_TEST(RelationsHalfMade, they_go_with_a_new_object_that_is_removed) {
    this->session.remove(this->tag);
    EXPECT_EQ(this->album->tags.size(), 0U);
    EXPECT_EQ(this->links(), "5");
}

TYPED_TEST(RelationsHalfMade, they_go_with_a_new_object_that_is_detached) {
    const Tag value = this->session.detach(this->tag);
    EXPECT_EQ(value.name, "t");
    EXPECT_EQ(this->album->tags.size(), 0U);
    EXPECT_EQ(this->links(), "5");
}

TYPED_TEST(RelationsHalfMade, they_are_written_by_the_next_flush_where_nobody_goes) { EXPECT_EQ(this->links(), "7"); }

}  // namespace relations_half_made
