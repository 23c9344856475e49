// SPDX-License-Identifier: BSL-1.0
// Tracks of a CSV file, into the tables: one session, one transaction. What is there is changed, what is new is added
// with all that it belongs to, and the keys follow by themselves.
#include <mica/mica.hpp>

#include "commands.hpp"
#include "csv.hpp"
#include "model.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <ostream>
#include <stdexcept>
#include <utility>

namespace library {

namespace {

double number(const std::string& text) {
    std::size_t end = 0;
    const double value = std::stod(text, &end);
    if (end != text.size()) throw std::invalid_argument(text);
    return value;
}

/// Knows by name what is in the tables, and what has been added to them.
class Importer {
public:
    explicit Importer(mica::Session& session) : session_(session) {
        for (auto& artist : session.query<Artist>().all()) artists_.emplace(artist->name, artist);
        for (auto& genre : session.query<Genre>().all()) genres_.emplace(genre->name, genre);
        for (auto& album : session.query<Album>().with<&Album::artist>().with<&Album::tracks>().all()) {
            albums_.emplace(std::pair{album->artist->name, album->title}, album);
        }
        media_type_ = session.query<MediaType>().order_by(mica::col<&MediaType::id>).first();
        if (!media_type_) media_type_ = session.add(MediaType{.name = "Audio file"});
    }

    void add(const std::vector<std::string>& fields) {
        const mica::Ref<Album> album = album_of(fields[0], fields[1]);
        const auto known = std::find_if(album->tracks.begin(), album->tracks.end(),
                                        [&](const mica::Ref<Track>& track) { return track->name == fields[3]; });
        mica::Ref<Track> track;
        if (known != album->tracks.end()) {
            track = *known;
            ++counted.updated;
        } else {
            track = album->tracks.add(Track{.name = fields[3], .media_type = media_type_});
            ++counted.added;
        }
        track->genre = genre_of(fields[2]);
        if (!fields[4].empty()) track->composer = fields[4];
        track->milliseconds = std::llround(number(fields[5]) * 1000);
        track->price = number(fields[6]);
    }

    Imported counted;

private:
    mica::Ref<Album> album_of(const std::string& artist, const std::string& title) {
        mica::Ref<Album>& album = albums_[{artist, title}];
        if (!album) album = session_.add(Album{.title = title, .artist = artist_of(artist)});
        return album;
    }
    mica::Ref<Artist> artist_of(const std::string& name) {
        mica::Ref<Artist>& artist = artists_[name];
        if (!artist) artist = session_.add(Artist{.name = name});
        return artist;
    }
    mica::Ref<Genre> genre_of(const std::string& name) {
        mica::Ref<Genre>& genre = genres_[name];
        if (!genre) genre = session_.add(Genre{.name = name});
        return genre;
    }

    mica::Session& session_;
    std::map<std::string, mica::Ref<Artist>> artists_;
    std::map<std::string, mica::Ref<Genre>> genres_;
    std::map<std::pair<std::string, std::string>, mica::Ref<Album>> albums_;
    mica::Ref<MediaType> media_type_;
};

}  // namespace

Imported import_csv(const mica::Engine& engine, std::istream& file, std::ostream& progress) {
    return engine.write([&](mica::Session& session) {
        Importer importer{session};
        CsvReader csv{file};
        csv.next();  // the names of the columns
        while (const auto fields = csv.next()) {
            try {
                if (fields->size() != 7) throw std::invalid_argument("seven fields");
                importer.add(*fields);
            } catch (const std::logic_error&) {  // of std::stod too
                throw std::runtime_error("record " + std::to_string(csv.line()) +
                                         " is not artist, album, genre, track, composer, seconds, price");
            }
            if (csv.line() % 100 == 0) progress << '\r' << csv.line() << " records" << std::flush;
        }
        session.flush();
        progress << '\r' << csv.line() - 1 << " records\n";
        return importer.counted;
    });
}

}  // namespace library
