#include "sim/wire/spoil.h"

#include <zlib.h>

#include <cstdio>
#include <optional>

#include "base/error.h"

namespace dreams::sim {
namespace {

using std::chrono::milliseconds;

enum class Measure { content_length, none, chunked };

/// Status line and headers as they go over the wire.
std::string head(const http::Response& response, Measure measure) {
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " -\r\n";
    for (const auto& [name, value] : response.headers) text += name + ": " + value + "\r\n";
    if (measure == Measure::content_length)
        text += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    if (measure == Measure::chunked) text += "Transfer-Encoding: chunked\r\n";
    return text + "Connection: close\r\n\r\n";
}

std::string in_chunks(const std::string& body, bool ended) {
    static constexpr std::size_t size = 1000;
    std::string text;
    for (std::size_t i = 0; i < body.size(); i += size) {
        const auto chunk = body.substr(i, size);
        char length[20];
        std::snprintf(length, sizeof length, "%zx\r\n", chunk.size());
        text += length + chunk + "\r\n";
    }
    return ended ? text + "0\r\n\r\n" : text;
}

http::Response on_the_wire(std::vector<http::Piece> pieces) {
    return {.wire = std::move(pieces)};
}

http::Response dripping(const http::Response& good, milliseconds drip) {
    const auto bytes = head(good, Measure::content_length) + good.body;
    std::vector<http::Piece> pieces;
    const auto size = bytes.size() / 20 + 1;
    for (std::size_t i = 0; i < bytes.size(); i += size)
        pieces.push_back({drip, bytes.substr(i, size)});
    return on_the_wire(std::move(pieces));
}

http::Response html(const Dialect& dialect, int status, http::Response good) {
    std::erase_if(good.headers, [](const auto& field) { return field.first == "Content-Type"; });
    good.headers.emplace_back("Content-Type", "text/html; charset=UTF-8");
    good.status = status;
    good.body = "<!DOCTYPE html><html><head><title>" + dialect.name +
                "</title></head><body><h1>One moment, please</h1></body></html>";
    return good;
}

http::Response failed(const Dialect& dialect, int status, std::string_view sentence,
                      http::Response good) {
    auto response = dialect.refusal(status, sentence);
    for (auto& field : good.headers)
        if (field.first != "Content-Type") response.headers.push_back(std::move(field));
    return response;
}

http::Response retyped(http::Response good) {
    for (auto& [name, value] : good.headers)
        if (name == "Content-Type") value = "text/html; charset=UTF-8";
    return good;
}

http::Response redirected(const Dialect& dialect, http::Response good) {
    good = html(dialect, 302, std::move(good));
    good.headers.emplace_back("Location", dialect.login);
    return good;
}

http::Response cut(const http::Response& good, Measure measure) {
    const auto half = measure == Measure::chunked ? in_chunks(good.body, false)
                                                  : good.body.substr(0, good.body.size() / 2);
    return on_the_wire({{milliseconds{0}, head(good, measure) + half}});
}

/// A server's failure, in one of the three forms it takes (fub-api §17 E). None: `fault` is none.
std::optional<http::Response> server_error(WireFault fault, const Dialect& dialect,
                                           http::Response good) {
    constexpr auto sentence = "An unexpected error occurred.";
    switch (fault) {
        case WireFault::error_500:
            return failed(dialect, 500, sentence, std::move(good));
        case WireFault::error_503:
            return failed(dialect, 503, sentence, std::move(good));
        case WireFault::error_504:
            return failed(dialect, 504, sentence, std::move(good));
        case WireFault::error_500_html:
            return html(dialect, 500, std::move(good));
        case WireFault::error_503_html:
            return html(dialect, 503, std::move(good));
        case WireFault::error_504_html:
            return html(dialect, 504, std::move(good));
        case WireFault::error_500_empty:
            return http::Response{.status = 500};
        case WireFault::error_503_empty:
            return http::Response{.status = 503};
        case WireFault::error_504_empty:
            return http::Response{.status = 504};
        default:
            return std::nullopt;
    }
}

/// Answers of another status than 200. None: `fault` is of another kind.
std::optional<http::Response> failing(WireFault fault, const Dialect& dialect,
                                      http::Response good) {
    switch (fault) {
        case WireFault::unauthorized_401:
            return failed(dialect, 401, "Authentication is required.", {});
        case WireFault::forbidden_403:
            return failed(dialect, 403, "Your account has expired.", std::move(good));
        case WireFault::redirect_to_login:
            return redirected(dialect, std::move(good));
        case WireFault::too_many_429_silent:
            return failed(dialect, 429, "Rate limit exceeded", std::move(good));
        case WireFault::too_many_429:
            good.headers.emplace_back("Retry-After", "2");
            return failed(dialect, 429, "Rate limit exceeded", std::move(good));
        default:
            return std::nullopt;
    }
}

/// Answers that go out as bytes and pauses. None: `fault` is of another kind.
std::optional<http::Response> broken(WireFault fault, const Faults& faults,
                                     const http::Response& good) {
    const auto whole = head(good, Measure::content_length);
    const auto half = good.body.size() / 2;
    constexpr milliseconds now{0};
    switch (fault) {
        case WireFault::truncated_body:
            return cut(good, Measure::content_length);
        case WireFault::truncated_unmeasured:
            return cut(good, Measure::none);
        case WireFault::truncated_chunked:
            return cut(good, Measure::chunked);
        case WireFault::refused:
            return http::Response{.status = refused_status, .wire = {{now, ""}}};
        case WireFault::closed:
            return on_the_wire({{now, ""}});
        case WireFault::stall_before_headers:
            return on_the_wire({{faults.stall, whole + good.body}});
        case WireFault::stall_mid_body:
            return on_the_wire(
                {{now, whole + good.body.substr(0, half)}, {faults.stall, good.body.substr(half)}});
        case WireFault::slow_drip:
            return dripping(good, faults.drip);
        case WireFault::chunked:
            return on_the_wire({{now, head(good, Measure::chunked) + in_chunks(good.body, true)}});
        default:
            return std::nullopt;
    }
}

http::Response spoiled(WireFault fault, const Faults& faults, const Dialect& dialect,
                       http::Response good, const http::Response* before) {
    if (auto response = server_error(fault, dialect, good)) return *response;
    if (auto response = failing(fault, dialect, good)) return *response;
    if (auto response = broken(fault, faults, good)) return *response;
    switch (fault) {
        case WireFault::html_200:
            return html(dialect, 200, std::move(good));
        case WireFault::wrong_content_type:
            return retyped(std::move(good));
        case WireFault::gzip:
            return http::header(good.headers, "Content-Encoding") ? good : zipped(std::move(good));
        case WireFault::repeated_page:
            return before ? *before : good;
        case WireFault::empty_200:
            good.body.clear();
            std::erase_if(good.headers, [](const auto& field) {
                return field.first == "Content-Encoding";  // nothing is no gzip
            });
            return good;
        default:
            return dialect.page(fault, std::move(good));
    }
}

}  // namespace

bool breaks_off(WireFault fault) {
    return fault == WireFault::closed || fault == WireFault::refused ||
           fault == WireFault::truncated_body || fault == WireFault::truncated_chunked ||
           fault == WireFault::truncated_unmeasured;
}

http::Response zipped(http::Response response) {
    z_stream stream{};
    constexpr int with_gzip_header = 15 + 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, with_gzip_header, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw Error(Fault::internal, "zlib will not compress");
    std::string packed(deflateBound(&stream, response.body.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(response.body.data());
    stream.avail_in = static_cast<uInt>(response.body.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    response.body = std::move(packed);
    response.headers.emplace_back("Content-Encoding", "gzip");
    return response;
}

http::Response Spoiler::played(const std::string& endpoint, http::Response good) {
    auto fault = faults_.of("*", ++let_in_["*"]);
    if (const auto own = faults_.of(endpoint, ++let_in_[endpoint])) fault = own;
    const auto last = last_answers_.find(endpoint);
    const auto before = last == last_answers_.end() ? std::nullopt : std::optional(last->second);
    last_answers_[endpoint] = good;
    if (!fault) return good;
    return spoiled(*fault, faults_, dialect_, std::move(good), before ? &*before : nullptr);
}

}  // namespace dreams::sim
