#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "sim/wire/direct.h"
#include "sim/wire/spoil.h"

// The account without sockets: what a client would see of each answer.

namespace dreams::sim {
namespace {

int hex(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
        if (escape) {
            result += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            result += text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

Error cut_off() {
    return {Fault::unavailable, "the connection was closed before the answer was complete"};
}

std::string inflated(const std::string& packed) {
    z_stream stream{};
    constexpr int with_gzip_header = 15 + 16;
    if (inflateInit2(&stream, with_gzip_header) != Z_OK)
        throw Error(Fault::internal, "zlib will not inflate");
    std::string result, piece(1 << 16, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        result.append(piece, 0, piece.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END) throw cut_off();
    return result;
}

std::string unchunked(std::string_view body) {
    std::string result;
    for (;;) {
        const auto line = body.find("\r\n");
        if (line == std::string_view::npos) throw cut_off();
        std::size_t size = 0;
        std::from_chars(body.data(), body.data() + line, size, 16);
        body.remove_prefix(line + 2);
        if (size == 0) return result;
        if (body.size() < size + 2) throw cut_off();
        result += body.substr(0, size);
        body.remove_prefix(size + 2);
    }
}

/// Reads an HTTP/1.1 answer as a client does: by its length, in chunks, or up to the end.
http::Answer read_answer(const std::string& bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) throw cut_off();
    http::Answer answer;
    std::string_view head = std::string_view(bytes).substr(0, end);
    std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    for (auto line = head.find("\r\n"); line != std::string_view::npos;) {
        head.remove_prefix(line + 2);
        line = head.find("\r\n");
        const auto field = head.substr(0, line);
        const auto colon = field.find(':');
        answer.headers.emplace_back(field.substr(0, colon), text::trimmed(field.substr(colon + 1)));
    }
    answer.body = bytes.substr(end + 4);
    if (const auto length = http::header(answer.headers, "Content-Length")) {
        const auto promised = static_cast<std::size_t>(text::integer(*length).value_or(0));
        if (answer.body.size() < promised) throw cut_off();
        answer.body.resize(promised);
    } else if (http::header(answer.headers, "Transfer-Encoding")) {
        answer.body = unchunked(answer.body);
    }
    return answer;
}

http::Answer received(const http::Response& response, const http::Ask& ask, Clock& clock) {
    if (response.status == refused_status)
        throw Error(Fault::unavailable, "the other side refused the connection");
    http::Answer answer{response.status, response.headers, response.body};
    if (!response.wire.empty()) {
        std::chrono::milliseconds passed{0};
        std::string bytes;
        for (const auto& piece : response.wire) {
            passed += piece.pause;
            bytes += piece.bytes;
        }
        clock.sleep(std::min(passed, ask.deadline));
        if (passed > ask.deadline)
            throw Error(Fault::unavailable, "no answer came within the time allowed");
        answer = read_answer(bytes);
    }
    if (http::header(answer.headers, "Content-Encoding") == "gzip")
        answer.body = inflated(answer.body);
    if (answer.body.size() > ask.most_bytes)
        throw Error(Fault::unavailable, "the answer is larger than allowed");
    return answer;
}

}  // namespace

http::Request request_of(const http::Ask& ask) {
    http::Request request{.method = ask.method, .headers = ask.headers, .body = ask.body};
    std::string_view url = ask.url;
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    const auto slash = std::min(url.size(), url.find('/'));
    request.headers.emplace_back("Host", url.substr(0, slash));
    url.remove_prefix(slash);
    const auto mark = std::min(url.size(), url.find('?'));
    request.path = decoded(url.substr(0, mark));
    url.remove_prefix(std::min(url.size(), mark + 1));
    for (const auto& pair : text::split(url, '&')) {
        const auto equals = std::min(pair.size(), pair.find('='));
        const auto value = equals < pair.size() ? pair.substr(equals + 1) : "";
        request.query.emplace_back(decoded(pair.substr(0, equals)), decoded(value));
    }
    return request;
}

http::Network direct(http::Handler handler, Clock& clock) {
    return [handler = std::move(handler), &clock](const http::Ask& ask) {
        return received(handler(request_of(ask)), ask, clock);
    };
}

}  // namespace dreams::sim
