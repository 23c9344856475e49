// SPDX-License-Identifier: BSL-1.0
// Relations: fields that are no columns and lead to other objects, loaded only where a query says so.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

struct Album;
struct Track;
struct Tag;
struct TrackTag;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums{};
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist{};
    mica::HasMany<Track, mica::owned> tracks{};
    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade));
    }
};

struct Track {
    std::int64_t id = 0;
    std::string name;
    std::int64_t album_id = 0;
    mica::ManyToMany<Tag, TrackTag> tags{};
    static constexpr auto mapping() {
        return mica::table("track", mica::foreign_key<&Track::album_id, &Album::id>.on_delete(mica::cascade));
    }
};

struct Tag {
    std::int64_t id = 0;
    std::string name;
};

struct TrackTag {
    std::int64_t track_id = 0;
    std::int64_t tag_id = 0;
    static constexpr auto mapping() {
        return mica::table("track_tag", mica::primary_key<&TrackTag::track_id, &TrackTag::tag_id>,
                           mica::foreign_key<&TrackTag::track_id, &Track::id>.on_delete(mica::cascade),
                           mica::foreign_key<&TrackTag::tag_id, &Tag::id>.on_delete(mica::cascade));
    }
};

namespace {

void check(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::exit(1);
}

void write(const mica::Engine& engine) {
    mica::Session session{engine};
    mica::Ref<Artist> artist = session.add(Artist{.name = "Kraftwerk"});
    mica::Ref<Album> album = session.add(Album{.title = "Computerwelt"});
    artist->albums.add(album);
    for (const char* name : {"Nummern", "Taschenrechner"}) album->tracks.add(session.add(Track{.name = name}));
    album->tracks[0]->tags.add(session.add(Tag{.name = "electronic"}));
    session.commit();  // parents first, then what holds their keys, then the association's rows
    check(album->artist_id == artist->id, "the key follows the collection");
}

void read(const mica::Engine& engine) {
    mica::Session session{engine};
    auto albums = session.query<Album>().with<&Album::artist>().with<&Album::tracks, &Track::tags>().all();
    for (const mica::Ref<Album>& album : albums) {
        std::printf("%s: %s\n", album->artist->name.c_str(), album->title.c_str());
        for (const mica::Ref<Track>& track : album->tracks) {
            std::printf("  %s, %zu tags\n", track->name.c_str(), track->tags.size());
        }
    }
}

void load_later(const mica::Engine& engine) {
    mica::Session session{engine};
    auto artists = session.query<Artist>().all();
    try {
        static_cast<void>(artists[0]->albums.size());
    } catch (const mica::NotLoaded& error) {
        std::puts(error.what());  // Artist::albums is not loaded; add .with<&Artist::albums>() to the query, …
    }
    session.load<&Artist::albums>(artists);  // one SELECT for all of them
    check(artists[0]->albums.size() == 1, "load() loads");
}

void change(const mica::Engine& engine) {
    mica::Session session{engine};
    mica::Ref<Album> album = session.query<Album>().with<&Album::tracks>().one();
    album->tracks.remove(album->tracks[0]);  // owned: its row is deleted at the flush
    session.commit();
    check(session.query<Track>().count() == 1, "what is owned goes with its place");
}

}  // namespace

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Artist, Album, Track, Tag, TrackTag>();
    write(engine);
    read(engine);
    load_later(engine);
    change(engine);
}
