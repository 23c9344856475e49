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

/// Takes one character, percent-decoded, off the front of `text`.
[[gnu::cold]] MICA_DECL char take_decoded(std::string_view& text) {
    char character = text[0];
    if (character == '%') {
        const int high = text.size() > 2 ? hexadecimal_digit(text[1]) : -1;
        const int low = text.size() > 2 ? hexadecimal_digit(text[2]) : -1;
        if (high < 0 || low < 0) refuse_url("'%' must be followed by two hexadecimal digits; a percent sign is %25");
        character = static_cast<char>(high * 16 + low);
        text.remove_prefix(2);
    }
    if (character == '\0') refuse_url("a NUL (%00) cannot be part of it");
    text.remove_prefix(1);
    return character;
}

[[gnu::cold]] MICA_DECL std::string percent_decode(std::string_view text) {
    std::string decoded;
    while (!text.empty()) {
        const char character = take_decoded(text);
        append(decoded, {mica::detail::letter(character)});
    }
    return decoded;
}

/// Into nothing but the secret itself.
[[gnu::cold]] MICA_DECL Secret percent_decode_secret(std::string_view text) {
    Secret decoded{text.size()};
    while (!text.empty()) decoded.push_back(take_decoded(text));
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

/// A whole number up to `most`; -1 for anything else.
[[gnu::cold]] MICA_DECL int parse_number(std::string_view text, int most) noexcept {
    long long number = text.empty() ? -1 : 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || number > most) return -1;
        number = number * 10 + (c - '0');
    }
    return number > most ? -1 : static_cast<int>(number);
}

[[gnu::cold]] MICA_DECL sqlite::OpenMode parse_mode(std::string_view text) {
    if (text == "ro") return sqlite::OpenMode::read_only;
    if (text == "rw") return sqlite::OpenMode::read_write;
    if (text == "rwc") return sqlite::OpenMode::create;
    if (text == "memory") return sqlite::OpenMode::memory;
    refuse_url("mode must be one of ro, rw, rwc, memory");
}

[[gnu::cold]] MICA_DECL int parse_flag(std::string_view key, std::string_view text) {
    if (text != "0" && text != "1") refuse_url(key, " must be 0 or 1");
    return text == "1" ? 1 : 0;
}

/// Reads the query of a URL, one key after the other.
class UrlQuery {
public:
    UrlQuery(Url& url, std::string_view text) noexcept : url_(url), text_(text) {}

    [[gnu::cold]] MICA_DECL void read();

    /// Whether it says that a path which starts with "file:" is a URI of SQLite's.
    [[gnu::cold]] MICA_DECL bool names_uri() const noexcept;

private:
    enum Known : std::size_t {
        mode,
        busy_timeout,
        immutable,
        uri,
        page_size,
        kdf_iterations,
        compatibility,
        use_hmac,
        file_keys,
        count = file_keys + 5
    };
    static constexpr std::string_view known[] = {"mode",
                                                 "busy_timeout",
                                                 "immutable",
                                                 "uri",
                                                 "cipher_page_size",
                                                 "kdf_iter",
                                                 "cipher_compatibility",
                                                 "cipher_use_hmac",
                                                 "cache",
                                                 "modeof",
                                                 "nolock",
                                                 "psow",
                                                 "vfs"};

    [[gnu::cold]] MICA_DECL bool knows(std::size_t key) const noexcept;
    [[gnu::cold]] MICA_DECL void read_pair(std::string_view pair);
    [[gnu::cold]] MICA_DECL void apply(std::size_t key, std::string_view value);
    [[noreturn, gnu::cold]] MICA_DECL void refuse_key(std::string_view key) const;

    Url& url_;
    std::string_view text_;
    bool seen_[count] = {};
};

bool UrlQuery::knows(std::size_t key) const noexcept {
    if (key < page_size) return true;
    return key < file_keys ? url_.driver == UrlDriver::sqlcipher : url_.is_file_uri;
}

void UrlQuery::refuse_key(std::string_view key) const {
    std::string names;
    for (std::size_t i = 0; i < count; ++i) {
        if (knows(i)) append(names, {names.empty() ? "" : ", ", known[i]});
    }
    const std::string rest = join({"'; known keys are ", names});
    refuse_url("unknown query key '", key, rest);
}

bool UrlQuery::names_uri() const noexcept { return text_.starts_with("uri=") || text_.find("&uri=") != text_.npos; }

void UrlQuery::read() {
    for (std::string_view rest = text_; !rest.empty();) {
        const std::size_t end = rest.find('&');
        read_pair(rest.substr(0, end));
        if (end != rest.npos && end + 1 == rest.size()) refuse_url("the query ends with '&'");
        rest = end == rest.npos ? std::string_view{} : rest.substr(end + 1);
    }
}

