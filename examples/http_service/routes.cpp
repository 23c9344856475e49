// SPDX-License-Identifier: BSL-1.0
#include "routes.hpp"

#include <mica/asio.hpp>

#include "json.hpp"

#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace service {

namespace http = boost::beast::http;
namespace asio = boost::asio;
namespace urls = boost::urls;
using mica::col;
using mica::select;

namespace {

Response respond(const Request& request, http::status status, const json::object& body) {
    Response response{status, request.version()};
    response.set(http::field::content_type, "application/json");
    response.keep_alive(request.keep_alive());
    response.body() = json::serialize(body);
    response.prepare_payload();
    return response;
}

/// A number in the query of a URL, within its limits.
std::int64_t number(const urls::url_view& url, std::string_view key, std::int64_t otherwise, std::int64_t highest) {
    const auto found = url.params().find(key);
    if (found == url.params().end()) return otherwise;
    const std::string text = (*found).value;
    std::int64_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value < 1 ? otherwise : value > highest ? highest : value;
}

std::optional<std::string> text(const urls::url_view& url, std::string_view key) {
    const auto found = url.params().find(key);
    if (found == url.params().end()) return std::nullopt;
    return (*found).value;
}

/// A page and how many there are, from one state of the database.
asio::awaitable<Response> list_albums(const mica::AsyncEngine& engine, const Request& request, urls::url_view url) {
    mica::Filter<Album, Artist> filter;
    if (const auto title = text(url, "title")) filter &= col<&Album::title>.contains(*title);
    if (const auto artist = text(url, "artist")) filter &= col<&Artist::name>.contains(*artist);
    const std::int64_t size = number(url, "size", 20, 100);
    const std::int64_t page = number(url, "page", 1, 1'000'000);

    struct Page {
        std::vector<Album> albums{};
        std::int64_t total = 0;
    };
    auto read_page = [=](mica::Reader& reader) {
        const auto joined = select<Album>().join<Artist>().where(filter);
        const auto sorted = joined.order_by(col<&Album::title>, col<&Album::id>);
        return Page{reader.all(sorted.limit(size).offset((page - 1) * size)),
                    reader.scalar(select(mica::count()).from<Album>().join<Artist>().where(filter))};
    };
    const Page found = co_await engine.read(std::move(read_page));
    json::array albums;
    for (const Album& album : found.albums) albums.push_back(to_json(album));
    co_return respond(request, http::status::ok,
                      {{"total", found.total}, {"page", page}, {"albums", std::move(albums)}});
}

asio::awaitable<Response> show_album(const mica::AsyncEngine& engine, const Request& request, std::int64_t id) {
    mica::AsyncSession session{engine, mica::read_only};
    const auto album = co_await session.query<Album>().with<&Album::artist>().with<&Album::tracks>().get(id);
    if (!album) co_return respond(request, http::status::not_found, {{"error", "there is no such album"}});
    co_return respond(request, http::status::ok, with_relations(*album));
}

asio::awaitable<Response> create_album(const mica::AsyncEngine& engine, const Request& request) {
    AlbumForm form{request.body(), true};
    if (!form.errors.empty()) {
        co_return respond(request, http::status::unprocessable_entity, {{"errors", std::move(form.errors)}});
    }
    Album album{.title = *form.title, .artist_id = *form.artist_id};
    co_await engine.insert(album);
    Response response = respond(request, http::status::created, to_json(album));
    response.set(http::field::location, "/albums/" + std::to_string(album.id));
    co_return response;
}

asio::awaitable<Response> change_album(const mica::AsyncEngine& engine, const Request& request, std::int64_t id) {
    AlbumForm form{request.body(), false};
    if (!form.errors.empty()) {
        co_return respond(request, http::status::unprocessable_entity, {{"errors", std::move(form.errors)}});
    }
    mica::AsyncSession session{engine};
    const auto album = co_await session.get<Album>(id);
    if (!album) co_return respond(request, http::status::not_found, {{"error", "there is no such album"}});
    if (form.title) album->title = *form.title;
    if (form.artist_id) album->artist_id = *form.artist_id;
    co_await session.commit();
    co_return respond(request, http::status::ok, to_json(*album));
}

asio::awaitable<Response> route(const mica::AsyncEngine& engine, const Request& request) {
    const auto target = request.target();
    const auto url = urls::parse_origin_form({target.data(), target.size()});
    if (!url) co_return respond(request, http::status::bad_request, {{"error", "that is no path"}});
    const std::string path = url->path();
    const std::string_view one = "/albums/";
    if (path == "/albums" && request.method() == http::verb::get) co_return co_await list_albums(engine, request, *url);
    if (path == "/albums" && request.method() == http::verb::post) co_return co_await create_album(engine, request);
    if (path.starts_with(one)) {
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(path.data() + one.size(), path.data() + path.size(), id);
        if (error == std::errc{} && end == path.data() + path.size()) {
            if (request.method() == http::verb::get) co_return co_await show_album(engine, request, id);
            if (request.method() == http::verb::patch) co_return co_await change_album(engine, request, id);
        }
    }
    co_return respond(request, http::status::not_found, {{"error", "there is nothing here"}});
}

}  // namespace

asio::awaitable<Response> answer(const mica::AsyncEngine& engine, const Request& request) {
    json::object body;
    http::status status = http::status::internal_server_error;
    try {
        co_return co_await route(engine, request);
    } catch (const mica::IntegrityError& error) {
        status = http::status::unprocessable_entity;
        body["error"] = error.kind() == mica::IntegrityError::foreign_key ? "there is no such artist" : error.brief();
    } catch (const mica::OperationalError& error) {
        status = http::status::service_unavailable;
        body["error"] = error.brief();
    } catch (const mica::Error&) {
        body["error"] = "the service has failed";
    }
    co_return respond(request, status, body);
}

asio::awaitable<void> export_tracks(const mica::AsyncEngine& engine, boost::beast::tcp_stream& client,
                                    const Request& request) {
    http::response<http::empty_body> head{http::status::ok, request.version()};
    head.set(http::field::content_type, "application/x-ndjson");
    head.keep_alive(request.keep_alive());
    head.chunked(true);
    http::response_serializer<http::empty_body> serializer{head};
    co_await http::async_write_header(client, serializer, asio::use_awaitable);
    auto rows = engine.stream(select<Track>().order_by(col<&Track::id>), 256);
    while (const auto block = co_await rows.next()) {
        std::string lines;
        for (const Track& track : *block) lines += json::serialize(to_json(track)) + "\n";
        client.expires_after(std::chrono::seconds{30});  // who does not read keeps no worker
        co_await asio::async_write(client, http::make_chunk(asio::buffer(lines)), asio::use_awaitable);
    }
    co_await asio::async_write(client, http::make_chunk_last(), asio::use_awaitable);
}

}  // namespace service
