// SPDX-License-Identifier: BSL-1.0
// What `mica structs` wrote while this was built, and the databases that it was written of.
#pragma once

#include <mica/mica.hpp>
#include <mica/structs.hpp>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace written_structs {

inline std::string content_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

inline std::string header(const std::string& name) { return content_of(MICA_STRUCTS_DIR "/" + name); }

/// A database as a script of this folder makes it.
inline mica::Engine database(const std::string& script) {
    mica::Engine engine{"sqlite://"};
    engine.connect().open().run_script(content_of(MICA_SCRIPTS_DIR "/" + script));
    return engine;
}

/// What no struct can say, in the order in which it stands there; it is cut out of the text.
inline std::vector<std::string> cut_comments(std::string& text) {
    static constexpr std::string_view mark = "// Not said here: ";
    std::vector<std::string> comments;
    for (std::size_t place = 0; (place = text.find(mark, place)) != text.npos;) {
        const std::size_t end = text.find('\n', place);
        comments.push_back(text.substr(place + mark.size(), end - place - mark.size()));
        text.erase(place, end + 1 - place);
    }
    return comments;
}

inline std::string without_comments(std::string text) {
    cut_comments(text);
    return text;
}

/// The structs of a database that these structs have created.
template <class Schema>
std::string structs_of(const char* name_space) {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Schema>();
    return mica::program::structs_text(mica::inspect(engine.connect()), name_space);
}

/// What verify() tells of a database and no comment does.
template <class Schema>
std::string untold(const mica::Engine& engine, std::string header) {
    const std::vector<std::string> comments = cut_comments(header);
    std::string text;
    for (const auto& item : engine.verify<Schema>()) {
        bool is_told = false;
        for (const std::string& comment : comments) {
            const bool says_what_is_there = !item.actual.empty() && comment.find(item.actual) != comment.npos;
            is_told = is_told || says_what_is_there || comment == item.text;
        }
        if (!is_told) text += item.text + '\n';
    }
    return text;
}

}  // namespace written_structs