void UrlQuery::read_pair(std::string_view pair) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos) refuse_url("the query must read key=value&key=value");
    const std::string key = percent_decode(pair.substr(0, equals));
    const std::string value = percent_decode(pair.substr(equals + 1));
    std::size_t index = 0;
    while (index < count && (!knows(index) || known[index] != std::string_view{key})) ++index;
    if (index == count) refuse_key(key);
    if (seen_[index]) refuse_url("the query key '", key, "' stands there twice");
    seen_[index] = true;
    apply(index, value);
    if (url_.is_file_uri && index != busy_timeout && index != uri) {
        append(url_.file_query, {url_.file_query.empty() ? "" : "&", pair});
    }
}

void UrlQuery::apply(std::size_t key, std::string_view value) {
    sqlite::Encryption& encryption = url_.encryption;
    constexpr int most = 0x7fff'ffff;
    switch (key) {
        case mode: url_.mode = parse_mode(value); break;
        case busy_timeout:
            url_.busy_timeout_ms = parse_number(value, most);
            if (url_.busy_timeout_ms < 0) {
                refuse_url("busy_timeout must be a whole number of milliseconds, at most 2147483647");
            }
            break;
        case immutable: url_.immutable = parse_flag("immutable", value) != 0; break;
        case uri:
            if (value != "true" && value != "1") refuse_url("uri must be true, or not be there");
            if (!url_.is_file_uri) refuse_url("uri=true is for a path that starts with file:");
            break;
        case page_size:
            encryption.page_size = parse_number(value, 65536);
            // SQLCipher keeps room in each page that leaves too little of one of 512.
            if (encryption.page_size < 1024 || (encryption.page_size & (encryption.page_size - 1)) != 0) {
                refuse_url("cipher_page_size must be a power of two from 1024 to 65536");
            }
            break;
        case kdf_iterations:
            encryption.kdf_iterations = parse_number(value, most);
            if (encryption.kdf_iterations < 1) refuse_url("kdf_iter must be a whole number from 1 to 2147483647");
            break;
        case compatibility:
            encryption.compatibility = parse_number(value, 4);
            if (encryption.compatibility < 1) refuse_url("cipher_compatibility must be 1, 2, 3 or 4");
            break;
        case use_hmac: encryption.use_hmac = parse_flag("cipher_use_hmac", value); break;
        default: break;  // SQLite's own
    }
}

/// Takes the scheme off the front of `text`.
[[gnu::cold]] MICA_DECL UrlDriver take_scheme(std::string_view& text) {
    const std::size_t end = text.find("://");
    if (end == text.npos) {
        refuse_url("it must start with a scheme, as in sqlite:///cars.db (relative) or sqlite:////tmp/cars.db");
    }
    const std::string_view scheme = scheme_of(text);
    constexpr std::string_view schemes[] = {"sqlite", "sqlite+async", "sqlite+sqlcipher"};
    std::size_t driver = 0;
    while (driver < 3 && scheme != schemes[driver]) ++driver;
    constexpr std::string_view supported = "supported: sqlite, sqlite+async, sqlite+sqlcipher";
    if (scheme.empty()) refuse_url("malformed scheme; ", supported);
    if (driver == 3) refuse_url("unknown scheme '", scheme, join({"'; ", supported}));
    text.remove_prefix(end + 3);
    return static_cast<UrlDriver>(driver);
}

/// Takes ":passphrase@" off the front of `text`.
[[gnu::cold]] MICA_DECL void take_passphrase(Url& url, std::string_view& text) {
    if (text.empty() || text[0] == '/' || text[0] == '?') return;
    const std::size_t end = text.find('@');
    if (text[0] != ':' || end == text.npos) {
        refuse_url(
            "SQLCipher has a passphrase and no user: sqlite+sqlcipher://:passphrase@/cars.db (relative) or "
            "…@//tmp/cars.db; in a passphrase @ is %40");
    }
    if (end == 1) refuse_url("the passphrase is empty");
    url.encryption.key = Passphrase{percent_decode_secret(text.substr(1, end - 1))};
    text.remove_prefix(end + 1);
}

[[gnu::cold]] MICA_DECL void require_sense(const Url& url) {
    const bool mode_memory = url.mode == sqlite::OpenMode::memory;
    const bool has_mode = url.mode != Url::no_mode;
    if (url.is_file_uri) return;  // SQLite's to judge
    if (mode_memory && !url.memory) refuse_url("mode=memory goes without a path, as in sqlite://?mode=memory");
    if (url.memory && has_mode && !mode_memory) refuse_url("a database in memory has no mode but mode=memory");
    if (url.memory && url.immutable) refuse_url("a database in memory cannot be immutable");
    if (url.memory && url.driver == UrlDriver::sqlcipher) refuse_url("a database in memory is not encrypted");
    if (url.immutable && has_mode && url.mode != sqlite::OpenMode::read_only) refuse_url("immutable=1 is for mode=ro");
}

}  // namespace mica::detail

