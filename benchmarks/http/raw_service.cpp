// SPDX-License-Identifier: BSL-1.0
// examples/http_service with its database written by hand: raw_service <file> <port, 0 for any> <threads>
// The same answers from the same Boost.Beast. Statements run on so many threads, each with a connection of its own;
// with 0 in the thread that serves the clients, who wait for each other then.
#include "raw_database.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;
namespace urls = boost::urls;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

std::string database_path;
std::mutex writing;  ///< one writes at a time, and nobody is sent away

raw::Database& database() {
    thread_local raw::Database mine{database_path};
    return mine;
}

struct Answer {
    http::status status = http::status::ok;
    json::object body{};
};

std::int64_t number(const urls::url_view& url, std::string_view key, std::int64_t otherwise, std::int64_t highest) {
    const auto found = url.params().find(key);
    if (found == url.params().end()) return otherwise;
    const std::string text = (*found).value;
    std::int64_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value < 1 ? otherwise : value > highest ? highest : value;
}

/// As a pattern of LIKE; what is not there matches all.
std::string pattern(const urls::url_view& url, std::string_view key) {
    const auto found = url.params().find(key);
    if (found == url.params().end()) return "%";
    std::string text = "%";
    for (const char each : std::string{(*found).value}) {
        if (each == '%' || each == '_' || each == '\\') text += '\\';
        text += each;
    }
    return text + "%";
}

json::object album_of(const raw::Statement& row) {
    return {{"id", row.integer(0)}, {"title", row.text(1)}, {"artist_id", row.integer(2)}};
}

#define ALBUMS                                                                                              \
    "FROM Album JOIN Artist ON Artist.ArtistId = Album.ArtistId WHERE Album.Title LIKE ?1 ESCAPE '\\' AND " \
    "ifnull(Artist.Name, '') LIKE ?2 ESCAPE '\\'"

Answer list_albums(const std::string& target) {
    const urls::url_view url = urls::parse_origin_form(target).value();
    const std::string title = pattern(url, "title");
    const std::string artist = pattern(url, "artist");
    const std::int64_t size = number(url, "size", 20, 100);
    const std::int64_t page = number(url, "page", 1, 1'000'000);
    raw::Database& db = database();
    raw::Transaction transaction{db, "BEGIN"};
    json::array albums;
    {
        auto rows =
            db.prepared("SELECT AlbumId, Title, Album.ArtistId " ALBUMS " ORDER BY Title, AlbumId LIMIT ?3 OFFSET ?4");
        rows.bind(1, title).bind(2, artist).bind(3, size).bind(4, (page - 1) * size);
        while (rows.step()) albums.push_back(album_of(rows));
    }
    auto total = db.prepared("SELECT count(*) " ALBUMS);
    total.bind(1, title).bind(2, artist).step();
    return {.body = {{"total", total.integer(0)}, {"page", page}, {"albums", std::move(albums)}}};
}

Answer show_album(std::int64_t id) {
    raw::Database& db = database();
    raw::Transaction transaction{db, "BEGIN"};
    auto album = db.prepared(
        "SELECT AlbumId, Title, Album.ArtistId, Name FROM Album JOIN Artist USING (ArtistId) WHERE AlbumId = ?");
    if (!album.bind(1, id).step()) return {http::status::not_found, {{"error", "there is no such album"}}};
    json::object body = album_of(album);
    body["artist"] = album.is_null(3) ? json::value() : json::value(album.text(3));
    json::array tracks;
    auto rows =
        db.prepared("SELECT TrackId, Name, Milliseconds, UnitPrice FROM Track WHERE AlbumId = ? ORDER BY TrackId");
    rows.bind(1, id);
    while (rows.step()) {
        tracks.push_back(json::object{{"id", rows.integer(0)},
                                      {"name", rows.text(1)},
                                      {"milliseconds", rows.integer(2)},
                                      {"price", rows.real(3)}});
    }
    body["tracks"] = std::move(tracks);
    return {.body = std::move(body)};
}

Answer create_album(const std::string& text) {
    const json::object given = json::parse(text).as_object();
    const std::string title{given.at("title").as_string()};
    const std::int64_t artist = given.at("artist_id").as_int64();
    raw::Database& db = database();
    const std::lock_guard lock{writing};
    db.prepared("INSERT INTO Album (Title, ArtistId) VALUES (?, ?)").bind(1, title).bind(2, artist).step();
    return {http::status::created, {{"id", db.last_key()}, {"title", title}, {"artist_id", artist}}};
}

