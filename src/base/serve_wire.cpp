#include "base/serve_wire.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <iostream>
#include <utility>

#include "base/text.h"

namespace dreams::http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Plus { plus, blank };

std::string percent_decoded(std::string_view text, Plus plus) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+' && plus == Plus::blank) c = ' ';
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                throw Error(Fault::invalid, "a % in an address must be followed by two hex digits");
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (c == '\0') throw Error(Fault::invalid, "an address cannot hold a NUL");
        result += c;
    }
    return result;
}

std::string_view reason_phrase(int status) {
    static constexpr std::array<std::pair<int, std::string_view>, 31> phrases{{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Payload Too Large"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Entity"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
    }};
    const auto* const found =
        std::ranges::find(phrases, status, &std::pair<int, std::string_view>::first);
    return found == phrases.end() ? "Unknown" : found->second;
}

bool is_token(std::string_view name) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::ranges::all_of(name, [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               others.find(c) != others.npos;
    });
}

bool is_servers_business(std::string_view name) {
    return std::ranges::any_of(
        std::array{"Content-Length", "Date", "Connection", "Transfer-Encoding"},
        [&](const char* ours) { return text::same_word(name, ours); });
}

/// Throws Error{internal}: a line break in a value would let whoever wrote it answer in our name.
void check_sendable(const Response& response) {
    if (response.status < 200 || response.status > 599)
        throw Error(Fault::internal,
                    "an answer cannot have the status " + std::to_string(response.status));
    for (const auto& [name, value] : response.headers)
        if (!is_token(name) || value.find_first_of(std::string_view("\r\n\0", 3)) != value.npos)
            throw Error(Fault::internal,
                        "an answer's header '" + name.substr(0, 40) + "' cannot be sent as it is");
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
    ((head += name) += ": ") += value;
    head += "\r\n";
}

void tell(const ServerOptions& options, const Request& request, std::string_view mishap) {
    auto what = text::valid_utf8(request.method + " " + request.path + " failed: ") +
                text::valid_utf8(mishap);
    for (char& c : what)
        if (c >= 0 && c < ' ') c = ' ';  // one happening is one line, whatever the path says
    if (options.mishap)
        options.mishap(what);
    else
        std::cerr << what + "\n";
}

}  // namespace

std::optional<std::string> Request::parameter(std::string_view name) const {
    const auto found = std::ranges::find(
        query, name, [](const auto& each) -> std::string_view { return each.first; });
    if (found == query.end()) return std::nullopt;
    return found->second;
}

int status_of(Fault fault) {
    switch (fault) {
        case Fault::invalid:
            return 400;
        case Fault::unauthorized:
            return 401;
        case Fault::not_found:
            return 404;
        case Fault::conflict:
            return 409;
        case Fault::unavailable:
            return 503;
        case Fault::internal:
            break;
    }
    return 500;
}

std::string_view code_of(Fault fault) {
    switch (fault) {
        case Fault::invalid:
            return "invalid";
        case Fault::unauthorized:
            return "unauthorized";
        case Fault::not_found:
            return "not_found";
        case Fault::conflict:
            return "conflict";
        case Fault::unavailable:
            return "unavailable";
        case Fault::internal:
            break;
    }
    return "internal";
}

Response failure(int status, std::string_view code, std::string_view message) {
    const auto quoted = [](std::string_view text) {
        const auto array = text::json_array({std::string(text)});
        return array.substr(1, array.size() - 2);
    };
    return {.status = status,
            .headers = {{"Content-Type", "application/json; charset=utf-8"}},
            .body = R"({"success":false,"error":{"code":)" + quoted(code) + R"(,"message":)" +
                    quoted(message) + "}}"};
}

Response failure(const Error& error) {
    const bool ours = error.fault() == Fault::internal;
    return failure(status_of(error.fault()), code_of(error.fault()),
                   ours ? "something went wrong on our side" : error.what());
}

void read_target(std::string_view target, Request& request) {
    if (!target.starts_with('/'))
        throw Error(Fault::invalid, "the address asked for must begin with a slash");
    const auto mark = target.find('?');
    request.path = percent_decoded(target.substr(0, mark), Plus::plus);
    if (mark == target.npos) return;
    for (auto rest = target.substr(mark + 1); !rest.empty();) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        request.query.emplace_back(
            percent_decoded(pair.substr(0, equals), Plus::blank),
            percent_decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::blank));
    }
}

std::string wire_bytes(const Response& response, Framing framing) {
    std::string bytes =
        fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
    for (const auto& [name, value] : response.headers)
        if (!is_servers_business(name)) append_header(bytes, name, value);
    append_header(bytes, "Date",
                  fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::time(nullptr))));
    if (!framing.keep_alive)
        append_header(bytes, "Connection", "close");
    else if (framing.http_1_0)
        append_header(bytes, "Connection", "keep-alive");
    const bool bodiless = response.status == 204 || response.status == 304;  // RFC 9110 §6.4.1
    if (!bodiless) append_header(bytes, "Content-Length", std::to_string(response.body.size()));
    bytes += "\r\n";
    if (!bodiless && !framing.head) bytes += response.body;
    return bytes;
}

Response answered(const ServerOptions& options, const Handler& handler, const Request& request) {
    std::string mishap;
    try {
        auto response = handler(request);
        if (response.wire.empty()) check_sendable(response);
        return response;
    } catch (const Error& error) {
        if (error.fault() != Fault::internal) return failure(error);
        mishap = error.what();
    } catch (const std::exception& error) {
        mishap = error.what();
    } catch (...) {
        mishap = "something that is no exception";
    }
    tell(options, request, mishap);
    return failure(Error(Fault::internal, mishap));
}

}  // namespace dreams::http
