#define BOOST_ASIO_SEPARATE_COMPILATION  // the other half is serve_boost.cpp
#define BOOST_BEAST_SEPARATE_COMPILATION
#ifdef __SANITIZE_THREAD__
#pragma GCC diagnostic ignored "-Wtsan"  // Asio's fences, which the sanitizer passes over
#endif

#include "base/serve.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "base/serve_wire.h"

namespace dreams::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;
using asio::use_awaitable;
using Tcp = asio::ip::tcp;
using Parser = beast::http::request_parser<beast::http::string_body>;
using namespace std::chrono_literals;

constexpr auto as_result = asio::as_tuple(use_awaitable);  // (error_code, value), no exception
constexpr std::uint32_t most_header = 16u << 10;           // bytes; browsers send under 4 kB
constexpr std::size_t first_read = 4u << 10, write_chunk = 64u << 10;
constexpr auto farewell = 2s;  // for a refused caller to stop sending and read why

enum class Doing {
    nothing,    ///< waits for a request
    a_request,  ///< between its first byte and the last of its answer
    parting,    ///< plays a broken server, or hears a refused caller out: worth no wait
};

/// One caller's connection. Lives in its coroutine; used on the io thread only.
struct Connection {
    explicit Connection(Tcp::socket socket)
        : stream(std::move(socket)), pause(stream.get_executor()) {}

    /// Nothing more goes in or out; what waits on it wakes up with an error.
    void cut() {
        stream.close();
        pause.cancel();
    }

    beast::tcp_stream stream;
    asio::steady_timer pause;
    beast::flat_buffer buffer;
    Doing doing = Doing::nothing;
};

Tcp::endpoint endpoint_of(const ServerOptions& options) {
    boost::system::error_code wrong;
    const auto address = asio::ip::make_address(options.address, wrong);
    if (wrong || options.port < 0 || options.port > 65535)
        throw Error(Fault::invalid, options.address + ":" + std::to_string(options.port) +
                                        " is no address to listen on, as 127.0.0.1:8484 is one");
    return {address, static_cast<std::uint16_t>(options.port)};
}

Tcp::acceptor listening(asio::io_context& io, const ServerOptions& options) {
    const auto endpoint = endpoint_of(options);
    try {
        return Tcp::acceptor(io, endpoint, /*reuse_addr=*/true);
    } catch (const boost::system::system_error& error) {
        const auto where = options.address + ":" + std::to_string(options.port);
        if (error.code() == asio::error::address_in_use)
            throw Error(Fault::unavailable, where + " is taken: another program listens there");
        throw Error(Fault::unavailable,
                    "cannot listen on " + where + ": " + error.code().message());
    }
}

/// Reads what stands before the body into `request`; gives what must be refused although Beast 1.81
/// takes it. The body may end in trailers, which Beast 1.81 merges into the header fields, so
/// nothing looks at those again.
std::optional<Response> read_head(const Parser::value_type& message, Request& request) {
    using beast::http::field;
    if (message.count(field::transfer_encoding) > 0)
        return failure(411, "length_required",
                       "a body must come with a Content-Length, and without Transfer-Encoding");
    if (message.version() == 11 && message.count(field::host) != 1)
        return failure(400, "invalid", "a request must name exactly one Host");
    request.method = std::string(message.method_string());
    if (message.method() == beast::http::verb::head) request.method = "GET";
    for (const auto& each : message) request.headers.emplace_back(each.name_string(), each.value());
    try {
        read_target({message.target().data(), message.target().size()}, request);
    } catch (const Error& error) {
        return failure(error);
    }
    return std::nullopt;
}

/// What Beast refused to read on.
Response refusal_of(const boost::system::error_code& failed) {
    if (failed == beast::http::error::header_limit)
        return failure(431, "headers_too_large", "the request's headers are too long");
    return failure(400, "invalid", "this is no HTTP request that can be understood");
}

/// What is answered instead of reading a body of so many bytes.
std::optional<Response> refusal_of_body(const ServerOptions& options, const Request& head,
                                        std::uint64_t bytes) {
    if (options.before_body) return options.before_body(head, bytes);
    if (bytes <= options.most_body) return std::nullopt;
    return failure(
        413, "too_large",
        "the request's body is larger than " + std::to_string(options.most_body) + " bytes");
}

bool is_http_error(const boost::system::error_code& failed) {
    return failed.category() == make_error_code(beast::http::error::bad_method).category() &&
           failed != beast::http::error::end_of_stream &&
           failed != beast::http::error::partial_message;
}

