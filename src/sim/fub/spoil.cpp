#include "sim/fub/spoil.h"

#include <zlib.h>

#include "base/error.h"
#include "base/json.h"
#include "sim/fub/desk.h"

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

void zip(http::Response& response) {
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
}

http::Response html(int status, http::Response good) {
    std::erase_if(good.headers, [](const auto& field) { return field.first == "Content-Type"; });
    good.headers.emplace_back("Content-Type", "text/html; charset=UTF-8");
    good.status = status;
    good.body =
        "<!DOCTYPE html><html><head><title>Follow Up Boss</title></head>"
        "<body><h1>One moment, please</h1></body></html>";
    return good;
}

http::Response failed(int status, std::string_view sentence, http::Response good) {
    auto response = refusal(status, sentence);
    for (auto& field : good.headers)
        if (field.first != "Content-Type") response.headers.push_back(std::move(field));
    return response;
}

http::Response retyped(http::Response good) {
    for (auto& [name, value] : good.headers)
        if (name == "Content-Type") value = "text/html; charset=UTF-8";
    return good;
}

http::Response redirected(http::Response good) {
    good = html(302, std::move(good));
    good.headers.emplace_back("Location", "https://app.followupboss.com/login");
    return good;
}

/// The page with another `_metadata`.
http::Response with_metadata(http::Response good, auto change) {
    auto page = json::parse(good.body);
    if (auto* object = page.if_object())
        if (auto* metadata = object->if_contains("_metadata"); metadata && metadata->is_object())
            change(metadata->get_object());
    good.body = json::serialized(page);
    return good;
}

http::Response looping(http::Response good) {
    return with_metadata(std::move(good), [](json::Object& metadata) {
        metadata["next"] = "eyJvZmZzZXQiOjB9";  // {"offset":0}: back to the start, each time
    });
}

http::Response shrunk(http::Response good) {
    return with_metadata(std::move(good), [](json::Object& metadata) {
        if (auto* total = metadata["total"].if_int64()) *total /= 10;
    });
}

http::Response cut(const http::Response& good, Measure measure) {
    const auto half = measure == Measure::chunked ? in_chunks(good.body, false)
                                                  : good.body.substr(0, good.body.size() / 2);
    return on_the_wire({{milliseconds{0}, head(good, measure) + half}});
}

/// Answers of another status than 200. None: `fault` is of another kind.
std::optional<http::Response> failing(FubFault fault, http::Response good) {
    switch (fault) {
        case FubFault::error_500:
            return failed(500, "An unexpected error occurred.", std::move(good));
        case FubFault::error_500_html:
            return html(500, std::move(good));
        case FubFault::error_503_html:
            return html(503, std::move(good));
        case FubFault::error_504_empty:
            return http::Response{.status = 504};
        case FubFault::unauthorized_401:
            return failed(401, "Authentication is required.", {});
        case FubFault::forbidden_403:
            return failed(403, "Your account has expired.", std::move(good));
        case FubFault::redirect_to_login:
            return redirected(std::move(good));
        case FubFault::too_many_429_silent:
            return failed(429, "Rate limit exceeded", std::move(good));
        case FubFault::too_many_429:
            good.headers.emplace_back("Retry-After", "2");
            return failed(429, "Rate limit exceeded", std::move(good));
        default:
            return std::nullopt;
    }
}

/// Answers that go out as bytes and pauses. None: `fault` is of another kind.
std::optional<http::Response> broken(FubFault fault, const Faults& faults,
                                     const http::Response& good) {
    const auto whole = head(good, Measure::content_length);
    const auto half = good.body.size() / 2;
    constexpr milliseconds now{0};
    switch (fault) {
        case FubFault::truncated_body:
            return cut(good, Measure::content_length);
        case FubFault::truncated_unmeasured:
            return cut(good, Measure::none);
        case FubFault::truncated_chunked:
            return cut(good, Measure::chunked);
        case FubFault::closed:
            return on_the_wire({{now, ""}});
        case FubFault::stall_before_headers:
            return on_the_wire({{faults.stall, whole + good.body}});
        case FubFault::stall_mid_body:
            return on_the_wire(
                {{now, whole + good.body.substr(0, half)}, {faults.stall, good.body.substr(half)}});
        case FubFault::slow_drip:
            return dripping(good, faults.drip);
        case FubFault::chunked:
            return on_the_wire({{now, head(good, Measure::chunked) + in_chunks(good.body, true)}});
        default:
            return std::nullopt;
    }
}

}  // namespace

bool breaks_off(FubFault fault) {
    return fault == FubFault::closed || fault == FubFault::truncated_body ||
           fault == FubFault::truncated_chunked || fault == FubFault::truncated_unmeasured;
}

http::Response spoiled(FubFault fault, const Faults& faults, http::Response good,
                       const std::optional<http::Response>& before) {
    if (auto response = failing(fault, good)) return *response;
    if (auto response = broken(fault, faults, good)) return *response;
    switch (fault) {
        case FubFault::html_200:
            return html(200, std::move(good));
        case FubFault::wrong_content_type:
            return retyped(std::move(good));
        case FubFault::gzip:
            zip(good);
            return good;
        case FubFault::repeated_page:
            return before ? *before : good;
        case FubFault::looping_cursor:
            return looping(std::move(good));
        case FubFault::total_dropped:
            return shrunk(std::move(good));
        default:  // empty_200
            good.body.clear();
            return good;
    }
}

}  // namespace dreams::sim
