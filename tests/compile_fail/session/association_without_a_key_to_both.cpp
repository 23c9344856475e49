// SPDX-License-Identifier: BSL-1.0
// error: mica: ManyToMany needs an association entity
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Track;
struct Tag;
struct TrackTag {
    std::int64_t track_id = 0;
    std::int64_t tag_id = 0;
    static constexpr auto mapping();
};
struct Tag {
    std::int64_t id = 0;
};
struct Track {
    std::int64_t id = 0;
    mica::ManyToMany<Tag, TrackTag> tags;
};
constexpr auto TrackTag::mapping() {
    return mica::table(mica::primary_key<&TrackTag::track_id, &TrackTag::tag_id>,
#ifndef MICA_COMPILE_FAIL
                       mica::foreign_key<&TrackTag::tag_id, &Tag::id>,
#endif
                       mica::foreign_key<&TrackTag::track_id, &Track::id>);
}

void use(mica::Session& session) { session.add(Track{}); }
