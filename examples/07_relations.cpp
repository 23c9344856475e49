// SPDX-License-Identifier: BSL-1.0
// Relations: fields that lead to other objects. They are loaded by name, and foreign keys follow them at the flush.
#include <mica/mica.hpp>

#include <cstdio>

struct Album;
struct Track;
struct Tag;
struct AlbumTag;

struct Artist {
    std::int64_t id = 0;
    std::string name;
    mica::HasMany<Album> albums{};  // no column; Album may still be incomplete here
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    std::int64_t artist_id = 0;
    mica::BelongsTo<Artist> artist{};
    mica::HasMany<Track, mica::owned> tracks{};  // a track that is taken out is deleted
    mica::ManyToMany<Tag, AlbumTag> tags{};

    static constexpr auto mapping() {
        return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>.on_delete(mica::cascade));
    }
};

struct Track {
    std::int64_t id = 0;
    std::string name;
    std::int64_t album_id = 0;

    static constexpr auto mapping() {
        return mica::table("track", mica::foreign_key<&Track::album_id, &Album::id>.on_delete(mica::cascade));
    }
};

struct Tag {
    std::int64_t id = 0;
    std::string name;
};

// The association of albums and tags is an entity like any other.
struct AlbumTag {
    std::int64_t album_id = 0;
    std::int64_t tag_id = 0;

    static constexpr auto mapping() {
        return mica::table("album_tag", mica::primary_key<&AlbumTag::album_id, &AlbumTag::tag_id>,
                           mica::foreign_key<&AlbumTag::album_id, &Album::id>.on_delete(mica::cascade),
                           mica::foreign_key<&AlbumTag::tag_id, &Tag::id>.on_delete(mica::cascade));
    }
};

// Several keys lead to the same table: a relation names the one it means.
struct Employee {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::int64_t> reports_to{};
    std::optional<std::int64_t> mentor_id{};
    mica::BelongsTo<Employee, "reports_to"> boss{};
    mica::HasMany<Employee, "reports_to"> staff{};

    static constexpr auto mapping() {
        return mica::table(mica::foreign_key<&Employee::reports_to, &Employee::id>,
                           mica::foreign_key<&Employee::mentor_id, &Employee::id>);
    }
};

namespace {

void write(mica::Session& session) {
    mica::Ref<Artist> miles = session.add(Artist{.name = "Miles Davis"});
    mica::Ref<Album> blue = miles->albums.add(Album{.title = "Kind of Blue"});
    blue->tracks.add(Track{.name = "So What"});
    blue->tracks.add(Track{.name = "Blue in Green"});
    blue->tags.add(Tag{.name = "jazz"});
    session.commit();  // the artist first, then the album with his key, then what belongs to the album
    std::printf("artist %lld, album %lld of artist %lld\n", static_cast<long long>(miles->id),
                static_cast<long long>(blue->id), static_cast<long long>(blue->artist_id));

    mica::Ref<Album> brew = session.add(Album{.title = "Bitches Brew", .artist = miles});
    brew->tags.add(blue->tags[0]);
    session.commit();
    std::printf("%s has %zu albums\n", brew->artist->name.c_str(), miles->albums.size());
}

void read(mica::Session& session) {
    // Three SELECTs, whatever the number of artists and albums.
    auto artists = session.query<Artist>().with<&Artist::albums, &Album::tracks>().all();
    for (auto& artist : artists) {
        for (auto& album : artist->albums) {
            std::printf("%s: %s, %zu tracks\n", artist->name.c_str(), album->title.c_str(), album->tracks.size());
        }
    }

    auto albums = session.query<Album>().all();
    session.load<&Album::tags>(albums);  // the same later, for objects that are there

    session.clear();
    try {
        mica::Ref<Album> album = session.query<Album>().first();
        std::printf("%zu\n", album->tracks.size());
    } catch (const mica::NotLoaded& error) {
        std::printf("%s\n", error.what());
    }
}

void change(mica::Session& session) {
    auto blue = session.query<Album>().with<&Album::tracks>().where(mica::col<&Album::title> == "Kind of Blue").one();
    blue->tracks.remove(blue->tracks[1]);  // owned: its row is deleted at the flush
    blue->artist = Artist{.name = "Miles Davis Sextet"};
    session.commit();
    std::printf("%zu track, by %s\n", blue->tracks.size(), blue->artist->name.c_str());

    blue->tracks.add(Track{.name = "All Blues"});
    session.flush();
    session.rollback();  // rows and relations are again what they were
    std::printf("%zu track\n", blue->tracks.size());

    auto boss = session.add(Employee{.name = "Ada"});
    boss->staff.add(Employee{.name = "Bob"});
    boss->staff.add(Employee{.name = "Cy"});
    session.commit();
    std::printf("%s reports to %s\n", boss->staff[0]->name.c_str(), boss->staff[0]->boss->name.c_str());
}

}  // namespace

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Artist, Album, Track, Tag, AlbumTag, Employee>();
    mica::Session session{engine};
    write(session);
    read(session);
    change(session);
}
