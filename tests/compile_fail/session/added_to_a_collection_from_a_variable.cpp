// SPDX-License-Identifier: BSL-1.0
// error: mica: add\(\) takes the object over
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Album;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums;
};
struct Album {
    std::int64_t id = 0;
    std::string title;
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

void use(const mica::Ref<Artist>& artist, const Album& album) {
#ifdef MICA_COMPILE_FAIL
    artist->albums.add(album);
#else
    artist->albums.add(Album{album});
#endif
}
