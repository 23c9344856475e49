// SPDX-License-Identifier: BSL-1.0
// What the service answers.
#pragma once

#include <mica/fwd.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace service {

using Request = boost::beast::http::request<boost::beast::http::string_body>;
using Response = boost::beast::http::response<boost::beast::http::string_body>;

/// GET /albums?title=&artist=&page=&size=, GET, PATCH /albums/<id>, POST /albums. Errors of the client and of the
/// database are answers too.
boost::asio::awaitable<Response> answer(const mica::AsyncEngine& engine, const Request& request);

/// GET /tracks.ndjson: all tracks, one in a line, sent while they are read.
boost::asio::awaitable<void> export_tracks(const mica::AsyncEngine& engine, boost::beast::tcp_stream& client,
                                           const Request& request);

}  // namespace service