namespace mica {

Url parse_url(std::string_view text) {
    Url url;
    url.driver = detail::take_scheme(text);
    if (url.driver == UrlDriver::sqlcipher) detail::take_passphrase(url, text);
    const std::size_t question = text.find('?');
    const std::string_view location = text.substr(0, question);
    if (!location.empty() && location[0] != '/') {
        detail::refuse_url(
            "SQLite has no user, password, host or port: three slashes come before a relative path "
            "(sqlite:///cars.db), four before an absolute one");
    }
    // SQLAlchemy takes an empty path for a database in memory.
    url.memory = location.empty() || location == "/:memory:" || (location == "/" && url.driver != UrlDriver::sqlcipher);
    detail::UrlQuery query{url, question == text.npos ? std::string_view{} : text.substr(question + 1)};
    url.is_file_uri = location.starts_with("/file:") && query.names_uri();
    query.read();
    if (url.is_file_uri) {
        if (location.find('#') != location.npos) detail::refuse_url("a # in a path is %23");
        url.path = detail::join({location.substr(1)});
        detail::percent_decode(location);  // says what is wrong with it
        url.memory = url.mode == sqlite::OpenMode::memory || location == "/file::memory:" || location == "/file:";
    } else if (!url.memory) {
        url.path = detail::percent_decode(location.substr(1));
        if (url.path.empty()) detail::refuse_url("the path is empty");
    }
    detail::require_sense(url);
    return url;
}

sqlite::OpenOptions Url::open_options(sqlite::OpenOptions defaults) const {
    if (mode != no_mode) defaults.mode = mode;
    if (immutable) defaults.mode = sqlite::OpenMode::read_only;
    if (memory) defaults.mode = sqlite::OpenMode::memory;
    if (busy_timeout_ms != no_timeout) defaults.busy_timeout_ms = busy_timeout_ms;
    defaults.immutable = defaults.immutable || immutable;
    defaults.is_uri = is_file_uri;
    return defaults;
}

std::string Url::open_path() const {
    if (!is_file_uri) return memory ? std::string{} : absolute_path(path);
    constexpr std::string_view prefix = "file:";
    const std::string_view file = std::string_view{path}.substr(prefix.size());
    std::string name = detail::join({prefix});
    if (!memory && !file.starts_with('/')) {
        for (const char& c : absolute_path({})) {
            const bool escaped = c == '%' || c == '?' || c == '#';
            escaped ? sqlite::detail::append_percent_encoded(name, c) : detail::append(name, {mica::detail::letter(c)});
        }
    }
    detail::append(name, {file, file_query.empty() ? "" : "?", file_query});
    return name;
}

std::string Url::display() const {
    constexpr std::string_view schemes[] = {"sqlite://", "sqlite+async://", "sqlite+sqlcipher://"};
    std::string text = detail::join({schemes[static_cast<std::size_t>(driver)]});
    if (!encryption.key.empty()) detail::append(text, {":***@"});
    if (is_file_uri) {
        detail::append(text, {"/", path});
    } else if (!memory) {
        detail::append(text, {"/"});
        for (const char& c : path) {
            const auto byte = static_cast<unsigned char>(c);
            // A colon is only a danger as the whole of ":memory:".
            const bool escaped =
                byte <= 0x20 || byte == 0x7f || c == '%' || c == '?' || c == '#' || (c == ':' && path == ":memory:");
            escaped ? sqlite::detail::append_percent_encoded(text, c) : detail::append(text, {mica::detail::letter(c)});
        }
    }
    std::string_view separator = "?";
    const auto add = [&](std::string_view key, std::string_view value) {
        detail::append(text, {separator, key, "=", value});
        separator = "&";
    };
    constexpr std::string_view modes[] = {"ro", "rw", "rwc", "memory"};
    if (is_file_uri) {
        if (!file_query.empty()) detail::append(text, {separator, file_query, "&uri=true"});
        if (file_query.empty()) detail::append(text, {"?uri=true"});
        separator = "&";
    } else if (mode != no_mode) {
        add("mode", modes[static_cast<std::size_t>(mode)]);
    }
    if (busy_timeout_ms != no_timeout) add("busy_timeout", detail::Decimal{busy_timeout_ms});
    if (immutable && !is_file_uri) add("immutable", "1");
    if (encryption.page_size != 0) add("cipher_page_size", detail::Decimal{encryption.page_size});
    if (encryption.kdf_iterations != 0) add("kdf_iter", detail::Decimal{encryption.kdf_iterations});
    if (encryption.compatibility != 0) add("cipher_compatibility", detail::Decimal{encryption.compatibility});
    if (encryption.use_hmac >= 0) add("cipher_use_hmac", detail::Decimal{encryption.use_hmac});
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
