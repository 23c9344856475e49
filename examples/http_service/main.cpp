// SPDX-License-Identifier: BSL-1.0
// A web service over the Chinook sample database: http_service <url of the database> <port, 0 for any>
// One thread serves all clients; what they ask of the database runs on the workers of an AsyncEngine. SIGTERM ends it:
// no new clients, every request that has come is answered, then the engine stops.
#include <mica/asio.hpp>

#include "model.hpp"
#include "routes.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <list>
#include <string>
#include <utility>

namespace service {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::use_awaitable;

class Server {
public:
    Server(asio::io_context& context, const std::string& url, unsigned short port)
        : engine_(url),
          acceptor_(context, {asio::ip::make_address("127.0.0.1"), port}),
          all_gone_(context, asio::steady_timer::time_point::max()) {}

    asio::awaitable<void> run() {
        co_await engine_.create_all<Schema>();
        std::printf("listening on port %d\n", acceptor_.local_endpoint().port());
        std::fflush(stdout);
        asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
        asio::signal_set signals{acceptor_.get_executor(), SIGTERM, SIGINT};
        co_await signals.async_wait(use_awaitable);

        is_ending_ = true;
        acceptor_.close();
        for (Client& client : clients_) {
            if (client.is_idle) client.stream.cancel();
        }
        while (!clients_.empty()) {
            beast::error_code woken;
            co_await all_gone_.async_wait(asio::redirect_error(use_awaitable, woken));
        }
        co_await engine_.stop();
        std::puts("stopped");
    }

private:
    struct Client {
        explicit Client(asio::ip::tcp::socket socket) : stream(std::move(socket)) {}

        beast::tcp_stream stream;
        bool is_idle = true;  ///< waits for a request
    };

    asio::awaitable<void> accept() {
        for (;;) {
            beast::error_code closed;
            auto socket = co_await acceptor_.async_accept(asio::redirect_error(use_awaitable, closed));
            if (is_ending_) co_return;
            if (closed) continue;
            const auto client = clients_.emplace(clients_.end(), std::move(socket));
            asio::co_spawn(acceptor_.get_executor(), serve(*client), [this, client](std::exception_ptr) {
                clients_.erase(client);  // whatever has ended it: a client that went away, most often
                if (clients_.empty()) all_gone_.cancel();
            });
        }
    }

    asio::awaitable<void> serve(Client& client) {
        beast::flat_buffer buffer;
        for (bool goes_on = true; goes_on && !is_ending_;) {
            http::request_parser<http::string_body> parser;
            parser.body_limit(64 * 1024);
            client.stream.expires_after(std::chrono::seconds{30});
            client.is_idle = true;
            co_await http::async_read(client.stream, buffer, parser, use_awaitable);
            client.is_idle = false;
            client.stream.expires_after(std::chrono::seconds{30});
            const Request& request = parser.get();
            if (request.method() == http::verb::get && request.target() == "/tracks.ndjson") {
                co_await export_tracks(engine_, client.stream, request);
            } else {
                const Response response = co_await answer(engine_, request);
                co_await http::async_write(client.stream, response, use_awaitable);
            }
            goes_on = request.keep_alive();
        }
        beast::error_code ignored;
        client.stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }

    mica::AsyncEngine engine_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer all_gone_;
    std::list<Client> clients_{};
    bool is_ending_ = false;
};

}  // namespace service

int main(int argc, char** argv) {
    const std::string url = argc > 1 ? argv[1] : "sqlite:///chinook.db";
    const auto port = static_cast<unsigned short>(argc > 2 ? std::stoi(argv[2]) : 8080);
    boost::asio::io_context context{1};
    service::Server server{context, url, port};
    int status = 1;
    boost::asio::co_spawn(context, server.run(), [&](std::exception_ptr error) {
        if (!error)
            status = 0;
        else
            context.stop();
    });
    context.run();
    return status;
}
