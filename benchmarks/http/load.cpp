// SPDX-License-Identifier: BSL-1.0
// http_load <port> <method> <requests> <connections> <body or -> <target>...: asks a service on this machine, each
// connection one request after the other, the targets in turn, a # in the body being the number of the request; ends
// after a minute at the latest. Prints how many were answered with 2xx, the seconds it took, and the latency in
// microseconds that half and 99 % of them did not exceed.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Clock = std::chrono::steady_clock;

struct Load {
    asio::ip::tcp::endpoint service;
    http::verb method;
    int requests;
    std::string body;
    std::vector<std::string> targets;
    Clock::time_point end = Clock::now() + std::chrono::minutes{1};
    int started = 0;
    std::vector<double> latencies{};  ///< microseconds

    asio::awaitable<void> ask() {
        beast::tcp_stream stream{co_await asio::this_coro::executor};
        co_await stream.async_connect(service, asio::use_awaitable);
        stream.socket().set_option(asio::ip::tcp::no_delay{true});
        beast::flat_buffer buffer;
        while (started < requests && Clock::now() < end) {
            http::request<http::string_body> request{method,
                                                     targets[static_cast<std::size_t>(started++) % targets.size()], 11};
            request.set(http::field::host, "127.0.0.1");
            const std::size_t place = body.find('#');
            request.body() = place == body.npos ? body : std::string{body}.replace(place, 1, std::to_string(started));
            request.prepare_payload();
            const auto before = Clock::now();
            stream.expires_after(std::chrono::seconds{30});
            co_await http::async_write(stream, request, asio::use_awaitable);
            http::response<http::string_body> response;
            co_await http::async_read(stream, buffer, response, asio::use_awaitable);
            if (response.result_int() / 100 == 2)
                latencies.push_back(std::chrono::duration<double, std::micro>{Clock::now() - before}.count());
        }
    }
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 7) return 2;
    const std::string body = argv[5];
    Load load{.service = {asio::ip::make_address("127.0.0.1"), static_cast<unsigned short>(std::stoi(argv[1]))},
              .method = http::string_to_verb(argv[2]),
              .requests = std::stoi(argv[3]),
              .body = body == "-" ? "" : body,
              .targets = {argv + 6, argv + argc}};
    asio::io_context context{1};
    const auto before = Clock::now();
    for (int i = std::stoi(argv[4]); i > 0; --i) {
        asio::co_spawn(context, load.ask(), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
    }
    context.run();
    const double seconds = std::chrono::duration<double>{Clock::now() - before}.count();
    std::sort(load.latencies.begin(), load.latencies.end());
    const auto at = [&](double part) {
        const std::size_t count = load.latencies.size();
        return count == 0
                   ? 0.0
                   : load.latencies[std::min(count - 1, static_cast<std::size_t>(part * static_cast<double>(count)))];
    };
    std::printf("%zu %.3f %.0f %.0f\n", load.latencies.size(), seconds, at(0.5), at(0.99));
}
