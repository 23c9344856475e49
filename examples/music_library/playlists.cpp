// SPDX-License-Identifier: BSL-1.0
// Playlists: collections that are read when they are asked for, and changed like a container.
#include <mica/session.hpp>

#include "commands.hpp"
#include "model.hpp"

#include <ostream>
#include <stdexcept>

namespace library {

namespace {

using mica::col;

mica::Ref<Playlist> playlist_of(mica::Session& session, const std::string& name) {
    return session.query<Playlist>().where(col<&Playlist::name> == name).with<&Playlist::tracks>().first();
}

mica::Ref<Track> track_of(mica::Session& session, std::int64_t id) {
    const mica::Ref<Track> track = session.get<Track>(id);
    if (!track) throw std::runtime_error("there is no track " + std::to_string(id));
    return track;
}

}  // namespace

void list_playlists(const mica::Engine& engine, std::ostream& out) {
    const auto sizes = mica::select(col<&Playlist::name>, mica::count(col<&PlaylistTrack::track_id>))
                           .left_join<PlaylistTrack>()
                           .group_by(col<&Playlist::id>)
                           .order_by(col<&Playlist::name>, col<&Playlist::id>);
    for (const auto& [name, tracks] : engine.read([&](mica::Reader& reader) { return reader.all(sizes); })) {
        out << name << ": " << tracks << (tracks == 1 ? " track\n" : " tracks\n");
    }
}

void show_playlist(const mica::Engine& engine, const std::string& name, std::ostream& out) {
    mica::Session session{engine, mica::read_only};
    const mica::Ref<Playlist> playlist = session.query<Playlist>()
                                             .where(col<&Playlist::name> == name)
                                             .with<&Playlist::tracks, &Track::album, &Album::artist>()
                                             .first();  // four SELECTs, however many tracks there are
    if (!playlist) throw std::runtime_error("there is no playlist " + name);
    for (const mica::Ref<Track>& track : playlist->tracks) {
        out << track->id << "  " << (track->album ? track->album->artist->name : "unknown") << ": " << track->name
            << '\n';
    }
}

void add_to_playlist(const mica::Engine& engine, const std::string& name, const std::vector<std::int64_t>& tracks) {
    engine.write([&](mica::Session& session) {
        mica::Ref<Playlist> playlist = playlist_of(session, name);
        if (!playlist) playlist = session.add(Playlist{.name = name});
        for (const std::int64_t id : tracks) playlist->tracks.add(track_of(session, id));
    });
}

void remove_from_playlist(const mica::Engine& engine, const std::string& name,
                          const std::vector<std::int64_t>& tracks) {
    engine.write([&](mica::Session& session) {
        const mica::Ref<Playlist> playlist = playlist_of(session, name);
        if (!playlist) throw std::runtime_error("there is no playlist " + name);
        for (const std::int64_t id : tracks) playlist->tracks.remove(track_of(session, id));
    });
}

}  // namespace library