/// Counts the bytes of a body among those of all for as long as it is there.
class Room {
public:
    Room() = default;
    Room(std::size_t& taken, std::size_t bytes) : taken_(&taken), bytes_(bytes) { taken += bytes; }
    Room(Room&& other) noexcept
        : taken_(std::exchange(other.taken_, nullptr)), bytes_(other.bytes_) {}
    Room& operator=(Room&& other) noexcept {
        std::swap(taken_, other.taken_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Room() {
        if (taken_) *taken_ -= bytes_;
    }

private:
    std::size_t* taken_ = nullptr;
    std::size_t bytes_ = 0;
};

struct Incoming {
    Room room;
    Request request;
    Framing framing;
};

}  // namespace

struct Server::Impl {
    Impl(ServerOptions o, Handler h)
        : options(std::move(o)),
          handler(std::move(h)),
          pool(static_cast<std::size_t>(std::max(1, options.workers))),
          acceptor(listening(io, options)),
          port(acceptor.local_endpoint().port()) {
        asio::co_spawn(io, accept_all(), asio::detached);
        loop = std::thread([this] { io.run(); });
    }

    awaitable<void> accept_all();
    awaitable<void> converse(Tcp::socket socket);
    awaitable<bool> first_byte(Connection& caller);
    awaitable<std::optional<Incoming>> read(Connection& caller);
    awaitable<bool> one_request(Connection& caller);
    awaitable<Response> work(const Request& request);
    awaitable<void> refuse(Connection& caller, const Response& response);
    awaitable<void> play(Connection& caller, const std::vector<Piece>& pieces);
    awaitable<void> write(Connection& caller, std::string_view bytes);
    void drain();
    void cut_all();

    /// Keeps a caller on the list for as long as its conversation lasts.
    struct Present {
        Present(Impl& s, Connection& c) : server(s), caller(c) { server.callers.insert(&caller); }
        ~Present() {
            server.callers.erase(&caller);
            if (server.stopping && server.callers.empty()) server.patience.cancel();
        }
        Impl& server;
        Connection& caller;
    };

