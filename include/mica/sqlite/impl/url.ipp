// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/sqlite/url.hpp>

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

namespace mica::detail {

[[noreturn, gnu::cold]] MICA_DECL void refuse_url(std::string_view reason, std::string_view what = {},
                                                  std::string_view rest = {}) {
    refuse<ProgrammingError>({"database URL: ", reason, what, rest});
}

[[gnu::cold]] MICA_DECL int hexadecimal_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

[[gnu::cold]] MICA_DECL std::string percent_decode(std::string_view text) {
    std::string decoded;
    for (; !text.empty(); text.remove_prefix(1)) {
        char character = text[0];
        if (character == '%') {
            const int high = text.size() > 2 ? hexadecimal_digit(text[1]) : -1;
            const int low = text.size() > 2 ? hexadecimal_digit(text[2]) : -1;
            if (high < 0 || low < 0)
                refuse_url("'%' must be followed by two hexadecimal digits; a percent sign is %25");
            character = static_cast<char>(high * 16 + low);
            text.remove_prefix(2);
        }
        if (character == '\0') refuse_url("a NUL (%00) cannot be part of it");
        append(decoded, {{&character, 1}});
    }
    return decoded;
}

/// The scheme, empty if the text before "://" is none: then it may hold anything, a password too.
[[gnu::cold]] MICA_DECL std::string_view scheme_of(std::string_view text) noexcept {
    const std::string_view scheme = text.substr(0, text.find("://"));
    for (const char c : scheme) {
        const bool valid = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
                           c == '-' || c == '.' || c == '_';
        if (!valid) return {};
    }
    return scheme;
}

[[gnu::cold]] MICA_DECL int parse_milliseconds(std::string_view text) {
    long long number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || number > 0x7fff'ffff) number = -1;
        if (number < 0) break;
        number = number * 10 + (c - '0');
    }
    if (text.empty() || number < 0 || number > 0x7fff'ffff) {
        refuse_url("busy_timeout must be a whole number of milliseconds, at most 2147483647");
    }
    return static_cast<int>(number);
}

[[gnu::cold]] MICA_DECL sqlite::OpenMode parse_mode(std::string_view text) {
    if (text == "ro") return sqlite::OpenMode::read_only;
    if (text == "rw") return sqlite::OpenMode::read_write;
    if (text == "rwc") return sqlite::OpenMode::create;
    if (text == "memory") return sqlite::OpenMode::memory;
    refuse_url("mode must be one of ro, rw, rwc, memory");
}

[[gnu::cold]] MICA_DECL void apply_query_key(Url& url, bool (&seen)[3], std::string_view pair) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos) refuse_url("the query must read key=value&key=value");
    const std::string key = percent_decode(pair.substr(0, equals));
    const std::string value = percent_decode(pair.substr(equals + 1));
    constexpr std::string_view known[] = {"mode", "busy_timeout", "immutable"};
    std::size_t index = 0;
    while (index < 3 && known[index] != std::string_view{key}) ++index;
    if (index == 3) refuse_url("unknown query key '", key, "'; known keys are mode, busy_timeout, immutable");
    if (seen[index]) refuse_url("the query key '", key, "' stands there twice");
    seen[index] = true;
    if (index == 0) url.mode = parse_mode(value);
    if (index == 1) url.busy_timeout_ms = parse_milliseconds(value);
    if (index == 2) {
        url.immutable = std::string_view{value} == "1";
        if (!url.immutable && std::string_view{value} != "0") refuse_url("immutable must be 0 or 1");
    }
}

}  // namespace mica::detail

namespace mica {

Url parse_url(std::string_view text) {
    constexpr std::string_view prefix = "sqlite://";
    if (text.find("://") == text.npos) {
        detail::refuse_url("it must start with a scheme, as in sqlite:///cars.db (relative) or sqlite:////tmp/cars.db");
    }
    if (!text.starts_with(prefix)) {
        const std::string_view scheme = detail::scheme_of(text);
        if (scheme.empty()) detail::refuse_url("malformed scheme; supported: sqlite");
        detail::refuse_url("unknown scheme '", scheme, "'; supported: sqlite");
    }
    text.remove_prefix(prefix.size());
    const std::size_t question = text.find('?');
    std::string_view query = question == text.npos ? std::string_view{} : text.substr(question + 1);
    const std::string_view location = text.substr(0, question);
    if (!location.empty() && location[0] != '/') {
        detail::refuse_url(
            "SQLite has no user, password, host or port: three slashes come before a relative path "
            "(sqlite:///cars.db), four before an absolute one");
    }
    Url url;
    url.memory = location.empty() || location == "/:memory:";
    if (!url.memory) {
        url.path = detail::percent_decode(location.substr(1));
        if (url.path.empty()) detail::refuse_url("the path is empty; sqlite:// is a database in memory");
    }
    bool seen[3] = {};
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        detail::apply_query_key(url, seen, query.substr(0, end));
        if (end != query.npos && end + 1 == query.size()) detail::refuse_url("the query ends with '&'");
        query = end == query.npos ? std::string_view{} : query.substr(end + 1);
    }
    const bool mode_memory = url.mode == sqlite::OpenMode::memory;
    if (mode_memory && !url.memory) detail::refuse_url("mode=memory goes without a path, as in sqlite://?mode=memory");
    const bool has_mode = url.mode != Url::no_mode;
    if (url.memory && has_mode && !mode_memory) detail::refuse_url("a database in memory has no mode but mode=memory");
    if (url.memory && url.immutable) detail::refuse_url("a database in memory cannot be immutable");
    if (url.immutable && has_mode && url.mode != sqlite::OpenMode::read_only) {
        detail::refuse_url("immutable=1 is for mode=ro");
    }
    return url;
}

sqlite::OpenOptions Url::open_options(sqlite::OpenOptions defaults) const {
    if (mode != no_mode) defaults.mode = mode;
    if (immutable) defaults.mode = sqlite::OpenMode::read_only;
    if (memory) defaults.mode = sqlite::OpenMode::memory;
    if (busy_timeout_ms != no_timeout) defaults.busy_timeout_ms = busy_timeout_ms;
    defaults.immutable = defaults.immutable || immutable;
    return defaults;
}

std::string Url::display() const {
    std::string text = "sqlite://";
    if (!memory) text += '/';
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        // A colon is only a danger as the whole of ":memory:".
        const bool escaped =
            byte <= 0x20 || byte == 0x7f || c == '%' || c == '?' || c == '#' || (c == ':' && path == ":memory:");
        if (escaped) {
            sqlite::detail::append_percent_encoded(text, c);
        } else {
            text += c;
        }
    }
    std::string_view separator = "?";
    const auto add = [&](std::string_view key, std::string_view value) {
        detail::append(text, {separator, key, "=", value});
        separator = "&";
    };
    constexpr std::string_view modes[] = {"ro", "rw", "rwc", "memory"};
    if (mode != no_mode) add("mode", modes[static_cast<std::size_t>(mode)]);
    if (busy_timeout_ms != no_timeout) add("busy_timeout", detail::Decimal{busy_timeout_ms});
    if (immutable) add("immutable", "1");
    return text;
}

std::string absolute_path(std::string_view path) {
    if (path.starts_with('/')) return detail::join({path});
    struct Free {
        char* text;
        ~Free() { std::free(text); }
    } const current{::realpath(".", nullptr)};
    if (current.text == nullptr) {
        detail::refuse<OperationalError>({"the current directory cannot be found"});
    }
    const std::string_view directory = current.text;
    return detail::join({directory, directory.ends_with('/') ? "" : "/", path});
}

}  // namespace mica
