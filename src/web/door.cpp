#include "web/door.h"

#include <algorithm>

#include "base/internet_address.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/url.h"
#include "web/response.h"

namespace dreams::web {
namespace {

constexpr auto health = "/health";  // everybody may ask how we are
constexpr std::string_view proxy_proof = "X-Dreams-Proxy";
constexpr std::size_t least_secret = 32;  // characters: 128 bits at least, as hexadecimal digits

bool contains(const std::vector<std::string>& list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
}

/// Whether the request is for us, and not for a name that somebody else gave this machine.
bool is_for_us(const Request& request) {
    const auto host = host_of(request.header("Host"));
    return http::is_loopback(host) || contains(request.options().hosts, host);
}

/// Whether a page of ours asks, or no page at all.
bool is_own_origin(const Request& request) {
    const auto origin = text::lower(request.header("Origin"));
    const auto host = text::lower(request.header("Host"));
    return origin.empty() || origin == "http://" + host || origin == "https://" + host;
}

bool may_read(const Request& request) {
    return contains(request.options().allowed_origins, request.header("Origin"));
}

/// Whether a proxy brings it: then the caller's address is the proxy's, and tells nothing.
bool is_forwarded(const Request& request) {
    constexpr std::string_view signs[] = {
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP",
        "Via",       proxy_proof};
    return !http::is_loopback(host_of(request.header("Host"))) ||
           std::ranges::any_of(signs, [&](std::string_view name) {
               return http::header(request.headers(), name).has_value();
           });
}

/// Whether it is the proxy that asks for a login.
bool is_our_proxy(const Request& request) {
    return same_secret(request.header(proxy_proof), request.options().proxy_secret);
}

bool comes_from_here(const Request& request) {
    if (is_forwarded(request)) return false;
    auto peer = request.peer();
    if (peer.starts_with("::ffff:")) peer.erase(0, 7);  // IPv4 as an IPv6 socket tells it
    return http::is_loopback(peer);
}

http::Response slow_down(Request& request, std::chrono::seconds wait, const std::string& what) {
    const auto seconds = std::to_string(wait.count());
    auto response = failure(request, 429, "RATE_LIMITED",
                            what + "; the next one may come in " + seconds + " seconds");
    response.headers.emplace_back("Retry-After", seconds);
    return response;
}

std::optional<http::Response> without_key(Request& request) {
    if (!comes_from_here(request))
        return failure(request, 401, "UNAUTHORIZED",
                       "From another machine the API wants a key, and none is set here: set "
                       "web.api_key, and send it as X-API-Key");
    if (is_own_origin(request) || may_read(request)) return std::nullopt;
    return failure(request, 403, "FORBIDDEN",
                   "Pages of " + text::valid_utf8(request.header("Origin")) +
                       " may not use the API: set web.api_key and send it as X-API-Key, or name "
                       "this origin in web.allowed_origins");
}

std::optional<http::Response> at_the_api(Request& request) {
    const auto& key = request.options().api_key;
    const auto ticks = request.options().clock.ticks();
    if (key.empty()) {
        if (auto refusal = without_key(request)) return refusal;
    } else if (!same_secret(request.header("X-API-Key"), key)) {
        if (const auto wait = request.site().wrong_keys.refuse(request.peer(), ticks))
            return slow_down(request, *wait, "Too many requests without the right API key");
        return failure(request, 401, "UNAUTHORIZED", "Invalid or missing API key");
    }
    if (request.method() == "GET") return std::nullopt;
    if (const auto wait = request.site().writes.refuse(request.peer(), ticks))
        return slow_down(request, *wait, "Too many changes at once");
    return std::nullopt;
}

/// The pages have no logins: only this machine sees them, and who logged in at our proxy. A form of
/// ours is sent by a page of ours: browsers say where a POST comes from; what says nothing is no
/// browser.
std::optional<http::Response> at_the_pages(Request& request) {
    if (request.path() != health && is_forwarded(request) && !is_our_proxy(request))
        return failure(request, 403, "forbidden",
                       "This came through a proxy, and not through the one that asks for a login "
                       "and knows web.proxy_secret.");
    if (request.method() == "GET") return std::nullopt;
    const auto site = request.header("Sec-Fetch-Site");
    const bool ours = site.empty() || site == "same-origin" || site == "none";
    if (ours && is_own_origin(request)) return std::nullopt;
    return failure(request, 403, "forbidden",
                   "This was sent by a page of another site, which may change nothing here.");
}

bool is_origin(std::string_view text) {
    const auto scheme = text.find("://");
    return scheme != std::string_view::npos && scheme > 0 && text.size() > scheme + 3 &&
           text.find_first_of("/*?# ", scheme + 3) == std::string_view::npos;
}

}  // namespace

std::string host_of(std::string_view header) {
    if (header.starts_with('[')) return std::string(header.substr(1, header.find(']') - 1));
    return text::lower(header.substr(0, header.find(':')));
}

bool is_api(std::string_view path) {
    return path.starts_with("/api/");
}

std::optional<http::Response> turned_away(Request& request) {
    if (!is_for_us(request))
        return failure(request, 421, "misdirected",
                       "This program answers only for localhost, not for the host you named.");
    if (request.method() == "OPTIONS") return std::nullopt;  // asks for leave, and for nothing else
    return is_api(request.path()) ? at_the_api(request) : at_the_pages(request);
}

http::Response preflight(const Request& request, const std::string& methods) {
    http::Response response{.status = 204};
    auto& headers = response.headers;
    headers.emplace_back("Allow", methods + ", OPTIONS");
    if (!may_read(request)) return response;
    headers.emplace_back("Access-Control-Allow-Methods", methods);
    headers.emplace_back("Access-Control-Allow-Headers",
                         "Content-Type, X-API-Key, Idempotency-Key");
    headers.emplace_back("Access-Control-Max-Age", "600");
    // Chrome asks for this before a page from the Internet may ask this machine.
    if (request.header("Access-Control-Request-Private-Network") == "true")
        headers.emplace_back("Access-Control-Allow-Private-Network", "true");
    return response;
}

void let_origin_read(const Request& request, http::Response& response) {
    if (!is_api(request.path()) && request.path() != health) return;
    response.headers.emplace_back("Vary", "Origin");
    if (may_read(request))
        response.headers.emplace_back("Access-Control-Allow-Origin", request.header("Origin"));
}

std::vector<std::string> origins_of(std::string_view setting) {
    auto origins = text::split(setting, ',');
    for (const auto& origin : origins)
        if (!is_origin(origin))
            throw Error(Fault::invalid,
                        "web.allowed_origins holds '" + origin +
                            "', which is no origin as chrome-extension://abcdefgh is one");
    return origins;
}

std::vector<std::string> public_hosts(const std::string& url, const std::string& proxy_secret) {
    if (url.empty()) return {};
    const auto parts = http::url_from(url);
    const bool here = parts && http::is_loopback(parts->host);
    if (!parts || !(here || parts->scheme == "https") || parts->path != "/" || parts->has_user)
        throw Error(Fault::invalid, "web.public_url is '" + url +
                                        "', which is no address as https://dreams.example.com is");
    if (!proxy_secret.empty() && proxy_secret.size() < least_secret)
        throw Error(Fault::invalid,
                    "web.proxy_secret has less than " + std::to_string(least_secret) +
                        " characters: make one as docs/running.md shows; only the proxy that asks "
                        "for a login may know it");
    return here ? std::vector<std::string>() : std::vector{parts->host};
}

}  // namespace dreams::web
