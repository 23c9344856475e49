// SPDX-License-Identifier: BSL-1.0
// A music library for the command line. music_library <file> <command> …; without a command it says what there is.
#include <mica/mica.hpp>

#include "commands.hpp"
#include "model.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace library {

namespace {

constexpr std::string_view usage =
    "music_library <file> import <tracks.csv>\n"
    "music_library <file> search [text=…] [artist=…] [genre=…] [longer=SECONDS] [page=N] [size=N]\n"
    "music_library <file> playlists\n"
    "music_library <file> playlist <name> [add|remove <track id>…]\n"
    "music_library <file> report\n"
    "music_library <file> backup <copy>\n";

using Arguments = std::vector<std::string>;

Search search_of(const Arguments& arguments) {
    Search wanted;
    for (const std::string& argument : arguments) {
        const std::size_t sign = argument.find('=');
        const std::string name = argument.substr(0, sign);
        const std::string value = sign == argument.npos ? "" : argument.substr(sign + 1);
        if (name == "text")
            wanted.text = value;
        else if (name == "artist")
            wanted.artist = value;
        else if (name == "genre")
            wanted.genre = value;
        else if (name == "longer")
            wanted.longer_than = std::stoll(value);
        else if (name == "page")
            wanted.page = std::max(1LL, std::stoll(value));
        else if (name == "size")
            wanted.page_size = std::max(1LL, std::stoll(value));
        else
            throw std::invalid_argument(argument);
    }
    return wanted;
}

void playlist(const mica::Engine& engine, const Arguments& arguments) {
    if (arguments.size() == 1) return show_playlist(engine, arguments[0], std::cout);
    std::vector<std::int64_t> tracks;
    for (std::size_t i = 2; i < arguments.size(); ++i) tracks.push_back(std::stoll(arguments[i]));
    if (arguments.at(1) == "add") return add_to_playlist(engine, arguments[0], tracks);
    if (arguments.at(1) == "remove") return remove_from_playlist(engine, arguments[0], tracks);
    throw std::invalid_argument(arguments[1]);
}

void run(const mica::Engine& engine, const std::string& command, const Arguments& arguments) {
    if (command == "import") {
        std::ifstream file{arguments.at(0)};
        if (!file) throw std::runtime_error("cannot read " + arguments[0]);
        const Imported imported = import_csv(engine, file, std::cerr);
        std::cout << imported.added << " tracks added, " << imported.updated << " updated\n";
    } else if (command == "search") {
        search(engine, search_of(arguments), std::cout);
    } else if (command == "playlists") {
        list_playlists(engine, std::cout);
    } else if (command == "playlist") {
        playlist(engine, arguments);
    } else if (command == "report") {
        report(engine, std::cout);
    } else if (command == "backup") {
        backup(engine, arguments.at(0), std::cerr);
    } else {
        throw std::invalid_argument(command);
    }
}

}  // namespace

void backup(const mica::Engine& engine, const std::string& target, std::ostream& progress) {
    engine.backup_to(target, {.pages_per_step = 64, .progress = [&](int done, int total) {
                                  const int filled = total == 0 ? 40 : 40 * done / total;
                                  progress << "\r[" << std::string(static_cast<std::size_t>(filled), '#')
                                           << std::string(static_cast<std::size_t>(40 - filled), ' ') << "] " << done
                                           << '/' << total << std::flush;
                              }});
    progress << '\n';
}

}  // namespace library

int main(int count, char** values) {
    try {
        const std::vector<std::string> arguments(values + 1, values + count);
        if (arguments.size() < 2) throw std::invalid_argument("no command");
        const mica::Engine engine{"sqlite:///" + arguments[0]};
        engine.create_all<library::Tables>();  // what is there stays as it is
        library::run(engine, arguments[1], {arguments.begin() + 2, arguments.end()});
        return 0;
    } catch (const std::logic_error&) {  // an argument is missing or makes no sense
        std::cerr << library::usage;
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "music_library: " << error.what() << '\n';
        return 1;
    }
}
