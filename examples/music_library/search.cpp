// SPDX-License-Identifier: BSL-1.0
// A search in which every condition is optional, a page at a time.
#include <mica/query.hpp>

#include "commands.hpp"
#include "model.hpp"

#include <iomanip>
#include <ostream>

namespace library {

namespace {

/// What a line of the result shows: any aggregate that the columns fit.
struct Found {
    std::int64_t id = 0;
    std::string track;
    std::string artist;
    std::string album;
    std::optional<std::string> genre;
    std::int64_t milliseconds = 0;
    std::int64_t total = 0;
};

}  // namespace

void search(const mica::Engine& engine, const Search& wanted, std::ostream& out) {
    using mica::col;
    const auto query =
        mica::select(col<&Track::id>, col<&Track::name>, col<&Artist::name>, col<&Album::title>, col<&Genre::name>,
                     col<&Track::milliseconds>, mica::count().over())  // of all pages: windows see every row
            .join<Album>()
            .join<Artist>()
            .left_join<Genre>()
            .where_if(wanted.text, [](const std::string& text) { return col<&Track::name>.contains(text); })
            .where_if(wanted.artist, [](const std::string& name) { return col<&Artist::name>.contains(name); })
            .where_if(wanted.genre, [](const std::string& name) { return col<&Genre::name> == name; })
            .where_if(wanted.longer_than,
                      [](std::int64_t seconds) { return col<&Track::milliseconds> > seconds * 1000; })
            .order_by(col<&Artist::name>, col<&Album::title>, col<&Track::id>)
            .limit(wanted.page_size)
            .offset((wanted.page - 1) * wanted.page_size)
            .into<Found>();
    const std::vector<Found> page = engine.read([&](mica::Reader& reader) { return reader.all(query); });
    for (const Found& found : page) {
        const std::int64_t seconds = found.milliseconds / 1000;
        out << std::setw(6) << found.id << "  " << found.artist << ": " << found.track << " (" << found.album << ", "
            << found.genre.value_or("no genre") << ", " << seconds / 60 << ':' << std::setfill('0') << std::setw(2)
            << seconds % 60 << std::setfill(' ') << ")\n";
    }
    const std::int64_t total = page.empty() ? 0 : page.front().total;
    const std::int64_t pages = (total + wanted.page_size - 1) / wanted.page_size;
    if (page.empty()) {
        out << "nothing on page " << wanted.page << '\n';
    } else {
        out << total << " tracks, page " << wanted.page << " of " << pages << '\n';
    }
}

}  // namespace library
