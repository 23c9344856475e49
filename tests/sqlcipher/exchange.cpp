// SPDX-License-Identifier: BSL-1.0
// exchange <write|read> <url> [hexadecimal raw key]: mica's side of a file that another program reads or has written.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

using mica::col;
using mica::select;

struct Note {
    std::int64_t id = 0;
    std::string text;
};

std::string bytes_of(std::string_view digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string{digits.substr(i, 2)}, nullptr, 16));
    return bytes;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    try {
        mica::EngineOptions options;
        if (argc > 3) options.key = mica::RawKey{bytes_of(argv[3])};
        const mica::Engine engine{argv[2], options};
        if (std::string_view{argv[1]} == "write") {
            engine.create_all<Note>();
            engine.write([](mica::Session& session) {
                for (int i = 0; i < 300; ++i) session.add(Note{.text = "mica " + std::string(50, 'x')});
            });
        }
        for (const Note& note : engine.connect().all(select<Note>().order_by(col<&Note::id>)))
            std::printf("%d|%s\n", static_cast<int>(note.id), note.text.c_str());
        return engine.integrity_check().empty() ? 0 : 1;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