Answer change_album(std::int64_t id, const std::string& text) {
    const std::string title{json::parse(text).as_object().at("title").as_string()};
    raw::Database& db = database();
    const std::lock_guard lock{writing};
    raw::Transaction transaction{db, "BEGIN IMMEDIATE"};
    json::object body;
    {
        auto album = db.prepared("SELECT AlbumId, Title, ArtistId FROM Album WHERE AlbumId = ?");
        if (!album.bind(1, id).step()) return {http::status::not_found, {{"error", "there is no such album"}}};
        body = album_of(album);
    }
    db.prepared("UPDATE Album SET Title = ? WHERE AlbumId = ?").bind(1, title).bind(2, id).step();
    transaction.commit();
    body["title"] = title;
    return {.body = std::move(body)};
}

Answer route(const Request& request) {
    const std::string target{request.target()};
    const std::string path = urls::parse_origin_form(target).value().path();
    if (path == "/albums" && request.method() == http::verb::get) return list_albums(target);
    if (path == "/albums" && request.method() == http::verb::post) return create_album(request.body());
    const std::int64_t id = std::stoll(path.substr(std::string_view{"/albums/"}.size()));
    if (request.method() == http::verb::patch) return change_album(id, request.body());
    return show_album(id);
}

/// Runs on a thread of the pool and completes where it was asked.
asio::awaitable<Answer> run_on(asio::thread_pool& pool, const Request& request) {
    return asio::async_initiate<decltype(asio::use_awaitable), void(std::exception_ptr, Answer)>(
        [&pool, &request](auto handler) {
            auto executor = asio::get_associated_executor(handler);
            asio::post(pool, [&request, executor, handler = std::move(handler)]() mutable {
                std::exception_ptr error;
                Answer answer;
                try {
                    answer = route(request);
                } catch (...) {
                    error = std::current_exception();
                }
                asio::post(executor, [handler = std::move(handler), error, answer = std::move(answer)]() mutable {
                    handler(error, std::move(answer));
                });
            });
        },
        asio::use_awaitable);
}

asio::awaitable<void> serve(beast::tcp_stream client, asio::thread_pool* pool) {
    beast::flat_buffer buffer;
    for (bool goes_on = true; goes_on;) {
        http::request_parser<http::string_body> parser;
        parser.body_limit(64 * 1024);
        client.expires_after(std::chrono::seconds{30});
        co_await http::async_read(client, buffer, parser, asio::use_awaitable);
        client.expires_after(std::chrono::seconds{30});
        const Request& request = parser.get();
        Answer answer;
        if (pool == nullptr) {
            answer = route(request);
        } else {
            answer = co_await run_on(*pool, request);
        }
        Response response{answer.status, request.version()};
        response.set(http::field::content_type, "application/json");
        response.keep_alive(request.keep_alive());
        response.body() = json::serialize(answer.body);
        response.prepare_payload();
        co_await http::async_write(client, response, asio::use_awaitable);
        goes_on = request.keep_alive();
    }
}

asio::awaitable<void> accept(asio::ip::tcp::acceptor& acceptor, asio::thread_pool* pool) {
    for (;;) {
        auto socket = co_await acceptor.async_accept(asio::use_awaitable);
        asio::co_spawn(acceptor.get_executor(), serve(beast::tcp_stream{std::move(socket)}, pool), asio::detached);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) return 2;
    database_path = argv[1];
    const int threads = std::stoi(argv[3]);
    asio::io_context context{1};
    std::optional<asio::thread_pool> pool;
    if (threads > 0) pool.emplace(static_cast<std::size_t>(threads));
    asio::ip::tcp::acceptor acceptor{
        context, {asio::ip::make_address("127.0.0.1"), static_cast<unsigned short>(std::stoi(argv[2]))}};
    std::printf("listening on port %d\n", acceptor.local_endpoint().port());
    std::fflush(stdout);
    asio::co_spawn(context, accept(acceptor, pool ? &*pool : nullptr), asio::detached);
    context.run();
}