    ServerOptions options;
    Handler handler;
    asio::io_context io{1};
    asio::thread_pool pool;
    Tcp::acceptor acceptor;
    asio::steady_timer patience{io};  ///< of a failing accept, and then of drain()
    int port;
    std::set<Connection*> callers;  ///< used on the io thread only, as are `patience`, `bodies`
    std::size_t bodies = 0;         ///< bytes of all bodies that are read or being answered
    std::atomic<bool> stopping = false, cut = false;
    std::mutex one_stop;
    std::thread loop;
};

awaitable<void> Server::Impl::accept_all() {
    while (!stopping) {
        auto [failed, socket] = co_await acceptor.async_accept(as_result);
        if (stopping) break;
        if (failed) {  // most likely no file descriptor is free; one will be
            patience.expires_after(100ms);
            co_await patience.async_wait(as_result);
            continue;
        }
        asio::co_spawn(io, converse(std::move(socket)), asio::detached);
    }
}

awaitable<void> Server::Impl::converse(Tcp::socket socket) {
    Connection caller(std::move(socket));
    const Present present(*this, caller);
    try {
        caller.stream.socket().set_option(Tcp::no_delay(true));
        while (co_await one_request(caller)) caller.doing = Doing::nothing;
    } catch (const boost::system::system_error&) {
        // The caller is gone, too slow, or cut by drain(): there is nobody to tell.
    }
}

/// Waits for a request to begin; false: none does.
awaitable<bool> Server::Impl::first_byte(Connection& caller) {
    if (stopping) co_return false;
    if (caller.buffer.size() > 0) co_return true;
    caller.stream.expires_after(options.idle_deadline);
    const auto [failed, n] =
        co_await caller.stream.async_read_some(caller.buffer.prepare(first_read), as_result);
    caller.buffer.commit(n);
    co_return !failed;
}

/// Reads a request whole; none: it was refused and told so, or never became whole.
awaitable<std::optional<Incoming>> Server::Impl::read(Connection& caller) {
    Parser parser;
    parser.header_limit(most_header);
    parser.body_limit(boost::none);  // looked at below, when it is known for what it is
    const auto& message = parser.get();
    caller.stream.expires_after(options.header_deadline);
    const auto [bad_head, head_size] =
        co_await beast::http::async_read_header(caller.stream, caller.buffer, parser, as_result);
    if (bad_head && !is_http_error(bad_head)) co_return std::nullopt;

    Incoming incoming;
    incoming.request.peer = caller.stream.socket().remote_endpoint().address().to_string();
    auto refusal = bad_head ? refusal_of(bad_head) : read_head(message, incoming.request);
    const std::uint64_t length = refusal ? 0 : parser.content_length().value_or(0);
    if (!refusal) refusal = refusal_of_body(options, incoming.request, length);
    if (!refusal && length > options.most_bodies - std::min(bodies, options.most_bodies))
        refusal = failure(503, "busy", "too much is being sent at once; try again in a moment");
    if (refusal) {
        co_await refuse(caller, *refusal);
        co_return std::nullopt;
    }
    incoming.room = Room(bodies, length);
    incoming.framing = {.head = message.method() == beast::http::verb::head,
                        .keep_alive = message.keep_alive(),
                        .http_1_0 = message.version() == 10};

    caller.stream.expires_after(options.idle_deadline);
    if (beast::iequals(message[beast::http::field::expect], "100-continue"))
        co_await write(caller, "HTTP/1.1 100 Continue\r\n\r\n");
    const auto [bad_body, body_size] =
        co_await beast::http::async_read(caller.stream, caller.buffer, parser, as_result);
    if (bad_body) co_return std::nullopt;
    incoming.request.body = std::move(parser.get().body());
    co_return incoming;
}

/// Reads and answers one request; true: another may follow on this connection.
awaitable<bool> Server::Impl::one_request(Connection& caller) {
    if (!co_await first_byte(caller)) co_return false;
    caller.doing = Doing::a_request;
    auto incoming = co_await read(caller);
    if (!incoming) co_return false;
    auto& [room, request, framing] = *incoming;

    const Response response = co_await work(request);
    if (!response.wire.empty()) {
        co_await play(caller, response.wire);
        co_return false;
    }
    framing.keep_alive = framing.keep_alive && !stopping;
    const auto bytes = wire_bytes(response, framing);
    co_await write(caller, bytes);
    co_return framing.keep_alive;
}

/// On a thread of the pool.
awaitable<Response> Server::Impl::work(const Request& request) {
    const auto on_a_worker = [](Impl& server, const Request& asked) -> awaitable<Response> {
        if (server.cut) co_return Response{};  // queued for too long: its connection is gone
        co_return answered(server.options, server.handler, asked);
    };
    co_return co_await asio::co_spawn(pool, on_a_worker(*this, request), use_awaitable);
}

/// Says why, and hears the caller out: closing with bytes unread would reset the connection, and
/// the answer with it.
awaitable<void> Server::Impl::refuse(Connection& caller, const Response& response) {
    const auto bytes = wire_bytes(response, {.keep_alive = false});
    co_await write(caller, bytes);
    caller.doing = Doing::parting;
    caller.stream.socket().shutdown(Tcp::socket::shutdown_send);
    caller.stream.expires_after(farewell);
    while (!stopping) {
        caller.buffer.clear();
        const auto [failed, n] =
            co_await caller.stream.async_read_some(caller.buffer.prepare(write_chunk), as_result);
        if (failed) break;
    }
}

awaitable<void> Server::Impl::play(Connection& caller, const std::vector<Piece>& pieces) {
    caller.doing = Doing::parting;
    for (const auto& piece : pieces) {
        caller.pause.expires_after(piece.pause);
        if (piece.pause > 0ms) co_await caller.pause.async_wait(as_result);
        if (stopping) co_return;
        co_await write(caller, piece.bytes);
    }
}

awaitable<void> Server::Impl::write(Connection& caller, std::string_view bytes) {
    while (!bytes.empty()) {
        caller.stream.expires_after(options.write_deadline);
        const auto chunk = bytes.substr(0, write_chunk);
        bytes.remove_prefix(co_await caller.stream.async_write_some(
            asio::buffer(chunk.data(), chunk.size()), use_awaitable));
    }
}

/// On the io thread, whose loop ends when the last caller has left.
void Server::Impl::drain() {
    boost::system::error_code closed_already;
    acceptor.close(closed_already);
    patience.cancel();
    for (auto* caller : callers)
        if (caller->doing != Doing::a_request) caller->cut();
    if (callers.empty()) return;
    patience.expires_after(options.drain);
    patience.async_wait([this](const boost::system::error_code& all_left) {
        if (!all_left) cut_all();
    });
}

void Server::Impl::cut_all() {
    cut = true;
    for (auto* caller : callers) caller->cut();
}

Server::Server(ServerOptions options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}

Server::~Server() {
    stop();
}

int Server::port() const {
    return impl_->port;
}

void Server::stop() {
    const std::lock_guard lock(impl_->one_stop);
    if (!impl_->loop.joinable()) return;
    impl_->stopping = true;
    asio::post(impl_->io, [this] { impl_->drain(); });
    impl_->loop.join();
    impl_->pool.join();
}

}  // namespace dreams::http
